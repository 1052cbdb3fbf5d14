"""Things of the graph one by one, what curators decided on them and on claims, and what became of each decision."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kg.config import REPORT
from kg.errors import KgError
from kg.ids import FOLDERS
from kg.query.table import Table
from kg.serve.asked import Asked, NotFoundError
from kg.serve.named import place
from kg.serve.shown import Shown
from kg.serve.texts import texts
from kg.vocab import IPID

if TYPE_CHECKING:
    from kg.ledger import Decision
    from kg.serve.state import State

#: classes whose names may be merged and split
KINDS = {folder: kind for kind, folder in FOLDERS.items() if kind not in ("Area", "Indicator")}

#: kinds of organisations that the network does not tell apart
ORGANISATIONS = {
    "GovernmentOrganisation": ("政府机构", "Government organisation"),
    "Enterprise": ("企业", "Enterprise"),
    "University": ("高校", "University"),
    "ResearchInstitute": ("科研院所", "Research institute"),
    "Intermediary": ("中介机构", "Intermediary"),
    "FinancialInstitution": ("金融机构", "Financial institution"),
}


def thing_page(ask: Asked) -> Shown:
    """One thing by its IRI `node`: what it is, its names and why they mean it, its claims, decisions on its names."""
    from kg.analyse.explain import explain, find_things
    from kg.view import labels

    node = ask.one("node")
    if not node.startswith(IPID) or not find_things(ask.state.store, node):
        raise NotFoundError(f"{node[:120]}: no such thing in this build; search for its name in the network")
    t = texts(ask.language)
    what, _, names = explain(ask.state.store, node, ask.language)
    label = next((str(value) for key, value in what.rows if key == "label"), node)
    classes = labels.names(labels.CLASSES | ORGANISATIONS, ask.language)
    facts = [
        (t.get(f"thing_{key}", str(key)), classes.get(str(value), str(value)) if key == "class" else place(value, ask.language) if key == "area" else value)
        for key, value in what.rows
        if key not in ("label",)
    ]
    headings = tuple(t[f"naming_{n}"] for n in range(len(names.columns)))
    table = Table(names.columns, names.rows, labels=headings)
    graph = ask.state.network
    evidence = [e.claim for e in graph.nodes[node]["evidence"]] if node in graph else []
    area = next((str(value) for key, value in what.rows if key == "area"), "")
    known = {label, *(str(row[0]) for row in names.rows)}
    context = {
        "node": node,
        "label": label,
        "facts": facts,
        "claims": [ask.state.claim_by_id[c] for c in dict.fromkeys(evidence) if c in ask.state.claim_by_id][:30],
        "class_code": kind_of(node),
        "area": area,
        "in_network": node in graph,
        "names": sorted(known - {label}),
        "decided": [row for row in decided(ask.state) if {name for name, _ in row[0].names} & known] if ask.state.curate else [],
    }
    return Shown("thing.html.j2", label, table, context, data={"thing": node, "facts": what.records(), "names": names.records()})


def kind_of(node: str) -> str:
    """The class under which decisions on the names of a thing are written, "" where there are none."""
    return KINDS.get(node.removeprefix(IPID).partition("/")[0], "")


def ledger_page(ask: Asked) -> Shown:
    """All decisions in order, and what became of each in this build."""
    t = texts(ask.language)
    rows = decided(ask.state)
    shown = tuple(
        (d.line, d.decision, d.who, d.why, str(d.claim.get("id", "")), " ≡ ".join("@".join(filter(None, n)) for n in d.names), status, problem)
        for d, status, problem in rows
    )
    columns = ("line", "decision", "who", "why", "claim", "names", "status", "problem")
    labels = (t["line"], t["decision"], t["who"], t["why"], t["claim"], t["names"], t["status"], t["problem"])
    context = {"rows_of": rows, "waiting": sum(status == "waiting" for _, status, _ in rows)}
    return Shown("ledger.html.j2", t["ledger"], Table(columns, shown, labels=labels), context)


def decided(state: State) -> list[tuple[Decision, str, str]]:
    """Decision, `applied`, `conflict` or `waiting` (for the next build), and what the conflict is."""
    from kg.ledger import read

    report = state.keep("ledger-report", lambda: _reported(state))
    conflicts: dict[str, list[str]] = {}
    for text in report.get("conflicts", ()):
        line, _, problem = str(text).removeprefix("ledger line ").partition(": ")
        conflicts.setdefault(line, []).append(problem)
    out = []
    for decision in read(state.ledger).decisions:
        problem = "; ".join(conflicts.get(str(decision.line), ()))
        status = "waiting" if decision.line > report.get("lines", 0) else "conflict" if problem else "applied"
        out.append((decision, status, problem if status == "conflict" else ""))
    return out


def _reported(state: State) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads((state.build / REPORT).read_text(encoding="utf-8")).get("ledger", {})
    except (OSError, ValueError) as error:
        raise KgError(f"{state.build / REPORT}: cannot be read ({error}); build anew") from None
    return found
