"""The library of questions: `queries/<group>/<kebab-id>.rq`.

A file is legal SPARQL that runs as it stands. Its head is YAML in `#+ ` lines:

    #+ id: joint-issuers
    #+ title: {zh: 联合发文, en: Joint issuers}
    #+ question: {zh: 哪些部门联合发文？, en: Which bodies issue policies together?}
    #+ audience: [network]
    #+ params:
    #+   - {name: area, type: area, default: null, label: {zh: 地区, en: Area}}
    #+ columns:
    #+   - {name: policy, label: {zh: 政策, en: Policy}}
    #+ view: table

A parameter restricts the query through slots `VALUES ?x { UNDEF } #@param area` (see `kg.query.bind`);
the slot `VALUES ?language { "zh" } #@language` receives the language of labels. Head and text must
agree: unknown keys, slots without a parameter, parameters without a slot and columns other than the
projected ones are refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kg.errors import QueryError
from kg.query.lexer import projection, tokens
from kg.resources import data_dir

LANGUAGES = ("zh", "en")
AUDIENCES = ("policy", "network", "writing")
VIEWS = ("table", "network", "flows", "matrix")
TYPES = ("text", "number", "area", "iri", "claim")
SLOT = re.compile(r"VALUES\s+\?(\w+)\s*\{\s*UNDEF\s*\}[ \t]*#@param[ \t]+(\w+)[ \t]*$", re.MULTILINE)
LANGUAGE_SLOT = re.compile(r"VALUES\s+\?(\w+)\s*\{\s*\"zh\"\s*\}[ \t]*#@language[ \t]*$", re.MULTILINE)

_KEBAB = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_CONCEPT = re.compile(r"concept:[a-z]+(?:-[a-z]+)*")


@dataclass(frozen=True, slots=True)
class Param:
    """A thing the asker may fix. `type` is one of `TYPES` or `concept:<scheme>`; a default of None
    leaves it open.
    """

    name: str
    type: str
    label: Mapping[str, str]
    default: Any = None


@dataclass(frozen=True, slots=True)
class Column:
    """A projected variable and what it is called, by language."""

    name: str
    label: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Query:
    """A question of the library: its head, and the whole file as `text`."""

    id: str
    group: str
    title: Mapping[str, str]
    question: Mapping[str, str]
    audience: tuple[str, ...]
    params: tuple[Param, ...]
    columns: tuple[Column, ...]
    view: str
    text: str
    path: Path


def load_library(folder: Path | None = None) -> dict[str, Query]:
    """All queries under `folder` (the package's own without one), by id, sorted by group and id.

    Raises `QueryError` for a missing folder, a malformed file or two files with one id.
    """
    folder = data_dir("queries") if folder is None else folder
    if not folder.is_dir():
        raise QueryError(f"{folder}: no such folder; name the folder that holds the .rq files")
    library: dict[str, Query] = {}
    for path in sorted(folder.glob("*/*.rq")):
        query = load_query(path)
        if query.id in library:
            raise QueryError(f"{path}: id {query.id} is taken by {library[query.id].path}; rename one")
        library[query.id] = query
    return library


def load_query(path: Path) -> Query:
    """One query file. Raises `QueryError` naming file and line where head and text do not fit the form."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{path}: cannot be read ({error}); query files are UTF-8 text") from None
    head = []
    for line in text.splitlines():
        if not line.startswith("#+"):
            break
        head.append(line[2:].removeprefix(" "))
    if not head:
        raise QueryError(f"{path}:1: no head; start the file with '#+ id: …'")
    try:
        node = yaml.compose("\n".join(head), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line_number = error.problem_mark.line + 1 if error.problem_mark else 1
        raise QueryError(f"{path}:{line_number}: {error.problem}; mend the YAML after '#+ '") from None
    return _query(_Head(path), node, text)


def _query(head: _Head, node: Any, text: str) -> Query:
    path = head.path
    fields = head.mapping(
        node, ("id", "title", "question", "audience", "params", "columns", "view"), ("params",)
    )
    params = (
        tuple(_param(head, item) for item in head.sequence(fields["params"])) if "params" in fields else ()
    )
    columns = tuple(_column(head, item) for item in head.sequence(fields["columns"]))
    query = Query(
        id=head.text(fields["id"], _KEBAB.fullmatch, "words-joined-by-hyphens"),
        group=path.parent.name,
        title=head.bilingual(fields["title"]),
        question=head.bilingual(fields["question"]),
        audience=tuple(
            head.text(item, AUDIENCES.__contains__, "one of " + ", ".join(AUDIENCES))
            for item in head.sequence(fields["audience"])
        ),
        params=params,
        columns=columns,
        view=head.text(fields["view"], VIEWS.__contains__, "one of " + ", ".join(VIEWS)),
        text=text,
        path=path,
    )
    if query.id != path.stem:
        raise head.error(fields["id"], f"id {query.id} is not the file's name; rename one")
    for what, names in (("parameter", [p.name for p in params]), ("column", [c.name for c in columns])):
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise head.error(node, f"{what} {twice[0]} is declared twice; drop one")
    _agree(query)
    return query


def _agree(query: Query) -> None:
    """Slots and parameters, projection and columns must be the same sets, columns in the same order."""
    declared = {param.name for param in query.params}
    used: set[str] = set()
    for match in SLOT.finditer(query.text):
        used.add(match.group(2))
        if match.group(2) not in declared:
            line = query.text.count("\n", 0, match.start()) + 1
            raise QueryError(
                f"{query.path}:{line}: slot for {match.group(2)}, which the head does not declare"
            )
    for line, content in enumerate(query.text.splitlines(), 1):
        if "#@" in content and not (SLOT.search(content) or LANGUAGE_SLOT.search(content)):
            raise QueryError(
                f"{query.path}:{line}: not a slot; write VALUES ?x {{ UNDEF }} #@param name on one line"
            )
    if declared - used:
        name = min(declared - used)
        raise QueryError(
            f"{query.path}: parameter {name} has no slot; add VALUES ?x {{ UNDEF }} #@param {name}"
        )
    projected = projection(tokens(query.text, where=str(query.path)))
    if projected is None:
        raise QueryError(f"{query.path}: not a SELECT of named variables; name the columns")
    columns = [column.name for column in query.columns]
    if projected != columns:
        raise QueryError(
            f"{query.path}: columns {', '.join(columns)} are declared "
            f"but {', '.join(projected)} are selected; make them agree, order included"
        )


def _param(head: _Head, node: Any) -> Param:
    fields = head.mapping(node, ("name", "type", "default", "label"), ("default",))

    def known(text: str) -> bool:
        return text in TYPES or _CONCEPT.fullmatch(text) is not None

    return Param(
        name=head.text(fields["name"], _NAME.fullmatch, "a lower-case name"),
        type=head.text(fields["type"], known, "one of " + ", ".join(TYPES) + " or concept:<scheme>"),
        label=head.bilingual(fields["label"]),
        default=head.plain(fields["default"]) if "default" in fields else None,
    )


def _column(head: _Head, node: Any) -> Column:
    fields = head.mapping(node, ("name", "label"))
    return Column(
        name=head.text(fields["name"], str.isidentifier, "a variable's name"),
        label=head.bilingual(fields["label"]),
    )


@dataclass(frozen=True, slots=True)
class _Head:
    """Reads YAML nodes strictly; every refusal names the file and the line of the node."""

    path: Path

    def error(self, node: Any, message: str) -> QueryError:
        line = node.start_mark.line + 1 if node is not None else 1
        return QueryError(f"{self.path}:{line}: {message}")

    def mapping(self, node: Any, known: tuple[str, ...], optional: tuple[str, ...] = ()) -> dict[str, Any]:
        if not isinstance(node, yaml.MappingNode):
            raise self.error(node, f"expected a mapping with {', '.join(known)}")
        fields: dict[str, Any] = {}
        for key, item in node.value:
            if key.value not in known:
                raise self.error(key, f"unknown key {key.value}; known: {', '.join(known)}")
            if key.value in fields:
                raise self.error(key, f"key {key.value} stands twice; drop one")
            fields[key.value] = item
        missing = [name for name in known if name not in fields and name not in optional]
        if missing:
            raise self.error(node, f"key {missing[0]} is missing; add it")
        return fields

    def sequence(self, node: Any) -> list[Any]:
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            raise self.error(node, "expected a list with at least one item")
        return list(node.value)

    def text(self, node: Any, accepts: Callable[[str], Any], expected: str) -> str:
        if not isinstance(node, yaml.ScalarNode) or not accepts(node.value):
            raise self.error(node, f"expected {expected}")
        return str(node.value)

    def bilingual(self, node: Any) -> Mapping[str, str]:
        fields = self.mapping(node, LANGUAGES)
        return {language: self.text(fields[language], str.strip, "a text") for language in LANGUAGES}

    def plain(self, node: Any) -> Any:
        return yaml.safe_load(yaml.serialize(node))
