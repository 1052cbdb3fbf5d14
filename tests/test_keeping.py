"""Backups come back as they were, damage is named, other versions are told what to do."""

from __future__ import annotations

import json
import random
import shutil
import zipfile
from pathlib import Path

import pytest
from test_whole_build import ARTICLE, POLICY, digest
from typer.testing import CliRunner

from kg.build import build, load_claims, load_documents
from kg.build.backup import backup, restore
from kg.build.whole import file_problems
from kg.cli import app
from kg.errors import KgError
from kg.graph.store import open_store
from kg.ledger import append, decision_on
from kg.manifest import MANIFEST, SCHEMA, STORE, load_manifest, manifest_bytes


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("kept")
    (top / "policy.txt").write_text(POLICY, encoding="utf-8")
    (top / "article.txt").write_text(ARTICLE, encoding="utf-8")
    build([top / "policy.txt", top / "article.txt"], top / "build", workers=1)
    return top / "build"


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "build"))


def run(*args: object) -> str:
    done = CliRunner().invoke(app, [str(a) for a in args])
    return f"{done.exit_code} {done.output}"


def test_a_backup_brings_build_and_ledger_back_as_they_were(made: Path, tmp_path: Path) -> None:
    claim = next(c for found in load_claims(made).values() for c in found)
    document = next(d for d in load_documents(made) if d.id == claim.doc)
    append(tmp_path / "ledger.jsonl", decision_on(claim, document, "accept", who="李明", why="核对过"))
    for name in ("a.zip", "b.zip"):
        assert run("backup", "--build", made, "--ledger", tmp_path / "ledger.jsonl", "--out", tmp_path / name)[0] == "0"
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    said = run("restore", tmp_path / "a.zip", "--out", tmp_path / "again", "--ledger", tmp_path / "again.jsonl")
    assert said[0] == "0", said
    assert digest(tmp_path / "again") == digest(made)
    assert (tmp_path / "again.jsonl").read_bytes() == (tmp_path / "ledger.jsonl").read_bytes()
    assert file_problems(tmp_path / "again") == []
    graphs = [set(open_store(folder / "graph.trig").inner) for folder in (made, tmp_path / "again")]
    assert graphs[0] == graphs[1]


def test_a_backup_or_ledger_that_is_there_is_never_overwritten(made: Path, tmp_path: Path) -> None:
    (tmp_path / "there").write_text("mine")
    with pytest.raises(KgError, match="there is a file"):
        backup(made, tmp_path / "there")
    backup(made, tmp_path / "a.zip")
    with pytest.raises(KgError, match="a ledger already"):
        restore(tmp_path / "a.zip", tmp_path / "out", ledger=tmp_path / "there")
    with pytest.raises(KgError, match="holds no ledger"):
        restore(tmp_path / "a.zip", tmp_path / "out", ledger=tmp_path / "new")
    assert (tmp_path / "there").read_text() == "mine" and not (tmp_path / "out").exists()


