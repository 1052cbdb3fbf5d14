"""What a thing is called and why, out of a built graph."""

import pytest

from kg.analyse.explain import explain, find_things, in_words
from kg.errors import KgError
from kg.graph.build import dataset
from kg.graph.store import load_store
from kg.link import link
from kg.model import Claim, Document, Source

TEXT = "浙江省培育科技企业若干措施（以下简称科企十条）由省科技厅印发。襄樊市也有做法。"


def claim(type_: str, quote: str, area: str, **values) -> Claim:
    start = TEXT.index(quote)
    return Claim(type_, "d-1", start, start + len(quote), quote, "test", area=area, values=values)


@pytest.fixture(scope="module")
def store():
    document = Document("d-1", TEXT, Source("d-1", title="一份文件", area="浙江省"))
    claims = [
        claim("policy", TEXT[:13], "浙江省", title="浙江省培育科技企业若干措施", aliases=["科企十条"]),
        claim("entity", "省科技厅", "浙江省", **{"class": "Organisation", "name": "省科技厅"}),
        claim("gap", "襄樊市", "襄樊市", topic="talent"),
    ]
    return load_store(dataset([document], {"d-1": claims}, link([document], {"d-1": claims})))


def names(store, name: str) -> list[tuple]:
    (thing,) = find_things(store, name)
    return [row[:4] for row in explain(store, thing, "en")[-1].rows]


def test_a_nickname_is_explained_by_the_text_that_introduces_it(store):
    assert names(store, "科企十条") == [
        ("科企十条", "named in the text", "a text names “科企十条” and 《浙江省培育科技企业若干措施》 as one", "一份文件")
    ]


def test_an_office_is_explained_by_the_place_it_is_said_of(store):
    assert names(store, "浙江省科学技术厅")[0][:2] == ("省科技厅", "relative place")
    assert find_things(store, "省科技厅") == find_things(store, "浙江省科学技术厅")


def test_a_place_is_explained_by_its_change_of_name(store):
    (row,) = names(store, "襄阳市")
    assert row[:2] == ("襄樊市", "renamed") and "2010" in row[2]


def test_the_quote_of_the_claim_that_uses_the_name_is_shown(store):
    (thing,) = find_things(store, "科企十条")
    assert explain(store, thing)[-1].rows[0][4] == TEXT[:13]


def test_a_thing_is_found_by_its_iri_whole_or_short(store):
    (thing,) = find_things(store, "省科技厅")
    assert find_things(store, thing) == [thing]
    assert find_things(store, thing.split("/id/")[1]) == [thing]


def test_an_unknown_name_finds_nothing_and_a_bad_one_is_refused(store):
    assert find_things(store, "没有的名称") == []
    with pytest.raises(KgError):
        find_things(store, "a: b")


def test_a_thing_is_shown_with_the_words_it_rests_on_in_the_language_asked_for(store):
    (thing,) = find_things(store, "省科技厅")
    what, said, names = explain(store, thing)
    assert what.labels == ("项目", "内容") and ("类别", "GovernmentOrganisation") in in_words(what).rows
    assert said.rows[0][:2] == ("一份文件", "省科技厅")
    assert names.rows[0][1] == "相对地名"
    assert explain(store, thing, "en")[1].title == "Where it is said (ten at most)"
