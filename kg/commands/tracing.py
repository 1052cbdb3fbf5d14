"""The command that follows resources: trace."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.commands.asking import known, open_graph
from kg.commands.output import Build, prints_table, settings
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.analyse.flows import Flow
    from kg.query.table import Table

#: kinds of flows that lack something
WITHOUT = ("report", "policy")


@prints_table
def trace(
    area: Annotated[str, typer.Option("--area", help="province, city or region, with what lies in it")] = "",
    resource: Annotated[str, typer.Option("--resource", help="funding, talent, project, platform …")] = "",
    instrument: Annotated[str, typer.Option("--instrument", help="code, e.g. PI008")] = "",
    beneficiary: Annotated[
        str,
        typer.Option("--beneficiary", help="category; `any`: all; without one enterprises and unstated ones"),
    ] = "",
    via: Annotated[str, typer.Option("--via", help="part of the name of a platform or programme")] = "",
    standing: Annotated[str, typer.Option("--standing", help="promised, quoted or delivered")] = "",
    assertion: Annotated[str, typer.Option("--assertion", help="in_force, planned or reported")] = "",
    policy: Annotated[str, typer.Option("--policy", help="part of a policy's title")] = "",
    min_amount: Annotated[float, typer.Option("--min-amount", min=0, help="at least this sum, in yuan")] = 0,
    without: Annotated[
        str,
        typer.Option("--without", help="report: promises of which none is told; policy: no policy is named"),
    ] = "",
    summary: Annotated[bool, typer.Option("--summary", help="counts and sums instead of flows")] = False,
    html: Annotated[
        Path | None, typer.Option("--html", help="draw these flows as bands (Sankey), a page that works offline")
    ] = None,
    paths: Annotated[
        Path | None,
        typer.Option("--paths", help="draw these flows as paths to follow step by step, a page that works offline"),
    ] = None,
    graph: Annotated[
        Path | None, typer.Option("--graph", help="write these flows as .graphml or .gexf")
    ] = None,
    build: Build = None,
    language: str = "zh",
) -> Table:
    """Trace resources to enterprises: who gets what, how much, by which policy, with the quote.

    Promised (in force, planned), quoted (a policy as told by others) and delivered (reported as done) are never
    added to each other. Sums are of totals in yuan of one period; all other amounts are listed.
    """
    from kg import model
    from kg.analyse.flows import (
        STANDINGS,
        FlowFilter,
        flow_summary,
        load_flows,
        unreported,
        without_policy,
    )

    for option, value, words in (
        ("--resource", resource, model.RESOURCES),
        ("--instrument", instrument, model.INSTRUMENTS),
        ("--beneficiary", beneficiary, (*model.BENEFICIARIES, "any")),
        ("--standing", standing, STANDINGS),
        ("--assertion", assertion, model.ASSERTIONS),
        ("--without", without, WITHOUT),
    ):
        known(option, value, words)
    kept = FlowFilter(
        area=area,
        policy=policy,
        resource=resource,
        instrument=instrument,
        via=via,
        standing=standing,
        min_amount=min_amount,
    )
    # a measure that names no receiver may reach enterprises: it is shown, and said to name none
    receivers = {"": (*model.ENTERPRISES, ""), "any": (*model.BENEFICIARIES, "")}.get(
        beneficiary, (beneficiary,)
    )
    flows = load_flows(open_graph(build))
    if without:  # before the choice: a promise may be kept by a flow that is not chosen
        flows = unreported(flows) if without == "report" else without_policy(flows)
    flows = [
        flow
        for flow in flows
        if kept.keeps(flow) and flow.beneficiary in receivers and assertion in ("", flow.assertion)
    ]
    years = _years(Path(settings(build=build).build), flows)
    flows = [replace(flow, period=flow.period or years.get(flow.claim, "")) for flow in flows]
    title = {
        "": {"zh": "流向企业的资源", "en": "Resources that reach enterprises"},
        "report": {"zh": "尚无报道的承诺", "en": "Promises without a report"},
        "policy": {"zh": "未注明政策的资源流", "en": "Flows without a policy"},
    }[without][language]
    for drawing, file in (("flows", html), ("paths", paths)):
        if file:
            from kg.view.pages import flows_page

            page = flows_page(flows, title=title, language=language, drawing=drawing)
            write_file(file, page.encode())
    if graph:
        write_file(graph, _graph(graph, flows))
    if summary:
        heading = {"zh": f"{title}：汇总", "en": f"{title}: summary"}[language]
        return replace(summary_in_words(flow_summary(flows), language), title=heading)
    return flows_in_words(flows, language, title)


def _graph(path: Path, flows: Sequence[Flow]) -> bytes:
    from kg.analyse.flowgraph import flow_graph
    from kg.export.graphs import gexf, graphml

    writers = {".graphml": graphml, ".gexf": gexf}
    if path.suffix not in writers:
        raise KgError(f"--graph {path.name}: unknown kind of file; name it .graphml or .gexf")
    # nothing is drawn together in a file for other tools
    return writers[path.suffix](flow_graph(flows, max_nodes=10**9, max_policies=10**9, max_channels=10**9))


def write_file(path: Path, data: bytes) -> None:
    """Write a file and the folders above it. Raises `KgError`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise KgError(f"{path}: {error.strerror}; name another file") from error


