"""Names judged by the models: what they add to the rules, and what they leave alone."""

from __future__ import annotations

import numpy as np
import pytest

from kg.extract import extract
from kg.extract.name_features import PAD, Grams, code, folded, starts_of
from kg.model import Document, Source

HEAD = "岭南某市产业工作简报\n第一期\n"


def names(text: str) -> set[tuple[str, str]]:
    found = extract(Document("d-000000000000", HEAD + text, Source("x")))
    return {(c.values["class"], c.values["name"]) for c in found if c.type == "entity"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("支持各县建设物流园区、孵化中心。", {("Platform", "物流园区"), ("Platform", "孵化中心")}),
        ("（外汇局、知识产权局负责）", {("Organisation", "外汇局"), ("Organisation", "知识产权局")}),
        ("申报院士工作站（室）的单位另行通知。", {("Platform", "院士工作站（室）")}),
        ("建好技术转移转化中心（福建）。", {("Platform", "技术转移转化中心（福建）")}),
        ("面向“走出去”企业开展辅导。", {("EnterpriseCategory", "“走出去”企业")}),
        ("用好超长期特别国债，落实增值税加计抵减。", {("FundingScheme", "超长期特别国债"), ("FundingScheme", "增值税加计抵减")}),
    ],
)
def test_names_without_a_place_are_found_with_their_own_bounds(text: str, expected: set[tuple[str, str]]) -> None:
    assert expected <= names(text)


@pytest.mark.parametrize(
    "text",
    ["各地要提高认识，压实责任，确保各项任务落到实处。", "发展数字经济，推动产业集群提质，建设一批智能工厂。", "按照《高新技术企业认定管理办法》执行。"],
)
def test_prose_and_titles_hold_no_names(text: str) -> None:
    assert names(text) == set()


def test_a_name_never_goes_across_punctuation_or_an_open_mark() -> None:
    text = "支持“星火”中心，建设基地（园区）平台。"
    coded = code(text, Grams(["中心", "平台"]), [], [], "policy")
    end = text.index("中心") + 2 + PAD
    starts, possible = starts_of(coded, np.array([end]))
    allowed = {text[s - PAD : end - PAD] for s in starts[possible]}
    assert "“星火”中心" in allowed and "支持“星火”中心" in allowed
    assert not any(a.count("“") != a.count("”") for a in allowed)


def test_grams_are_found_by_their_numbers_wherever_their_place_is_taken() -> None:
    words = [chr(0x4E00 + i) + chr(0x4E00 + (i * 37) % 900) for i in range(900)]
    grams = Grams([*words, "云水间", "龘"])
    text = "".join(words) + "云水间云水龘"
    one, two, three = grams.of(np.array([ord(c) for c in text]))
    assert two[: 2 * len(words) : 2].tolist() == [grams.number[w] for w in words]
    assert three[-6] == grams.number["云水间"] and three[-3] == 0
    assert two[-6] == two[-3] == grams.number["云水"] and one[-1] == grams.number["龘"]


def test_digits_and_letters_are_folded_to_one_of_their_kind() -> None:
    assert folded("863计划A\n") == "000计划a¶"


def test_the_same_text_gives_the_same_names_in_any_company() -> None:
    text = "支持江北储能研究院建设中试平台，推广“科易贷”。"
    assert names(text) == names(text + "\n另行通知。")
