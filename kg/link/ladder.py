"""Enterprise categories that have several usual names. `ontology/vocab/enterprise-tier.ttl` says the same."""

from __future__ import annotations

#: concept in ontology/vocab/enterprise-tier.ttl -> its names, the first one being the label
TIERS: dict[str, tuple[str, ...]] = {
    "tech-sme": ("科技型中小企业",),
    "high-tech-enterprise": ("高新技术企业", "高企", "国家高新技术企业", "国家级高新技术企业", "高新企业"),
    "specialised-sme": ("专精特新中小企业", "专精特新企业", "“专精特新”企业", "“专精特新”中小企业"),
    "little-giant": (
        "专精特新“小巨人”企业",
        "专精特新小巨人企业",
        "小巨人企业",
        "“小巨人”企业",
        "国家级专精特新“小巨人”企业",
        "国家级专精特新小巨人企业",
        "国家级小巨人企业",
    ),
    "gazelle": ("瞪羚企业", "“瞪羚”企业", "瞪羚"),
    "unicorn": ("独角兽企业", "“独角兽”企业", "独角兽"),
    "leading-enterprise": ("科技领军企业", "创新型领军企业", "科技型领军企业"),
    "above-scale": ("规模以上企业", "规上企业"),
    "above-scale-industrial": ("规模以上工业企业", "规上工业企业"),
    "sme": ("中小企业", "中小型企业"),
    "chain-leader": ("链主企业", "“链主”企业", "产业链链主企业", "链主"),
    "single-champion": ("制造业单项冠军企业", "单项冠军企业", "单项冠军"),
}
TIER_OF: dict[str, str] = {name: tier for tier, names in TIERS.items() for name in names}
