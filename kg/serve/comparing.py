"""Kinds of support side by side, and precedents of a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.query.table import Table
from kg.serve.asked import Asked, NotFoundError
from kg.serve.reading import citations
from kg.serve.shown import Shown
from kg.serve.texts import texts

if TYPE_CHECKING:
    from kg.analyse.compare import Comparison, Row

EXAMPLES = ("认定奖励", "高新技术企业奖励", "租金补贴|房租减免", "研发费用后补助", "技术转移奖补")
CELLS = 12  # most values in one cell of the page


def compare_page(ask: Asked) -> Shown:
    """The parameter table of one kind of support; `province` keeps some places, `form=long` a row a value."""
    from kg import model
    from kg.analyse.compare import BY, Kind, comparison_table, kind_of_words, value_table
    from kg.analyse.compare import compare as run
    from kg.commands.comparing import receivers

    t = texts(ask.language)
    words, via = ask.one("words").strip()[:200], ask.one("via").strip()[:80]
    by = ask.choice("by", BY, "province")
    codes = {
        "instrument": ask.choice("instrument", model.INSTRUMENTS),
        "resource": ask.choice("resource", model.RESOURCES),
        "beneficiary": ask.choice("beneficiary", model.BENEFICIARIES),
    }
    chosen = ask.many("province")
    concepts = ask.state.concepts(ask.language)
    told = {
        "words": words,
        "via": via,
        "by": by,
        "codes": codes,
        "chosen": chosen,
        "examples": EXAMPLES,
        "choices": {
            name: [(code, concepts.name(name, code)) for code in known]
            for name, known in (
                ("instrument", model.INSTRUMENTS),
                ("resource", model.RESOURCES),
                ("beneficiary", model.BENEFICIARIES),
            )
        },
        "bys": [(code, t[f"by_{code}"]) for code in BY],
    }
    if not (words or via or any(codes.values())):
        return Shown("compare.html.j2", t["compare"], Table((), ()), told | {"found": None})
    kinds = {name: frozenset((code,) if code else ()) for name, code in codes.items()}
    kind = Kind("", kinds["instrument"], kinds["resource"], kinds["beneficiary"], via)
    if words:
        kind = kind_of_words(words, receivers(words), kind)
    measures = [m for m in ask.state.measures if not chosen or m.province in chosen]
    found = run(measures, kind, by=by)
    said = [words, via, *(concepts.name(name, code) for name, code in codes.items() if code)]
    title = f"{t['compare']}{'：' if ask.language == 'zh' else ': '}{' × '.join(part for part in said if part)}"
    if ask.one("form") == "long":
        table = value_table(found, concepts, language=ask.language, title=title)
    else:
        table = comparison_table(found, by=by, language=ask.language, title=title)
    return Shown("compare.html.j2", title, table, told | {"found": found, "grid": _grid(found, ask)})


def _grid(found: Comparison, ask: Asked) -> dict[str, object]:
    """Headings and rows of the page's own table: each value with the claims that state it."""
    from kg.analyse.parameters import NAMES

    def cells(row: Row, kind: str) -> list[tuple[str, list[str]]]:
        values: dict[str, list[str]] = {}
        for cell in row.cells.get(kind, ()):
            values.setdefault(cell.text, []).append(cell.measure.claim)
        return [(text, list(dict.fromkeys(claims))) for text, claims in values.items()]

    return {
        "kinds": [(kind, NAMES[ask.language][kind]) for kind in found.kinds],
        "rows": [(row, [cells(row, kind) for kind in found.kinds]) for row in found.rows],
        "without": found.without,
        "most": CELLS,
    }


def precedents_page(ask: Asked) -> Shown:
    """Measures of other places that already do what `q` says: a sentence, or the id of a claim."""
    from kg.analyse.precedents import find_precedents, load_question, precedent_table
    from kg.commands.comparing import question_of_text
    from kg.export.citing import cited

    t, state = texts(ask.language), ask.state
    wanted = ask.one("q").strip()
    told = {"q": wanted, "home": ask.one("home"), "area": ask.one("area"), "earliest": bool(ask.one("earliest"))}
    if not wanted:
        return Shown("precedents.html.j2", t["precedents"], Table((), ()), told | {"hits": None, "question": None})
    if wanted.startswith("c-"):
        if wanted not in state.claim_by_id:
            raise NotFoundError(f"{wanted[:60]}: no such claim in this build")
        question = load_question(state.store, wanted, state.themes)
        if question is None:
            raise KgError(f"{wanted}: neither a measure nor a recommendation; precedents are sought for those")
    else:
        question = question_of_text(wanted, ask.one("home"))
    limit = ask.number("limit", 10, 100, 1)
    hits = find_precedents(
        question, state.corpus.index, area=ask.one("area"), limit=limit, earliest=bool(told["earliest"])
    )
    concepts = state.concepts(ask.language)
    table = precedent_table(hits, question, concepts, ask.language)
    cards = []
    for hit, row in zip(hits, table.records(), strict=True):
        claim = state.claim_by_id[hit.measure.claim]
        item = cited(state.documents[claim.doc], claim)
        cards.append((row, claim, citations([item], ask.language)[0][1]))
    none = t["none_found"].format(n=state.corpus.documents, m=state.corpus.provinces)
    return Shown("precedents.html.j2", t["precedents"], table, told | {"hits": cards, "question": question, "none": none})
