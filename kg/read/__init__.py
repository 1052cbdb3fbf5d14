"""From files to documents: formats, encodings, folders and archives, the catalogue of sources, checksums."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.read.documents import read_document
    from kg.read.encodings import decode
    from kg.read.folder import Collected, Outcome, collect

__all__ = ["Collected", "Outcome", "collect", "decode", "read_document"]

_ROOMS = {"Collected": "folder", "Outcome": "folder", "collect": "folder", "decode": "encodings", "read_document": "documents"}


def __getattr__(name: str) -> Any:
    """Loaded when asked for: the process that opens a PDF starts in half the time without the rest."""
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
