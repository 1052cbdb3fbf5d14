"""Files added to a build give the build of all texts together."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.adding import add
from kg.build import build, load_claims, load_documents
from kg.config import GRAPH
from kg.errors import KgError
from kg.ledger import append, decision_on

FIRST = """甘肃省人民政府关于支持科技创新的若干措施
甘政发〔2023〕12号

第一条　设立飞天创新券，对科技型中小企业最高补助20万元。
第二条　鼓励高新技术企业牵头建设省技术创新中心，给予500万元资助。
"""
SECOND = """贵州省科技创新券管理办法
黔科通〔2022〕8号

第一条　根据《甘肃省人民政府关于支持科技创新的若干措施》的做法，设立科技创新券，每家企业每年最高补助10万元。
"""


@pytest.fixture
def texts(tmp_path: Path) -> tuple[Path, Path]:
    first, second = tmp_path / "first.txt", tmp_path / "second.txt"
    first.write_text(FIRST, encoding="utf-8")
    second.write_text(SECOND, encoding="utf-8")
    return first, second


def test_the_graph_is_that_of_all_texts_built_together(texts: tuple[Path, Path], tmp_path: Path) -> None:
    build([texts[0]], tmp_path / "grown")
    added = add([texts[1]], tmp_path / "grown")
    build(texts, tmp_path / "whole")
    assert (tmp_path / "grown" / GRAPH).read_bytes() == (tmp_path / "whole" / GRAPH).read_bytes()
    assert load_documents(tmp_path / "grown") == load_documents(tmp_path / "whole")
    assert load_claims(tmp_path / "grown") == load_claims(tmp_path / "whole")
    assert [(o.result, Path(o.where).name) for o in added.files] == [("read", "second.txt")]
    assert added.documents == 2


def test_what_is_there_already_is_left_out_and_the_rest_goes_on(texts: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "grown"
    build([texts[0]], out)
    before = (out / GRAPH).read_bytes()
    assert [o.result for o in add([texts[0]], out).files] == ["same"]
    assert (out / GRAPH).read_bytes() == before, "nothing new, nothing written"
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing more")
    added = add([texts[0], broken, texts[1]], out)
    assert sorted(o.result for o in added.files) == ["failed", "read", "same"]
    assert len(added.errors) == 1 and "broken.pdf" in added.errors[0]


def test_decisions_hold_when_documents_are_added(texts: tuple[Path, Path], tmp_path: Path) -> None:
    out, ledger = tmp_path / "grown", tmp_path / "ledger.jsonl"
    build([texts[0]], out)
    (document,) = load_documents(out)
    rejected, corrected = [c for c in load_claims(out)[document.id] if c.type == "measure"][:2]
    append(ledger, decision_on(rejected, document, "reject", who="审校人", why="不是措施"))
    append(ledger, decision_on(corrected, document, "correct", who="审校人", why="地区", becomes={"area": "青海省"}))
    add([texts[1]], out, ledger=ledger)
    build(texts, tmp_path / "whole", ledger=ledger)
    assert (out / GRAPH).read_bytes() == (tmp_path / "whole" / GRAPH).read_bytes()
    third = tmp_path / "third.txt"
    third.write_text(SECOND.replace("贵州", "云南").replace("黔", "云"), encoding="utf-8")
    assert add([third], out, ledger=ledger).conflicts == (), "decisions that were applied before are no conflict"
    build([*texts, third], tmp_path / "whole", ledger=ledger)
    assert (out / GRAPH).read_bytes() == (tmp_path / "whole" / GRAPH).read_bytes()


def test_no_build_and_no_readable_file_are_refused(texts: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(KgError, match="run `kg build` first"):
        add([texts[0]], tmp_path / "nothing")
    build([texts[0]], tmp_path / "grown")
    with pytest.raises(KgError, match=r"none\.txt"):
        add([tmp_path / "none.txt"], tmp_path / "grown")
