"""Commands about the ontology itself: docs, turtle."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from kg.commands.output import tells_errors
from kg.errors import KgError


@tells_errors
def docs(
    out: Annotated[Path, typer.Option("--out", help="folder to write")],
) -> None:
    """Write the documentation of the ontology as static HTML pages, Chinese and English."""
    for path in write_docs(out):
        typer.echo(str(path))


def write_docs(out: Path) -> list[Path]:
    """The pages written into `out`. Raises `KgError` where that cannot be written."""
    from kg.graph.terms import load_ontology
    from kg.view.ontology import ontology_pages

    written = []
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, page in ontology_pages(load_ontology()).items():
            (out / name).write_bytes(page.encode("utf-8"))
            written.append(out / name)
    except OSError as error:
        raise KgError(f"{error.filename or out}: {error.strerror}; give --out another folder") from error
    return written


@tells_errors
def turtle(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Turtle files and folders of them", show_default="the ontology"),
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="only say which files would change")] = False,
) -> None:
    """Bring Turtle files to the one canonical form."""
    from kg.graph.canonical import reformat

    changed = reformat(files or (), write=not check)
    for path in changed:
        typer.echo(str(path))
    if check and changed:
        raise KgError(f"{len(changed)} files are not in canonical form; run `kg turtle`")


COMMANDS: tuple[Any, ...] = (docs, turtle)
