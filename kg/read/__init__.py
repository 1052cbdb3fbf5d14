"""From files to documents: encodings, the catalogue of sources, checksums."""

from kg.read.documents import Collected, collect, decode, read_document

__all__ = ["Collected", "collect", "decode", "read_document"]