def test_every_flipped_byte_of_a_backup_is_refused_or_harmless(made: Path, tmp_path: Path) -> None:
    backup(made, tmp_path / "a.zip")
    whole, data = digest(made), (tmp_path / "a.zip").read_bytes()
    chance = random.Random(8)
    refused = 0
    for number in range(60):
        bad = bytearray(data)
        bad[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        (tmp_path / "bad.zip").write_bytes(bad)
        out = tmp_path / f"out-{number % 3}"
        try:
            restore(tmp_path / "bad.zip", out)
        except KgError:
            refused += 1
        assert not out.exists() or digest(out) == whole
        shutil.rmtree(out, ignore_errors=True)
    assert refused > 30


@pytest.mark.parametrize("name", ["../escape", "/etc/kg", "claims/../../x", "a\\b", "claims/c/d"])
def test_names_that_lead_out_of_a_backup_are_refused(made: Path, tmp_path: Path, name: str) -> None:
    files = {**load_manifest(made).files, name: (1, "0" * 64)}
    manifest = manifest_bytes(files)
    contents = {"form": 1, "files": {MANIFEST: [len(manifest), __import__("hashlib").sha256(manifest).hexdigest()]}}
    with zipfile.ZipFile(tmp_path / "evil.zip", "w") as archive:
        archive.writestr("backup.json", json.dumps(contents))
        archive.writestr(MANIFEST, manifest)
        for file in load_manifest(made).files:
            archive.writestr(file, (made / file).read_bytes())
        archive.writestr(name, "x")
    with pytest.raises(KgError, match="leads out"):
        restore(tmp_path / "evil.zip", tmp_path / "deep" / "out")
    assert not (tmp_path / "escape").exists() and not (tmp_path / "deep" / "out").exists()


def test_a_backup_that_unpacks_to_more_than_its_limit_is_refused(made: Path, tmp_path: Path) -> None:
    backup(made, tmp_path / "a.zip")
    with pytest.raises(KgError, match=r"restore_megabytes = 0\.01"):
        restore(tmp_path / "a.zip", tmp_path / "out", megabytes=0.01)
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("backup.json", b" " * 50_000_000)
    with pytest.raises(KgError, match="no backup of kg"):
        restore(bomb, tmp_path / "out")


def test_flipped_bytes_anywhere_in_a_build_are_named(copy: Path) -> None:
    assert run("check", "--files", "--build", copy)[0] == "0"
    chance = random.Random(5)
    kinds = [p for p in sorted(copy.rglob("*")) if p.is_file() and p.parent.name != "cache" and p.stat().st_size]
    assert {"graph.trig", "store.json", "manifest.json"} <= {p.name for p in kinds}
    for path in kinds:
        whole = path.read_bytes()
        bad = bytearray(whole)
        bad[chance.randrange(len(bad))] ^= 1 << chance.randrange(8)
        path.write_bytes(bad)
        said = run("check", "--files", "--build", copy, "--format", "json", "--language", "en")
        named = path.parent if path.name == "store.json" else path
        assert said[0] == "1" and named.name in said, path
        path.write_bytes(whole)
    assert file_problems(copy) == []


@pytest.mark.parametrize("name", ["documents.jsonl", "graph.trig"])
def test_damage_is_told_when_a_build_is_opened(copy: Path, name: str) -> None:
    data = bytearray((copy / name).read_bytes())
    data[len(data) // 2] ^= 1
    (copy / name).write_bytes(data)
    shutil.rmtree(copy / STORE)
    said = run("check", "--build", copy) + run("evidence", "c-", "--build", copy) + run("ask", "who-gets-what", "--build", copy)
    assert name in said and "run `kg build` again" in said


def test_a_claims_file_that_was_edited_is_not_read(copy: Path) -> None:
    path = next((copy / "claims").iterdir())
    path.write_bytes(path.read_bytes().replace(b'"measure"', b'"entity!"'))
    with pytest.raises(KgError, match=f"{path.name}: not as it was built"):
        load_claims(copy)


def test_builds_of_other_versions_say_what_to_do(copy: Path) -> None:
    path = copy / MANIFEST
    row = json.loads(path.read_text(encoding="utf-8"))
    for schema, told in ((SCHEMA + 1, "a later kg made this build"), (SCHEMA - 1, "an earlier kg made this build")):
        path.write_text(json.dumps(row | {"schema": schema}), encoding="utf-8")
        for command in (("ask", "who-gets-what"), ("check",), ("serve", "--port", "0"), ("backup", "--out", copy / "x.zip")):
            said = run(*command, "--build", copy)
            assert said[0] == "1" and told in said and "kg build" in said, command
    path.unlink()
    assert "an earlier kg made this build" in run("ask", "who-gets-what", "--build", copy)


def test_a_store_of_another_form_or_graph_is_left_alone(copy: Path) -> None:
    path = copy / STORE / "store.json"
    number = len(open_store(copy / "graph.trig").inner)
    row = json.loads(path.read_text(encoding="utf-8"))
    for other in ({"form": 99}, {"graph": "0" * 64}):
        path.write_text(json.dumps(row | other), encoding="utf-8")
        assert len(open_store(copy / "graph.trig").inner) == number
        assert [where for where, _ in file_problems(copy)] == [str(copy / STORE)]


def test_many_readers_open_a_store_at_once(made: Path) -> None:
    stores = [open_store(made / "graph.trig") for _ in range(8)]
    assert len({len(store.inner) for store in stores}) == 1
    with pytest.raises(Exception, match="read-write"):
        stores[0].inner.update("DELETE WHERE { GRAPH ?g { ?s ?p ?o } }")
