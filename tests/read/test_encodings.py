"""Which encoding a text is in, where nothing says so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ReadError
from kg.read.encodings import common_share, decode, decode_declared
from kg.resources import data_dir

TRADITIONAL = "對首次認定的高新技術企業，給予最高五十萬元獎勵；支持企業研發，科技創新券由市政府發放。"
SIMPLIFIED = "对首次认定的高新技术企业，给予最高五十万元奖励；支持企业研发，科技创新券由市政府发放。"


@pytest.mark.parametrize(
    ("text", "codec", "told"),
    [
        (SIMPLIFIED, "gbk", "gb18030"),
        (SIMPLIFIED, "gb2312", "gb18030"),
        (TRADITIONAL, "gbk", "gb18030"),
        (TRADITIONAL, "big5", "big5"),
        (TRADITIONAL, "big5hkscs", "big5"),
        (SIMPLIFIED + "\r\n", "utf-16-le", "utf-16-le"),
        (TRADITIONAL + "\n2022", "utf-16-be", "utf-16-be"),
        (SIMPLIFIED, "utf-8", "utf-8"),
    ],
)
def test_text_without_a_mark_is_told_by_what_chinese_looks_like(text: str, codec: str, told: str) -> None:
    assert decode(text.encode(codec), "x") == (text, told)


def test_every_line_of_our_sources_is_told_apart_in_both_scripts() -> None:
    """Lines of 20 characters and more: one reading in a thousand may be wrong, none of a whole document."""
    pairs = (data_dir("sources") / "traditional.tsv").read_text(encoding="utf-8").split("\n")
    to_traditional = {ord(b): a for a, _, b in (p.partition("\t") for p in reversed(pairs) if p)}
    tried = wrong = 0
    for path in sorted((data_dir("sources") / "documents").glob("*.md")):
        whole = path.read_text(encoding="utf-8")
        for text in (whole, *(line for line in whole.splitlines() if len(line) >= 20)):
            for written, codec in ((text, "gb18030"), (text.translate(to_traditional), "big5")):
                data = written.encode(codec, "ignore")
                if data.isascii():
                    continue
                tried += 1
                wrong += decode(data, "x")[1] != codec
                assert text is not whole or decode(data, "x")[1] == codec, f"{path.name} as {codec}"
    assert tried > 1200 and wrong * 1000 <= tried


@pytest.mark.parametrize(
    ("codec", "declared", "told"),
    [
        ("gbk", "gb2312", "gb18030"),
        ("utf-8", "gb2312", "utf-8"),  # a page that was converted and kept its declaration
        ("gbk", "utf-8", "gb18030"),
        ("utf-8", "windows-1252", "utf-8"),
        ("utf-8-sig", "GBK", "utf-8"),
    ],
)
def test_a_declaration_counts_where_the_bytes_do_not_belie_it(codec: str, declared: str, told: str) -> None:
    assert decode_declared(SIMPLIFIED.encode(codec), declared, "x") == (SIMPLIFIED, told)


def test_a_wide_text_that_is_no_chinese_is_refused() -> None:
    with pytest.raises(ReadError, match="NUL"):
        decode(bytes(range(1, 40)) + b"\x00\x01" * 40, "x")


@given(st.binary(max_size=300))
def test_any_bytes_give_a_text_or_one_message(data: bytes) -> None:
    try:
        text, encoding = decode(data, "x")
    except ReadError as error:
        assert str(error).startswith("x: ") and "\n" not in str(error)
    else:
        assert text.encode("utf-16-le" if encoding.startswith("utf-16") else "utf-8") is not None
        assert 0 <= common_share(text) <= 1


def test_wide_characters_without_a_mark_that_break_are_refused_with_the_byte() -> None:
    text = "对首次认定的高新技术企业给予一次性奖励。" * 20
    data = text.encode("utf-16-be")
    with pytest.raises(ReadError, match="begins as UTF-16-BE but breaks at byte 400"):
        decode(data[:400] + b"\xdc\x00" + data[400:], "a.txt")
