"""Search: text → what is found, how it is marked, why, and how many there would be."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import KgError
from kg.model import Claim, Document, Source
from kg.serve.findable import FACETS, searchable
from kg.serve.postings import Postings
from kg.serve.search import Index

HAILAN = """海岚市促进科技创新若干措施
第一条 对首次通过认定的高新技术企业，一次性奖励20万元。
第二条 支持海岚大学建设院士工作站，每年给予不超过50万元补贴。
第三条 科技企业使用数据中心的，按费用的30%给予补助。
"""
QINGZHOU = """青洲省科学技术奖励办法
第一条 省科学技术奖每年评审一次。
第二条 拟对博士后科研人员提供住房。海岚大学与青洲钢铁集团联合攻关。
第三条 企业投入R&D经费的，可获5G应用项目支持，项目编号15GB。
"""
SOURCES = [
    Source("s1", title="海岚市促进科技创新若干措施", number="岚府发〔2021〕29号", author="海岚市人民政府",
           date="2021-05-01", area="浙江省杭州市", kind="policy"),
    Source("s2", title="青洲省科学技术奖励办法", number="青政发〔2019〕8号", author="青洲省人民政府",
           date="2019", area="广东省", kind="policy"),
]  # fmt: skip


def claim(document: Document, quote: str, type_: str, **more) -> Claim:
    start = document.text.index(quote)
    common = {key: more.pop(key) for key in ("area", "assertion") if key in more}
    return Claim(type_, document.id, start, start + len(quote), quote, "rule", **common, values=more)


@pytest.fixture(scope="module")
def index() -> Index:
    first, second = (Document(f"d-{i}", text, s) for i, (text, s) in enumerate(zip((HAILAN, QINGZHOU), SOURCES, strict=True)))
    award = {"instruments": ["PI008"], "resources": ["funding"]}
    enterprise = [{"text": "高新技术企业", "category": "high-tech-enterprise"}]
    claims = {
        first.id: [
            claim(first, "一次性奖励20万元", "measure", assertion="in_force", beneficiaries=enterprise, **award),
            claim(first, "海岚大学", "entity", name="海岚大学", **{"class": "Organisation"}),
            claim(first, "每年给予不超过50万元补贴", "measure", assertion="in_force", instruments=["PI022"], resources=["funding"]),
        ],
        second.id: [
            claim(second, "拟对博士后科研人员提供住房", "measure", assertion="planned", area="浙江省", instruments=["PI006"]),
        ],
    }  # fmt: skip
    return Index.from_build([second, first], claims)


def texts(index: Index, query: str, **filters) -> list[str]:
    return [hit.text for hit in index.search(query, filters).hits]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("岚", 4),  # title, heading, and two sentences: one character
        ("奖", 4),
        ("院士", 1),
        ("青洲钢铁集团", 1),
        ("士后科研", 1),
        ("没有的词语", 0),
        ("数据中心 30%", 1),
    ],
)
def test_pieces_of_any_length_are_found(index, query, expected):
    assert index.search(query).total == expected


def test_a_document_is_found_by_title_number_issuer_and_place(index):
    for query, where in [("促进科技创新", "title"), ("岚府发〔2021〕29号", "number"), ("岚府发[2021]29", "number"),
                         ("海岚市人民政府", "issuer"), ("杭州", "area")]:  # fmt: skip
        hit = index.search(query).hits[0]
        assert (hit.kind, hit.document) == ("document", "d-0")
        assert where in {reason.where for reason in hit.why}


def test_words_of_the_title_count_for_every_sentence_but_one_must_be_the_sentences_own(index):
    found = index.search("海岚市 高新技术企业")
    assert [hit.text for hit in found.hits] == ["对首次通过认定的高新技术企业，一次性奖励20万元"]
    assert {(r.word, r.where) for r in found.hits[0].why} == {("高新技术企业", "text"), ("海岚市", "title"), ("海岚市", "issuer")}
    assert index.search("青洲省 高新技术企业").total == 0


def test_quotes_hold_a_phrase_together(index):
    for query in ('"海岚大学与青洲"', "“海岚大学与青洲”", "「海岚大学与青洲」"):
        assert texts(index, query) == ["海岚大学与青洲钢铁集团联合攻关"]
    assert texts(index, "海岚大学 联合攻关") == ["海岚大学与青洲钢铁集团联合攻关"]
    assert index.search('"海岚大学联合攻关"').total == 0


def test_a_run_that_stands_nowhere_is_taken_apart_and_says_so(index):
    found = index.search("高新技术企业一次性奖励")
    assert found.words == ("高新技术企业", "一次性奖励")
    assert [hit.text for hit in found.hits] == ["对首次通过认定的高新技术企业，一次性奖励20万元"]


def test_latin_words_and_numbers_are_whole_and_case_does_not_count(index):
    assert index.search("5g").total == 1 and index.search("r&d").total == 1
    (hit,) = index.search("5G").hits
    assert [hit.text[a:b] for a, b in hit.marks] == ["5G"]
    assert index.search("2").total == 0 and index.search("20").total == 1


def test_traditional_characters_and_wide_letters_find_the_same(index):
    assert texts(index, "創新") == texts(index, "创新") != []
    assert texts(index, "Ｒ&Ｄ") == texts(index, "R&D") != []


def test_a_hit_shows_its_words_its_place_and_its_claims(index):
    (hit,) = index.search("院士工作站").hits
    assert [hit.text[a:b] for a, b in hit.marks] == ["院士工作站"]
    assert HAILAN[hit.start : hit.end] == hit.text and hit.locator == "第二条"
    assert [c.quote for c in hit.claims] == ["海岚大学", "每年给予不超过50万元补贴"]


def test_an_actor_is_named_as_the_reason(index):
    reasons = [r for hit in index.search("海岚大学").hits for r in hit.why if r.where == "actor"]
    assert [(r.word, r.what) for r in reasons] == [("海岚大学", "海岚大学")]


def test_passages_that_hold_more_of_the_query_come_first_and_claims_before_none(index):
    found = index.search("奖励").hits
    assert [hit.kind for hit in found][:1] == ["document"]
    passages = [hit for hit in found if hit.kind == "passage"]
    assert bool(passages[0].claims) and not bool(passages[-1].claims)


def test_without_words_all_documents_are_shown_newest_first(index):
    assert [hit.document for hit in index.search("").hits] == ["d-0", "d-1"]
    assert [hit.document for hit in index.search(" ", {"province": ["广东省"]}).hits] == ["d-1"]


@pytest.mark.parametrize("query", ["", "奖", "海岚大学", "科技"])
@pytest.mark.parametrize("filters", [{}, {"assertion": ["in_force"]}, {"province": ["浙江省"], "hit": ["passage"]}])
def test_every_count_of_a_facet_is_what_choosing_it_leaves(index, query, filters):
    facets = index.search(query, filters).facets
    assert set(facets) == set(FACETS)
    for name, counts in facets.items():
        for value, count in counts:
            chosen = {**filters, name: [value]}
            assert index.search(query, chosen).total == count > 0, (name, value)


def test_facets_speak_of_documents_and_of_claims(index):
    facets = {name: dict(counts) for name, counts in index.search("").facets.items()}
    assert facets["province"] == {"浙江省": 1, "广东省": 1} and facets["level"] == {"city": 1, "province": 1}
    assert facets["year"] == {"2021": 1, "2019": 1}
    assert facets["instrument"] == {"PI006": 1, "PI008": 1, "PI022": 1}
    assert facets["beneficiary"] == {"high-tech-enterprise": 1}
    # a sentence about another province is that province's
    assert dict(index.search("博士后").facets["province"]) == {"浙江省": 1}


def test_values_of_one_facet_add_up_and_facets_narrow(index):
    both = index.search("", {"year": ["2021", "2019"]}).total
    assert both == 2 and index.search("", {"year": ["2021"], "province": ["广东省"]}).total == 0
    assert index.search("", {"year": ["1900"]}).total == 0


def test_pages_follow_each_other_without_gap_or_overlap(index):
    whole = index.search("企业").hits
    assert len(whole) > 2
    assert tuple(hit for i in range(len(whole)) for hit in index.search("企业", offset=i, limit=1).hits) == whole
    assert index.search("企业", offset=100).hits == ()


def test_what_makes_no_sense_is_refused(index):
    for call in (
        lambda: index.search("x", {"colour": ["red"]}),
        lambda: index.search("x" * 501),
        lambda: index.search(" ".join(map(str, range(30)))),
        lambda: index.search("x", offset=-1),
    ):
        with pytest.raises(KgError, match=r"search: .+; "):
            call()


@pytest.mark.parametrize("query", ['"', '""', "“", "\x00", "\n", "<script>", "'", "\\", "\ud800", "\x1f", "%", "人\u3000民"])
def test_odd_queries_are_only_text(index, query):
    index.search(query)


def test_an_empty_build_is_searched_too():
    assert Index.from_build([], {}).search("奖").total == 0


def test_the_order_of_documents_handed_over_does_not_count(index):
    other = Index.from_build(index.documents[::-1], {})
    assert [d.id for d in other.documents] == [d.id for d in index.documents]


# how long the machine takes to make a text says nothing about the index
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.text("科技创新企ab12\U00020000 ", max_size=12), max_size=8), st.text("科技创新企ab12\U00020000", min_size=1, max_size=5))
def test_postings_find_what_looking_through_all_texts_finds(kept, piece):
    bounds = (r"(?<![0-9a-z])" if re.match("[0-9a-z]", piece) else "", r"(?![0-9a-z])" if re.search("[0-9a-z]$", piece) else "")
    pattern = re.compile(bounds[0] + re.escape(piece) + bounds[1])
    expected = [i for i, text in enumerate(kept) if pattern.search(text)]
    assert Postings(kept).holding(piece).tolist() == expected


@given(st.text())
def test_what_is_compared_has_the_length_of_what_is_shown(text):
    assert len(searchable(text)) == len(text)


def test_all_that_a_plain_look_finds_in_the_field_is_found(field):
    from kg.read import read_document

    documents = [read_document(path) for path in sorted((field / "documents").glob("G_*.txt"))[:4]]
    index = Index.from_build(documents, {})
    for word in ("大学", "院", "博士后", "高新技术企业"):
        expected = sum(word in searchable(p.text) for p in index.passages)
        assert index.search(word, {"hit": ["passage"]}).total == expected > 0
