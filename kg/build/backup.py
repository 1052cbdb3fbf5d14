"""A build, and the ledger beside it, as one file, and back: with the checksum of everything, the same bytes for the
same build. What is made from the rest (store, cache) is left out and made anew.
"""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

from kg.build.switch import fresh_folder, make_safe, publish
from kg.config import GRAPH, Settings
from kg.errors import KgError
from kg.graph.disk import write_store
from kg.ledger import read as read_ledger
from kg.manifest import MANIFEST, Manifest, checked_bytes, digest, load_manifest

CONTENTS, LEDGER = "backup.json", "ledger.jsonl"
FORM = 1
#: megabytes that a restored build may have
RESTORE_MEGABYTES = Settings().restore_megabytes
_DATE = (1980, 1, 1, 0, 0, 0)


def backup(folder: str | Path, file: str | Path, *, ledger: str | Path | None = None) -> int:
    """Write the build in `folder`, and the ledger where one is named, to one file; returns how many files it holds.

    Raises `KgError` where the build or the ledger is damaged, nothing can be written, or `file` is there already.
    """
    folder, file = Path(folder), Path(file)
    manifest = load_manifest(folder)
    entries = {MANIFEST: (folder / MANIFEST).read_bytes()}
    if ledger is not None:
        if not Path(ledger).is_file():
            raise KgError(f"{ledger}: no such ledger; name one, or leave --ledger out")
        read_ledger(Path(ledger))  # a broken chain is not worth keeping
        entries[LEDGER] = Path(ledger).read_bytes()
    contents = {"form": FORM, "files": {name: list(digest(data)) for name, data in sorted(entries.items())}}
    partial = file.with_name(f".{file.name}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.exists():
            raise KgError(f"{file}: there is a file of that name; give --out another one")
        with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            _put(archive, CONTENTS, (json.dumps(contents, indent=0, sort_keys=True) + "\n").encode())
            for name, data in sorted(entries.items()):
                _put(archive, name, data)
            for name in sorted(manifest.files):
                _put(archive, name, checked_bytes(folder, name, manifest))
        partial.replace(file)
    except OSError as error:
        raise KgError(f"{file}: {error.strerror or error}; give --out another place") from error
    finally:
        partial.unlink(missing_ok=True)
    return len(entries) + len(manifest.files)


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, _DATE)
    entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
    archive.writestr(entry, data)


def restore(
    file: str | Path,
    out: str | Path,
    *,
    ledger: str | Path | None = None,
    megabytes: float = RESTORE_MEGABYTES,
) -> int:
    """Write the build in a backup to `out`, in the place of the build that is there, in one step; returns its files.

    The ledger in it is written where `ledger` says, which must not be there yet. Raises `KgError` where the backup
    is damaged or not one of ours, larger than `megabytes` (10⁶ bytes) unpacked, or cannot be written; `out` is untouched
    then.
    """
    file, out = Path(file), Path(out)
    if out.exists() and not (out.is_dir() and ((out / GRAPH).is_file() or not any(out.iterdir()))):
        raise KgError(f"{out}: this holds something else than a build; give --out another folder")
    if ledger is not None and Path(ledger).exists():
        raise KgError(f"{ledger}: there is a ledger already; give --ledger another name")
    try:
        with zipfile.ZipFile(file) as archive, fresh_folder(out) as fresh:
            entries = _entries(archive, file)
            if ledger is not None and LEDGER not in entries:
                raise KgError(f"{file}: holds no ledger; leave --ledger out")
            (fresh / MANIFEST).write_bytes(entries[MANIFEST])
            manifest = load_manifest(fresh)
            total = sum(size for size, _ in manifest.files.values())
            if total > megabytes * 1_000_000:
                raise KgError(
                    f"{file}: {total / 1e6:.0f} MB unpacked are over restore_megabytes = {megabytes:g}; raise it in kg.toml"
                )
            _unpack(archive, file, fresh, manifest)
            write_store(fresh, fresh / GRAPH, manifest.files[GRAPH][1])
            make_safe(fresh)
            if ledger is not None:
                Path(ledger).parent.mkdir(parents=True, exist_ok=True)
                with Path(ledger).open("xb") as handle:
                    handle.write(entries[LEDGER])
            publish(fresh, out)
    except OSError as error:
        raise KgError(f"{file}: {error.strerror or error}; name a readable backup") from error
    except (zipfile.BadZipFile, EOFError, ValueError, RuntimeError, NotImplementedError) as error:
        raise KgError(_broken(file, str(error))) from None
    return len(manifest.files) + len(entries)


def _entries(archive: zipfile.ZipFile, file: Path) -> dict[str, bytes]:
    """The manifest, and the ledger, of a backup, checked."""
    try:
        contents = json.loads(_read(archive, CONTENTS, 10_000))
        wanted = {str(name): (int(size), str(sha)) for name, (size, sha) in contents["files"].items()}
        form = contents["form"]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise KgError(f"{file}: no backup of kg; name a file that `kg backup` wrote") from None
    if form != FORM:
        raise KgError(f"{file}: form {form} of a backup, this kg reads {FORM}; use the kg that wrote it")
    if MANIFEST not in wanted or wanted.keys() - {MANIFEST, LEDGER}:
        raise KgError(_broken(file, "its list of contents is not one of ours"))
    return {name: _checked(archive, file, name, known) for name, known in wanted.items()}


def _unpack(archive: zipfile.ZipFile, file: Path, fresh: Path, manifest: Manifest) -> None:
    if GRAPH not in manifest.files:
        raise KgError(_broken(file, f"{GRAPH} is missing"))
    for name, known in sorted(manifest.files.items()):
        parts = name.split("/")
        if len(parts) > 2 or any(part in ("", ".", "..") or "\\" in part or "\0" in part or ":" in part for part in parts):
            raise KgError(_broken(file, f"{name!a} is a name that leads out of a build"))
        path = fresh / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(_checked(archive, file, name, known))


def _checked(archive: zipfile.ZipFile, file: Path, name: str, known: tuple[int, str]) -> bytes:
    data = _read(archive, name, known[0])
    if digest(data) != known:
        raise KgError(_broken(file, f"{name} is not as it was saved"))
    return data


def _read(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """At most one byte more than `most`, whatever the archive says of itself."""
    with archive.open(name) as handle:
        return handle.read(most + 1)


def _broken(file: Path, what: str) -> str:
    return f"{file}: damaged ({what}); use another copy of the backup"


