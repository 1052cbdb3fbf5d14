"""The command that sums a build up as one page: report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from kg.commands.output import Build, Language, settings, tells_errors, write_file


@tells_errors
def report(
    out: Annotated[Path, typer.Option("--out", help="HTML file to write")] = Path("report.html"),
    build: Build = None,
    language: Language = "zh",
) -> None:
    """Write a report of a build: flows, portfolio, network, indicators, contradictions, sources; one offline page."""
    from kg.view.report import report_page

    contents = report_contents(Path(settings(build=build).build))
    typer.echo(str(write_file(out, report_page(contents, language=language).encode())))


def report_contents(folder: Path) -> Any:
    """What the report of a build folder draws. Raises `KgError` where there is no build."""
    from kg.analyse import summary
    from kg.analyse.audit import audit
    from kg.analyse.flows import load_flows
    from kg.analyse.layers import load_layers, measure
    from kg.build import GRAPH, load_claims, load_documents
    from kg.graph.store import open_store
    from kg.view.report import Contents

    documents, claims = load_documents(folder), load_claims(folder)
    store = open_store(folder / GRAPH)
    flows = load_flows(store)
    return Contents(
        documents=documents,
        claims=claims,
        bands=summary.flow_bands(flows),
        portfolio=summary.portfolio(flows),
        instruments=summary.instrument_names(store),
        sides=summary.sides(store),
        network=measure(load_layers(store)),
        bars=summary.indicator_bars(claim for doc in sorted(claims) for claim in claims[doc]),
        slips=audit(documents, claims),
    )


COMMANDS: tuple[Any, ...] = (report,)
