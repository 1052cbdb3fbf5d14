"""A build is the same bytes every time, complete or not there at all."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.build import build, load_claims, load_documents, make, switch
from kg.errors import KgError
from kg.manifest import CACHE, STORE

ROOT = Path(__file__).parents[1]
POLICY = """甘肃省人民政府关于支持科技创新的若干措施
甘政发〔2023〕12号

第一条　设立飞天创新券，对科技型中小企业最高补助20万元。
第二条　鼓励高新技术企业牵头建设省技术创新中心，给予500万元资助。
"""
ARTICLE = """贵州省与甘肃省科技创新比较研究

2022年，贵州省研发投入强度为1.03%，居全国第26位。
贵州省仍存在企业创新平台不足的问题。建议支持龙头企业建设重点实验室。
"""


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "policy.txt").write_text(POLICY, encoding="utf-8")
    (folder / "article.md").write_bytes(ARTICLE.encode("gb18030"))
    return folder


def digest(folder: Path) -> dict[str, str]:
    """What a build publishes; its store and cache are made from that."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.relative_to(folder).parts[0] not in (STORE, CACHE)
    }


def test_a_build_holds_documents_claims_graph_report_and_pictures(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "build"
    built = build([texts], out)
    assert built.documents == 2 and built.claims > 4 and built.errors == ()
    ids = sorted(d.id for d in load_documents(out))
    assert sorted(digest(out)) == sorted(
        [
            *(f"claims/{name}.jsonl" for name in ids),
            *("documents.jsonl", "graph.trig", "manifest.json", "report.json"),
            *("views/flows.html", "views/network.html"),
        ]
    )
    assert sorted(p.name for p in tmp_path.iterdir()) == ["build", "texts"], "nothing is left beside it"
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert sum(report["claims"].values()) == built.claims
    assert report["errors"] == []


def test_claims_come_back_from_a_build_as_they_were(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "build"
    build([texts], out)
    documents = {d.id: d for d in load_documents(out)}
    assert {d.encoding for d in documents.values()} == {"utf-8", "gb18030"}
    claims = [c for found in load_claims(out).values() for c in found]
    assert {"policy", "measure", "observation"} <= {c.type for c in claims}
    for claim in claims:
        assert documents[claim.doc].text[claim.start : claim.end] == claim.quote


def test_the_name_and_the_order_of_files_change_no_fact(texts: Path, tmp_path: Path) -> None:
    build([texts / "policy.txt", texts / "article.md"], tmp_path / "a")
    build([texts / "article.md", texts / "policy.txt"], tmp_path / "b")
    assert digest(tmp_path / "a") == digest(tmp_path / "b")


def test_bad_files_are_told_at_the_end_and_the_others_are_built(texts: Path, tmp_path: Path) -> None:
    (texts / "scan.txt").write_bytes(b"%PDF-1.4")
    (texts / "void.txt").write_bytes(b"")
    built = build([texts], tmp_path / "build")
    assert built.documents == 2
    assert [Path(e.split(": ")[0]).name for e in built.errors] == ["scan.txt", "void.txt"]
    report = (tmp_path / "build" / "report.json").read_text(encoding="utf-8")
    assert "scan.txt: " in report and str(tmp_path) not in report


def test_a_failing_build_leaves_the_last_one_as_it_was(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "build"
    build([texts / "policy.txt"], out)
    before = digest(out)

    def fails(*args: object, **kwargs: object) -> str:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(make, "picture_page", fails)
        with pytest.raises(KeyboardInterrupt):
            build([texts], out)
    assert digest(out) == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["build", "texts"]
    with pytest.raises(KgError, match="no such file"):
        build([texts / "nowhere.txt"], out)
    assert digest(out) == before
    build([texts], out)
    assert digest(out) != before


@pytest.mark.parametrize("exchange", [True, False])
def test_publishing_replaces_the_folder_as_a_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchange: bool
) -> None:
    if not exchange:  # as on systems without renameat2
        monkeypatch.setattr(switch, "_exchange", lambda a, b: False)
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_text(name)
    switch.publish(tmp_path / "new", tmp_path / "old")
    assert [p.name for p in (tmp_path / "old").iterdir()] == ["new.txt"]


def test_a_folder_that_is_no_build_is_never_replaced(texts: Path, tmp_path: Path) -> None:
    with pytest.raises(KgError, match="something else than a build"):
        build([texts / "policy.txt"], texts)
    assert (texts / "article.md").is_file()
    with pytest.raises(KgError, match="this is a file"):
        build([texts / "policy.txt"], texts / "policy.txt")


def test_a_document_without_catalogue_row_takes_its_own_title_and_number(texts: Path, tmp_path: Path) -> None:
    build([texts / "policy.txt"], tmp_path / "build")
    source = load_documents(tmp_path / "build")[0].source
    assert source.title == "甘肃省人民政府关于支持科技创新的若干措施"
    assert (source.number, source.area) == ("甘政发〔2023〕12号", "甘肃省")


@pytest.mark.slow
def test_hash_seeds_and_worker_counts_change_no_byte(texts: Path, tmp_path: Path) -> None:
    found = []
    for seed, workers in (("0", "1"), ("1", "2"), ("4242", "3")):
        out = tmp_path / f"build-{seed}"
        command = [sys.executable, "-m", "kg", "build", str(texts), "--out", str(out), "--workers", workers]
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        found.append(digest(out))
    assert found[0] == found[1] == found[2]
