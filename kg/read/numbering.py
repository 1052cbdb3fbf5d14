"""The numbers Word shows before paragraphs and keeps out of their text: 一、 （一） 第一条 1. ①.

Word stores for each level of a list a format (`chineseCounting`), a pattern (`第%1条`) and a start; the numbers
are counted here as Word counts them (ECMA-376 part 1, 17.9): lists that share an abstract definition count on
together, a higher level restarts the lower ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

_HAN = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: format, pattern with %1 … %9, first number, whether decimals are forced (isLgl)."""

    format: str = "decimal"
    pattern: str = "%1."
    start: int = 1
    legal: bool = False
    #: the level whose step restarts this one, 0 for never; None for any higher one
    restart: int | None = None


@dataclass(slots=True)
class Numbering:
    """Counts the paragraphs of a document; `lists` maps a list's id to (id of its definition, its levels)."""

    lists: Mapping[str, tuple[str, Mapping[int, Level]]]
    #: levels at which a list starts anew although its definition is shared: (list, level) → start
    overrides: Mapping[tuple[str, int], int] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, list_id: str, level: int) -> str:
        """The number of the next paragraph of that list and level, "" where it has none."""
        if list_id not in self.lists:
            return ""
        shared, levels = self.lists[list_id]
        own = levels.get(level)
        if own is None:
            return ""
        counts = self._counts.setdefault(shared, {})
        if (list_id, level) in self.overrides and (list_id, level) not in self._begun:
            counts[level] = self.overrides[list_id, level]
        else:
            counts[level] = counts[level] + 1 if level in counts else own.start
        self._begun.add((list_id, level))
        for lower in [n for n in counts if n > level]:
            restart = levels[lower].restart if lower in levels else None
            if restart is None or (restart and level < restart):
                del counts[lower]
        if own.format == "bullet":
            return "- "
        if own.format == "none" and "%" not in own.pattern:
            return own.pattern

        def number(m: re.Match[str]) -> str:
            at = int(m[1]) - 1
            step = levels.get(at, Level())
            value = counts.get(at, step.start)
            return written(value, "decimal" if own.legal and at < level else step.format)

        return re.sub(r"%([1-9])", number, own.pattern)


def written(number: int, style: str) -> str:
    """A number in one of Word's formats; unknown ones are decimal.

    >>> written(21, "chineseCounting"), written(105, "chineseCountingThousand"), written(3, "decimalEnclosedCircle")
    ('二十一', '一百零五', '③')
    """
    if number < 0 or number > 99_999:
        return str(number)
    return _STYLES.get(style, str)(number)


def _chinese(number: int) -> str:
    """21 → 二十一, 105 → 一百零五."""
    if number < 10:
        return _HAN[number]
    out, rest, gap = "", number, False
    for unit, value in (("万", 10_000), ("千", 1000), ("百", 100), ("十", 10)):
        digit, rest = divmod(rest, value)
        if digit:
            out += (
                ("零" if gap else "")
                + ("" if unit == "十" and digit == 1 and not out else _HAN[digit])
                + unit
            )
            gap = False
        else:
            gap = bool(out)
    return out + (("零" if gap else "") + _HAN[rest] if rest else "")


def _roman(number: int) -> str:
    out = ""
    for value, sign in ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
                        (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):  # fmt: skip
        count, number = divmod(number, value)
        out += sign * count
    return out


def _letters(number: int) -> str:
    """1 → A, 27 → AA, as Word repeats them."""
    return chr(65 + (number - 1) % 26) * min(1 + (number - 1) // 26, 20) if number else ""


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)] if number else ""


def _digits(number: int) -> str:
    return "".join("〇一二三四五六七八九"[int(d)] for d in str(number))


def _legal(number: int) -> str:
    table = str.maketrans(_HAN + "十百千万", _LEGAL + "拾佰仟万")
    return _chinese(number).translate(table)


_STYLES: dict[str, Callable[[int], str]] = {
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "ideographDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "taiwaneseDigital": _digits,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "upperRoman": _roman,
    "lowerRoman": lambda n: _roman(n).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda n: _letters(n).lower(),
    "decimalZero": lambda n: f"{n:02}",
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalFullWidth": lambda n: str(n).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    "none": lambda n: "",
}
