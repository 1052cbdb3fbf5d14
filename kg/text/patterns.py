"""How patterns are written so that a search skips to where they may begin.

Python's `re` looks ahead for the first character of a pattern only where the pattern, or each of its alternatives,
begins with one written character. A class, an option or a look-behind at the head makes it try every position,
which takes about five times as long.
"""

from __future__ import annotations

from collections.abc import Iterable

DIGITS = "0123456789"
#: as they stand in numbers written in words
HAN_DIGITS = "一二三四五六七八九十两百千万亿"


def each(heads: Iterable[str], rest: str = "") -> str:
    """One alternative for each head: `each("甲乙", "级")` is `甲级|乙级`, for the class `[甲乙]级`."""
    return "|".join(head + rest for head in heads)
