"""What the README says is there, is there; what is there, the README says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.build import RULE_FILES
from kg.cli import app

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh.md")


@pytest.fixture(params=READMES)
def readme(request: pytest.FixtureRequest) -> str:
    return (ROOT / request.param).read_text(encoding="utf-8")


def test_every_command_is_described_and_no_other(readme: str) -> None:
    commands = {command.callback.__name__ for command in app.registered_commands if command.callback}
    assert set(re.findall(r"^\| `kg (\w+)", readme, re.M)) == commands


def test_every_group_of_questions_is_named(readme: str) -> None:
    for group in sorted(p.name for p in (ROOT / "queries").iterdir() if p.is_dir()):
        assert f"`{group}`" in readme, group


def test_every_room_is_named(readme: str) -> None:
    for room in sorted(p.name for p in (ROOT / "kg").iterdir() if (p / "__init__.py").is_file()):
        assert f"`kg/{room}`" in readme, room


def test_every_dependency_has_its_reason(readme: str) -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = re.search(r"\ndependencies = \[(.*?)\]", text, re.S)
    assert block
    for name in re.findall(r'"([\w-]+)', block.group(1)):
        assert name.lower() in readme.lower(), name


def test_files_of_rules_and_pictures_exist_and_are_named(readme: str) -> None:
    for name in RULE_FILES:
        assert f"`{name}`" in readme and (ROOT / "sources" / "lexicons" / name).is_file(), name
    for path in re.findall(r"!\[[^]]*\]\(([^)]+)\)", readme):
        assert (ROOT / path).is_file() and (ROOT / path).stat().st_size < 400_000


def test_the_two_commands_are_the_same_in_both_languages() -> None:
    found = [
        re.findall(r"^    (python3 -m venv .*)$", (ROOT / name).read_text(encoding="utf-8"), re.M)
        for name in READMES
    ]
    assert found[0] == found[1] and len(found[0]) == 2
    assert found[0][0].endswith("kg build") and found[0][1].endswith("pytest")


def test_the_number_of_sources_is_the_catalogues(readme: str) -> None:
    rows = (ROOT / "sources" / "catalogue.csv").read_text(encoding="utf-8").strip().count("\n")
    assert f" {rows} " in readme
