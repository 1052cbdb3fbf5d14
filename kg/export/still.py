"""Zip-based office files whose bytes depend on their contents only."""

from __future__ import annotations

import io
import zipfile


def still(data: bytes) -> bytes:
    """The same archive with the dates of its parts set to 1980-01-01, the earliest that zip knows."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            part.compress_type, part.create_system, part.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
            new.writestr(part, old.read(name))
    return out.getvalue()
