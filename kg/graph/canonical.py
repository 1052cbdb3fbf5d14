"""Turtle files in one canonical form, so that a difference between two versions is a difference in meaning.

The form is rdflib's `longturtle` (one value a line, everything sorted, blank nodes named by content) without
its empty and trailing white space. Comment lines before the first statement are kept, others are not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.errors import GraphError
from kg.resources import data_dir


def canonical(text: str, *, where: str = "Turtle") -> str:
    """`text` in canonical form; the form of a canonical text is itself. Raises `GraphError` naming the line."""
    import rdflib

    graph = rdflib.Graph(bind_namespaces="none")
    try:
        graph.parse(data=text, format="turtle")
    except Exception as error:  # rdflib's parsers raise many kinds
        reason = " ".join(str(error).split())[:200]
        raise GraphError(f"{where}: not Turtle: {reason}; correct the file") from None
    body = graph.serialize(format="longturtle")
    return "".join([*_head(text), *_tidy(body.splitlines())])


def turtle_files(paths: Iterable[Path] = ()) -> list[Path]:
    """The Turtle files named, folders opened; without any, those of the project's ontology."""
    out: list[Path] = []
    for path in paths or (data_dir("ontology"),):
        out += sorted(path.rglob("*.ttl")) if path.is_dir() else [path]
    if not out:
        raise GraphError("no Turtle files there; name .ttl files or folders of them")
    return out


def reformat(paths: Iterable[Path] = (), *, write: bool) -> list[Path]:
    """The files that are not in canonical form, rewritten where `write` is set. Raises `GraphError`."""
    changed = []
    for path in turtle_files(paths):
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise GraphError(f"{path}: cannot be read ({error}); name a Turtle file in UTF-8") from None
        form = canonical(text, where=str(path))
        if form != text:
            changed.append(path)
            if write:
                path.write_bytes(form.encode("utf-8"))
    return changed


def _head(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if not line.startswith("#"):
            return
        yield line.rstrip() + "\n"


def _tidy(lines: list[str]) -> Iterator[str]:
    """Without trailing blanks, and without the empty lines that stand inside a statement."""
    inside = False
    for line in lines:
        line = line.rstrip()
        if not line and inside:
            continue
        if line:
            inside = not (line == "." or line.startswith(("PREFIX", "#")))
        yield line + "\n"
