"""Reading one written number: Arabic, Chinese, mixed, fractions and tenths."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

#: digits of the written and the financial style, and the zeros that look like letters
DIGITS = {
    "零": 0, "〇": 0, "○": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7,
    "八": 8, "九": 9, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
_TENS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
#: characters a Chinese numeral is written with (the financial style is only read by `parse_number`)
NUMERAL_CHARS = "零〇○一二两三四五六七八九十百千万亿"

_WIDTH = str.maketrans("０１２３４５６７８９．，／％－", "0123456789.,/%-")
_ARABIC = re.compile(
    r"(?P<number>[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[+-]?\d+(?:\.\d+)?)(?P<scale>[十百千万亿]{0,4})"
)
_SLASH = re.compile(r"(\d+(?:\.\d+)?)/(\d+(?:\.\d+)?)")
_LONGEST = 40  # no number is written longer; int() refuses thousands of digits
_WORDS = {"一半": Decimal("0.5"), "半": Decimal("0.5"), "无": Decimal(0)}


def scale_of(letters: str) -> int:
    """The factor that a run of scale characters stands for: 千万 → 10 000 000; '' → 1."""
    factor = 1
    for letter in letters:
        factor *= _MYRIADS.get(letter) or _TENS.get(letter, 1)
    return factor


def parse_chinese(s: str) -> int | None:
    """A whole number in Chinese numerals: 三百二十, 两千, 一千零五, 二〇二二, 亿. None where it is not one.

    Runs of digits without tens are read one by one (二〇二二) from three on: 六七 is "six or seven".
    """
    if not s or len(s) > _LONGEST:
        return None
    if all(c in DIGITS for c in s):
        if len(s) == 2 and DIGITS[s[0]]:
            return None
        return int("".join(str(DIGITS[c]) for c in s))
    total = section = 0
    digit: int | None = None
    last_ten, last_myriad = 10**4, 10**16
    for i, c in enumerate(s):
        if c in DIGITS:
            if digit:  # two digits in a row: 十四五
                return None
            digit = DIGITS[c]
        elif c in _TENS:
            ten = _TENS[c]
            if ten >= last_ten or (digit == 0 and i):
                return None
            section += (1 if digit is None else digit) * ten
            digit, last_ten = None, ten
        elif c in _MYRIADS:
            factor = _MYRIADS[c]
            if s[i - 1 : i] == "万" and c == "亿":  # 万亿
                total *= factor
                last_myriad = factor
                continue
            if factor >= last_myriad:
                return None
            section += digit or 0
            total += (section if section or i else 1) * factor
            section, digit, last_ten, last_myriad = 0, None, 10**4, factor
        else:
            return None
    return total + section + (digit or 0)


@lru_cache(maxsize=1024)
def parse_number(s: str) -> Decimal | None:
    """The value of a written number, None where it is not one.

    Reads 1,943.2; 2.67万; 1千万; 三百二十; 两千; 1/3; 三分之一; 百分之二十 (0.2); 八成 (0.8); 一半; 零; 无.
    A sign of percent gives a share: 20% → 0.2. Full-width digits are read as half-width ones. Bound words
    (近, 余, 以上) are no part of a number.
    """
    s = s.strip().translate(_WIDTH).replace(" ", "")
    if not s:
        return None
    if s in _WORDS:
        return _WORDS[s]
    if s[-1] in "%‰" and len(s) > 1:
        inner = parse_number(s[:-1])
        return None if inner is None else inner / (100 if s[-1] == "%" else 1000)
    if s.endswith("成") and len(s) > 1:
        inner = parse_number(s[:-1])
        return inner / 10 if inner is not None and inner <= 10 else None
    if "分之" in s:
        below, above = (parse_number(part) for part in s.split("分之", 1))
        if s.startswith(("百分", "千分", "万分")):
            below = Decimal(scale_of(s[0]))
        return above / below if above is not None and below else None
    if m := _SLASH.fullmatch(s):
        below = Decimal(m[2])
        return Decimal(m[1]) / below if below else None
    if m := _ARABIC.fullmatch(s):
        try:
            return Decimal(m["number"].replace(",", "")) * scale_of(m["scale"])
        except InvalidOperation:
            return None
    if "点" in s:
        whole, _, rest = s.partition("点")
        value = parse_chinese(whole)
        tail = rest.rstrip("万亿")
        if value is None or not tail or any(c not in DIGITS for c in tail):
            return None
        digits = "".join(str(DIGITS[c]) for c in tail)
        return Decimal(f"{value}.{digits}") * scale_of(rest[len(tail) :])
    value = parse_chinese(s)
    return None if value is None else Decimal(value)
