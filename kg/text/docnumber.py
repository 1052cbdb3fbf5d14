"""The numbers of official documents (发文字号): 渝府发〔2021〕29号, 国务院令第716号, 公告2020年第5号."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.text.numerals import parse_chinese


@dataclass(frozen=True, slots=True)
class DocNumber:
    """A document number: `text` in the standard form, with 〔〕 and without spaces."""

    start: int
    end: int
    text: str
    agency: str  # the code before the year (渝府发) or the issuer and kind (国务院令)
    year: int | None
    serial: int


_W = "[ 　\n]{0,2}"
_D = "[0-9０-９]"
_BRACKETED = (
    rf"[〔\[［【(（﹝〈]{_W}(?P<year>(?:19|20|１９|２０){_D}{{2}})年?{_W}[〕\]］】)）﹞〉]{_W}第?{_W}"
    rf"(?P<serial>{_D}{{1,5}}){_W}[号號]"
)
_DECREE = (
    rf"(?P<kind>令|公告){_W}(?:(?:[（(]?(?P<byear>(?:19|20){_D}{{2}}){_W}年?[）)]?)?{_W})?(?P<open>[（(])?第{_W}"
    rf"(?P<no>{_D}{{1,4}}|[一二三四五六七八九十百〇零]{{1,6}}){_W}[号號](?(open)[）)])"
)
_INVERTED = rf"第{_W}(?P<ino>{_D}{{1,4}}|[一二三四五六七八九十百〇零]{{1,6}}){_W}[号號]{_W}(?P<ikind>令|公告)"
_SCAN = re.compile(rf"(?=[〔\[［【(（﹝〈令公第])(?:{_BRACKETED}|{_DECREE}|{_INVERTED})")
#: what may stand before a code without belonging to it; longer ones first
_LEAD_INS = [
    "根据",
    "依据",
    "按照",
    "依照",
    "参照",
    "遵照",
    "贯彻",
    "落实",
    "执行",
    "印发",
    "转发",
    "下发",
    "发布",
    "公布",
    "通知",
    "意见",
    "办法",
    "规定",
    "文件",
    "方案",
    "措施",
    "决定",
    "通告",
    "批复",
    "细则",
    "请示",
    "的函",
    "发文字号",
    "文号",
    "字号",
    "即",
    "见",
    "与",
    "及",
    "或",
    "以",
    "按",
    "经",
    "由",
    "将",
    "对",
    "被",
    "原",
    "如",
    "是",
    "为",
    "的",
    "了",
    "等",
    "之",
    "由于",
    "关于",
    "同时",
    "废止",
    "详见",
    "参见",
    "以及",
]
_LEAD = re.compile("(?:" + "|".join(sorted(_LEAD_INS, key=lambda w: (-len(w), w))) + "|(?<!共)和(?!国))")
_RUN = re.compile(r"[\u4e00-\u9fff](?:[ 　]?[\u4e00-\u9fff]){0,19}[ 　\n]{0,2}$")
_ISSUER_RUN = re.compile(r"[\u4e00-\u9fff](?:[ 　]{0,2}[\u4e00-\u9fff]){0,39}[ 　\n]{0,2}$")
#: how the code of an agency begins: the place or the body
_CODE_START = "国中京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀黔贵滇云藏陕秦甘陇青宁新"
_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_SPACES = str.maketrans("", "", " 　\n")
_MAX_CODE = 10


#: how those end who issue decrees and announcements
_BODY_END = re.compile(r"(?:院|部|局|委|会|厅|府|席|署|办|行|省|市|区|处|司)$")


def find_document_numbers(text: str, start: int = 0, end: int | None = None) -> list[DocNumber]:
    """All document numbers in text[start:end], in order."""
    end = len(text) if end is None else min(end, len(text))
    found: list[DocNumber] = []
    for m in _SCAN.finditer(text, start, end):
        low = max(start, found[-1].end) if found else start
        number = _bracketed(text, m, low) if m["year"] else _decree(text, m, low)
        if number is not None:
            found.append(number)
    return found


def _bracketed(text: str, m: re.Match[str], low: int) -> DocNumber | None:
    run = _RUN.search(text, max(low, m.start() - 40), m.start())
    if run is None:
        return None
    begin = _after_lead_in(text, run.start(), m.start(), _MAX_CODE)
    agency = text[begin : m.start()].translate(_SPACES)
    if len(agency) < 2:
        return None
    year, serial = int(m["year"].translate(_WIDTH)), int(m["serial"].translate(_WIDTH))
    return DocNumber(begin, m.end(), f"{agency}〔{year}〕{serial}号", agency, year, serial)


def _decree(text: str, m: re.Match[str], low: int) -> DocNumber | None:
    serial = _serial(m["no"] or m["ino"])
    if serial is None:
        return None
    kind = m["kind"] or m["ikind"]
    run = _ISSUER_RUN.search(text, max(low, m.start() - 80), m.start())
    begin = _after_lead_in(text, run.start(), m.start(), 40) if run else m.start()
    if not _BODY_END.search(text[begin : m.start()].rstrip()):
        begin = m.start()  # 关于…政策的公告 and its number on the next line
    agency = text[begin : m.start()].translate(_SPACES) + kind
    year = int(m["byear"].translate(_WIDTH)) if m["byear"] else None
    written = f"{agency}{f'{year}年' if year else ''}第{serial}号"
    return DocNumber(begin, m.end(), written, agency, year, serial)


def _after_lead_in(text: str, begin: int, stop: int, longest: int) -> int:
    """Where the code starts once the words that lead up to it are cut off."""
    for lead in _LEAD.finditer(text, begin, stop):
        rest = text[lead.end() : stop].translate(_SPACES)
        if len(rest) >= 2:
            begin = lead.end()
    while begin < stop and text[begin] in " 　\n":
        begin += 1
    if len(text[begin:stop].translate(_SPACES)) > longest:
        starts = [i for i in range(stop - longest, stop - 2) if text[i] in _CODE_START]
        begin = starts[0] if starts else stop - longest
    return begin


def _serial(written: str) -> int | None:
    written = written.translate(_WIDTH)
    return int(written) if written.isdecimal() else parse_chinese(written)
