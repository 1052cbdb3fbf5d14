"""`manifest.json` of a build: the version of its form and the checksum of every file, so that nothing that was
changed, cut short or lost after the build is taken for what was built.

The manifest covers what a build publishes. `store/` and `cache/` are made from it and have checks of their own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from kg.errors import KgError

T = TypeVar("T")

MANIFEST = "manifest.json"
#: form of a build folder; rises when files of an earlier one can no longer be read
SCHEMA = 2
#: folders of a build that the manifest leaves out
STORE, CACHE = "store", "cache"


@dataclass(frozen=True, slots=True)
class Manifest:
    """Path within the build (with /) → (bytes, SHA-256 in hex)."""

    files: Mapping[str, tuple[int, str]]

    @property
    def id(self) -> str:
        """The same for the same files, another for any other build."""
        return _sum(self.files)


def digest(data: bytes) -> tuple[int, str]:
    """Size and SHA-256 of bytes, as a manifest has them."""
    return len(data), hashlib.sha256(data).hexdigest()


def manifest_bytes(files: Mapping[str, tuple[int, str]]) -> bytes:
    """The file's one form: any byte that differs is damage."""
    rows = {name: list(files[name]) for name in sorted(files)}
    whole = {"schema": SCHEMA, "sum": _sum(files), "files": rows}
    return (json.dumps(whole, ensure_ascii=False, indent=0) + "\n").encode()


def _sum(files: Mapping[str, tuple[int, str]]) -> str:
    lines = "".join(f"{name}\t{files[name][0]}\t{files[name][1]}\n" for name in sorted(files))
    return hashlib.sha256(lines.encode()).hexdigest()


def load_manifest(folder: str | Path) -> Manifest:
    """The manifest of a build. Raises `KgError` where there is no build, one of another version, or damage."""
    path = Path(folder) / MANIFEST
    try:
        raw = path.read_bytes()
    except OSError:
        if (Path(folder) / "graph.trig").is_file():
            raise KgError(
                f"{folder}: no {MANIFEST}: an earlier kg made this build, or it was lost; run `kg build` again"
            ) from None
        raise KgError(f"{folder}: no build here; run `kg build` first, or name another folder with --build") from None
    try:
        row = json.loads(raw)
        schema = row["schema"]
        if isinstance(schema, int) and schema != SCHEMA:
            later = "a later kg made this build; use that one" if schema > SCHEMA else "an earlier kg made this build"
            raise KgError(f"{path}: version {schema}, this kg reads {SCHEMA}: {later}, or run `kg build` again")
        files = {name: (int(size), str(sha)) for name, (size, sha) in row["files"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise KgError(f"{path}: damaged; run `kg build` again, or `kg restore` a backup") from None
    if raw != manifest_bytes(files):
        raise KgError(f"{path}: damaged; run `kg build` again, or `kg restore` a backup")
    return Manifest(files)


def of_one_build(folder: str | Path, load: Callable[[], T]) -> T:
    """What `load` reads of a build, all of one: where another build took its place meanwhile, it is read again."""
    for _ in range(9):
        before = load_manifest(folder).id
        try:
            found = load()
        except KgError:
            if load_manifest(folder).id == before:
                raise
            continue
        if load_manifest(folder).id == before:
            return found
    raise KgError(f"{folder}: built anew again and again while it was read; try once the builds have ended")


def checked_bytes(folder: str | Path, name: str, manifest: Manifest) -> bytes:
    """A file of a build, once its bytes are those that were built. Raises `KgError` naming it."""
    path = Path(folder) / name
    try:
        data = path.read_bytes()
    except OSError as error:
        raise KgError(f"{path}: {error.strerror or 'cannot be read'}; run `kg build` again") from None
    if manifest.files.get(name) != digest(data):
        raise KgError(damage(path))
    return data


def damage(path: Path) -> str:
    return f"{path}: not as it was built (checksum differs); run `kg build` again, or `kg restore` a backup"


def damaged(folder: str | Path, skip: Iterable[str] = ()) -> list[str]:
    """What is wrong with the files of a build, a line each, none where all is as it was built.

    Raises `KgError` as `load_manifest` does.
    """
    folder = Path(folder)
    manifest = load_manifest(folder)
    found = []
    for name, (size, sha) in sorted(manifest.files.items()):
        path = folder / name
        if not path.is_file():
            found.append(f"{path}: missing; run `kg build` again, or `kg restore` a backup")
        elif path.stat().st_size != size or file_digest(path) != sha:
            found.append(damage(path))
    beside = {MANIFEST, *skip}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder).as_posix()
        if name not in manifest.files and name not in beside and name.split("/")[0] not in (STORE, CACHE):
            found.append(f"{path}: does not belong to the build; take it away")
    return found


def file_digest(path: Path) -> str:
    """SHA-256 of a file in hex, read piece by piece."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
