"""Linking: what two claims name differently and mean alike becomes one thing."""

from kg.link.link import link
from kg.link.linked import Linked, Thing

__all__ = ["Linked", "Thing", "link"]
