"""The ledger's file: what is written is read, what was tampered with is told."""

import json
import multiprocessing

import pytest

from kg.errors import LedgerError
from kg.ledger import Decision, append, decision_on, read
from kg.model import Claim, Document, Source

DOCUMENT = Document("d-1", "设立科技贷。", Source("row-1", path="a.txt"))
CLAIM = Claim("gap", "d-1", 0, 2, "设立", "r", area="浙江省", values={"topic": "talent"})


def decision(why: str = "读过原文", made: str = "accept") -> Decision:
    return decision_on(CLAIM, DOCUMENT, made, who="李明", why=why)


def test_lines_are_read_as_written_and_each_carries_the_hash_of_the_one_before(tmp_path):
    path = tmp_path / "ledger.jsonl"
    append(path, decision("一"))
    append(path, decision("二", "reject"))
    ledger = read(path)
    assert [(d.line, d.decision, d.why, d.source) for d in ledger.decisions] == [
        (1, "accept", "一", "row-1"),
        (2, "reject", "二", "row-1"),
    ]
    assert ledger.decisions[0].prev == "0" * 64 != ledger.decisions[1].prev
    assert Claim.from_dict(dict(ledger.decisions[0].claim)) == CLAIM


def test_no_file_is_an_empty_ledger(tmp_path):
    assert read(tmp_path / "none.jsonl").decisions == ()


@pytest.mark.parametrize("harm", ["change", "remove", "insert", "swap"])
def test_a_line_that_was_tampered_with_is_told_by_number(tmp_path, harm):
    path = tmp_path / "ledger.jsonl"
    for number in range(4):
        append(path, decision(str(number)))
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    if harm == "change":
        lines[1] = lines[1].replace('"why": "1"', '"why": "9"')
    elif harm == "remove":
        del lines[1]
    elif harm == "insert":
        lines.insert(1, lines[0])
    else:
        lines[1], lines[2] = lines[2], lines[1]
    path.write_text("".join(lines), encoding="utf-8")
    with pytest.raises(LedgerError, match=r"ledger\.jsonl:[23]: does not follow"):
        read(path)


def test_the_head_tells_of_a_change_in_the_last_line(tmp_path):
    path = tmp_path / "ledger.jsonl"
    append(path, decision("一"))
    head = read(path).head
    path.write_text(path.read_text(encoding="utf-8").replace("一", "二"), encoding="utf-8")
    assert read(path).head != head


def test_a_line_cut_short_is_refused_and_nothing_is_appended_to_it(tmp_path):
    path = tmp_path / "ledger.jsonl"
    append(path, decision())
    path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(LedgerError, match="cut short"):
        append(path, decision())


def _many(path):
    for _ in range(10):
        append(path, decision("同时"))


def test_several_writers_at_once_leave_one_chain(tmp_path):
    path = tmp_path / "ledger.jsonl"
    writers = [multiprocessing.get_context("fork").Process(target=_many, args=(path,)) for _ in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert len(read(path).decisions) == 30


@pytest.mark.parametrize(
    "row",
    [
        {"decision": "agree", "who": "李明", "why": "x"},
        {"decision": "accept", "who": "", "why": "x", "claim": CLAIM.to_dict()},
        {"decision": "accept", "who": "李明", "why": " ", "claim": CLAIM.to_dict()},
        {"decision": "accept", "who": "李明", "why": "x", "claim": {"type": "ship"}},
        {"decision": "accept", "who": "李明", "why": "x", "claim": CLAIM.to_dict(), "becomes": {"area": "x"}},
        {"decision": "correct", "who": "李明", "why": "x", "claim": CLAIM.to_dict()},
        {
            "decision": "correct",
            "who": "李明",
            "why": "x",
            "claim": CLAIM.to_dict(),
            "becomes": {"unit": "CNY"},
        },
        {"decision": "merge", "who": "李明", "why": "x", "class": "Policy", "names": [["甲", ""]]},
        {"decision": "merge", "who": "李明", "why": "x", "names": [["甲", ""], ["乙", ""]]},
        {"decision": "accept", "who": "李明", "why": "x", "claim": CLAIM.to_dict(), "mood": "good"},
    ],
)
def test_a_malformed_line_is_refused_with_its_place(tmp_path, row):
    path = tmp_path / "ledger.jsonl"
    path.write_text(json.dumps({"prev": "0" * 64, **row}) + "\n", encoding="utf-8")
    with pytest.raises(LedgerError, match=r"ledger\.jsonl:1: "):
        read(path)
