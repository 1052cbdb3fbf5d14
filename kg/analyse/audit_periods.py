"""Periods that cannot be: an end before the start, a deed in the future."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.analyse.slip import Page, Slip, at

_RANGE = re.compile(r"(?<!\d)((?:19|20)\d\d)年?(?:[—–-]{1,2}|[~至到])((?:19|20)\d\d)年")
_DONE = re.compile(r"已(?!有)|实现了|完成了|增长了|新增了|建成了|累计")
_AIM = re.compile(r"将|力争|目标|预期|计划|规划|到\s*20\d\d\s*年|“?十[四五六]五”?")


def period_slips(page: Page) -> Iterator[Slip]:
    """All slips of one document that rest on dates."""
    for m in _RANGE.finditer(page.shadow.text):
        start, end = m.groups()
        if start > end:
            zh, en = f"起于 {start} 年，止于 {end} 年", f"begins in {start} and ends in {end}"
            yield Slip("period-backwards", "hard", (page.place(m.start(), m.end()),), zh, en)
    for claim in page.claims:
        if claim.type == "policy":
            valid, issued = list(claim.values.get("valid") or ()), str(claim.values.get("issued") or "")
            if len(valid) == 2 and valid[1] and issued[:4] > str(valid[1])[:4]:
                yield Slip(
                    "period-backwards",
                    "hard",
                    (at(claim),),
                    f"{issued} 发布，有效期止于 {valid[1]}",
                    f"issued {issued}, valid until {valid[1]}",
                )
    yield from _future(page)


def _future(page: Page) -> Iterator[Slip]:
    source = page.document.source
    own = (c for c in page.claims if c.type == "policy" and c.values.get("self") and c.values.get("issued"))
    # a digest is as old as what it restates
    date = source.digest_of_date.split("；")[-1] if source.digest_of_title else source.date
    date = date or next((str(c.values["issued"]) for c in own), "")
    if not date:
        return
    for claim in page.observations:
        last = str(claim.values.get("period") or "").rpartition("/")[2]
        if claim.assertion != "reported" or not re.match(r"\d{4}", last) or not _DONE.search(claim.quote):
            continue
        before = page.document.text[max(0, claim.start - 80) : claim.end].rpartition("。")[2]
        if _AIM.search(before):
            continue
        width = min(len(last), len(date))
        if last[:width] > date[:width]:
            yield Slip(
                "future-as-past",
                "check",
                (at(claim),),
                f"文献日期为 {date}，{last} 的数值却写作已经实现",
                f"the text is of {date}, yet tells a figure of {last} as a fact",
            )
