"""The model of the innovation chain: who moves what to whom, and what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.analyse.chain import (
    ACTORS,
    RESOURCES,
    ROLES,
    TOGETHER,
    Chain,
    Role,
    chain,
    chain_table,
    load_roles,
    pairs,
)
from kg.analyse.flows import Flow
from kg.resources import data_dir

ROLE_LIST = (
    Role("organiser", ("管理者", "organiser"), (("知识创造", "knowledge creation"),), frozenset({"government"})),
    Role("knowledge-creator", ("知识创造者", "creator"), (), frozenset({"university", "research-institute"})),
    Role("technology-innovator", ("技术创新者", "innovator"), (), frozenset({"enterprise", "tech-sme"})),
    Role("transfer-agent", ("服务者", "agent"), (), frozenset({"intermediary"})),
)


def flow(claim: str, quote: str, *receivers: str, resource: str = "funding", area: str = "甲省") -> list[Flow]:
    return [
        Flow(area, resource, who, claim, province=area, quote=quote, document="甲文") for who in receivers or ("",)
    ]


def arrows(*flows: list[Flow], area: str = "甲省") -> dict[tuple[str, str, str], int]:
    model = chain([f for group in flows for f in group], ROLE_LIST, area)
    return {key: len(found) for key, found in model.arrows.items()}


def test_a_measure_moves_its_resource_from_the_government() -> None:
    assert arrows(flow("c-1", "给予企业奖励", "tech-sme", "enterprise"), flow("c-2", "给予企业补助", "enterprise")) == {
        ("organiser", "technology-innovator", "funding"): 2
    }
    assert arrows(flow("c-1", "给予企业奖励", "enterprise", area="乙省")) == {}


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("鼓励高校向企业开放科研仪器", ("knowledge-creator", "technology-innovator")),
        ("鼓励金融机构为科技型企业提供融资", ("transfer-agent", "technology-innovator")),
        ("支持企业科技人员到高等学校兼职", ("technology-innovator", "knowledge-creator")),
        ("构建企业为主体、高校为支撑的体系", ("organiser", "technology-innovator")),
        ("支持企业建设孵化器", ("organiser", "technology-innovator")),
    ],
)
def test_words_that_name_giver_and_taker_decide(quote: str, expected: tuple[str, str]) -> None:
    assert list(arrows(flow("c-1", quote, "enterprise"))) == [(*expected, "funding")]


def test_a_measure_for_two_roles_ties_them() -> None:
    assert arrows(flow("c-1", "支持企业与高校共建平台", "enterprise", "university", resource="platform")) == {
        ("organiser", "technology-innovator", "platform"): 1,
        ("organiser", "knowledge-creator", "platform"): 1,
        ("knowledge-creator", "technology-innovator", TOGETHER): 1,
    }


def test_measures_for_people_are_counted_beside_and_other_resources_are_not() -> None:
    model = chain(
        flow("c-1", "发放津贴", "individual") + flow("c-2", "减少审批", "individual", resource="regulation"),
        ROLE_LIST,
        "甲省",
    )
    assert model.arrows == {} and [f.claim for f in model.beside] == ["c-1"]


def test_the_table_has_every_arrow_and_says_where_it_is_missing() -> None:
    one = chain(flow("c-1", "给予企业奖励", "enterprise"), ROLE_LIST, "甲省")
    two = chain(flow("c-2", "给予高校奖励", "university", area="乙省"), ROLE_LIST, "乙省")
    table = chain_table([one, two], {"funding": "资金"})
    assert len(table.rows) == len(pairs()) * len(RESOURCES) == 36
    (row,) = [r for r in table.records() if (r["taker"], r["resource"]) == ("企业", "资金") and r["giver"] == "政府"]
    assert (row["measures"], row["claim"], row["measures_2"], row["missing_in"]) == (1, "c-1", 0, "乙省")
    english = chain_table([one], {}, language="en")
    assert set(english.column("giver")) == {pair[1] for pair in ACTORS.values()}


def test_the_roles_are_those_of_the_ontology(tmp_path: Path) -> None:
    import pyoxigraph

    store = pyoxigraph.Store()
    store.bulk_load(path=data_dir("ontology") / "vocab" / "innovation-chain.ttl")
    roles = load_roles(store)
    assert [role.code for role in roles] == list(ROLES)
    assert [stage[1] for stage in roles[0].stages] == [
        *("knowledge creation", "technology innovation", "use of resources", "transfer of resources"),
        "sharing of resources",
    ]
    assert {"university", "research-institute"} == roles[1].categories
    assert {"enterprise", "tech-sme"} <= roles[2].categories


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_is_one_safe_file_with_an_anchor_for_every_arrow(language: str) -> None:
    import re

    from kg.view.chain import chain_page

    quote = "<script>alert(1)</script>给予企业奖励"
    one = chain(flow("c-1", quote, "enterprise"), ROLE_LIST, "甲省")
    two = Chain("乙<省>", {}, ())
    page = chain_page([one, two], ROLE_LIST, language=language)
    assert page == chain_page([one, two], ROLE_LIST, language=language)
    assert "<script" not in page and "&lt;script&gt;" in page and "乙&lt;省&gt;" in page
    assert not re.search(r'(?:src|href)="(?!#)', page)
    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert targets and targets <= set(re.findall(r'id="([^"]+)"', page))
    assert page.count('stroke-dasharray="3 5"') == 36 * 2 - 1  # the missing ones are drawn
