"""Rules as data: refused with file and line where malformed; every cue keeps its example and counterexample."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import RuleError
from kg.extract.clauses import verb_table
from kg.extract.rulefile import Cue, category_cues, instrument_cues, load_cues, read_rows, resource_cues
from kg.model import INSTRUMENTS, RESOURCES

HEADER = "id\tcode\tpattern\tunless\tlabel_zh\tlabel_en\texample\tcounterexample"
ROW = "x\tPI008\t奖励\t奖励办法\t奖励\taward\t给予奖励\t奖励办法"
CUES = [*instrument_cues(), *resource_cues(), *category_cues()]


def table(folder: Path, *lines: str) -> Path:
    path = folder / "cues.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("cue", CUES, ids=lambda c: c.id)
def test_a_cue_finds_its_example_and_leaves_its_counterexample(cue: Cue) -> None:
    assert cue.example and cue.search(cue.example)
    assert cue.counterexample and not cue.search(cue.counterexample)


def test_cues_speak_for_codes_of_the_contract() -> None:
    assert {c.code for c in instrument_cues()} <= set(INSTRUMENTS)
    assert {c.code for c in resource_cues()} == set(RESOURCES)


def test_what_speaks_against_a_cue_hides_only_the_words_it_covers(tmp_path: Path) -> None:
    (cue,) = load_cues(table(tmp_path, HEADER, ROW), "code")
    assert cue.search("按奖励办法执行") is None
    assert cue.search("按奖励办法给予奖励") is not None


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ((HEADER + "\tcolour", ROW + "\tred"), r"cues\.tsv:1: unknown column colour"),
        ((HEADER.replace("\texample", ""), ROW), r"cues\.tsv:1: column example is missing"),
        ((HEADER, ROW + "\tmore"), r"cues\.tsv:2: 9 fields where the header names 8"),
        ((HEADER, ROW, ROW), r"cues\.tsv:3: id 'x' stands twice"),
        ((HEADER, ROW.replace("\t奖励\t", "\t奖励(\t", 1)), r"cues\.tsv:2: '奖励\(' is no valid pattern"),
        ((HEADER, ROW.replace("\t奖励\t", "\t\t", 1)), r"cues\.tsv:2: the pattern is empty"),
    ],
)
def test_a_malformed_table_is_refused_with_file_and_line(
    tmp_path: Path, lines: tuple[str, ...], said: str
) -> None:
    with pytest.raises(RuleError, match=said):
        load_cues(table(tmp_path, *lines), "code")


def test_a_priority_that_is_no_number_is_refused(tmp_path: Path) -> None:
    path = table(tmp_path, HEADER + "\tpriority", ROW + "\tsoon")
    with pytest.raises(RuleError, match=r"cues\.tsv:2: 'soon' is no number"):
        load_cues(path, "code")


def test_a_table_that_is_no_utf8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cues.tsv"
    path.write_bytes("奖励".encode("gbk"))
    with pytest.raises(RuleError, match="cannot be read as UTF-8"):
        list(read_rows(path, ("id",)))


@pytest.mark.parametrize("written", ["\ufeffid\na\n", "id\r\na\r\n"], ids=["byte order mark", "CRLF"])
def test_a_table_saved_on_windows_is_read(tmp_path: Path, written: str) -> None:
    path = tmp_path / "cues.tsv"
    path.write_bytes(written.encode())
    assert [row for _, row in read_rows(path, ("id",))] == [{"id": "a"}]


def test_comments_and_empty_lines_are_passed_over(tmp_path: Path) -> None:
    rows = list(read_rows(table(tmp_path, "id", "# a remark", "", "a"), ("id",)))
    assert rows == [(4, {"id": "a"})]


def test_cues_come_in_order_of_priority(tmp_path: Path) -> None:
    path = table(tmp_path, HEADER + "\tpriority", ROW + "\t20", ROW.replace("x\t", "y\t", 1) + "\t10")
    assert [c.id for c in load_cues(path, "code")] == ["y", "x"]


def test_a_users_own_cue_is_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "resource_cues.tsv").write_text(
        HEADER.replace("code", "resource") + "\n" + ROW.replace("PI008", "space").replace("奖励", "飞机库") + "\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("KG_RULES", str(tmp_path))
    resource_cues.cache_clear()
    try:
        assert any(c.id == "x" and c.search("提供飞机库") for c in resource_cues())
    finally:
        monkeypatch.undo()
        resource_cues.cache_clear()


def test_the_verbs_of_provisions_have_classes_and_weights() -> None:
    pattern, verbs = verb_table()
    assert {kind for kind, _ in verbs.values()} == {"support", "establish", "run", "improve"}
    assert all(pattern.fullmatch(v) for v in verbs)


TABLES = [("instrument_cues.tsv", "code", "PI099"), ("resource_cues.tsv", "resource", "gold"), ("beneficiary_categories.tsv", "category", "farmer")]


@pytest.mark.parametrize(("name", "column", "unknown"), TABLES)
def test_a_code_that_nobody_knows_is_refused(tmp_path: Path, name: str, column: str, unknown: str) -> None:
    path = tmp_path / name
    path.write_text(HEADER.replace("code", column) + "\n" + ROW.replace("PI008", unknown) + "\n", encoding="utf-8")
    with pytest.raises(RuleError, match=rf"{name}:2: {column} '{unknown}' is unknown; one of "):
        load_cues(path, column)


def test_an_id_of_the_packages_own_cues_is_refused_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = resource_cues()[0].id
    row = ROW.replace("PI008", "space").replace("x\t", f"{taken}\t", 1)
    (tmp_path / "resource_cues.tsv").write_text(HEADER.replace("code", "resource") + "\n" + row + "\n", encoding="utf-8")
    monkeypatch.setenv("KG_RULES", str(tmp_path))
    resource_cues.cache_clear()
    try:
        with pytest.raises(RuleError, match=rf"resource_cues\.tsv:2: id '{taken}' is one of the package's own"):
            resource_cues()
    finally:
        monkeypatch.undo()
        resource_cues.cache_clear()
