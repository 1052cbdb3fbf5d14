"""Forms of a build for others: quads, JSON-LD, RO-Crate, a claim to cite; and what changed between two builds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from kg.commands.output import Answer, prints_table
from kg.errors import KgError

#: format of `kg export` → what is written: a file, or a folder for crate
FORMS = ("nq", "jsonld", "nanopub", "crate")


def write_form(fmt: str, folder: Path, out: Path, claim: str | None) -> list[Path]:
    """Write a build in one of `FORMS`. Raises `KgError` where the claim is wanted and missing or unknown."""
    from kg import __version__
    from kg.build import GRAPH
    from kg.graph.formats import as_jsonld, as_nquads, nanopublication

    graph = folder / GRAPH
    if fmt == "crate":
        return _crate(folder, out)
    if fmt == "nanopub":
        if not claim:
            raise KgError("--format nanopub: which claim? give --claim c-…; `kg ask` prints ids")
        data = nanopublication(graph, claim.rsplit("/", 1)[-1], version=__version__)
    else:
        data = as_nquads(graph) if fmt == "nq" else as_jsonld(graph)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(data)
    return [out]


def _crate(folder: Path, out: Path) -> list[Path]:
    from kg import __version__
    from kg.build import load_documents
    from kg.export.crate import METADATA, PROVENANCE, crate
    from kg.manifest import CACHE, STORE

    if out.exists() and (not out.is_dir() or (any(out.iterdir()) and not (out / METADATA).is_file())):
        raise KgError(f"{out}: holds something else than a crate; give --out another folder")
    made = (METADATA, PROVENANCE)
    # what kg makes anew from the rest is of no use to others
    ours = (CACHE, STORE)
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in made and path.relative_to(folder).parts[0] not in ours
    }
    files |= crate(files, load_documents(folder), version=__version__)
    for name, data in files.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(data)
    return [out / name for name in sorted(files)]


@prints_table
def diff(
    before: Annotated[Path, typer.Argument(help="folder of the earlier build")],
    after: Annotated[Path, typer.Argument(help="folder of the later build")],
) -> Answer:
    """Say what changed between two builds: claims added, removed, changed, in words."""
    from kg.analyse.changes import changes, changes_table
    from kg.build import load_claims, load_documents

    builds = [(load_documents(folder), load_claims(folder)) for folder in (before, after)]
    return Answer(changes_table(changes(builds[0], builds[1])))


COMMANDS: tuple[Any, ...] = (diff,)
