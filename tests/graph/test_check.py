"""Checks: silent on a sound graph, and each says something on a graph broken in its way."""

import pytest
from invented import corpus

from kg.errors import GraphError
from kg.graph.check import check, query_issues, quote_issues, shape_issues
from kg.graph.store import load_store
from kg.resources import data_dir

HEAD = """
@prefix ip: <https://w3id.org/innopolicy/def/> . @prefix eli: <http://data.europa.eu/eli/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix id: <https://w3id.org/innopolicy/id/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
id:c ip:isStatedIn id:d . id:d a ip:SourceDocument . id:c a ip:Claim . id:z a ip:AdministrativeArea .
"""
SOUND = "a ip:Platform ; rdfs:label '甲中心'@zh ; ip:isEvidencedBy id:c"
POLICY = "a ip:Policy ; rdfs:label '甲办法'@zh ; ip:isEvidencedBy id:c"
DAY = "'%s'^^<http://www.w3.org/2001/XMLSchema#date>"
BROKEN = {
    "orphan-node": "id:x a ip:Platform ; rdfs:label '甲中心'@zh .",
    "fact-without-evidence": "id:x a ip:Gap . id:y ip:isComparedTo id:x .",
    "evidence-without-document": "id:x a ip:Gap ; ip:isEvidencedBy id:e . id:e a ip:Claim .",
    "duplicate-thing": f"id:x {SOUND} ; ip:appliesIn id:z . id:y {SOUND} ; ip:appliesIn id:z .",
    "duplicate-number": "id:x eli:number '甲发〔2020〕1号' . id:y eli:number '甲发〔2020〕1号' .",
    "unsplit-list": "id:x a ip:Platform ; rdfs:label '甲中心、乙中心'@zh ; ip:isEvidencedBy id:c .",
    "amount-without-unit": "id:x a ip:Amount ; ip:hasValue 3.0 .",
    "quote-differs": "id:c oa:hasSelector id:p, id:q . id:p oa:start 4 ; oa:end 9 . id:q oa:exact '给予奖励' .",
    "measure-without-area": "id:x a ip:Measure ; rdfs:label '给予奖励'@zh ; ip:isEvidencedBy id:c .",
    "dangling-reference": "id:x a ip:Gap ; ip:isEvidencedBy id:c ; ip:appliesIn id:nowhere .",
    "part-of-cycle": "id:x ip:isPartOf id:y . id:y ip:isPartOf id:x .",
    "tier-cycle": "id:x ip:hasNextTier id:y . id:y ip:hasNextTier id:x .",
    "issued-after-end": f"id:x {POLICY} ; ip:inForceFrom {DAY % '2024-01-01'} ; ip:inForceUntil {DAY % '2023-12-31'} .",
    "two-classes": f"id:x {SOUND} . id:x a ip:FundingScheme .",
    "merge-without-reason": f"id:x {SOUND} ; <http://www.w3.org/2004/02/skos/core#altLabel> '乙中心'@zh .",
}
SOUND_NEIGHBOURS = {
    "quote-differs": "id:c oa:hasSelector id:p, id:q . id:p a oa:TextPositionSelector ; oa:start 4 ; oa:end 8 . id:q a oa:TextQuoteSelector ; oa:exact '给予奖励' .",
    "orphan-node": f"id:x {SOUND} .",
    "duplicate-thing": f"id:x {SOUND} ; ip:appliesIn id:z . id:y {SOUND} ; ip:appliesIn id:d .",
    "unsplit-list": "id:x a ip:Platform ; rdfs:label '甲中心（乙、丙）'@zh ; ip:isEvidencedBy id:c .",
    "two-classes": "id:x a ip:Platform ; rdfs:label '“甲、乙”中心'@zh ; ip:isEvidencedBy id:c .",
    "part-of-cycle": f"id:x {SOUND} ; ip:isPartOf id:z . id:y {SOUND.replace('甲', '乙')} ; ip:isPartOf id:z .",
    "issued-after-end": f"id:x {POLICY} ; ip:inForceFrom {DAY % '2023-12-31'} ; ip:inForceUntil {DAY % '2023-12-31'} .",
    "amount-without-unit": "id:x a ip:Observation ; ip:hasValue 3.0 ; ip:isEvidencedBy id:c .",
    "measure-without-area": (
        "id:x a ip:Measure ; rdfs:label '给予奖励'@zh ; ip:isEvidencedBy id:c ; ip:appliesIn id:z ."
    ),
}


def found(turtle: str) -> set[str]:
    return {issue.check for issue in query_issues(load_store((HEAD + turtle).encode()))}


def test_a_graph_built_from_claims_has_no_issue(store):
    documents, _ = corpus()
    assert check(store, documents) == []


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_a_broken_graph_is_caught(name):
    assert name in found(BROKEN[name])


@pytest.mark.parametrize("name", sorted(SOUND_NEIGHBOURS))
def test_a_sound_graph_that_looks_broken_is_not(name):
    assert found(SOUND_NEIGHBOURS[name]) == set()


def test_every_check_has_a_broken_graph():
    files = {p.name.removesuffix("-violation.rq") for p in (data_dir("ontology") / "checks").glob("*.rq")}
    assert files == set(BROKEN)


def test_a_quote_that_is_not_the_text_is_caught(store):
    documents, _ = corpus()
    changed = [type(d)(d.id, d.text.replace("奖励", "奖金"), d.source) for d in documents]
    issues = list(quote_issues(store, changed))
    assert issues and {issue.check for issue in issues} == {"quote-equals-text"}
    assert list(quote_issues(store, documents)) == []


def test_shapes_catch_what_a_document_lacks(trig):
    damaged = trig.replace(b'ip:hasUnit "CNY"', b'ip:hasBasis "CNY"')
    assert "amount-has-unit" in {issue.check for issue in shape_issues(load_store(damaged))}


def test_messages_come_in_the_language_asked_for():
    store = load_store((HEAD + BROKEN["amount-without-unit"]).encode())
    chinese = [i.message for i in query_issues(store, language="zh") if i.check == "amount-without-unit"]
    assert chinese == ["举措的额度没有单位。 (3)"]


@pytest.mark.parametrize(
    ("text", "said"),
    [("SELECT", "severity"), ("#+ severity: violation\n#+ zh: 甲\n#+ en: a\nSELECT", "not a SPARQL")],
)
def test_a_malformed_check_names_its_file(tmp_path, store, text, said):
    (tmp_path / "odd-violation.rq").write_text(text, encoding="utf-8")
    with pytest.raises(GraphError, match=rf"odd-violation\.rq.*{said}"):
        list(query_issues(store, tmp_path))
