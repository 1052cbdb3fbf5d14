"""Results of the last build, by what they were made of, so that only what changed is made again.

`cache/` in a build folder holds a file a kind of result, a line each: key, checksum, result. A key is a hash of
everything the result depends on: bytes, catalogue row, settings, and the code, tables and rules of the rooms that
make it. A line that is damaged counts as missing. A cache can be deleted at any time; then everything is made anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path

from kg.manifest import CACHE
from kg.resources import data_dir

#: kinds of results, each a file of the cache
KINDS = ("read", "same", "extract", "mentions", "part", "section")
#: kind → rooms whose code makes it, folders and files of data it looks at, packages it rests on
_MADE_BY: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "read": (("read", "text"), ("sources/*.csv", "sources/*.tsv"), ("lxml", "pypdfium2")),
    "same": (("read", "text"), ("sources/*.tsv",), ()),
    "extract": (
        ("extract", "text"),
        ("sources/*.csv", "sources/*.tsv", "sources/lexicons/*", "ontology/vocab/*"),
        ("spacy", "numpy", "ahocorasick-rs"),
    ),
    "mentions": (("link", "text"), ("sources/*.csv",), ()),
    "part": (("graph", "link", "text"), ("sources/*.csv",), ()),
    "pictures": (("view", "analyse", "query", "graph"), ("ontology/vocab/*",), ("pyvis", "networkx", "jinja2")),
}
_BASE = ("model.py", "ids.py", "vocab.py", "resources.py", "build/files.py", "build/kept.py", "build/stages.py")
#: the catalogue's rows are in the keys of the documents they describe
_NOT_DATA = ("catalogue.csv",)


def key(*parts: str | bytes) -> str:
    """A hash of all parts and of where each ends."""
    made = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        made.update(b"%d:" % len(data))
        made.update(data)
    return made.hexdigest()[:40]


@cache
def version_of(kind: str) -> str:
    """A hash of the code, tables and packages that make results of this kind. Rules are read once a process."""
    rooms, data, packages = _MADE_BY[kind]
    package = Path(str(files("kg")))
    found = [path for room in rooms for path in sorted((package / room).rglob("*")) if "__pycache__" not in path.parts]
    found += [package / name for name in _BASE]
    for pattern in data:
        top, _, rest = pattern.partition("/")
        found += sorted(path for path in data_dir(top).glob(rest) if path.name not in _NOT_DATA)
    seen = [platform.python_version(), *(f"{name} {_installed(name)}" for name in packages)]
    return key(*seen, *_contents(found))


@cache
def rules_of(folder: str | None, config: str | None) -> str:
    """A hash of the user's own rules and pipeline configuration, "" without either."""
    paths = [] if not folder else sorted(Path(folder).iterdir())
    paths += [Path(config)] if config else []
    return key(*_contents(paths)) if paths else ""


def rules(config: Path | None) -> str:
    """`rules_of` what is in force (see `kg.resources.lexicon_files`)."""
    return rules_of(os.environ.get("KG_RULES"), str(config) if config else None)


def _contents(paths: Iterable[Path]) -> list[str | bytes]:
    out: list[str | bytes] = []
    for path in paths:
        if path.is_file():
            out += [path.name, path.read_bytes()]
    return out


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


class Kept:
    """The cache of the build in `out`, and what the next build keeps: all it took from there or made anew."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self._last: dict[str, dict[str, tuple[bytes, bytes]]] = {}
        self._next: dict[str, dict[str, tuple[bytes, bytes]]] = {kind: {} for kind in KINDS}
        self.taken: dict[str, set[str]] = {kind: set() for kind in KINDS}
        self.about = self._about()

    def get(self, kind: str, at: str) -> bytes | None:
        """A result, None where it has to be made."""
        if found := self._next[kind].get(at):
            return found[1]
        found = self._shelf(kind).get(at)
        if found is None or _sum(found[1]) != found[0]:
            return None
        self._next[kind][at] = found
        self.taken[kind].add(at)
        return found[1]

    def put(self, kind: str, at: str, result: bytes) -> bytes:
        """Keep a result (bytes without a line feed); returns it."""
        self._next[kind][at] = (_sum(result), result)
        self.taken[kind].discard(at)
        return result

    def carry(self, *kinds: str) -> None:
        """Keep everything of these kinds for the build after this one."""
        for kind in kinds:
            self._next[kind] = {**self._shelf(kind), **self._next[kind]}

    def write(self, folder: Path, about: dict[str, str]) -> None:
        """Write what this build keeps to `folder`, with `about`, which the next one finds in `about`."""
        place = folder / CACHE
        place.mkdir()
        for kind, rows in self._next.items():
            with (place / f"{kind}.tsv").open("wb") as handle:
                for at, (checksum, result) in sorted(rows.items()):
                    handle.write(b"%s\t%s\t%s\n" % (at.encode(), checksum, result))
        (place / "about.json").write_text(json.dumps(about, indent=0, sort_keys=True), encoding="utf-8")

    def _about(self) -> dict[str, str]:
        try:
            found = json.loads((self.out / CACHE / "about.json").read_bytes())
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def _shelf(self, kind: str) -> dict[str, tuple[bytes, bytes]]:
        if kind not in self._last:
            self._last[kind] = {}
            try:
                data = (self.out / CACHE / f"{kind}.tsv").read_bytes()
            except OSError:
                data = b""
            for line in data.split(b"\n"):
                at, _, rest = line.partition(b"\t")
                checksum, tab, result = rest.partition(b"\t")
                if tab:
                    self._last[kind][at.decode("ascii", "replace")] = (checksum, result)
        return self._last[kind]


def _sum(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest()[:16].encode()