_SUMMARY = {
    "zh": (
        *("地区", "资源", "受益者", "承诺项数", "转述项数", "落实项数"),
        *("承诺合计（元）", "转述合计（元）", "落实合计（元）", "未计入的金额数", "未计入的金额", "一例陈述"),
    ),
    "en": (
        *("Area", "Resource", "Beneficiary", "Promised", "Quoted", "Delivered"),
        *("Promised, CNY", "Quoted, CNY", "Delivered, CNY", "Left out", "Amounts left out", "A claim"),
    ),
}


def summary_in_words(summary: Table, language: str) -> Table:
    """The summary by province, resource and receiver, with names instead of codes."""
    from kg.view import labels

    resources = labels.names(labels.RESOURCES, language)
    receivers = labels.names(labels.BENEFICIARIES, language)
    unstated = labels.pick(labels.TEXTS["none_beneficiary"], language)
    rows = tuple(
        (area, resources.get(str(resource), resource), receivers.get(str(who), who) or unstated, *rest)
        for area, resource, who, *rest in summary.rows
    )
    return replace(summary, rows=rows, labels=_SUMMARY[language])


_TRACE: dict[str, tuple[str, str]] = {
    "area": ("地区", "Area"),
    "policy": ("政策", "Policy"),
    "standing": ("性质", "Standing"),
    "resource": ("资源", "Resource"),
    "via": ("渠道", "Channel"),
    "beneficiary": ("受益者", "Beneficiary"),
    "beneficiary_text": ("原文所称", "In the text"),
    "amounts": ("金额与数量", "Amounts"),
    "condition": ("条件", "Condition"),
    "period": ("时期", "Period"),
    "assertion": ("陈述方式", "Assertion"),
    "quote": ("原文", "Quote"),
    "document": ("文献", "Document"),
    "claim": ("陈述", "Claim"),
}


def flows_in_words(flows: Sequence[Flow], language: str, title: str) -> Table:
    """One row a measure, its resources and receivers joined, with names instead of codes."""
    from kg.analyse.amounts import amount_text
    from kg.query.table import Table
    from kg.view import labels

    resources = labels.names(labels.RESOURCES, language)
    receivers = labels.names(labels.BENEFICIARIES, language)
    assertions = labels.names(labels.ASSERTIONS, language)
    standings = {
        code: name.split("：")[0].split(":")[0]
        for code, name in labels.names(labels.STANDINGS, language).items()
    }
    unstated = labels.pick(labels.TEXTS["none_beneficiary"], language)
    by_claim: dict[str, list[Flow]] = {}
    for flow in flows:
        by_claim.setdefault(flow.claim, []).append(flow)
    rows = []
    for group in by_claim.values():
        f = group[0]
        rows.append(
            (
                *(f.area, f.policy, standings[f.standing]),
                _joined(resources.get(g.resource, g.resource) for g in group),
                "、".join(f.via),
                _joined(receivers.get(g.beneficiary, g.beneficiary) or unstated for g in group),
                _joined(g.beneficiary_text for g in group),
                *("；".join(map(amount_text, f.amounts)), f.condition, f.period),
                *(assertions.get(f.assertion, f.assertion), f.quote, f.document, f.claim),
            )
        )
    headings = tuple(pair[language == "en"] for pair in _TRACE.values())
    return Table(tuple(_TRACE), tuple(rows), title=title, labels=headings)


def _joined(words: Iterable[str]) -> str:
    return "、".join(dict.fromkeys(word for word in words if word))


def _years(folder: Path, flows: Sequence[Flow]) -> dict[str, str]:
    """Claim id → the one year that the sentence of a reported measure tells up to its end."""
    from kg.build import load_claims, load_documents
    from kg.text.dates import find_periods
    from kg.text.unwrap import unwrap

    wanted = {f.claim for f in flows if f.assertion == "reported" and not f.period and f.amounts}
    if not wanted:
        return {}
    texts = {d.id: d.text for d in load_documents(folder)}
    found = {}
    for claims in load_claims(folder).values():
        for claim in claims:
            if claim.id in wanted:
                before = texts[claim.doc][max(0, claim.start - 120) : claim.start].rpartition("。")[2]
                periods = find_periods(unwrap(before + claim.quote).text)
                years = {p.value[:4] for p in periods if p.value[:4].isdigit()}
                if len(years) == 1:
                    found[claim.id] = years.pop()
    return found


COMMANDS: tuple[Any, ...] = (trace,)
