"""Kinds of enterprise: status, size, ownership, stage or role before 企业; a trade alone (建筑业企业) is none.

Parallel modifiers that share a head (小型、微型科技企业) give a name each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.extract.boundary import field_start
from kg.extract.lexicon import load_lexicon
from kg.extract.naming import Named

_HEAD = re.compile(r"(?:企业|公司|工业大户)(?!家|所得|化|年金|主义|法(?!人)|章程|治理|制(?![造定订])|债|界|研究院|技术中心|研发中心|研发机构|孵化器|加速器|注册|名称|名录)")
_SHORT = re.compile(
    "|".join(f"{w}(?<!提{w})[国央民外高]企(?!业|改革)" for w in ("大型", "中小", "省属", "市属", "中央", "地方"))
    + "|" + "|".join(f"{c}(?<!提{c})企(?!业|改革)" for c in "国央民外高")
)  # fmt: skip
#: a kind that a quoted word names: “走出去”企业
_QUOTED = re.compile(r"(?:国家级|省级|市级)?“(?!(?:放管服|小巨人|专精特新|一带一路))[\u4e00-\u9fff]{2,4}”企业(?!家|所得|上市|年金|板)")
_ASSOCIATION = re.compile(r"(?:技术)?(?:协会|联合会|促进会|商会)|有限|集团")
_STEPS = (
    r"(?:科技型中小|创新型中小|专精特新中小|专精特新“小巨人”|专精特新小巨人|专精特新|科技小巨人|“小巨人”|小巨人|潜在独角兽|准独角兽|超级独角兽|独角兽|种子瞪羚|潜在瞪羚|瞪羚|雏鹰|雄鹰|羚羊|金种子|"
    r"制造业单项冠军|单项冠军|隐形冠军|科技领军|行业领军|领军|领航|链主|龙头|初创|种子|规上|上市|高新技术|高企)"
)
_STEP = re.compile(_STEPS)
_CLIMBS = re.compile(r"[”’]?\s?[-—–－―→＞]")
_LADDER = re.compile(rf"{_STEPS}(?:企业)?(?:[”’]?\s?(?:[-—–－―]{{1,3}}>?|→|＞)\s?[“‘]?{_STEPS}(?:企业|公司)?){{1,6}}")
#: with these the trade to the left belongs to the name (装备制造重点企业)
_TAKES_TRADE = ("重点", "AEO高级认证", "示范")
_LEVELS = re.compile(r"级[、和及与或]$")
#: a level stays with a title that levels of government award on their own terms
_AWARDED = ("专精特新", "“专精特新", "小巨人", "“小巨人", "单项冠军", "制造业单项冠军", "瞪羚", "“瞪羚", "独角兽", "雏鹰", "科技小巨人", "科技领军", "创新型领军")


@cache
def _modifiers() -> tuple[dict[str, tuple[str, str]], int]:
    words = {e.label: (e.use, e.id) for e in load_lexicon("enterprises") if e.use in ("strong", "weak")}
    return words, max(map(len, words))


def find_enterprise_categories(text: str) -> Iterator[Named]:
    """Each modified 企业 or 公司 of `text`."""
    words, longest = _modifiers()
    for m in _HEAD.finditer(text):
        parts: list[tuple[int, str, str]] = []
        p = m.start()
        while p > 0:
            for width in range(min(longest, p), 0, -1):
                if (hit := words.get(text[p - width : p])) is not None:
                    p -= width
                    parts.append((p, *hit))
                    break
            else:
                break
        parts.reverse()
        while parts and parts[0][1] == "weak" and not _keeps_trade(text, parts):
            parts.pop(0)
        if not any(use == "strong" for _, use, _ in parts):
            continue
        if m.group() == "公司" and text[parts[0][0] : m.start()] not in ("上市", "跨国", "高科技", "高新技术", "科技型", "中小", "小微", "总部"):
            continue
        start, _, rule = parts[0]
        if _ASSOCIATION.match(text, m.end()) or _is_wording(text, start, parts):
            continue
        if text.startswith("示范", start) and (field := field_start(text, start)) < start:
            start = field
        yield Named("EnterpriseCategory", start, m.end(), rule, False)
        yield from _parallel(text, start, parts, m.end(), words, longest)
    if "瞪羚" in text or "独角兽" in text or "小巨人" in text:
        yield from _bare_steps(text)
    if "”企业" in text:
        for m in _QUOTED.finditer(text):
            yield Named("EnterpriseCategory", m.start(), m.end(), "E-quoted", False)
    for m in _SHORT.finditer(text):
        yield Named("EnterpriseCategory", m.start(), m.end(), "E-short", False)


def _bare_steps(text: str) -> Iterator[Named]:
    """雏鹰—瞪羚—独角兽: the steps of a ladder that share 企业 or leave it out."""
    for ladder in _LADDER.finditer(text):
        for m in _STEP.finditer(text, *ladder.span()):
            if m.end() == ladder.end() or _CLIMBS.match(text, m.end()):
                word = m.group().replace("“", "").replace("”", "")
                if word != "高企":
                    yield Named("EnterpriseCategory", m.start(), m.end(), "E-step", False, word + "企业")


def _keeps_trade(text: str, parts: list[tuple[int, str, str]]) -> bool:
    if len(parts) < 2 or parts[0][1] != "weak":
        return False
    first = text[parts[0][0] : parts[1][0]]
    if first in ("国家级", "省级", "市级") and text.startswith(_AWARDED, parts[1][0]):
        before = parts[0][0]  # 国家级和省级专精特新企业: levels in a list are none of the name's
        return not _LEVELS.search(text[max(0, before - 4) : before])
    following = next((text[a:] for a, use, _ in parts[1:] if use == "strong"), "")
    return first not in ("行业", "产业", "产业链", "国家", "国家级", "省级", "市级", "类", "型") and following.startswith(_TAKES_TRADE)


def _is_wording(text: str, start: int, parts: list[tuple[int, str, str]]) -> bool:
    """Words that read otherwise: 重点支持企业 has no hit; 为重点企业 has; 创新企业管理 (innovate management) has not."""
    only = text[start : parts[-1][0]] == "" and len(parts) == 1
    if only and text.startswith(("科技服务", "未来", "绿色", "品牌", "高端", "规模"), start):
        return text.startswith(("未来", "绿色", "品牌", "高端", "规模企业"), start)
    return only and text.startswith("示范", start) and start > 0 and text[start - 1] in "应用"


def _parallel(
    text: str,
    start: int,
    parts: list[tuple[int, str, str]],
    end: int,
    words: dict[str, tuple[str, str]],
    longest: int,
) -> Iterator[Named]:
    """小型、微型科技企业: each word before 、 that could stand for the first modifier shares the rest of the name."""
    tail_start = parts[1][0] if len(parts) > 1 else _head_start(text, end)
    p = start
    while p > 1 and text[p - 1] == "、":
        for width in range(min(longest, p - 1), 1, -1):
            hit = words.get(text[p - 1 - width : p - 1])
            if hit is not None and hit[0] == "strong":
                p -= width + 1
                written = text[p : p + width] + text[tail_start:end]
                yield Named("EnterpriseCategory", p, p + width, hit[1], False, written)
                break
        else:
            return


def _head_start(text: str, end: int) -> int:
    return end - 2
