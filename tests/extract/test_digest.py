"""A digest speaks for the policy it restates."""

from __future__ import annotations

from kg.extract import extract
from kg.model import Claim, Document, Source

ONE = """# 青海省盐湖产业政策摘编

来源文件：《青海省支持盐湖产业创新的若干措施》
发布机关：青海省科学技术厅

1. 对新认定的高新技术企业，一次性奖励20万元。
"""
TWO = """# 青海省政策摘编

## 一、盐湖

来源文件：《青海省支持盐湖产业创新的若干措施》

1. 对新认定的高新技术企业，一次性奖励20万元。

## 二、光伏

来源文件：《青海省光伏产业扶持办法》

1. 对新建的光伏实验室，给予500万元补助。
"""


def claims(text: str, **source: str) -> list[Claim]:
    return extract(Document("d-0", text, Source("x", area="青海省", kind="policy", **source)))


def test_the_restated_policy_is_the_documents_own_with_what_the_catalogue_knows() -> None:
    found = claims(
        ONE,
        digest_of_title="《青海省支持盐湖产业创新的若干措施》",
        digest_of_issuer="青海省科学技术厅、青海省财政厅",
        digest_of_date="2020-05-01",
        digest_of_number="青科发〔2020〕3号",
    )
    [own] = [c for c in found if c.type == "policy" and c.values.get("self")]
    assert own.quote == own.values["title"] == "青海省支持盐湖产业创新的若干措施"
    assert own.values["number"] == "青科发〔2020〕3号"
    assert own.values["issuers"] == ["青海省科学技术厅", "青海省财政厅"]
    assert [c.values["policy"] for c in found if c.type == "measure"] == [own.quote]


def test_in_a_digest_of_several_texts_each_section_speaks_for_its_own() -> None:
    found = claims(TWO, digest_of_title="《青海省支持盐湖产业创新的若干措施》；《青海省光伏产业扶持办法》")
    assert [c.values["policy"] for c in found if c.type == "measure"] == [
        "青海省支持盐湖产业创新的若干措施",
        "青海省光伏产业扶持办法",
    ]


def test_a_heading_in_markdown_is_a_title_without_its_marks() -> None:
    found = claims("# 青海省支持盐湖产业创新的若干措施\n\n1. 对新认定的高新技术企业，一次性奖励20万元。\n")
    [own] = [c for c in found if c.type == "policy" and c.values.get("self")]
    assert own.values["title"] == own.quote == "青海省支持盐湖产业创新的若干措施"
