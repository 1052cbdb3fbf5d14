"""From files to documents: formats, encodings, folders and archives, the catalogue of sources, checksums."""

from kg.read.documents import read_document
from kg.read.encodings import decode
from kg.read.folder import Collected, Outcome, collect

__all__ = ["Collected", "Outcome", "collect", "decode", "read_document"]
