"""A small invented corpus: two documents, claims written by hand, every claim type at least once."""

from __future__ import annotations

from kg.model import Claim, Document, Source

POLICY_TEXT = (
    "浙江省培育科技企业若干措施\n"
    "浙科发〔2022〕1号\n"
    "一、对首次认定的高企，给予最高50\n"
    "万元奖励。由省科技厅落实。\n"
    "二、支持省技术创新中心服务中小企业，每年补助1.5亿元至2亿元。\n"
    "三、依照《中华人民共和国科学技术进步法》制定本措施。\n"
)
ARTICLE_TEXT = (
    "浙江的科企十条已惠及600家企业。2022年浙江高新技术企业3.1万家，居第2位。"
    "浙江高端人才不足。建议浙江设立科技贷。浙江推行英才计划。杭州、宁波研发强度均为3%。"
)


def _claim(
    type_: str, doc: str, text: str, words: str, area: str | None, assertion: str | None, **values
) -> Claim:
    start = text.index(words)
    return Claim(
        type_,
        doc,
        start,
        start + len(words),
        words,
        f"test-{type_}",
        area=area,
        assertion=assertion,
        values=values,
    )


def corpus() -> tuple[list[Document], dict[str, list[Claim]]]:
    """Documents and claims in the form that `link` and `dataset` take."""
    policy = Document(
        "d-aaa",
        POLICY_TEXT,
        Source("Z1", "浙江省培育科技企业若干措施", "浙江省科学技术厅", "2022-03", area="浙江省"),
    )
    article = Document(
        "d-bbb", ARTICLE_TEXT, Source("Z2", "浙江科技企业短评", licence="CC-BY-4.0", sha256="0" * 64)
    )
    title = "浙江省培育科技企业若干措施"

    def one(
        type_: str, words: str, area: str | None = "浙江省", assertion: str | None = "in_force", **values
    ) -> Claim:
        return _claim(type_, "d-aaa", POLICY_TEXT, words, area, assertion, **values)

    def two(
        type_: str, words: str, area: str | None = "浙江省", assertion: str | None = "reported", **values
    ) -> Claim:
        return _claim(type_, "d-bbb", ARTICLE_TEXT, words, area, assertion, **values)

    claims = {
        "d-aaa": [
            one("policy", title, title=title, kind="若干措施", number="浙科发〔2022〕1号", issuers=["省科技厅"],
                issued="2022-03", self=True, valid=["2022", "2025"], aliases=["科企十条"]),
            one("policy_link", "依照《中华人民共和国科学技术进步法》制定本措施",
                **{"from": title, "to": "中华人民共和国科学技术进步法", "relation": "based_on"}),
            one("measure", "对首次认定的高企，给予最高50\n万元奖励", policy=title, instruments=["PI008"],
                resources=["funding"], beneficiaries=[{"text": "高企", "category": "high-tech-enterprise"}],
                condition="首次认定", responsible=["省科技厅"],
                amounts=[{"value": 500000, "unit": "CNY", "bound": "max", "role": "award"}]),
            one("measure", "支持省技术创新中心服务中小企业，每年补助1.5亿元至2亿元", policy=title,
                instruments=["PI022"], resources=["funding", "platform"], via=["省技术创新中心"],
                beneficiaries=[{"text": "中小企业", "category": "enterprise"}],
                amounts=[{"value": 150000000, "upper": 200000000, "unit": "CNY", "bound": "range",
                          "role": "total", "per": "年"}]),
            one("entity", "省技术创新中心", **{"class": "Platform", "name": "省技术创新中心"}),
            one("entity", "高企", **{"class": "EnterpriseCategory", "name": "高企"}),
        ],
        "d-bbb": [
            two("policy", "科企十条", title="科企十条", aliases=[title]),
            two("measure", "科企十条已惠及600家企业", policy="科企十条", resources=["funding"],
                beneficiaries=[{"text": "企业", "category": "enterprise"}],
                amounts=[{"value": 600, "unit": "家", "bound": "exact", "role": "count"}]),
            two("observation", "2022年浙江高新技术企业3.1万家，居第2位", indicator="高新技术企业", period="2022",
                value=31000, unit="家", bound="exact", rank=2),
            two("observation", "杭州、宁波研发强度均为3%", "杭州、宁波", indicator="研发强度", value=3, unit="%",
                bound="exact"),
            two("gap", "浙江高端人才不足", topic="talent"),
            two("recommendation", "建议浙江设立科技贷", assertion="recommended", resources=["funding"],
                via=["科技贷"], beneficiaries=[{"text": "企业", "category": "enterprise"}]),
            two("relation", "浙江推行英才计划", subject="浙江", predicate="runs", object="英才计划"),
        ],
    }  # fmt: skip
    return [policy, article], claims
