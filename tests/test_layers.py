"""The rooms import in one direction, heavy libraries stay in their rooms and are imported late."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "kg"
BASE = {"model", "errors", "ids", "vocab", "config", "resources", "manifest", "__init__"}
#: room → rooms it may import beside the base and itself
MAY_IMPORT: dict[str, set[str]] = {
    "text": set(),
    "read": {"text"},
    "extract": {"text"},
    "link": {"text"},
    "ledger": {"text"},
    "graph": {"text", "link"},
    "query": {"text", "graph"},
    "analyse": {"text", "query"},
    "export": {"analyse", "query"},
    "view": {"analyse", "query"},
    "evaluate": {"text", "read", "extract", "link", "query"},
}
#: what stands above the rooms and may import all of them
ABOVE = {"adding", "build", "curation", "commands", "serve", "cli", "__main__"}
#: library → rooms that may import it
ONLY_IN = {
    "spacy": {"extract"},
    "rdflib": {"graph", "query"},
    "pyoxigraph": {"graph", "query"},
    "pyshacl": {"graph"},
    "pyvis": {"view"},
    "typer": {"cli", "commands"},
    "starlette": {"serve"},
}


def room_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else path.stem


def imports(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "kg":
                yield from ((f"kg.{alias.name}", node.lineno) for alias in node.names)
            else:
                yield node.module, node.lineno


FILES = sorted(PACKAGE.rglob("*.py"))


def test_every_room_is_known() -> None:
    rooms = {room_of(path) for path in FILES}
    assert rooms <= BASE | MAY_IMPORT.keys() | ABOVE, "a new room needs its line in the table"


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_imports_go_one_way(path: Path) -> None:
    room = room_of(path)
    if room in ABOVE:
        return
    allowed = BASE | ({room} | MAY_IMPORT[room] if room in MAY_IMPORT else set())
    for module, line in imports(path):
        if module.startswith("kg."):
            target = module.split(".")[1]
            known = (PACKAGE / target).is_dir() or (PACKAGE / f"{target}.py").is_file()
            assert not known or target in allowed, f"{path.name}:{line}: {room} may not import {module}"


@pytest.mark.parametrize("library", sorted(ONLY_IN))
def test_libraries_stay_in_their_rooms(library: str) -> None:
    for path in FILES:
        if room_of(path) not in ONLY_IN[library]:
            used = [line for module, line in imports(path) if module.split(".")[0] == library]
            assert not used, f"{path.relative_to(ROOT)}:{used}: {library} belongs to {ONLY_IN[library]}"


def test_help_imports_nothing_heavy() -> None:
    heavy = ("starlette", "spacy", "rdflib", "pyoxigraph", "pyshacl", "pyvis", "networkx", "jinja2", "yaml")
    code = f"import kg.cli, sys; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"
