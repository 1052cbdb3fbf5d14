"""The auditor: where documents contradict themselves, each with the places that show it and the computation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.analyse.audit_figures import figure_slips, slips_between
from kg.analyse.audit_periods import period_slips
from kg.analyse.audit_places import place_slips
from kg.analyse.audit_tables import rank_slips
from kg.analyse.slip import SEVERITIES, Place, Slip, page
from kg.model import Claim, Document
from kg.query.table import Table

__all__ = ["KINDS", "Place", "Slip", "audit", "audit_table"]

#: kind → its name in Chinese and English
KINDS = {
    "two-values": ("一项两值", "two values for one thing"),
    "two-ranks": ("一项两名次", "two ranks for one thing"),
    "growth": ("增长与数值不合", "growth against levels"),
    "difference": ("差距与数值不合", "difference against values"),
    "part-over-whole": ("部分大于整体", "part over whole"),
    "share": ("份额不合", "shares that cannot be"),
    "rank-out-of-range": ("名次越界", "rank out of range"),
    "rank-against-value": ("名次与数值不合", "rank against value"),
    "table-against-prose": ("表与正文不合", "table against prose"),
    "city-among-provinces": ("省级列举中的城市", "a city among provinces"),
    "area-twice": ("地区重复", "a place twice in a list"),
    "period-backwards": ("时期颠倒", "a period that ends before it starts"),
    "future-as-past": ("未来写作过去", "a future told as past"),
}


def audit(documents: Sequence[Document], claims: Mapping[str, Sequence[Claim]]) -> list[Slip]:
    """All slips of the documents, by document and place. `claims` maps document ids to their claims."""
    found: dict[tuple[object, ...], Slip] = {}
    pages = [page(document, claims.get(document.id, ())) for document in documents]
    for slip in slips_between(pages):
        found.setdefault((slip.kind, slip.places), slip)
    for sheet in pages:
        for find in (figure_slips, rank_slips, place_slips, period_slips):
            for slip in find(sheet):
                found.setdefault((slip.kind, slip.places), slip)
    return sorted(
        found.values(), key=lambda s: (s.places[0].doc, s.places[0].start, s.kind, s.places[-1].end, s.zh)
    )


_HEADINGS = {
    "zh": ("文献", "类型", "程度", "计算", "原文一", "陈述一", "原文二", "陈述二", "其余原文"),
    "en": ("Document", "Kind", "Severity", "Computation", "Quote 1", "Claim 1", "Quote 2", "Claim 2", "More"),
}
_SEVERITY = {"hard": ("矛盾", "contradiction"), "check": ("待核", "to check")}


def audit_table(
    slips: Sequence[Slip], documents: Sequence[Document], *, language: str = "zh", named: bool = True
) -> Table:
    """One row a slip, hard ones first. `named` gives kinds and severities in words, else as codes.

    Where no claim states a place, document id and offsets stand for its id.
    """
    index = {"zh": 0, "en": 1}[language]
    titles = {d.id: d.source.title or d.source.path or d.id for d in documents}
    rows = []
    for slip in sorted(slips, key=lambda s: (SEVERITIES.index(s.severity))):
        shown = [(p.quote, p.claim or f"{p.doc}:{p.start}-{p.end}") for p in slip.places]
        one, two = shown[0], shown[1] if len(shown) > 1 else (None, None)
        kind = KINDS[slip.kind][index] if named else slip.kind
        severity = _SEVERITY[slip.severity][index] if named else slip.severity
        said = slip.zh if language == "zh" else slip.en
        more = "；".join(f"{quote} [{where}]" for quote, where in shown[2:]) or None
        rows.append((titles.get(slip.places[0].doc), kind, severity, said, *one, *two, more))
    hard = sum(s.severity == "hard" for s in slips)
    title = {
        "zh": f"审校：{hard} 处矛盾，{len(slips) - hard} 处待核（{len(documents)} 份文献）",
        "en": f"Audit: {hard} contradictions, {len(slips) - hard} to check in {len(documents)} documents",
    }[language]
    columns = ("document", "kind", "severity", "computation", "quote", "claim", "quote_2", "claim_2", "more")
    return Table(columns, tuple(rows), title=title, labels=_HEADINGS[language])
