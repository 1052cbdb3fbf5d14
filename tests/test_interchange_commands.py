"""`kg export`, `kg diff` and `kg explain` on a small build."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.build import build, load_claims
from kg.cli import app

TEXT = """甘肃省人民政府关于支持科技创新的若干措施
甘政发〔2023〕12号

第一条　设立飞天创新券，对科技型中小企业最高补助20万元。
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    here = tmp_path_factory.mktemp("texts")
    (here / "policy.txt").write_text(TEXT, encoding="utf-8")
    build([here], here / "a")
    (here / "policy.txt").write_text(TEXT.replace("20万元", "30万元"), encoding="utf-8")
    build([here / "policy.txt"], here / "b")
    return here


def kg(*args: object) -> str:
    done = CliRunner().invoke(app, [str(a) for a in args])
    assert done.exit_code == 0, done.output
    return done.output


def test_each_form_is_written(folder: Path) -> None:
    for fmt in ("nq", "jsonld"):
        kg("export", "--build", folder / "a", "--format", fmt, "--out", folder / f"x.{fmt}")
    assert (folder / "x.nq").read_text(encoding="utf-8").count("\n") > 100
    assert json.loads((folder / "x.jsonld").read_text(encoding="utf-8"))["@graph"]


def test_a_claim_is_exported_to_cite_and_must_be_named(folder: Path) -> None:
    claim = next(c for found in load_claims(folder / "a").values() for c in found if c.type == "measure")
    kg(
        "export",
        "--build",
        folder / "a",
        "--format",
        "nanopub",
        "--claim",
        claim.id,
        "--out",
        folder / "np.trig",
    )
    assert claim.quote in (folder / "np.trig").read_text(encoding="utf-8")
    missing = CliRunner().invoke(
        app, ["export", "--build", str(folder / "a"), "--format", "nanopub", "--out", str(folder / "n.trig")]
    )
    assert missing.exit_code == 1 and "--claim" in missing.output


def test_a_crate_holds_the_build_and_is_not_written_over_something_else(folder: Path) -> None:
    kg("export", "--build", folder / "a", "--format", "crate", "--out", folder / "crate")
    kg("export", "--build", folder / "a", "--format", "crate", "--out", folder / "crate")
    assert (folder / "crate" / "graph.trig").read_bytes() == (folder / "a" / "graph.trig").read_bytes()
    assert (folder / "crate" / "ro-crate-metadata.json").is_file()
    assert not (folder / "crate" / "cache").exists() and not (folder / "crate" / "store").exists()
    refused = CliRunner().invoke(
        app, ["export", "--build", str(folder / "a"), "--format", "crate", "--out", str(folder / "a")]
    )
    assert refused.exit_code == 1 and "something else" in refused.output


def test_two_builds_are_compared_in_words(folder: Path) -> None:
    rows = json.loads(kg("diff", folder / "a", folder / "b", "--format", "json"))
    told = [row for row in rows["rows"] if isinstance(rows, dict)] if isinstance(rows, dict) else rows
    assert "200000" in json.dumps(told) and "300000" in json.dumps(told)
    assert "0 added, 0 removed, 0 changed" in kg("diff", folder / "a", folder / "a")


def test_a_thing_is_explained_by_its_number_too(folder: Path) -> None:
    assert "支持科技创新" in kg("explain", "甘政发〔2023〕12号", "--build", folder / "a")
