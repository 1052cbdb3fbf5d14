"""The words of single pages, Chinese and English."""

from __future__ import annotations

PAGES: dict[str, tuple[str, str]] = {}
