"""Commands that sum places up: portfolio, indicators."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.commands.asking import known, open_graph
from kg.commands.comparing import build_themes
from kg.commands.output import Answer, Build, prints_table

if TYPE_CHECKING:
    from kg.query.table import Table

SHOWN = ("matrix", "shares", "profile", "firsts", "coding")


@prints_table
def portfolio(
    show: Annotated[
        str,
        typer.Option("--show", help="profile, matrix, shares (by year), firsts or coding (every measure)"),
    ] = "profile",
    area: Annotated[str, typer.Option("--area", help="province, city or region, with what lies in it")] = "",
    instrument: Annotated[str, typer.Option("--instrument", help="code, e.g. PI008")] = "",
    beneficiary: Annotated[str, typer.Option("--beneficiary", help="category, e.g. tech-sme")] = "",
    assertion: Annotated[str, typer.Option("--assertion", help="in_force, planned or reported")] = "",
    build: Build = None,
    language: str = "zh",
) -> Answer:
    """Policy portfolios of provinces: instruments, sides, receivers, breadth, novelty, and the coding itself."""
    from kg import model
    from kg.analyse import portfolio as room
    from kg.analyse.concepts import load_concepts
    from kg.analyse.measures import load_measures
    from kg.analyse.places import is_in

    known("--show", show, SHOWN)
    known("--assertion", assertion, model.ASSERTIONS)
    known("--instrument", instrument, model.INSTRUMENTS)
    known("--beneficiary", beneficiary, model.BENEFICIARIES)
    store = open_graph(build)
    concepts = load_concepts(store, language)
    measures = [
        m
        for m in load_measures(store, build_themes(build) if show == "coding" else None)
        if assertion in ("", m.assertion)
        and (not instrument or instrument in m.instruments)
        and (not beneficiary or beneficiary in m.beneficiaries)
    ]
    here = [m for m in measures if is_in(area)(m.area, m.province)]
    if show == "profile":  # firsts are firsts among all
        profile = room.profile_table(measures, language)
        kept = {m.province for m in here}
        rows = tuple(row for row in profile.rows if row[0] in kept)
        shares = room.shares_table(here, concepts, language, years=False)
        return Answer(_with_rows(profile, rows), before=(shares,))
    if show == "firsts":
        return Answer(room.firsts_table(measures, concepts, language))
    make = {"matrix": room.matrix_table, "shares": room.shares_table, "coding": room.coding_sheet}[show]
    return Answer(make(here, concepts, language))


def _with_rows(table: Table, rows: tuple[Any, ...]) -> Table:
    from dataclasses import replace

    return replace(table, rows=rows)


@prints_table
def indicators(
    area: Annotated[str, typer.Option("--area", help="strengths and weaknesses of this place")] = "",
    indicator: Annotated[str, typer.Option("--indicator", help="part of the indicator's name")] = "",
    period: Annotated[str, typer.Option("--period", help="year or period, from its beginning")] = "",
    least: Annotated[int, typer.Option("--least", min=2, help="least number of places side by side")] = 2,
    html: Annotated[
        Path | None, typer.Option("--html", help="draw the charts, as a page that works offline")
    ] = None,
    build: Build = None,
    language: str = "zh",
) -> Answer:
    """Provinces side by side: values, ranks, distance to the leader and the average; strengths of one place."""
    from kg.analyse.indicators import judge, judged_table, load_figures, side_by_side, side_table
    from kg.analyse.places import named
    from kg.commands.tracing import write_file
    from kg.errors import KgError

    place = ""
    if area:
        found = named(area)
        if found is None:
            raise KgError(f"--area {area}: no such place; give a province, city or county")
        place = found.name
    figures = [
        f for f in load_figures(open_graph(build)) if indicator in f.indicator and f.period.startswith(period)
    ]
    groups = side_by_side(figures, least=least)
    if place:
        groups = [g for g in groups if any(f.area == place for f in g.figures)]
    if html:
        from kg.view.bars import indicators_page

        title = {"zh": "指标对照", "en": "Indicators side by side"}[language]
        title = f"{title}：{place}" if place else title
        write_file(html, indicators_page(groups, title=title, area=place, language=language).encode())
    table = side_table(groups, language)
    if place:
        return Answer(judged_table(judge(place, figures), place, language), before=(table,))
    return Answer(table)


COMMANDS: tuple[Any, ...] = (portfolio, indicators)
