"""Whether a build is as it was built, file by file."""

from __future__ import annotations

from pathlib import Path

from kg.config import GRAPH
from kg.graph.disk import store_problems
from kg.manifest import damaged, load_manifest


def file_problems(folder: str | Path) -> list[tuple[str, str]]:
    """(file, what is wrong with it and what to do), none where all is well; every byte is looked at.

    Raises `KgError` where there is no build, one of another version, or its manifest is damaged.
    """
    folder = Path(folder)
    checksum = load_manifest(folder).files.get(GRAPH, (0, ""))[1]
    found = [*damaged(folder), *store_problems(folder, checksum)]
    return [(where, what) for where, _, what in (line.partition(": ") for line in found)]
