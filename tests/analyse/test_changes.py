"""Two builds compared."""

from dataclasses import replace

from kg.analyse.changes import changes, changes_table
from kg.model import Claim, Document, Source

DOC = Document("d-1", "字" * 99, Source("row-1"))


def gap(quote: str, start: int, topic: str = "talent", area: str = "浙江省") -> Claim:
    return Claim("gap", "d-1", start, start + len(quote), quote, "r", area=area, values={"topic": topic})


ONE, TWO = gap("人才不足", 0), gap("资金不足", 10, "funding")


def run(before, after, document=DOC):
    return changes(([DOC], {"d-1": before}), ([document], {document.id: after}))


def test_what_is_the_same_is_no_change_even_where_rules_offsets_and_file_changed():
    edition = replace(DOC, id="d-2")
    moved = [replace(c, doc="d-2", start=c.start + 5, end=c.end + 5, rule="x") for c in (TWO, ONE)]
    assert run([ONE, TWO], moved, edition) == []


def test_a_claim_that_is_new_or_gone_is_told():
    (added,) = run([ONE], [ONE, TWO])
    (removed,) = run([ONE, TWO], [ONE])
    assert (added.how, removed.how) == ("added", "removed")
    assert added.quote == removed.quote == "资金不足" and "topic: funding" in added.words


def test_a_claim_that_says_something_else_is_one_change_in_words():
    (change,) = run([ONE], [replace(ONE, area="杭州市", values={"topic": "funding"})])
    assert (change.how, change.words) == ("changed", "area: 浙江省 → 杭州市; topic: talent → funding")


def test_a_quote_cut_differently_is_a_change():
    (change,) = run([ONE], [gap("人才不足。", 0)])
    assert change.how == "changed" and "cut differently" in change.words


def test_one_of_two_equal_claims_that_goes_is_told():
    assert [c.how for c in run([ONE, ONE], [ONE])] == ["removed"]


def test_a_document_that_is_only_in_one_build_is_told_claim_by_claim():
    found = changes(([DOC], {"d-1": [ONE, TWO]}), ([], {}))
    assert [c.how for c in found] == ["removed", "removed"] and found[0].document == "row-1"
    assert changes_table(found).title == "0 added, 2 removed, 0 changed"
