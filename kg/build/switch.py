"""One build at a time, beside the last one, put in its place in one step.

A build is written to a folder of its own next to the target, made safe on the disk, and then exchanged with
the target by the kernel: who opens the target sees the old build or the new one, whole. Whoever has the old one
open keeps it: open files outlive their names. What a killed build leaves is swept away by the next one.
"""

from __future__ import annotations

import ctypes
import errno
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import KgError


@contextmanager
def fresh_folder(out: Path) -> Iterator[Path]:
    """A new folder to build in, taken away at the end unless `publish` put it in the place of `out`.

    Only one process at a time gets one for `out`. Raises `KgError` where another builds there, and for a disk
    that is full or cannot be written to.
    """
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with _lock(out):
            sweep(out)
            fresh = Path(tempfile.mkdtemp(prefix=f".{out.name}-new-", dir=out.parent))
            try:
                fresh.chmod(0o755)
                yield fresh
            finally:
                shutil.rmtree(fresh, ignore_errors=True)
    except OSError as error:
        raise KgError(_cannot_write(out, error)) from error


def _cannot_write(out: Path, error: OSError) -> str:
    what = error.strerror or str(error)
    if error.errno in (errno.ENOSPC, errno.EDQUOT) or "No space left" in what:
        return f"{out}: the disk is full; free some space or give --out another place (the last build is as it was)"
    return f"{out}: cannot be written ({what}); give --out another place"


@contextmanager
def _lock(out: Path) -> Iterator[None]:
    """The right to build into `out`. The system takes it back from a process that dies, however it dies."""
    try:
        import fcntl
    except ImportError:  # not a Unix: one build at a time is the user's care
        yield
        return
    path = out.parent / f".{out.name}.lock"
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            who = os.read(handle, 20).decode("ascii", "replace").strip()
            os.close(handle)
            if error.errno not in (errno.EWOULDBLOCK, errno.EACCES):
                raise
            raise KgError(
                f"{out}: another build{f' (process {who})' if who else ''} is writing there; wait for it, or give --out another folder"
            ) from None
        if path.exists() and os.fstat(handle).st_ino == path.stat().st_ino:
            break
        os.close(handle)  # its last holder took the file away in between
    try:
        os.ftruncate(handle, 0)
        os.write(handle, f"{os.getpid()}\n".encode())
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(handle)


def sweep(out: Path) -> None:
    """Take away what killed builds left beside `out`; a build they had moved aside and not replaced comes back."""
    left = re.compile(rf"\.{re.escape(out.name)}-(new|old)-[a-z0-9_]{{8}}")
    for path in sorted(out.parent.iterdir()):
        match = left.fullmatch(path.name)
        if not match or not path.is_dir() or path.is_symlink():
            continue
        if match[1] == "old" and not out.exists() and (path / "build").is_dir():
            os.rename(path / "build", out)
        shutil.rmtree(path, ignore_errors=True)


def make_safe(folder: Path) -> None:
    """Wait until the files directly in `folder`, and the names in it, are on the disk."""
    for path in (*sorted(p for p in folder.iterdir() if p.is_file()), folder):
        try:
            handle = os.open(path, os.O_RDONLY)
        except OSError:  # a folder cannot be opened everywhere
            continue
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def publish(fresh: Path, out: Path) -> None:
    """Put the folder `fresh` in the place of `out` in one step; `fresh` is then what was there before, if anything.

    On Linux and macOS the two names are exchanged by the kernel; elsewhere two renames leave a moment without
    `out`, after which `sweep` brings the old build back.
    """
    if not out.exists():
        os.rename(fresh, out)
        return
    if not _exchange(fresh, out):
        old = Path(tempfile.mkdtemp(prefix=f".{out.name}-old-", dir=out.parent))
        os.rename(out, old / "build")
        try:
            os.rename(fresh, out)
        except OSError:
            os.rename(old / "build", out)
            raise
        finally:
            shutil.rmtree(old, ignore_errors=True)


def _exchange(a: Path, b: Path) -> bool:
    """Exchange two names (renameat2, on macOS renamex_np); False where the system cannot."""
    one, two = os.fsencode(os.path.abspath(a)), os.fsencode(os.path.abspath(b))
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            return bool(libc.renamex_np(one, two, 2) == 0)  # RENAME_SWAP
        return bool(libc.renameat2(-100, one, -100, two, 2) == 0)  # RENAME_EXCHANGE
    except (AttributeError, OSError, TypeError):
        return False
