"""A rebuild takes over what has not changed, and is to the byte what a build from nothing would be."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from test_whole_build import ARTICLE, POLICY, ROOT, digest

from kg.build import GRAPH, build, load_claims, load_documents, make, stages
from kg.graph.store import load_store, open_store
from kg.ledger import append, decision_on
from kg.manifest import CACHE, STORE

PLACES = ("甘肃省", "贵州省", "青海省", "浙江省", "云南省")


def text(number: int, version: int) -> str:
    """A policy, or an article, of its own; the numbers make every version another text."""
    place = PLACES[number % len(PLACES)]
    other = PLACES[(number + 1) % len(PLACES)]
    if number % 3 == 2:
        changed = ARTICLE.replace("贵州省", place).replace("甘肃省", other)
        return changed + f"{place}技术合同成交额为{100 + version}亿元。\n"
    changed = POLICY.replace("甘肃省", place).replace("12号", f"{number + 1}号").replace("20万元", f"{20 + version}万元")
    return changed + f"第三条　对认定的{other}产业研究院给予{version + 3}00万元支持。\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.txt").write_text(text(number, 0), encoding="utf-8")
    return folder


def same_quads(out: Path) -> bool:
    """The store on disk holds what the graph file does."""
    return set(open_store(out / GRAPH).inner) == set(load_store((out / GRAPH).read_bytes()).inner)


def change(folder: Path, out: Path, chance: random.Random) -> str:
    """Add, change, delete or rename a text, or decide on a claim."""
    files = sorted(folder.glob("*.txt"))
    act = chance.choice(("add", "change", "change", "delete", "rename", "decide", "decide"))
    if act == "add":
        number = chance.randrange(100)
        (folder / f"{number}.txt").write_text(text(number, chance.randrange(1000)), encoding="utf-8")
    elif act == "change":
        path = chance.choice(files)
        path.write_text(text(int(path.stem.split("-")[0]), chance.randrange(1000)), encoding="utf-8")
    elif act == "delete" and len(files) > 2:
        chance.choice(files).unlink()
    elif act == "rename":
        path = chance.choice(files)
        path.rename(path.with_stem(f"{path.stem.split('-')[0]}-{chance.randrange(1000)}"))
    elif act == "decide":
        documents = {d.id: d for d in load_documents(out)}
        claims = [c for found in load_claims(out).values() for c in found if c.rule != "ledger"]
        claim = chance.choice(claims)
        decision = chance.choice(("accept", "reject"))
        append(folder / "ledger.jsonl", decision_on(claim, documents[claim.doc], decision, who="李明", why="核对过"))
    return act


@pytest.mark.parametrize("seed", range(3))
def test_after_any_changes_a_rebuild_is_to_the_byte_a_build_from_nothing(seed: int, corpus: Path, tmp_path: Path) -> None:
    chance = random.Random(seed)
    out = tmp_path / "build"
    build([corpus], out, workers=1)
    acts = []
    for step in range(5):
        acts.append(change(corpus, out, chance))
        build([corpus], out, workers=1)
        clean = tmp_path / f"clean-{step}"
        build([corpus], clean, workers=1)
        assert digest(out) == digest(clean), acts
        assert same_quads(out), acts
        shutil.rmtree(clean)


def test_only_a_changed_text_is_read_and_extracted_and_only_its_graph_written(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "build"
    build([corpus], out, workers=1)
    seen: list[str] = []
    read_bytes, part = stages.read_bytes, stages.part
    monkeypatch.setattr(stages, "read_bytes", lambda data, where, *a, **k: seen.append(f"read {Path(where).name}") or read_bytes(data, where, *a, **k))
    monkeypatch.setattr(stages, "part", lambda document, *a: seen.append(f"part {document.source.path}") or part(document, *a))
    again = build([corpus], out, workers=1).again
    assert seen == [] and again == ("5 of 5 texts were as in the last build, the others were read and extracted",)
    (corpus / "3.txt").write_text(text(3, 7), encoding="utf-8")
    build([corpus], out, workers=1)
    assert seen == ["read 3.txt", "part 3.txt"]


def test_the_facts_of_a_deleted_text_go_with_it(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "build"
    build([corpus], out, workers=1)
    gone = next(d.id for d in load_documents(out) if d.source.path == "1.txt")
    assert gone in (out / GRAPH).read_text(encoding="utf-8")
    (corpus / "1.txt").unlink()
    build([corpus], out, workers=1)
    assert gone not in (out / GRAPH).read_text(encoding="utf-8")
    assert not [q for q in open_store(out / GRAPH).inner if gone in str(q)]


def test_changed_rules_are_told_and_everything_is_extracted_again(corpus: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    head = "id,label,use,not\n"
    said = []
    for lines in ("", head, head, f"{head}X0001,筹组,cut,\n"):
        if lines:
            (rules / "boundary-words.csv").write_text(lines, encoding="utf-8")
        command = [sys.executable, "-m", "kg", "build", str(corpus), "--out", "build", "--workers", "1", "--rules", str(rules)]
        done = subprocess.run(command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        said.append(done.stdout)
    assert "rules changed since the last build: all texts were extracted again\n0 of 5 texts" in said[1]
    assert "rules changed" not in said[2] and "5 of 5 texts" in said[2]
    assert "rules changed" in said[3]


@pytest.mark.parametrize("damage", ["flip", "cut", "delete"])
def test_a_damaged_cache_costs_time_and_nothing_else(corpus: Path, tmp_path: Path, damage: str) -> None:
    out = tmp_path / "build"
    build([corpus], out, workers=1)
    whole = digest(out)
    chance = random.Random(damage)
    for path in sorted((out / CACHE).iterdir()):
        data = bytearray(path.read_bytes())
        if damage == "delete" or not data:
            path.unlink()
            continue
        if damage == "cut":
            data = data[: chance.randrange(len(data))]
        else:
            for _ in range(5):
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
    build([corpus], out, workers=1)
    assert digest(out) == whole and same_quads(out)


def test_a_damaged_graph_is_not_taken_over(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "build"
    build([corpus], out, workers=1)
    whole = digest(out)
    data = bytearray((out / GRAPH).read_bytes())
    for at in range(3000, len(data), 40_000):
        data[at] ^= 1
    (out / GRAPH).write_bytes(data)
    build([corpus], out, workers=1)
    assert digest(out) == whole and same_quads(out)


def test_without_its_store_or_with_a_broken_one_a_build_is_read_from_its_graph(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "build"
    build([corpus], out, workers=1)
    number = len(open_store(out / GRAPH).inner)
    table = max((out / STORE).glob("*.sst"), key=lambda path: path.stat().st_size)
    table.write_bytes(table.read_bytes()[:-10])
    assert len(open_store(out / GRAPH).inner) == number
    shutil.rmtree(out / STORE)
    assert len(open_store(out / GRAPH).inner) == number
    build([corpus], out, workers=1)
    assert (out / STORE / "store.json").is_file() and same_quads(out)


def test_files_are_read_alike_by_one_process_and_by_several(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (corpus / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    (corpus / "void.txt").write_bytes(b"")
    monkeypatch.setattr(stages, "WORTH_A_POOL", 0)
    one = build([corpus], tmp_path / "one", workers=1)
    two = build([corpus], tmp_path / "two", workers=2)
    assert digest(tmp_path / "one") == digest(tmp_path / "two")
    assert one.errors == two.errors and len(one.errors) == 2


def test_pictures_of_too_many_claims_are_left_out_and_said_so(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "build"
    build([corpus], out, workers=1)
    assert (out / "views" / "flows.html").is_file()
    built = build([corpus], out, workers=1, pictures=3)
    assert not (out / "views").exists()
    assert [note for note in built.notes if "over picture_claims = 3; `kg view` draws them" in note]
    assert "picture_claims" in (out / "report.json").read_text(encoding="utf-8")


def test_pictures_are_drawn_again_only_for_another_graph(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "build"
    build([corpus], out, workers=1)
    drawn: list[str] = []
    page = make.picture_page
    monkeypatch.setattr(make, "picture_page", lambda store, picture: drawn.append(picture) or page(store, picture))
    build([corpus], out, workers=1)
    assert drawn == []
    (corpus / "0.txt").write_text(text(0, 9), encoding="utf-8")
    build([corpus], out, workers=1)
    assert sorted(drawn) == ["flows", "network"]
