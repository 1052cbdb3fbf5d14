"""Many documents: the same claims in the same order, in one process or in several."""

from __future__ import annotations

import pytest

from kg.errors import KgError
from kg.extract import many, pipeline
from kg.model import Claim, Document, Source

TEXT = "甘肃省促进科技创新若干措施\n一、对首次认定的高新技术企业，给予一次性奖励{}万元。\n二、支持企业建设省级重点实验室。\n"
DOCUMENTS = [Document(f"d-{n:012d}", TEXT.format(n + 1) * (1 + n % 3), Source(f"t{n}", path=f"t{n}.txt")) for n in range(9)]


def test_two_processes_give_what_one_gives_in_the_same_order() -> None:
    seen: list[str] = []
    alone = list(many.extract_many(DOCUMENTS, workers=1))
    shared = list(many.extract_many(DOCUMENTS, workers=2, progress=lambda d: seen.append(d.id)))
    assert [d.id for d, _, _ in shared] == seen == [d.id for d in DOCUMENTS]
    assert shared == alone and all(claims for _, claims, _ in alone)


def test_a_document_on_which_extraction_fails_is_told_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(document: Document, config: object) -> list[Claim]:
        if document.id == DOCUMENTS[1].id:
            raise ZeroDivisionError("no number")
        return []

    monkeypatch.setattr(pipeline, "claims_of", broken)
    errors = [error for _, _, error in many.extract_many(DOCUMENTS[:3], workers=1)]
    assert errors == ["", "t1.txt: extraction failed (ZeroDivisionError: no number); please report this as a bug", ""]


def test_what_breaks_every_document_stops_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(document: Document, config: object) -> list[Claim]:
        raise KgError("rules.tsv:3: no")

    monkeypatch.setattr(pipeline, "claims_of", broken)
    with pytest.raises(KgError, match=r"rules\.tsv:3"):
        list(many.extract_many(DOCUMENTS[:3], workers=1))


def test_parts_keep_the_order_and_are_about_as_long() -> None:
    parts = many._parts(DOCUMENTS, 2)
    assert [d for part in parts for d in part] == DOCUMENTS
    longest = max(len(d.text) for d in DOCUMENTS)
    assert all(sum(len(d.text) for d in part) <= longest + many.LARGEST_PART for part in parts) and len(parts) > 2
