"""Claims as written → things: what is one and what stays two."""

import random

import pytest

from kg.errors import GraphError
from kg.link import link
from kg.model import Claim, Document, Source


def document(doc: str = "d-1", area: str = "") -> Document:
    return Document(id=doc, text="甲" * 400, source=Source(id=doc, area=area))


def claim(type_: str, area: str | None, doc: str = "d-1", start: int = 0, **values) -> Claim:
    return Claim(type_, doc, start, start + 2, "甲甲", "test", area=area, values=values)


def entity(kind: str, name: str, area: str | None, doc: str = "d-1") -> Claim:
    return claim("entity", area, doc, **{"class": kind, "name": name})


def policy(title: str, area: str | None, doc: str = "d-1", **values) -> Claim:
    return claim("policy", area, doc, title=title, **values)


def linked(*claims: Claim):
    by_doc: dict[str, list[Claim]] = {}
    for one in claims:
        by_doc.setdefault(one.doc, []).append(one)
    return link([document(doc) for doc in by_doc], by_doc)


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        ("Platform", ("省技术创新中心", "浙江省"), ("浙江省技术创新中心", "浙江省")),
        ("Platform", ("省级技术创新中心", "杭州市"), ("浙江技术创新中心", "浙江省")),
        ("Platform", ("全国重点实验室", "浙江省"), ("全国重点实验室", "广东省")),
        ("FundingScheme", ("“科技贷”", "浙江省"), ("科技贷", "浙江省")),
        ("Organisation", ("省科技厅", "浙江省"), ("浙江省科学技术厅", "浙江省")),
        ("Organisation", ("省政府", "杭州市"), ("浙江省人民政府", "浙江省")),
        ("Organisation", ("市科技局", "温州市"), ("温州市科学技术局", "浙江省")),
        ("Organisation", ("科技部", "浙江省"), ("科学技术部", "广东省")),
        ("EnterpriseCategory", ("高企", "浙江省"), ("高新技术企业", "广东省")),
    ],
)
def test_two_written_forms_of_one_thing_are_one(kind, first, second):
    one, two = entity(kind, *first, doc="d-1"), entity(kind, *second, doc="d-2")
    result = linked(one, two)
    assert result.thing("d-1", kind, *first).iri == result.thing("d-2", kind, *second).iri


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        ("Platform", ("省技术创新中心", "浙江省"), ("省技术创新中心", "广东省")),
        ("Platform", ("省实验室", "浙江省"), ("实验室", "浙江省")),
        ("FundingScheme", ("科技创新券", "杭州市"), ("科技创新券", "宁波市")),
        ("TalentProgramme", ("英才计划", "浙江省"), ("英才计划", "湖南省")),
        ("Organisation", ("省科技厅", "浙江省"), ("省科技厅", "广东省")),
        ("Organisation", ("省科技厅", "浙江省"), ("省财政厅", "浙江省")),
        ("Organisation", ("省委", "浙江省"), ("省政府", "浙江省")),
        ("EnterpriseCategory", ("省属企业", "浙江省"), ("省属企业", "广东省")),
        ("EnterpriseCategory", ("瞪羚企业", "浙江省"), ("独角兽企业", "浙江省")),
    ],
)
def test_what_only_looks_alike_stays_two(kind, first, second):
    one, two = entity(kind, *first, doc="d-1"), entity(kind, *second, doc="d-2")
    result = linked(one, two)
    assert result.thing("d-1", kind, *first).iri != result.thing("d-2", kind, *second).iri


def test_the_full_name_is_the_label_and_the_short_one_stays_with_its_reason():
    thing = linked(entity("Organisation", "省科技厅", "浙江省")).thing(
        "d-1", "Organisation", "省科技厅", "浙江省"
    )
    assert (thing.label, thing.aliases, thing.kind) == (
        "浙江省科学技术厅",
        ("省科技厅",),
        "GovernmentOrganisation",
    )
    assert thing.reasons == ("“省科技厅” said of 浙江省 is 浙江省科学技术厅",)


def test_a_name_that_opens_with_a_short_place_keeps_its_written_form_as_label():
    thing = linked(entity("Platform", "德阳装备科技城", "四川省")).thing(
        "d-1", "Platform", "德阳装备科技城", "四川省"
    )
    assert (thing.label, thing.area) == ("德阳装备科技城", "510600")


def test_a_nickname_that_the_text_explains_means_the_title():
    introduced = policy("浙江省培育科技企业若干措施", "浙江省", aliases=["科企十条"])
    used = claim("measure", "浙江省", start=9, policy="科企十条")
    thing = linked(introduced, used).thing("d-1", "Policy", "科企十条", "浙江省")
    assert thing.label == "浙江省培育科技企业若干措施"
    assert "科企十条" in thing.aliases
    assert any("科企十条" in reason for reason in thing.reasons)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("浙江省人民政府关于加快科技创新的意见", "关于加快科技创新的意见"),
        ("浙江省加快科技创新若干措施", "加快科技创新若干措施"),
        ("关于印发《浙江省加快科技创新若干措施》的通知", "浙江省加快科技创新若干措施"),
        ("加快科技创新若干措施（试行）", "加快科技创新若干措施"),
    ],
)
def test_a_title_with_and_without_its_issuer_is_one_policy(first, second):
    result = linked(policy(first, "浙江省", "d-1"), policy(second, "浙江省", "d-2"))
    assert (
        result.thing("d-1", "Policy", first, "浙江省").iri
        == result.thing("d-2", "Policy", second, "浙江省").iri
    )


