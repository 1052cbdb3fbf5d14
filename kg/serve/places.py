"""Provinces one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kg.query.table import Table
from kg.serve.asked import Asked, NotFoundError
from kg.serve.reading import province_of
from kg.serve.shown import Shown
from kg.serve.texts import texts

if TYPE_CHECKING:
    from kg.model import Claim

#: parts of a province's page whose tables its files may hold
SHOWS = ("policies", "portfolio", "indicators", "gaps", "flows")


def provinces_page(ask: Asked) -> Shown:
    """All provinces of the corpus with their portfolios."""
    from kg.analyse.portfolio import profile_table

    made = ask.state.keep(("profile", ask.language), lambda: profile_table(ask.state.measures, ask.language))
    return Shown("provinces.html.j2", texts(ask.language)["provinces"], made)


def province_page(ask: Asked) -> Shown:
    """One province: policies, portfolio, indicators, gaps, flows. Files hold the part that `show` names."""
    from kg.text.areas import load_areas

    name = province_of(ask.key)
    if not name:
        raise NotFoundError(f"{ask.key[:40]}: no such province; the list of provinces has those of this build")
    tables = ask.state.keep(("province", name, ask.language), lambda: _tables(ask, name))
    if not any(table.rows for table in tables.values()):
        raise NotFoundError(f"{name}: no text of this build speaks of it; the list of provinces has the others")
    show = ask.choice("show", SHOWS, "policies")
    place = load_areas().resolve(name)
    title = place.english if ask.language == "en" and place and place.english else name
    return Shown("province.html.j2", title, tables[show], {"name": name, "tables": tables, "shows": SHOWS, "links": links(ask, name, tables)})


def links(ask: Asked, name: str, tables: Mapping[str, Table]) -> dict[str, dict[int, list[str]]]:
    """Table → number of a column → for each row where its numbers are told one by one."""
    def counted(column: str, value: object) -> str:
        chosen: dict[str, Any] = {column: value or "undated"}
        return ask.href("/claims", counted=1, province=name, **chosen)

    found: dict[str, dict[int, list[str]]] = {}
    for show, column in (("policies", "policy"), ("portfolio", "year")):
        table = tables[show]
        if {column, "measures"} <= set(table.columns):
            key, number = table.columns.index(column), table.columns.index("measures")
            found[show] = {number: [counted(column, row[key]) for row in table.rows]}
    flows = tables["flows"]
    if {"resource", "beneficiary"} <= set(flows.columns) and flows.rows:
        found["flows"] = {flows.columns.index(c): [ask.href("/flows", province=name)] * len(flows.rows) for c in ("measures",) if c in flows.columns}
    return found


def _tables(ask: Asked, name: str) -> dict[str, Table]:
    from kg.analyse.flows import flow_summary
    from kg.analyse.indicators import judge, judged_table
    from kg.analyse.portfolio import profile_table, shares_table
    from kg.commands.tracing import summary_in_words

    state, t = ask.state, texts(ask.language)
    here = [m for m in state.measures if m.province == name]
    policies: dict[str, list] = {}
    for m in here:
        row = policies.setdefault(m.policy or m.document, [m.policy or m.document, m.number, m.date, 0, m.claim])
        row[1], row[2] = row[1] or m.number, row[2] or m.date
        row[3] += 1
    rows = sorted((tuple(row) for row in policies.values()), key=lambda r: (-r[3], str(r[0])))
    labels = (t["policy"], t["number"], t["date"], t["measures"], t["claim"])
    gaps = [c for found in state.claims.values() for c in found if c.type == "gap" and province_of(c.area or "") == name]
    shares = shares_table(here, state.concepts(ask.language), ask.language)
    profile = profile_table(state.measures, ask.language)
    profile = replace(profile, rows=tuple(r for r in profile.rows if r[0] == name), title="")
    flows = [f for f in state.flows if f.province == name]
    return {
        "policies": Table(("policy", "number", "date", "measures", "claim"), tuple(rows), labels=labels),
        "portfolio": replace(shares, title=""),
        "indicators": replace(judged_table(judge(name, state.figures), name, ask.language), title=""),
        "gaps": _gap_table(ask, gaps),
        "flows": replace(summary_in_words(flow_summary(flows, by=("province", "resource", "beneficiary")), ask.language), title=""),
        "profile": profile,
    }


def _gap_table(ask: Asked, gaps: list[Claim]) -> Table:
    t = texts(ask.language)
    concepts = ask.state.concepts(ask.language)
    rows = tuple(
        (
            *(c.area, concepts.name("gap-topic", c.values.get("topic", "")), c.quote),
            *(ask.state.documents[c.doc].source.title, c.id),
        )
        for c in sorted(gaps, key=lambda c: (c.area or "", c.values.get("topic", ""), c.id))
    )
    labels = (t["area"], t["topic"], t["quote"], t["document"], t["claim"])
    return Table(("area", "topic", "quote", "document", "claim"), rows, labels=labels)
