"""The shadow of a document: its text folded and unwrapped for matching, every character with its origin.

Patterns run on `Shadow.text`, in which hard wraps, page furniture and stray spaces are gone and widths, radicals
and punctuation are folded. `Shadow.plain` has the same length and the characters as they were written, so that
values are quoted unfolded. `Shadow.to_source` leads back to the exact characters of the document.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass

from kg.resources import data_dir

#: CJK radicals that PDF text layers put for the characters they look like; NFKC maps the Kangxi block (2F00),
#: but leaves most of the supplement (2E80) as it is
_SUPPLEMENT = {
    "⺀": "冫", "⺄": "乙", "⺅": "亻", "⺆": "冂", "⺈": "刀", "⺊": "卜", "⺌": "小", "⺍": "小", "⺎": "兀",
    "⺐": "尢", "⺒": "巳", "⺓": "幺", "⺕": "彐", "⺖": "忄", "⺗": "心", "⺘": "扌", "⺙": "攵", "⺛": "无",
    "⺜": "日", "⺝": "月", "⺞": "歹", "⺟": "母", "⺠": "民", "⺡": "氵", "⺢": "水", "⺣": "灬", "⺤": "爪",
    "⺦": "丬", "⺨": "犭", "⺩": "王", "⺪": "疋", "⺫": "目", "⺬": "示", "⺭": "礻", "⺮": "竹", "⺯": "糹",
    "⺰": "纟", "⺱": "罒", "⺲": "罒", "⺳": "冈", "⺴": "冈", "⺵": "网", "⺶": "羊", "⺷": "羊", "⺸": "羊",
    "⺹": "老", "⺺": "聿", "⺼": "肉", "⺽": "臼", "⺾": "艹", "⺿": "艹", "⻀": "艹", "⻁": "虎", "⻂": "衤",
    "⻃": "西", "⻄": "西", "⻅": "见", "⻆": "角", "⻇": "角", "⻈": "讠", "⻉": "贝", "⻊": "足", "⻋": "车",
    "⻌": "辶", "⻍": "辶", "⻎": "辶", "⻏": "阝", "⻐": "钅", "⻑": "長", "⻒": "镸", "⻓": "长", "⻔": "门",
    "⻕": "阝", "⻖": "阝", "⻗": "雨", "⻘": "青", "⻙": "韦", "⻚": "页", "⻛": "风", "⻜": "飞", "⻝": "食",
    "⻟": "飠", "⻠": "饣", "⻡": "首", "⻢": "马", "⻣": "骨", "⻤": "鬼", "⻥": "鱼", "⻦": "鸟", "⻧": "卤",
    "⻨": "麦", "⻩": "黄", "⻪": "黾", "⻫": "齐", "⻬": "齐", "⻮": "齿", "⻰": "龙", "⻳": "龟",
}  # fmt: skip
_PUNCTUATION = {
    ",": "，", ":": "：", ";": "；", "(": "（", ")": "）", "!": "！", "?": "？",
    "•": "·", "・": "·", "‧": "·", "∙": "·", "﹪": "%", "〈": "《", "〉": "》", "＂": '"', "﹝": "〔", "﹞": "〕",
}  # fmt: skip
#: between digits these stay as they are: 1,943.2 and 4:3:2:1
_BETWEEN_DIGITS = {",": ",", ":": ":", "：": ":"}
_DIGIT_MARK = re.compile(r"[,:：](?<=\d.)(?=\d)")


def _fold_table() -> dict[int, str]:
    table: dict[int, str] = {}
    for code in (*range(0x2F00, 0x2FE0), *range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF5B), *range(0xF900, 0xFB00)):
        folded = unicodedata.normalize("NFKC", chr(code))
        if len(folded) == 1 and folded != chr(code):
            table[code] = folded
    table.update({ord(a): b for a, b in _SUPPLEMENT.items()})
    table.update({ord(a): b for a, b in _PUNCTUATION.items()})
    table.update({ord("％"): "%", ord("．"): ".", ord("＋"): "+", ord("－"): "-", ord("～"): "~", ord("／"): "/"})
    return table


def _traditional() -> tuple[dict[int, str], dict[int, str]]:
    """Traditional characters → simplified: those simplified texts never use, and those they use too (乾, 於)."""
    lines = (data_dir("sources") / "traditional.tsv").read_text(encoding="utf-8").splitlines()
    pairs = dict(line.split("\t") for line in lines)
    shared = {ord(a): b for a, b in pairs.items() if _in_gb2312(a)}
    return {ord(a): b for a, b in pairs.items() if ord(a) not in shared}, shared


def _in_gb2312(character: str) -> bool:
    try:
        return bool(character.encode("gb2312"))
    except UnicodeEncodeError:
        return False


_ONLY_TRADITIONAL, _SHARED = _traditional()
_FOLD = _fold_table() | _ONLY_TRADITIONAL
#: what else a document in traditional characters is folded by
_FOLD_TRADITIONAL = _FOLD | _SHARED | {ord(a): b for a, b in zip("「」『』", "“”‘’", strict=True)}
#: few characters of a simplified text are folded: looking for these is faster than translating each
_FOLDED = re.compile(f"[{re.escape(''.join(map(chr, _FOLD)))}]")
_TRADITIONAL = re.compile(f"[{''.join(map(chr, _ONLY_TRADITIONAL))}]")
_HAN_RUN = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fff]*")


def is_traditional(text: str) -> bool:
    """Whether a text is written in traditional characters: more than one in twenty of its Chinese ones is.

    In traditional prose it is about one in three, in simplified prose with a stray name next to none.
    """
    sample = text[:20_000]
    traditional = len(_TRADITIONAL.findall(sample))
    return traditional > 0 and traditional * 20 > sum(map(len, _HAN_RUN.findall(sample)))


def fold(text: str) -> str:
    """`text` with widths, radicals, punctuation and traditional characters folded, one character for one."""
    if is_traditional(text):
        folded = text.translate(_FOLD_TRADITIONAL)
    else:
        folded = _FOLDED.sub(lambda m: _FOLD[ord(m.group())], text)
    out: list[str] = []
    cursor = 0
    for m in _DIGIT_MARK.finditer(text):
        out += (folded[cursor : m.start()], _BETWEEN_DIGITS[m.group()])
        cursor = m.end()
    return "".join((*out, folded[cursor:]))


@dataclass(frozen=True, slots=True)
class Shadow:
    """A folded, unwrapped view of `source`. `text`, `plain` and `origin` have the same length.

    `origin[i]` is the index in `source` of the character behind `text[i]`; paragraph breaks are `\\n`.
    """

    source: str
    text: str
    plain: str
    origin: array[int]

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span of `source` behind the shadow's half-open, non-empty span."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no span {start}..{end} in a shadow of {len(self.text)} characters")
        return self.origin[start], self.origin[end - 1] + 1

    def value(self, start: int, end: int) -> str:
        """What is written there, unwrapped, without layout noise."""
        return self.plain[start:end].replace("\n", "").strip()

    def quote(self, start: int, end: int) -> str:
        """The exact characters of the source, layout included."""
        a, b = self.to_source(start, end)
        return self.source[a:b]


#: (start, end, characters to show) of a run of the source that is kept, one character for one
Piece = tuple[int, int, str]


def make_shadow(source: str, kept: list[Piece]) -> Shadow:
    """A shadow from the pieces of the source that are kept, in rising order."""
    plain = "".join([shown for _, _, shown in kept])
    return Shadow(source, fold(plain), plain, _origin(kept))


def _origin(kept: list[Piece]) -> array[int]:
    """The source offsets of all kept characters; range by range this would take ten times as long."""
    import numpy as np

    starts, ends = np.array([piece[:2] for piece in kept], np.int64).reshape(-1, 2).T
    lengths = ends - starts
    before = np.cumsum(lengths) - lengths  # how many characters the pieces before each hold
    offsets = np.repeat(starts - before, lengths) + np.arange(lengths.sum())
    return array("q", offsets.tobytes())