def test_one_title_in_two_provinces_is_two_policies():
    title = "关于加快科技创新的意见"
    result = linked(policy(title, "浙江省", "d-1"), policy(title, "广东省", "d-2"))
    assert (
        result.thing("d-1", "Policy", title, "浙江省").iri
        != result.thing("d-2", "Policy", title, "广东省").iri
    )


def test_one_title_in_two_provinces_of_one_article_is_two_policies():
    title = "关于加快科技创新的意见"
    result = linked(
        policy(title, "浙江省"),
        policy(title, "广东省", start=20),
        claim("measure", "浙江省", start=3, policy=title),
        claim("measure", "广东省", start=23, policy=title),
        claim("measure", "湖南省", start=33, policy=title),
    )
    iris = {result.thing("d-1", "Policy", title, area).iri for area in ("浙江省", "广东省", "湖南省")}
    assert len(iris) == 3


def test_a_measure_of_a_district_reaches_the_policy_of_its_city():
    title = "关于加快科技创新的意见"
    result = linked(policy(title, "温州市"), claim("measure", "鹿城区", start=9, policy=title))
    assert result.thing("d-1", "Policy", title, "鹿城区").area == "330300"


def test_a_cited_number_reaches_the_policy_that_bears_it():
    bearer = policy("浙江省加快创新若干政策", "浙江省", "d-1", number="浙政发〔2021〕9号")
    values = {
        "from": "温州市创新办法",
        "to": "关于加快创新的通知",
        "relation": "implements",
        "number": "浙政发〔2021〕9号",
    }
    result = linked(bearer, claim("policy_link", "浙江省", "d-2", **values))
    assert (
        result.thing("d-2", "Policy", "关于加快创新的通知", "浙江省").iri
        == result.thing("d-1", "Policy", "浙江省加快创新若干政策", "浙江省").iri
    )


def test_titles_without_a_place_are_not_merged_across_documents():
    title = "关于加快科技创新的意见"
    result = linked(policy(title, None, "d-1"), policy(title, None, "d-2"))
    assert result.thing("d-1", "Policy", title, None).iri != result.thing("d-2", "Policy", title, None).iri


def test_one_document_number_is_one_policy():
    one = policy("关于加快创新的通知", "浙江省", "d-1", number="浙政发〔2021〕9号")
    two = policy("浙江省加快创新若干政策", "浙江省", "d-2", number="浙政发[2021] 9号")
    result = linked(one, two)
    thing = result.thing("d-1", "Policy", "关于加快创新的通知", "浙江省")
    assert thing.iri == result.thing("d-2", "Policy", "浙江省加快创新若干政策", "浙江省").iri
    assert thing.number == "浙政发〔2021〕9号"
    assert "same document number 浙政发〔2021〕9号" in thing.reasons


def test_a_law_of_the_nation_is_the_nations_wherever_it_is_cited():
    law = "中华人民共和国科学技术进步法"
    link_ = claim(
        "policy_link", "浙江省", **{"from": "浙江省加快创新若干政策", "to": law, "relation": "based_on"}
    )
    assert linked(link_).thing("d-1", "Policy", law, "浙江省").area == "000000"


def test_the_order_of_claims_does_not_matter():
    claims = [
        policy("浙江省培育科技企业若干措施", "浙江省", aliases=["科企十条"]),
        claim("measure", "浙江省", start=9, policy="科企十条", via=["科技贷"]),
        entity("Platform", "省技术创新中心", "浙江省"),
        entity("Organisation", "省科技厅", "浙江省"),
        policy("培育科技企业若干措施", "浙江省", "d-2"),
    ]
    expected = linked(*claims)
    for seed in range(5):
        random.Random(seed).shuffle(claims)
        assert linked(*claims) == expected


def test_a_mention_that_was_never_linked_is_refused():
    with pytest.raises(GraphError, match="never linked"):
        linked(entity("Platform", "省实验室", "浙江省")).thing("d-1", "Platform", "别的实验室", "浙江省")


def test_a_claim_about_a_list_of_places_has_each_of_them():
    result = linked(claim("gap", "杭州市、宁波市", topic="talent"))
    assert [area.code for area in result.areas("d-1", "杭州市、宁波市")] == ["330100", "330200"]
    assert result.place("d-1", "杭州市、宁波市") is None


def test_a_shared_county_name_is_read_inside_the_place_of_its_document():
    claims = [claim("gap", "长春市", topic="talent"), claim("gap", "朝阳区", start=9, topic="talent")]
    assert linked(*claims).place("d-1", "朝阳区").code == "220104"


def test_an_unknown_place_is_its_own_and_a_unit_lies_in_the_place_around():
    claims = [claim("gap", "浙江省", topic="talent"), claim("gap", "新设区", start=9, topic="talent")]
    assert linked(*claims).place("d-1", "新设区").parent == "330000"
    assert linked(claim("gap", "美国", topic="talent")).place("d-1", "美国").parent == ""


@pytest.mark.parametrize("name", ["省外企业", "市场主体", "区域企业", "县域企业"])
def test_words_that_begin_like_a_unit_are_not_read_as_one(name):
    thing = linked(entity("EnterpriseCategory", name, "浙江省")).thing(
        "d-1", "EnterpriseCategory", name, "浙江省"
    )
    assert (thing.label, thing.area) == (name, "")


def test_a_thing_no_claim_classifies_is_classed_by_its_ending():
    used = claim("measure", "浙江省", via=["科技贷", "未来实验室"])
    result = linked(used)
    assert result.thing("d-1", "FundingScheme", "科技贷", "浙江省").area == "330000"
    assert result.thing("d-1", "Platform", "未来实验室", "浙江省").area == "330000"
