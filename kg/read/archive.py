"""Files in a zip, read within limits: so many, so large, so strongly packed, so deeply nested, and no further.

A zip says of each member how large it is; what it says is checked first and what comes out is counted, since a
hostile one lies. Nothing is ever written to disk, so that a name cannot lead anywhere; names that try are
refused all the same.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from kg.config import Limits
from kg.errors import ReadError

_CHUNK = 1 << 20
#: packed this strongly beyond a size is a bomb: text packs 3 to 30 fold, the XML of Word at most some 100 fold
_RATIO, _RATIO_FROM = 300, 5_000_000
_END, _END_SIZE = b"PK\x05\x06", 22
#: errors of a damaged or hostile member, whatever its packing
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    struct.error,
)


@dataclass(slots=True)
class Package:
    """An open zip: the names of its files in order, and their bytes."""

    where: str
    names: tuple[str, ...]
    _zip: zipfile.ZipFile
    _limits: Limits
    _infos: dict[str, zipfile.ZipInfo] = field(default_factory=dict)
    _left: float = 0

    def read(self, name: str) -> bytes:
        """The bytes of a member. Raises `ReadError` where it is damaged, locked or larger than the limits."""
        info, where = self._infos[name], f"{self.where}/{name}"
        if info.flag_bits & 1:
            raise ReadError(f"{where}: locked with a password; unlock it")
        if info.file_size > _RATIO_FROM and info.file_size > _RATIO * max(info.compress_size, 1):
            raise ReadError(f"{where}: packed more than {_RATIO} fold, as only a zip bomb is; not read")
        most = min(self._limits.max_megabytes * 1e6, self._left)
        out: list[bytes] = []
        size = 0
        try:
            with self._zip.open(info) as member:
                while chunk := member.read(_CHUNK):
                    size += len(chunk)
                    if size > most:
                        what = "max_megabytes" if most < self._left else "unpacked_megabytes"
                        raise ReadError(
                            f"{where}: over the limit of {getattr(self._limits, what):g} MB; unpack it yourself, or raise {what} in kg.toml"
                        )
                    out.append(chunk)
        except _BROKEN as error:
            raise ReadError(
                f"{where}: damaged in the archive ({type(error).__name__}); pack it anew"
            ) from error
        finally:
            self._left -= size
        return b"".join(out)


@contextmanager
def open_zip(data: bytes, where: str, limits: Limits) -> Iterator[Package]:
    """The files of a zip. Raises `ReadError` for one that is damaged or has more members than the limits."""
    at = data.rfind(_END, max(0, len(data) - _END_SIZE - 0xFFFF))
    # the list of members is read as a whole: a long one is refused before that
    listed = int.from_bytes(data[at + 12 : at + 16], "little") if 0 <= at <= len(data) - _END_SIZE else 0
    if listed > limits.archive_files * 400:
        raise ReadError(
            f"{where}: more than {limits.archive_files} files in one archive; unpack it, or raise archive_files in kg.toml"
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise ReadError(f"{where}: a damaged zip archive (Word files are ones); get the file anew") from error
    with archive:
        infos: dict[str, zipfile.ZipInfo] = {}
        for info in archive.infolist():
            if info.filename and not info.is_dir():
                infos.setdefault(_name(info), info)
        if len(infos) > limits.archive_files:
            raise ReadError(
                f"{where}: {len(infos)} files are over the limit of {limits.archive_files}; unpack it, or raise archive_files in kg.toml"
            )
        yield Package(where, tuple(infos), archive, limits, infos, limits.unpacked_megabytes * 1e6)


def is_safe(name: str) -> bool:
    """Whether a member's name stays below its archive: not absolute, no `..`, no drive, no control characters."""
    parts = name.replace("\\", "/").split("/")
    return bool(name) and ".." not in parts and parts[0] != "" and ":" not in parts[0] and name.isprintable()


def _name(info: zipfile.ZipInfo) -> str:
    """The member's name; archives packed under Chinese Windows have theirs in GBK and do not say so."""
    if info.flag_bits & 0x800:
        return info.filename
    raw = info.orig_filename.split("\0")[0]
    try:
        data = raw.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            pass
    return info.filename
