"""Whether what a file gives as text is text: fonts may give no characters, or wrong ones.

A PDF draws glyphs; which characters they are stands in a table that some programs leave out, and that others
spoil (文件ÿ：, rare characters where common ones are meant, so that nothing can be copied). Such text looks right
on paper and is worthless here: a page of it is read as if it were a picture.
"""

from __future__ import annotations

import re
from functools import cache

_HAN = re.compile(r"[\u3400-\u9fff]")
#: letters of western languages inside Chinese, where neither a word nor a unit is
_STRAY = re.compile(
    r"(?<=[\u4e00-\u9fff])[\u00a1-\u00af\u00b2-\u00b6\u00b8-\u00d6\u00d8-\u00f6\u00f8-\u02ff]|[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff](?=[\u4e00-\u9fff])"
)
#: fewer characters tell nothing
_FEW = 40


@cache
def _common() -> frozenset[str]:
    """The characters of daily use: the first levels of GB 2312 (3,755) and Big5 (5,401)."""
    simplified = (bytes((a, b)) for a in range(0xB0, 0xD8) for b in range(0xA1, 0xFF))
    traditional = (bytes((a, b)) for a in range(0xA4, 0xC7) for b in (*range(0x40, 0x7F), *range(0xA1, 0xFF)))
    return frozenset(
        "".join(p.decode("gb2312", "ignore") for p in simplified)
        + "".join(p.decode("big5", "ignore") for p in traditional)
    )


def is_garbled(text: str) -> bool:
    """Whether Chinese text holds stray letters (more than one character in a hundred) or consists of rare
    characters: eight of ten characters of any text are among the some 7,000 of daily use.

    >>> is_garbled("支持企业申报项目，给予奖励。" * 5)
    False
    >>> is_garbled("策意ÿ见¸发_机关ÿ服ó业" * 5)
    True
    """
    han = _HAN.findall(text)
    if len(han) < _FEW:
        return False
    if sum(c in _common() for c in han) < 0.8 * len(han):
        return True
    return len(_STRAY.findall(text)) > 0.01 * len(text)
