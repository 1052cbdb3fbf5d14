"""Commands that ask the graph: ask, evidence, check."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.commands.output import Answer, Build, prints_table, settings
from kg.errors import KgError, QueryError

if TYPE_CHECKING:
    from kg.query.library import Query
    from kg.query.table import Table


def open_graph(build: str | None) -> Any:
    """The graph of a build folder. Raises `KgError` where there is none."""
    from kg.config import GRAPH
    from kg.graph.store import open_store

    return open_store(Path(settings(build=build).build) / GRAPH)


@prints_table
def ask(
    query: Annotated[str | None, typer.Argument(help="id of a question; without one all are listed")] = None,
    param: Annotated[
        list[str] | None, typer.Option("--param", "-p", metavar="NAME=VALUE", help="may be repeated")
    ] = None,
    sparql: Annotated[Path | None, typer.Option("--sparql", help="file with a query of your own")] = None,
    queries: Annotated[Path | None, typer.Option("--queries", help="folder with a library of yours")] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="most rows", show_default="1000")
    ] = None,
    timeout: Annotated[
        float | None, typer.Option("--timeout", min=0.1, help="seconds", show_default="30")
    ] = None,
    build: Build = None,
    language: str = "zh",
) -> Answer:
    """Ask a question of the library, or your own SPARQL; without arguments list the library."""
    from kg.query.catalogue import as_table, pick
    from kg.query.run import run, run_text

    chosen = settings(row_limit=limit, query_seconds=timeout)
    if sparql is not None:
        if query or param:
            raise QueryError("--sparql: takes no question and no --param; write the values into the file")
        text = _text(sparql)
        table = run_text(
            text, open_graph(build), limit=chosen.row_limit, timeout=chosen.query_seconds, where=sparql.name
        )
        return Answer(table)
    library, errors = _library(queries)
    if query is None:
        if param:
            raise QueryError("--param: belongs to a question; name one (`kg ask` lists them)")
        return Answer(as_table(library, language=language), errors=errors)
    if errors and query not in library:
        raise QueryError("\n".join((*errors, f"{query}: no such question among those that could be read")))
    question = pick(library, query)
    table = run(
        question,
        open_graph(build),
        _params(param or []),
        limit=chosen.row_limit,
        timeout=chosen.query_seconds,
        language=language,
    )
    return Answer(table)


def _library(folder: Path | None) -> tuple[dict[str, Query], tuple[str, ...]]:
    """The questions of a folder; a broken file is an error and the others go on."""
    from kg.query.library import load_library, load_query

    if folder is None:
        return load_library(), ()
    paths = sorted({*folder.glob("*.rq"), *folder.glob("*/*.rq")})
    if not paths:
        raise QueryError(f"{folder}: no .rq file in this folder; name the folder of a library")
    library: dict[str, Query] = {}
    errors = []
    for path in paths:
        try:
            query = load_query(path)
            if query.id in library:
                raise QueryError(f"{path}: id {query.id} is taken by {library[query.id].path}; rename one")
            library[query.id] = query
        except QueryError as error:
            errors.append(str(error))
    return library, tuple(errors)


def _params(given: list[str]) -> dict[str, Any]:
    """NAME=VALUE … as a mapping; a name given twice means any of its values."""
    out: dict[str, Any] = {}
    for item in given:
        name, sign, value = item.partition("=")
        if not sign or not name:
            raise QueryError(f"--param {item}: write it as name=value")
        if name in out:
            known = out[name] if isinstance(out[name], list) else [out[name]]
            out[name] = [*known, value]
        else:
            out[name] = value
    return out


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{path}: cannot be read ({error}); query files are UTF-8 text") from None


def known(option: str, value: str, words: tuple[str, ...]) -> None:
    """Raise `KgError` for a value that is not among the words, naming the closest."""
    from difflib import get_close_matches

    if value and value not in words:
        close = get_close_matches(value, words, n=1)
        hint = f"did you mean {close[0]}? " if close else ""
        raise KgError(f"{option} {value}: unknown; {hint}known: {', '.join(words)}")


@prints_table
def evidence(
    claim: Annotated[str, typer.Argument(help="id of a claim (c-…), may be cut short")],
    around: Annotated[int, typer.Option("--around", min=0, help="characters on each side")] = 120,
    build: Build = None,
) -> Table:
    """Show the passage that states a claim, and where it stands."""
    from kg.commands.claims import evidence as passage

    return passage(Path(settings(build=build).build), claim, around)


@prints_table
def check(
    build: Build = None,
    shapes: Annotated[
        bool, typer.Option("--shapes/--no-shapes", help="SHACL, some seconds for each large document")
    ] = True,
    files: Annotated[bool, typer.Option("--files", help="only whether each file is as it was built")] = False,
    language: str = "zh",
) -> Answer:
    """Check a build: its files against their checksums, SHACL shapes, violation queries, every quote against its text."""
    from kg.build import load_documents
    from kg.build.whole import file_problems
    from kg.graph.check import check as run
    from kg.graph.check import conformance
    from kg.query.table import Table

    folder = settings(build=build).build
    broken = tuple(("violation", "files", *problem) for problem in file_problems(folder))
    if files or broken:
        title = {"zh": f"文件：{len(broken)} 个问题", "en": f"Files: {len(broken)} issues"}[language]
        return Answer(Table(("severity", "check", "entity", "message"), broken, title=title), failed=bool(broken))
    documents = load_documents(folder)
    store = open_graph(build)
    issues = run(store, documents, shapes=shapes, language=language)
    rows = tuple((i.severity, i.check, i.entity, i.message) for i in issues)
    title = {"zh": f"检查：{len(rows)} 个问题", "en": f"Check: {len(rows)} issues"}[language]
    table = Table(("severity", "check", "entity", "message"), rows, title=title)
    figures = Table(("figure", "value"), conformance(store, documents, issues, shapes=shapes), title="")
    return Answer(table, before=(figures,), failed=any(i.severity == "violation" for i in issues))


COMMANDS: tuple[Any, ...] = (ask, evidence, check)
