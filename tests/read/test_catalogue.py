"""The source catalogue: what it refuses, how checksums guard the documents, and the one that ships."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from kg.errors import ReadError
from kg.model import Source
from kg.read.catalogue import COLUMNS, load_catalogue, refresh_checksums, verify
from kg.resources import data_dir

TEXT = "对首次认定的高新技术企业，奖励20万元。"
SUM = hashlib.sha256(TEXT.encode()).hexdigest()
HEADER = "id,title,licence,sha256,path"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "a.md").write_text(TEXT, encoding="utf-8")
    return tmp_path


def write(folder: Path, *lines: str) -> Path:
    (folder / "catalogue.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def row(id: str = "a", sha: str = SUM, path: str = "documents/a.md") -> str:
    return f"{id},题名,CC0-1.0,{sha},{path}"


def test_a_row_becomes_a_source(folder: Path) -> None:
    [source] = load_catalogue(write(folder, HEADER, row()))
    assert source == Source(id="a", title="题名", licence="CC0-1.0", sha256=SUM, path="documents/a.md")
    assert verify(source, folder) == folder / "documents" / "a.md"


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ((HEADER, row(), row()), r"catalogue\.csv:3: id a stands in line 2 too"),
        ((HEADER, row(id="A b")), r"catalogue\.csv:2: bad id"),
        ((HEADER, row(id="")), r"catalogue\.csv:2: column id is empty"),
        (("id,title,licence,sha256", "a,b,c,d"), r"catalogue\.csv:1: missing column path"),
        ((HEADER + ",colour", row() + ",red"), r"catalogue\.csv:1: unknown column colour"),
        ((HEADER + ",id", row() + ",a"), r"catalogue\.csv:1: unknown or repeated column"),
        ((HEADER, row() + ",extra"), r"catalogue\.csv:2: 6 cells under 5 columns"),
        ((HEADER, row(path="../a.md")), r"catalogue\.csv:2: a: bad path"),
        ((HEADER, row(path="/a.md")), r"catalogue\.csv:2: a: bad path"),
        ((HEADER, row(sha="abc")), r"catalogue\.csv:2: bad sha256"),
        ((HEADER + ",date", row() + ",30.9.2021"), r"catalogue\.csv:2: bad date"),
        ((HEADER + ",kind", row() + ",novel"), r"catalogue\.csv:2: unknown kind 'novel'"),
        ((HEADER, 'a,"题名'), r"catalogue\.csv:\d: .*check the quotes"),
        (("",), r"catalogue\.csv:1: missing column id"),
    ],
)
def test_a_bad_catalogue_is_refused_with_file_and_line(
    folder: Path, lines: tuple[str, ...], message: str
) -> None:
    with pytest.raises(ReadError, match=message):
        load_catalogue(write(folder, *lines))


def test_a_missing_catalogue_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"catalogue\.csv: No such file"):
        load_catalogue(tmp_path)


def test_a_catalogue_in_another_encoding_is_refused(folder: Path) -> None:
    (folder / "catalogue.csv").write_bytes((HEADER + "\n" + row()).encode("gb18030"))
    with pytest.raises(ReadError, match=r"catalogue\.csv: not UTF-8"):
        load_catalogue(folder)


def test_an_edited_document_no_longer_verifies(folder: Path) -> None:
    [source] = load_catalogue(write(folder, HEADER, row()))
    (folder / "documents" / "a.md").write_text(TEXT.replace("20", "30"), encoding="utf-8")
    with pytest.raises(ReadError, match=r"a\.md: checksum .* differs"):
        verify(source, folder)


def test_a_document_that_is_gone_is_named(folder: Path) -> None:
    [source] = load_catalogue(write(folder, HEADER, row(path="documents/gone.md")))
    with pytest.raises(ReadError, match=r"gone\.md: No such file"):
        verify(source, folder)


def test_refreshing_writes_the_checksums_that_changed_and_nothing_else(folder: Path) -> None:
    write(folder, HEADER, row(sha=""), row(id="b"))
    assert refresh_checksums(folder) == ["a"]
    first, second = load_catalogue(folder)
    assert first.sha256 == second.sha256 == SUM
    assert (first.title, first.licence) == ("题名", "CC0-1.0")
    before = (folder / "catalogue.csv").read_bytes()
    assert refresh_checksums(folder) == []
    assert (folder / "catalogue.csv").read_bytes() == before


def test_every_document_that_ships_is_catalogued_and_verifies() -> None:
    sources = data_dir("sources")
    catalogue = load_catalogue(sources)
    listed = {verify(s, sources).name for s in catalogue}
    assert listed == {p.name for p in (sources / "documents").iterdir()}
    header = (sources / "catalogue.csv").read_text(encoding="utf-8").split("\n", 1)[0]
    assert tuple(header.split(",")) == COLUMNS


def test_the_documents_that_ship_say_what_they_digest() -> None:
    sources = data_dir("sources")
    for source in load_catalogue(sources):
        text = verify(source, sources).read_text(encoding="utf-8")
        assert text.startswith(f"# {source.title}\n"), source.id
        for title in source.digest_of_title.split("；"):
            assert title.startswith("《") and title in text, (source.id, title)
        assert source.digest_of_number in text, source.id
        assert source.licence in ("CC0-1.0", "CC-BY-4.0"), source.id


def test_the_documents_that_ship_cover_the_article_and_twelve_provinces() -> None:
    catalogue = load_catalogue(data_dir("sources"))
    assert [s.kind for s in catalogue].count("article") == 1
    provinces = {re.match(r"[a-z]+", s.id).group() for s in catalogue} - {"national"}  # type: ignore[union-attr]
    assert len(provinces) >= 12
