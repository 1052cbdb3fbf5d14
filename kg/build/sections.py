"""The graph file as its sections, one a named graph: where each stands, and what changed since the last build."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from mmap import mmap
from pathlib import Path

from kg.build.kept import Kept, key
from kg.config import GRAPH
from kg.errors import KgError
from kg.graph.disk import Changes, store_problems
from kg.manifest import STORE, load_manifest


def keep_place(kept: Kept, at: str, offset: int, section: bytes, *, moved: bool = False) -> None:
    """Note where a section stands in the graph file; `moved`, where it was in the last one too and was compared."""
    known = kept.get("section", at) if moved else None
    checksum = json.loads(known)[2] if known else hashlib.sha256(section).hexdigest()
    kept.put("section", at, json.dumps((offset, len(section), checksum)).encode())


def section_at(kept: Kept, at: str, graph: bytes | mmap) -> bytes | None:
    """A section of the last graph file, None where it is not there as it was."""
    place = kept.get("section", at)
    if place is None:
        return None
    offset, length, checksum = json.loads(place)
    section = graph[offset : offset + length]
    return section if hashlib.sha256(section).hexdigest() == checksum else None


def changes_since(
    last: bytes | mmap, same: set[str], sections: Mapping[str, bytes], shared: frozenset[str], kept: Kept
) -> Changes | None:
    """What is to be done to the last build's store; None where that is not known for certain.

    Sections named in `same` were taken from the graph file `last`; those in `shared` belong to no one document.
    """
    places = _places(last)
    if not places:
        return None
    before = {name: last[start:end] for name, (start, end) in places.items() if name not in same}
    for name in shared & before.keys():
        if section_at(kept, key(name), last) != before[name]:
            return None
    after = {name: section for name, section in sections.items() if name not in same}
    for name in [name for name in before if before[name] == after.get(name)]:
        del before[name], after[name]
    return Changes(before, after, shared)


def _places(graph: bytes | mmap) -> dict[str, tuple[int, int]]:
    """Graph IRI → start and end of its section in a graph file."""
    starts = []
    at = graph.find(b"\n\n<")
    while at >= 0:
        starts.append(at + 1)
        at = graph.find(b"\n\n<", at + 3)
    found = {}
    for start, end in zip(starts, [*starts[1:], len(graph)], strict=False):
        stop = graph.find(b">", start, end)
        found[bytes(graph[start + 2 : stop]).decode("utf-8", "replace")] = (start, end)
    return found


def whole_store(out: Path) -> Path | None:
    """The store of the last build where it is of that build's graph and complete."""
    try:
        checksum = load_manifest(out).files[GRAPH][1]
    except (KgError, KeyError):
        return None
    return None if store_problems(out, checksum, None) else out / STORE
