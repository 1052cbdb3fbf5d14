"""Commands that explain the graph and keep what curators decide: explain."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from kg.commands.output import Answer, Build, prints_table, settings
from kg.errors import KgError


@prints_table
def explain(
    name: Annotated[str, typer.Argument(help="IRI, any of its names, or document number of a thing")],
    build: Build = None,
) -> Answer:
    """Say what a thing is, under which names it goes, and why each name is taken for it."""
    from kg.analyse.explain import explain as run
    from kg.analyse.explain import find_things
    from kg.build import GRAPH
    from kg.graph.store import open_store

    folder = Path(settings(build=build).build)
    store = open_store(folder / GRAPH)
    found = find_things(store, name)
    if not found:
        raise KgError(f"{name}: nothing in {folder} goes by that name; `kg ask` prints names and IRIs")
    tables = [table for thing in found for table in run(store, thing)]
    return Answer(tables[-1], before=tuple(tables[:-1]))


COMMANDS: tuple[Any, ...] = (explain,)
