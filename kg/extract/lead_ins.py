"""What stands above the items of a list and holds for each of them: who gets it, and under what condition.

对在市内注册的基金企业可享受：（1）…（2）…; 新纳入统计的商贸企业：批发企业…；零售企业…. The lead-in gives nothing
itself; its recipients and its condition are those of its items.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.extract.beneficiaries import HEADS, category_of, read_beneficiaries
from kg.extract.clauses import GRANT
from kg.extract.conditions import take_apart
from kg.extract.reading import Finding, Reading

#: how many sentences back a lead-in may stand
_REACH = 12
_GIVES = re.compile(
    r"(?:享受|给予|予以|奖励|补助|资助|补贴|支持|执行|兑现|发放)[^，。；：]{0,16}(?:政策|标准|支持|奖励|报酬|补助|补贴|待遇|办法|额度|规定)?：?$|按照?(?:以下|下列|如下)[^，。；：]{0,6}(?:标准|规定|办法|比例|方式)"
)
_WHO = re.compile(rf"(?:的[^，。；：的]{{0,14}}?(?:{HEADS})|的|(?:{HEADS}))(?:（[^（）]*）)?：?$")
_ASKS = re.compile(r"(?:符合|具备|满足|达到|提交|提供|包括|如下材料)[^，。；：]{0,10}(?:条件|要求|材料|情形|之一)|材料[^，。；]{0,4}：?$|如下：?$")
#: what a lead-in is followed by where it gives nothing itself
_ITEM_GIVES = re.compile(r"[%％]|\d(?:万|亿)?元|百分之|" + GRANT.pattern)


class LeadIn(NamedTuple):
    """The half-open shadow span of a lead-in and what it says."""

    start: int
    end: int
    condition: str | None
    beneficiaries: tuple[dict[str, str], ...]


def is_lead_in(text: str, start: int, end: int) -> bool:
    """Does text[start:end], up to its colon, only announce what the items behind it give?"""
    if text[end - 1 : end] != "：" and text[end : end + 1] != "：":
        return False
    body = text[start:end].rstrip("：")
    return bool(_GIVES.search(body)) and not _ASKS.search(body) and bool(_ITEM_GIVES.search(text, end, end + 120))


def lead_in(reading: Reading, m: Finding) -> LeadIn | None:
    """The lead-in of a provision, None where none stands above it."""
    text, sentences = reading.shadow.text, reading.outline.sentences
    n = reading.number_of_sentence(m.start)
    if n < 0:
        return None
    own = sentences[n]
    in_row = True  # since the lead-in nothing but ； has ended a sentence
    for k in range(n, max(-1, n - _REACH), -1):
        s = sentences[k]
        if k < n:
            if s.block == own.block:
                in_row = in_row and text[s.end : s.end + 1] in "；："
            elif not own.locator.startswith(s.locator) or own.locator == s.locator:
                if len(s.locator) < len(own.locator):
                    return None
                continue
        stop = min(s.end, m.start)
        if s.block == own.block and in_row and (found := _inline(reading, s.start, stop, text[s.end : s.end + 1])):
            return found
        above = s.block != own.block and len(s.locator) < len(own.locator)
        if above and is_lead_in(text, s.start, s.end):
            return _read(reading, s.start, s.end)
        if above and not text[s.start : s.end].endswith("："):
            return None
    return None


def _inline(reading: Reading, start: int, stop: int, behind: str) -> LeadIn | None:
    """…的商贸企业：批发企业…；零售企业…, within one paragraph."""
    text = reading.shadow.text
    colon = text.find("：", start, stop)
    if colon < 0:
        if behind != "：":
            return None
        colon = stop
    lead = text[start:colon]
    if not 5 <= len(lead) <= 80 or "。" in lead or not _WHO.search(lead) or _ASKS.search(lead):
        return None
    return _read(reading, start, colon)


def _read(reading: Reading, start: int, end: int) -> LeadIn:
    text = reading.shadow.text
    said = text[start:end].rstrip("：")
    if m := _TOWARDS.search(said):
        said = m["whom"]
    condition, recipient = take_apart(_GIVEN.sub("", said))
    found = read_beneficiaries(said, 0, len(said), reading.context.kind)
    if recipient and not found:
        found = [{"text": recipient, "category": category_of(recipient)}]
    return LeadIn(start, end, condition, tuple(found))


#: …按照下列标准对[做出贡献的人员]给予奖励: who gives is not who gets
_TOWARDS = re.compile(r"(?:^|(?<=[^，；。]))对于?(?P<whom>[^；。]{4,}?)(?:，)?(?:均?可(?:以)?|分别|依法|同等|按照?[^，；。]{0,10})?(?:享受|给予|予以|奖励)")
_GIVEN = re.compile(r"(?:，)?(?:均?可|按照?|分别|给予|享受)[^，；。的]{0,20}$")
