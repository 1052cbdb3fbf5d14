"""`kg evaluate`: extract the texts of gold passages, score, and say it in tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kg.evaluate.gold import Passage
from kg.evaluate.pairs import Paired, key_scores, pair_all, rule_scores
from kg.evaluate.score import Counts, Row, Scores, score, total
from kg.model import Claim, Document
from kg.query.table import Table

#: name of the whole in the column `document`
ALL = "all"


@dataclass(frozen=True, slots=True)
class Result:
    """One passage: its scores, and which claim answers which."""

    passage: Passage
    scores: Scores
    paired: tuple[Paired, ...]


def evaluate(passages: Sequence[Passage], claims: Mapping[str, Sequence[Claim]]) -> list[Result]:
    """Score each passage; `claims` maps a document's id to the claims of the whole document."""
    results = []
    for passage in passages:
        found = passage.window([claim.to_dict() for claim in claims[passage.document.id]])
        results.append(Result(passage, score(passage.claims, found), tuple(pair_all(passage.claims, found))))
    return results


def extract_documents(
    documents: Sequence[Document], extract: Callable[[Document], list[Claim]]
) -> dict[str, list[Claim]]:
    """Document id → claims."""
    return {document.id: extract(document) for document in documents}


def score_table(results: Sequence[Result], *, by_document: bool = True) -> Table:
    """One row a measure over all passages (`document` is `all`), then, on request, one for each passage."""
    rows = [(ALL, *row) for row in _rows(total(r.scores for r in results))]
    if by_document and len(results) > 1:
        for result in results:
            rows += [(result.passage.id, *row) for row in _rows(result.scores) if row[2] or row[3]]
    return Table(
        ("document", "measure", "hits", "gold", "found", "precision", "recall", "f1"),
        tuple(rows),
        title=f"{len(results)} passages",
    )


def _rows(scores: Scores) -> list[tuple[str, int, int, int, float, float, float]]:
    # what is asked of found measures stands below them, whichever passage had it first
    names = [n for n in scores if not n.startswith(" ")]
    inner = [n for n in scores if n.startswith(" ")]
    at = next((i + 1 for i, n in enumerate(names) if n.startswith("measure found")), len(names))
    return [_row(name, scores[name]) for name in (*names[:at], *inner, *names[at:])]


def _row(name: str, counts: Counts) -> tuple[str, int, int, int, float, float, float]:
    return (name.strip(), counts.hits, counts.gold, counts.found, *_rates(counts))


def _rates(counts: Counts) -> tuple[float, float, float]:
    return round(counts.precision, 4), round(counts.recall, 4), round(counts.f1, 4)


def key_table(results: Sequence[Result]) -> Table:
    """One row a claim type and key: how far found claims agree with the gold claims they answer."""
    rows = [
        (kind, key or "(found)", c.hits, c.gold, c.found, *_rates(c))
        for (kind, key), c in key_scores(p for r in results for p in r.paired).items()
        if c.gold or c.found
    ]
    return Table(
        ("type", "key", "hits", "gold", "found", "precision", "recall", "f1"),
        tuple(rows),
        title="Agreement by claim type and key",
    )


def rule_table(results: Sequence[Result]) -> Table:
    """One row a rule: true and false positives, worst precision first."""
    rows = [
        (kind, rule, c.hits, c.found - c.hits, round(c.precision, 4))
        for (kind, rule), c in rule_scores(p for r in results for p in r.paired).items()
    ]
    rows.sort(key=lambda row: (row[4], -row[3], row[0], row[1]))
    return Table(("type", "rule", "true", "false", "precision"), tuple(rows), title="Rules")


def miss_table(results: Sequence[Result]) -> Table:
    """One row a gold claim that no claim answers (`missed`) and a claim that answers none (`wrong`)."""
    rows = []
    for result in results:
        for paired in result.paired:
            for what, group in (("missed", paired.missed), ("wrong", paired.wrong)):
                for row in group:
                    at = row["start"] + result.passage.start
                    end = row["end"] + result.passage.start
                    rows.append(
                        (
                            result.passage.id,
                            at,
                            end,
                            what,
                            paired.kind,
                            _words(row),
                            row.get("rule", ""),
                            row["quote"],
                        )
                    )
    rows.sort(key=lambda row: (row[0], row[1], row[2], row[3], row[4], row[5]))
    columns = ("document", "start", "end", "what", "type", "words", "rule", "quote")
    return Table(columns, tuple(rows), title="Misses")


def _words(row: Row) -> str:
    """What the claim says beyond its quote, in a few words."""
    kind = row["type"]
    if kind == "policy":
        return str(row.get("title", ""))
    if kind == "entity":
        return f"{row.get('class')} {row.get('name')}"
    if kind == "relation":
        return f"{row.get('subject')} {row.get('predicate')} {row.get('object')}"
    if kind == "policy_link":
        return f"{row.get('relation')} {row.get('to')}"
    if kind == "observation":
        parts = (row.get(k) for k in ("area", "indicator", "value", "unit", "rank"))
        return " ".join(str(p) for p in parts if p is not None)
    if kind == "gap":
        return str(row.get("topic", ""))
    return " ".join((*row.get("instruments", ()), *row.get("resources", ())))
