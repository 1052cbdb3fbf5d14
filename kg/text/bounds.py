"""The words round a number that bound it: 最高, 不低于, 近 before it; 以上, 以内, 左右 after it."""

from __future__ import annotations

import re

_GAP = r"(?:人民币|了|为|是|到|至|在|达到?|约|的|：)?[ 　]?"
_BEFORE = re.compile(
    r"(?:"
    r"(?P<max>(?:最高|最多|至多|最长|原则上)?(?:可|也|均|且)?不(?:得|能|应|可|再)?(?:超过|超出|高于|多于|大于|超|突破|逾)"
    r"|未超过|最高(?:可|额|限额|金额)?(?:达|为)?|最多(?:可)?|至多|最长|最大|上限|(?<!不)(?:低于|少于|小于)"
    r"|可(?:以)?(?:提高|提升|增加|上浮|放宽)(?:至|到)|不足|不到|不满|未满|≤|<|＜)"
    r"|(?P<min>不(?:得|能|应|可)?(?:低于|少于|小于|短于)|不下于?|至少|最少|最低|起码|(?<![不未])(?:超过|超出|突破|大于|高于|多于)"
    r"|下限|[跨迈站跃]上|逾|(?<![不赶未反高])超|(?<![超经通不难渡度])过|≥|>|＞)"
    r"|(?P<about>大约|相当于|约合|约为|将近|接近|大概|(?<![合公契节制条签预履特集])约|(?<![最附靠邻临])近|(?<![以及跨迈登站踏跃网])上)"
    rf"){_GAP}$"
)
_FAR = re.compile(
    r"(?:(?P<max>最高(?!的|级|奖(?![励补金助])|人民|水平|等级|值|者|检|点)|最多(?!的)|至多|不(?:得|能)?(?:超过|高于)|上限)"
    r"|(?P<min>不(?:得|能)?(?:低于|少于)))"
    r"(?:[^0-9０-９，。；、：,;:（）()！？!?\n]{0,9}|[^0-9０-９，。；、：,;:（）()！？!?\n]{1,20}的)$"
    # of a share only with 的: 不足全省的1/8, but not 超过部分的50%
    r"|(?:(?P<below>不足|不到)|(?P<above>超过))(?!的|部分)[^0-9０-９，。；、：,;:（）()！？!?\n]{1,9}的$"
)
_FAR_BOUND = {"max": "max", "min": "min", "below": "max", "above": "min"}
_INCLUDING = r"(?:[（(](?:均|皆)?不?含[^（）()]{0,4}[）)])?"
_AFTER = re.compile(
    rf"[ 　]?{_INCLUDING}[ 　]?(?:"
    r"(?P<about>左右|上下|之多|多(?![元个家种项次方样层渠领部年地数极])|余(?![额下热款粮地]))"
    r"|(?P<min>(?:及|含)?以上(?!海|率下|述|各|有关|是|这些)|及其?以上|(?:的)?下限)"
    r"|(?P<max>(?:及|含)?以下(?!简称|统称|称|条件|各|几|工作|任务|措施|问题|方面|内容|材料|行动|要求|情形|程序)"
    r"|以内|之内|封顶|为上限|为限|(?P<within>内(?![容部在外地蒙需涵陆])))"
    rf"){_INCLUDING}"
)
_INCLUDED = re.compile(r"[ 　]?[（(](?:均|皆)?不?含[^（）()]{0,4}[）)]")
_WINDOW = 16
_FAR_WINDOW = 26


def bound_before(text: str, number_start: int, low: int) -> tuple[str, int, str]:
    """The bound, the start and the word of what stands directly before a number; ('', number_start, '')."""
    m = _BEFORE.search(text, max(low, number_start - _WINDOW), number_start)
    if not m or not m.lastgroup:
        return "", number_start, ""
    if m[m.lastgroup] == "上" and text[number_start] not in "百千万亿":  # 上千家, but not 在网上3次
        return "", number_start, ""
    return m.lastgroup, m.start(), m[m.lastgroup]


def bound_far_before(text: str, number_start: int, low: int) -> str:
    """A bound word earlier in the clause that still governs the number: 最高补助20万元, 不高于投入的50%."""
    m = _FAR.search(text, max(low, number_start - _FAR_WINDOW), number_start)
    return _FAR_BOUND[m.lastgroup] if m and m.lastgroup else ""


def bound_after(text: str, unit_end: int, end: int, *, time: bool = False) -> tuple[str, int]:
    """What the words after the unit say: (bound, where they end). A bare 内 counts only after a time."""
    m = _AFTER.match(text, unit_end, end)
    if not m or (m["within"] and not time):
        included = _INCLUDED.match(text, unit_end, end)
        return "", included.end() if included else unit_end
    bound = "about" if m["about"] else "min" if m["min"] else "max"
    return bound, m.end()
