"""Merges and splits of a curator on top of the linker's."""

from kg.link import link
from kg.link.curated import NameDecision, curate
from kg.model import Claim, Document, Source


def entity(kind: str, name: str, area: str, doc: str) -> Claim:
    return Claim("entity", doc, 0, 2, "甲甲", "t", area=area, values={"class": kind, "name": name})


def linked(*claims: Claim):
    by_doc = {claim.doc: [claim] for claim in claims}
    return link([Document(doc, "甲" * 9, Source(doc)) for doc in by_doc], by_doc)


HUNAN, CHANGSHA = (
    entity("Platform", "岳麓山实验室", a, d) for a, d in (("湖南省", "d-1"), ("长沙市", "d-2"))
)


def decide(decision: str, kind: str, one: tuple[str, str], two: tuple[str, str]) -> NameDecision:
    return NameDecision(decision, kind, (one, two), "同一实验室", 3)


def test_two_things_become_one_with_both_names_and_the_reason():
    before = linked(HUNAN, CHANGSHA)
    merge = decide("merge", "Platform", ("岳麓山实验室", "湖南省"), ("岳麓山实验室", "长沙市"))
    result = curate(before, [merge])
    one, two = (result.linked.thing(c.doc, "Platform", "岳麓山实验室", c.area) for c in (HUNAN, CHANGSHA))
    assert one == two and any("同一实验室" in reason for reason in one.reasons)
    assert len(result.linked.things) == len(before.things) - 1
    assert any(n.how == "curator" and n.thing == one.iri for n in result.linked.namings)
    assert result.problems == () and result.concerns == ((merge, (one.iri,)),)


def test_one_thing_becomes_two():
    short, full = (
        entity("EnterpriseCategory", name, "湖南省", doc)
        for name, doc in (("高企", "d-1"), ("高新技术企业", "d-2"))
    )
    split = decide("split", "EnterpriseCategory", ("高新技术企业", ""), ("高企", ""))
    result = curate(linked(short, full), [split]).linked
    one = result.thing("d-2", "EnterpriseCategory", "高新技术企业", "湖南省")
    two = result.thing("d-1", "EnterpriseCategory", "高企", "湖南省")
    assert (
        one.iri != two.iri
        and (one.label, two.label) == ("高新技术企业", "高企")
        and "高企" not in one.aliases
    )
    assert not any(n.thing == one.iri and n.written == "高企" for n in result.namings)


def test_a_split_of_what_is_two_already_changes_nothing():
    before = linked(HUNAN, CHANGSHA)
    split = decide("split", "Platform", ("岳麓山实验室", "湖南省"), ("岳麓山实验室", "长沙市"))
    result = curate(before, [split])
    assert result.linked == before and len(result.concerns[0][1]) == 2


def test_a_name_that_means_nothing_or_several_things_is_told_with_its_line():
    merge = decide("merge", "Platform", ("没有的实验室", ""), ("岳麓山实验室", ""))
    problems = curate(linked(HUNAN, CHANGSHA), [merge]).problems
    assert [line for line, _ in problems] == [3, 3]
    assert "nothing goes by it" in problems[0][1] and "2 things" in problems[1][1]


def test_a_thing_is_found_by_its_official_name_too():
    office = entity("Organisation", "省科技厅", "湖南省", "d-1")
    other = entity("Organisation", "省科技领导小组", "湖南省", "d-2")
    merge = decide("merge", "Organisation", ("湖南省科学技术厅", ""), ("省科技领导小组", ""))
    result = curate(linked(office, other), [merge])
    assert result.problems == () and len(result.linked.things) == 1
