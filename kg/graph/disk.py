"""The graph of a build as an Oxigraph store on disk, so that a question need not wait for the whole file to be parsed.

One writer makes it, beside the build that others read; afterwards nobody writes to it, and any number of processes
open it read-only. `store.json` says of which graph file it is and holds the checksum of each of its files. The store
is made from `graph.trig` and adds nothing to it: where it is missing, damaged or of another graph, the file is parsed.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.graph.turtle import HEAD, split_section
from kg.manifest import STORE, file_digest
from kg.vocab import PREFIXES

DESCRIPTION = "store.json"
#: form of the store; another one is made anew
FORM = 1
#: written by RocksDB for people, different on every run
_LOGS = re.compile(r"LOCK|LOG(?:\..*)?")


def write_store(
    folder: Path, graph: Path, checksum: str, last: Path | None = None, changes: Changes | None = None
) -> None:
    """Write `folder/store` of the graph file `graph`, whose SHA-256 is `checksum`.

    With `last`, a store folder that is whole, and the `changes` since, its files are taken over (as hard links where
    possible) and only the changes are written.
    """
    import pyoxigraph as ox

    place = folder / STORE
    known: dict[str, list[Any]] = {}
    if last is not None and changes is not None:
        known = _description(last).get("files", {})
        _clone(last, place)
        store = ox.Store(str(place))
        changes.apply(store)
    else:
        store = ox.Store(str(place))
        store.bulk_load(path=str(graph), format=ox.RdfFormat.TRIG)
    store.flush()
    del store
    for path in place.iterdir():
        if _LOGS.fullmatch(path.name):
            path.unlink()
    _write_description(place, checksum, known)


@dataclass(frozen=True, slots=True)
class Changes:
    """How one graph file became another: graph IRI → section before and after, of those that differ. Graphs in `small`
    differ in few places.
    """

    before: Mapping[str, bytes]
    after: Mapping[str, bytes]
    small: frozenset[str] = frozenset()

    @property
    def bytes(self) -> int:
        """About how much is to be written."""
        return sum(len(section) for name, section in self.after.items() if name not in self.small)

    def apply(self, store: Any) -> None:
        import pyoxigraph as ox

        for name in sorted(self.before.keys() | self.after.keys()):
            if name in self.small and name in self.before and name in self.after:
                self._patch(store, name)
                continue
            if name in self.before:
                store.remove_graph(ox.NamedNode(name))
            if name in self.after:
                store.load(HEAD + self.after[name], format=ox.RdfFormat.TRIG)

    def _patch(self, store: Any, name: str) -> None:
        before, after = split_section(self.before[name]), split_section(self.after[name])
        out, new = (b"".join(sorted(lines)).decode("utf-8") for lines in (before - after, after - before))
        steps = [f"{verb} DATA {{ GRAPH <{name}> {{\n{lines}}} }}" for verb, lines in (("DELETE", out), ("INSERT", new)) if lines]
        if not steps:
            return
        heads = "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in sorted(PREFIXES.items()))
        store.update(heads + " ;\n".join(steps))


def _clone(last: Path, place: Path) -> None:
    """A copy of a store that nobody writes to: its tables never change once written, the rest is small."""
    place.mkdir()
    for path in sorted(last.iterdir()):
        if path.name == DESCRIPTION:
            continue
        linked = False
        if path.suffix == ".sst":
            with suppress(OSError):
                os.link(path, place / path.name)
                linked = True
        if not linked:
            shutil.copyfile(path, place / path.name)


def _write_description(place: Path, checksum: str, known: Mapping[str, list[Any]]) -> None:
    files = {}
    for path in sorted(place.iterdir()):
        size = path.stat().st_size
        before = known.get(path.name)
        # tables taken over were checked with the build they come from
        same = path.suffix == ".sst" and before is not None and before[0] == size
        files[path.name] = [size, before[1] if same and before else file_digest(path)]
    row = {"form": FORM, "graph": checksum, "files": files}
    (place / DESCRIPTION).write_text(json.dumps(row, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def _description(place: Path) -> dict[str, Any]:
    try:
        found = json.loads((place / DESCRIPTION).read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and found.get("form") == FORM else {}


def store_problems(folder: Path, graph: str, digest: Callable[[Path], str] | None = file_digest) -> list[str]:
    """What is wrong with the store of a build whose graph file has the SHA-256 `graph`; without `digest` the sizes of
    its files are compared, not their bytes.
    """
    place = folder / STORE
    row = _description(place)
    again = "the graph is read from graph.trig instead; `kg build` makes the store anew"
    if not row:
        return [f"{place}: missing or of another version; {again}"]
    if row.get("graph") != graph:
        return [f"{place}: of another graph; {again}"]
    found = []
    for name, (size, checksum) in sorted(row["files"].items()):
        path = place / name
        if not path.is_file() or path.stat().st_size != size or (digest and digest(path) != checksum):
            found.append(f"{path}: not as it was built; {again}")
    return found


def open_disk(folder: Path, graph: str) -> Any:
    """The store of a build, read-only, or None where it cannot serve for the graph file with the SHA-256 `graph`."""
    if store_problems(folder, graph, None):
        return None
    import pyoxigraph as ox

    with suppress(OSError):
        return ox.Store.read_only(str(folder / STORE))
    return None
