"""The library of questions as forms."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.query.library import Param, Query
from kg.query.table import Table
from kg.serve.asked import Asked, NotFoundError, asked
from kg.serve.shown import Shown, failed, respond, status_of
from kg.serve.texts import texts

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from kg.serve.served import Served


def questions_page(ask: Asked) -> Shown:
    """All questions by group."""
    from kg.query.catalogue import as_table

    groups: dict[str, list] = {}
    for query in ask.state.library.values():
        groups.setdefault(query.group, []).append(query)
    table = as_table(ask.state.library, language=ask.language)
    return Shown("questions.html.j2", texts(ask.language)["questions"], table, {"groups": groups})


@dataclass(frozen=True, slots=True)
class Posed:
    """A question as it is asked: what the form holds, the SPARQL of it, and what is wrong with it."""

    query: Query
    written: Mapping[str, str]
    sparql: str
    asking: bool
    error: KgError | None = None


def question(served: Served) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint of one question: its form, and with `ask=1` (or values) the answer and the SPARQL that gave it.

    The query runs in the process that holds the graph, within the server's limits; no thread waits for it.
    """
    from starlette.concurrency import run_in_threadpool

    async def answer(request: Request) -> Response:
        state = served.now()
        try:
            ask = asked(request, state)
            posed = await run_in_threadpool(pose, ask)
            table = Table((), ())
            if posed.asking and posed.error is None:
                try:
                    table = await answered(ask, posed)
                except KgError as error:
                    posed = replace(posed, error=error)
            if ask.ending and posed.error is not None:
                raise posed.error
            return await run_in_threadpool(lambda: respond(shown(ask, posed, table), ask))
        except KgError as error:
            return failed(state, request, error)

    return answer


def pose(ask: Asked) -> Posed:
    """The question that the address asks. Raises `NotFoundError`; other errors are told in the page."""
    from kg.query.bind import bind
    from kg.query.run import find_concept

    query = ask.state.library.get(ask.key)
    if query is None:
        raise NotFoundError(f"{ask.key[:60]}: no such question; the list of questions has all")
    written = {p.name: ask.one(p.name).strip() for p in query.params}
    given = {name: _values(value) for name, value in written.items() if value}
    asking = bool(given) or bool(ask.one("ask")) or bool(ask.ending)
    try:
        concept = partial(find_concept, ask.state.store)
        return Posed(query, written, bind(query, given, language=ask.language, concept=concept), asking)
    except KgError as error:
        return Posed(query, written, query.text, asking, error)


async def answered(ask: Asked, posed: Posed) -> Table:
    """The answer. Raises `QueryError`, `TimeIsUp`, `Busy`."""
    from kg.query.rows import read_json

    if ask.state.engine is None:
        raise KgError("question: no process to ask; start the server with `kg serve`")
    found = await ask.state.engine.ask(posed.sparql, "json")
    columns, rows = read_json(found.body)
    labels = tuple(column.label[ask.language] for column in posed.query.columns)
    return Table(columns, rows, posed.query.title[ask.language], labels=labels, truncated=found.truncated)


def shown(ask: Asked, posed: Posed, table: Table) -> Shown:
    """The page of a question with its answer."""
    query = posed.query
    context = {
        "query": query,
        "sparql": posed.sparql,
        "written": posed.written,
        "suggested": {p.name: suggestions(ask, p) for p in query.params},
        "answered": posed.asking and posed.error is None,
        "message": str(posed.error or ""),
    }
    status = status_of(posed.error) if posed.error else 200
    return Shown("question.html.j2", query.title[ask.language], table, context, status=status)


def _values(written: str) -> str | list[str]:
    many = [part.strip() for part in written.replace("，", ",").split(",") if part.strip()]
    return many if len(many) > 1 else written


def suggestions(ask: Asked, param: Param) -> list[tuple[str, str]]:
    """(value, what it means) for a parameter that has known values."""
    from kg.query.bind import SCHEMES

    if param.type == "area":
        return [(name, "") for name in ask.state.provinces]
    if param.type.startswith("concept:"):
        scheme = param.type.partition(":")[2]
        concepts = ask.state.concepts(ask.language)
        return [(code, concepts.name(scheme, code)) for code in SCHEMES.get(scheme, ())]
    if param.name == "indicator":
        names = ask.state.keep("indicators", lambda: sorted({f.indicator for f in ask.state.figures}))
        return [(name, "") for name in names[:300]]
    return []
