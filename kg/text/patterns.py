"""How patterns are written so that a search skips to where they may begin.

Python's `re` looks ahead for the first character of a pattern only where the pattern, or each of its alternatives,
begins with one written character. A class, an option or a look-behind at the head makes it try every position,
which takes about five times as long.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from re import _parser as parser  # type: ignore[attr-defined]

DIGITS = "0123456789"
#: as they stand in numbers written in words
HAN_DIGITS = "一二三四五六七八九十两百千万亿"


def each(heads: Iterable[str], rest: str = "") -> str:
    """One alternative for each head: `each("甲乙", "级")` is `甲级|乙级`, for the class `[甲乙]级`."""
    return "|".join(head + rest for head in heads)


def at_end(pattern: str) -> Callable[[str], re.Match[str] | None]:
    """A search for a pattern that ends in `$`: it begins where a match may begin, near the end of the text.

    >>> at_end("(?:能力|水平)$")("提高管理水平")
    <re.Match object; span=(4, 6), match='水平'>
    """
    search = re.compile(pattern).search
    width = parser.parse(pattern).getwidth()[1] + 1  # `$` also matches before a line feed at the very end

    def search_end(text: str) -> re.Match[str] | None:
        return search(text, len(text) - width) if len(text) > width else search(text)

    return search_end
