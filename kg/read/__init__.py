"""From files to documents: encodings, the catalogue of sources, checksums."""

from kg.read.documents import read_document
from kg.read.folder import Collected, collect
from kg.read.encodings import decode

__all__ = ["Collected", "collect", "decode", "read_document"]
