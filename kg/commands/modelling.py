"""Commands that draw what the graph as a whole shows: model."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from kg.commands.output import Answer, Build, prints_table, settings, write_file
from kg.errors import KgError


@prints_table
def model(
    area: Annotated[str, typer.Option("--area", help="province or place")],
    against: Annotated[str, typer.Option("--against", help="a second one, to compare with")] = "",
    page: Annotated[Path | None, typer.Option("--page", help="HTML file to write, with the picture")] = None,
    build: Build = None,
    language: str = "zh",
) -> Answer:
    """Fill the model of the innovation chain for one or two places: who moves what to whom, what is missing."""
    from kg.analyse.chain import TOGETHER, chain_table
    from kg.view import labels
    from kg.view.chain import TEXTS, chain_page

    chains, roles = chains_of(Path(settings(build=build).build), [name for name in (area, against) if name])
    resources = labels.names(labels.RESOURCES, language) | {TOGETHER: labels.pick(TEXTS["together"], language)}
    if page is not None:
        write_file(page, chain_page(chains, roles, language=language).encode())
        typer.echo(str(page), err=True)
    return Answer(chain_table(chains, resources, language=language))


def chains_of(folder: Path, areas: list[str]) -> tuple[list[Any], tuple[Any, ...]]:
    """The models of places of a build, and the roles. Raises `KgError` for a place without any flow."""
    from kg.analyse.chain import chain, load_roles
    from kg.analyse.flows import load_flows
    from kg.build import GRAPH
    from kg.graph.store import open_store
    from kg.text.areas import load_areas

    store = open_store(folder / GRAPH)
    flows, roles = load_flows(store), load_roles(store)
    chains = []
    for name in areas:
        place = load_areas().resolve(name)
        found = chain(flows, roles, place.name if place else name)
        if not found.arrows and not found.beside:
            known = "、".join(sorted({flow.province for flow in flows if flow.province}))
            raise KgError(f"{name}: no measure of this place in {folder}; there are {known}")
        chains.append(found)
    return chains, roles


COMMANDS: tuple[Any, ...] = (model,)
