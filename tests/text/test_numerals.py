from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.numerals import parse_chinese, parse_number

WRITTEN = [
    ("1,943.2", "1943.2"),
    ("12,345,678", "12345678"),
    ("三百二十", "320"),
    ("十二", "12"),
    ("两千", "2000"),
    ("一千零五", "1005"),
    ("1.5万", "15000"),
    ("2.67万", "26700"),
    ("3亿", "300000000"),
    ("1千万", "10000000"),
    ("两亿三千万", "230000000"),
    ("2万亿", "2000000000000"),
    ("二万亿", "2000000000000"),
    ("三点五万", "35000"),
    ("一半", "0.5"),
    ("八成", "0.8"),
    ("百分之二十", "0.2"),
    ("千分之五", "0.005"),
    ("20%", "0.2"),
    ("３.５", "3.5"),
    ("零", "0"),
    ("无", "0"),
    ("二〇二二", "2022"),
    ("二○三五", "2035"),
    ("叁佰", "300"),
]


@pytest.mark.parametrize(("written", "value"), WRITTEN)
def test_a_written_number_has_its_value(written, value):
    assert parse_number(written) == Decimal(value)


@pytest.mark.parametrize("written", ["1/3", "三分之一"])
def test_a_third_is_a_third(written):
    assert abs(parse_number(written) - Decimal(1) / 3) < Decimal("1e-20")


@pytest.mark.parametrize(
    "written", ["", "十四五", "六七", "万元", "约", "1.2.3", "1/0", "abc", "零分之一", "点五"]
)
def test_what_is_no_number_is_none(written):
    assert parse_number(written) is None


def _chinese(n: int) -> str:
    """The usual Chinese way to write a whole number below 10^12."""
    names = "零一二三四五六七八九"
    if n == 0:
        return "零"
    parts, zero = [], False
    for factor, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section, n = divmod(n, factor)
        if not section:
            zero = bool(parts)
            continue
        if parts and (section < 1000 or zero):
            parts.append("零")
        zero = inner = False
        for ten, letter in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit, section = divmod(section, ten)
            if digit:
                parts.append(("零" if inner else "") + names[digit] + letter)
                inner = False
            else:
                inner = bool(parts) and not parts[-1].endswith("零") and ten > 1 and section > 0
        parts.append(name)
    return "".join(parts)


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_a_whole_number_written_in_chinese_reads_back(n):
    assert parse_chinese(_chinese(n)) == n


@given(st.integers(min_value=0, max_value=10**15))
def test_a_number_with_thousands_separators_reads_back(n):
    assert parse_number(f"{n:,}") == n


@given(
    st.decimals(min_value=0, max_value=10**6, places=2), st.sampled_from(["万", "亿", "万亿", "百万", "千万"])
)
def test_a_scaled_decimal_reads_back(n, scale):
    factor = {"万": 10**4, "亿": 10**8, "万亿": 10**12, "百万": 10**6, "千万": 10**7}[scale]
    assert parse_number(f"{n}{scale}") == n * factor


@given(st.text())
def test_any_text_is_a_number_or_none(text):
    assert parse_number(text) is None or isinstance(parse_number(text), Decimal)
    parse_chinese(text)
