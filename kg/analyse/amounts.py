"""Amounts for people, and the few sums that mean something."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Amount, plain_number

_BOUND = {"max": "最高", "min": "不少于", "about": "约"}
_ROLE = {"award": "奖补", "rate": "比例", "cap": "上限", "total": "总额", "duration": "期限", "count": "数量"}


def amount_text(amount: Amount) -> str:
    """`最高300万元/年（上限）`: value in 亿/万 where it reads better, bound before, role after."""
    text = figure_text(amount, basis=False)
    detail = _ROLE.get(amount.role, amount.role)
    if amount.basis:
        detail += f"，按{amount.basis}"
    return f"{text}（{detail}）" if detail else text


def figure_text(amount: Amount, *, basis: bool = True) -> str:
    """The same without the role, for columns that name it: `高新技术企业：最高20%，按投资额`."""
    low = _plain(amount.value, amount.unit)
    if amount.upper is not None:
        low = f"{low}–{_plain(amount.upper, amount.unit)}"
    text = _BOUND.get(amount.bound, "") + low
    if amount.per:
        text += f"/{amount.per}"
    if amount.of:
        text = f"{amount.of}：{text}"
    return f"{text}，按{amount.basis}" if basis and amount.basis else text


def _plain(value: float, unit: str) -> str:
    if unit in ("CNY", "USD"):
        name = "元" if unit == "CNY" else "美元"
        for size, word in ((1e8, "亿"), (1e4, "万")):
            if abs(value) >= size:
                return f"{plain_number(value / size)}{word}{name}"
        return f"{plain_number(value)}{name}"
    return f"{plain_number(value)}{unit}"


def comparable_total(amounts: Iterable[Amount]) -> tuple[float, int]:
    """(sum in CNY, number of money amounts left out of it).

    Only totals add up: unit CNY, role `total`, a single value stated as such (exact, about or at least) and
    not per year or per item. Awards, caps, rates and ceilings say what one recipient may get, so they are
    counted as left out.
    """
    total, left_out = 0.0, 0
    for amount in amounts:
        if amount.unit not in ("CNY", "USD"):
            continue
        if (
            amount.unit == "CNY"
            and amount.role == "total"
            and amount.bound in ("exact", "about", "min")
            and amount.upper is None
            and not amount.per
        ):
            total += amount.value
        else:
            left_out += 1
    return total, left_out
