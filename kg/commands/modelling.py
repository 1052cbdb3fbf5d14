"""Commands that show the graph as a whole: model, network."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from kg.commands.output import Answer, Build, choice, prints_table, settings, write_file
from kg.errors import KgError

_PROJECTIONS = ("joint-issuers", "shared-policy")


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


@prints_table
def network(
    projection: Annotated[
        str | None,
        typer.Option("--projection", help="joint-issuers or shared-policy", callback=choice(*_PROJECTIONS)),
    ] = None,
    layer: Annotated[
        list[str] | None, typer.Option("--layer", help="only this layer (issuer, policy …); may be repeated")
    ] = None,
    graph: Annotated[
        Path | None,
        typer.Option("--graph", help="file to write: .graphml, .gexf (with dates), or a folder for Gephi's nodes.csv, edges.csv"),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="of sampling and communities")] = 7,
    build: Build = None,
    language: str = "zh",
) -> Answer:
    """Measure the network of actors: degree, betweenness, PageRank, communities; layers, projections, files."""
    from kg.analyse.layers import LAYERS, METRICS, actor_table, load_layers, measure, only, project
    from kg.build import GRAPH
    from kg.graph.store import open_store
    from kg.query.table import Table
    from kg.view import labels

    for name in layer or ():
        if name not in LAYERS:
            raise KgError(f"--layer {name}: unknown; known: {', '.join(LAYERS)}")
    found = only(load_layers(open_store(Path(settings(build=build).build) / GRAPH)), layer or ())
    measured = measure(project(found, projection) if projection else found, seed=seed)
    if graph is not None:
        for path in _write_graph(graph, measured):
            typer.echo(str(path), err=True)
    index = labels.LANGUAGES.index(language)
    heading = {"zh": ("指标", "含义"), "en": ("Measure", "Meaning")}[language]
    meanings = Table(("measure", "meaning"), tuple((k, v[index]) for k, v in METRICS.items()), labels=heading)
    return Answer(
        actor_table(measured, labels.names(labels.BENEFICIARIES, language), language=language), before=(meanings,)
    )


def _write_graph(out: Path, measured: Any) -> list[Path]:
    from kg.export.graphs import gephi_csv, gexf, graphml

    writers = {".graphml": graphml, ".gexf": gexf}
    if out.suffix.lower() in writers:
        return [write_file(out, writers[out.suffix.lower()](measured))]
    if out.suffix:
        raise KgError(f"--graph {out}: give a file that ends in .graphml or .gexf, or a folder")
    nodes, edges = gephi_csv(measured)
    return [write_file(out / "nodes.csv", nodes), write_file(out / "edges.csv", edges)]


def chains_of(folder: Path, areas: list[str]) -> tuple[list[Any], tuple[Any, ...]]:
    """The models of places of a build, and the roles. Raises `KgError` for a place without any flow."""
    from kg.analyse.chain import chain, load_roles
    from kg.analyse.flows import load_flows
    from kg.analyse.places import named
    from kg.build import GRAPH
    from kg.graph.store import open_store

    store = open_store(folder / GRAPH)
    flows, roles = load_flows(store), load_roles(store)
    chains = []
    for name in areas:
        place = named(name)
        found = chain(flows, roles, place.name if place else name)
        if not found.arrows and not found.beside:
            known = "、".join(sorted({flow.province for flow in flows if flow.province}))
            raise KgError(f"{name}: no measure of this place in {folder}; there are {known}")
        chains.append(found)
    return chains, roles


COMMANDS: tuple[Any, ...] = (model, network)
