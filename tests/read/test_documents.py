"""Bytes in, document or one clear message out."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.config import Limits, Settings, load_settings
from kg.errors import KgError, ReadError
from kg.model import Source
from kg.read import collect, decode, read_document

TEXT = "贵州省支持科技型中小企业，最高奖励50万元。\r\n第二条　对高新技术企业给予补助。\n"


@pytest.mark.parametrize(
    "encoded, encoding",
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8"),
        (TEXT.encode("gb18030"), "gb18030"),
        ("〔2021〕29号，龘靐龗在市里办企业，企业在市里办事，支持企业。".encode("gb18030"), "gb18030"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_chinese_text_is_read_in_the_encodings_people_have(
    tmp_path: Path, encoded: bytes, encoding: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(encoded)
    document = read_document(path)
    assert document.encoding == encoding
    assert document.id == "d-" + hashlib.sha256(encoded).hexdigest()[:12]
    if "贵州" in document.text:
        assert document.text == TEXT, "line ends stay as they are, a byte order mark is no text"


@pytest.mark.parametrize(
    "data, says",
    [
        (b"", "empty"),
        ("\ufeff \n\t\n".encode(), "empty"),
        (b"%PDF-1.7\n...", "PDF"),
        (b"PK\x03\x04....", "damaged zip|ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "Office"),
        (b"\x89PNG\r\n\x1a\n\x00", "PNG"),
        (b"abc\x00def", "NUL"),
        ("イノベーション政策で企業を支援する".encode("shift_jis"), "unknown encoding"),
        ("Förderung für kleine Unternehmen à la façon".encode("latin-1"), "unknown encoding"),
        (TEXT.encode()[:-20] + b"\xff\xfe" + TEXT.encode(), "unknown encoding"),
        (b"\x01\x02\x03\x04 text \x05\x06", "control characters"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le") + b"\x00", "breaks at byte"),
    ],
)
def test_what_is_no_text_is_refused_by_name(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "broken.txt"
    path.write_bytes(data)
    with pytest.raises(ReadError, match=says) as caught:
        read_document(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)
    assert ";" in str(caught.value), "says what to do"


def test_missing_files_folders_and_giants_are_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"nowhere\.txt: no such file"):
        read_document(tmp_path / "nowhere.txt")
    with pytest.raises(ReadError, match="a folder"):
        read_document(tmp_path)
    big = tmp_path / "big.txt"
    big.write_text("大" * 1000, encoding="utf-8")
    with pytest.raises(ReadError, match="over the limit"):
        read_document(big, limits=Limits(max_megabytes=0.001))


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=40))
def test_utf8_is_always_read_as_written(text: str) -> None:
    assert decode(text.encode(), "x") == (text, "utf-8")


@given(st.binary(min_size=400, max_size=500))
def test_random_bytes_are_never_taken_for_text(data: bytes) -> None:
    with pytest.raises(ReadError):
        decode(b"\x80\xff" + data, "x")


def test_a_folder_gives_its_texts_once_each_in_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".hidden").mkdir()
    for name in ("b/2.md", "1.txt", ".hidden/x.txt"):
        (tmp_path / name).write_text(f"文本{name[-5]}", encoding="utf-8")
    (tmp_path / "copy.txt").write_bytes((tmp_path / "1.txt").read_bytes())
    (tmp_path / "broken.txt").write_bytes(b"%PDF")
    (tmp_path / "table.csv").write_text("a,b", encoding="utf-8")
    found = collect([tmp_path])
    assert [d.source.path for d in found.documents] == ["1.txt", "b/2.md"]
    assert [e.split(":")[0] for e in found.errors] == [str(tmp_path / "broken.txt")]
    assert len(found.notes) == 1 and "copy.txt: the same bytes as" in found.notes[0]


def test_an_empty_folder_is_an_error_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.txt").write_text("文本", encoding="utf-8")
    found = collect([tmp_path / "empty", tmp_path / "gone", tmp_path / "a.txt"])
    assert len(found.documents) == 1 and len(found.errors) == 2


def test_a_document_takes_the_catalogue_row_with_its_checksum(tmp_path: Path) -> None:
    path = tmp_path / "renamed.txt"
    path.write_text("文本", encoding="utf-8")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    row = Source(id="a", title="题名", licence="x", sha256=digest, path="documents/a.txt")
    assert collect([path], [row]).documents[0].source == row
    with pytest.raises(ReadError, match="differs from the catalogue"):
        read_document(path, Source(id="a", sha256="0" * 64))


def test_later_settings_win_and_bad_ones_are_named(tmp_path: Path) -> None:
    file = tmp_path / "kg.toml"
    file.write_text('workers = 3\nbuild = "out"\n', encoding="utf-8")
    assert load_settings(file, {}) == Settings(build="out", workers=3)
    assert load_settings(file, {"KG_WORKERS": "4"}).workers == 4
    assert load_settings(file, {"KG_WORKERS": "4"}, workers=5, build=None).workers == 5
    assert load_settings(environ={}, workers=1).processes == 1
    bad = [("wrokers = 1", "unknown setting"), ('workers = "x"', "whole number"), ("=", "TOML")]
    for content, says in bad:
        file.write_text(content, encoding="utf-8")
        with pytest.raises(KgError, match=says) as caught:
            load_settings(file, {})
        assert str(file) in str(caught.value)
    with pytest.raises(KgError, match="KG_WORKERS: -1 is negative"):
        load_settings(environ={"KG_WORKERS": "-1"})
