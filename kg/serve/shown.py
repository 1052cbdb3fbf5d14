"""What a page shows, and how it becomes HTML, JSON, CSV or a workbook."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from kg.errors import KgError, LedgerError
from kg.query.table import Table
from kg.serve import named
from kg.serve.asked import Asked, NotFoundError, asked
from kg.serve.engine import Busy, TimeIsUp
from kg.serve.texts import CURATING, NAVIGATION, TEXTS, texts

if TYPE_CHECKING:
    from jinja2 import Environment
    from starlette.requests import Request
    from starlette.responses import Response

    from kg.serve.served import Served
    from kg.serve.state import State

#: no script, style, picture or frame but this server's own files; nothing is sent elsewhere
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cache-control": "no-cache",
}
ROWS = 300  # most rows of a table on a page; files have all


@dataclass(frozen=True, slots=True)
class Shown:
    """A page: its template, what the template is given, and the table that its files hold.

    `data` is the JSON form where it says more than the table. `scripts` are files of `static/`.
    """

    template: str
    title: str
    table: Table
    context: Mapping[str, Any] = field(default_factory=dict)
    data: Any = None
    scripts: tuple[str, ...] = ()
    status: int = 200


Show = Callable[[Asked], Shown]
Endpoint = Callable[["Request"], "Response"]


def page(served: Served, show: Show) -> Endpoint:
    """An endpoint that shows a page in the form its path asks for."""
    return answering(served, lambda ask: respond(show(ask), ask))


def answering(served: Served, answer: Callable[[Asked], Response]) -> Endpoint:
    """An endpoint that answers; errors become pages with their status."""

    def endpoint(request: Request) -> Response:
        state = served.now()
        try:
            return answer(asked(request, state))
        except KgError as error:
            return failed(state, request, error)

    return endpoint


def respond(shown: Shown, ask: Asked) -> Response:
    """The page as the path's ending asks: HTML without one."""
    from starlette.responses import Response

    name = ask.path.strip("/").replace("/", "-") or "kg"
    if not ask.ending:
        return Response(rendered(shown, ask), shown.status, HEADERS, "text/html")
    if ask.ending == "json":
        said = shown.data if shown.data is not None else shown.table.records()
        body = json.dumps(said, ensure_ascii=False, indent=1, default=str).encode()
        return Response(body, shown.status, HEADERS, "application/json")
    if ask.ending == "csv":
        from kg.export.tables import render

        body = render(shown.table, "csv", language=ask.language).encode("utf-8-sig")
        return Response(body, shown.status, HEADERS | saved_as(f"{name}.csv"), "text/csv")
    from kg.export.codebook import codebook
    from kg.export.workbook import workbook

    sources = [d.source for d in ask.state.documents.values()]
    body = workbook(shown.table, codebook(shown.table, sources, language=ask.language), language=ask.language)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return Response(body, shown.status, HEADERS | saved_as(f"{name}.xlsx"), kind)


def saved_as(name: str) -> dict[str, str]:
    """The header that makes a browser save the answer under a name."""
    from urllib.parse import quote

    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "_" for c in name)
    return {"content-disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"}


def failed(state: State, request: Request, error: Exception, status: int = 0) -> Response:
    """An error as a page (or JSON) that says what to do."""
    from starlette.responses import Response

    code = status or status_of(error)
    spoken = request.query_params.get("language", state.language)
    spoken = spoken if spoken in ("zh", "en") else state.language
    ask = Asked(state, "/", "", spoken, ())
    if request.url.path.endswith(".json"):
        body = json.dumps({"error": str(error), "status": code}, ensure_ascii=False)
        return Response(body, code, HEADERS, "application/json")
    t = texts(spoken)
    title = t.get(f"status_{code}", t["status_400"])
    shown = Shown("error.html.j2", title, Table((), ()), {"message": str(error), "code": code}, status=code)
    return Response(rendered(shown, ask), code, HEADERS, "text/html")


def status_of(error: Exception) -> int:
    """The HTTP status that says what kind of error it is."""
    kinds = ((NotFoundError, 404), (LedgerError, 409), (TimeIsUp, 504), (Busy, 503))
    return next((code for kind, code in kinds if isinstance(error, kind)), 400)


def rendered(shown: Shown, ask: Asked) -> str:
    """The page as HTML."""
    from kg import __version__

    other = "en" if ask.language == "zh" else "zh"
    return (
        environment()
        .get_template(shown.template)
        .render(
            **shown.context,
            shown=shown,
            title=shown.title,
            table=shown.table,
            ask=ask,
            state=ask.state,
            language=ask.language,
            t=texts(ask.language),
            href=ask.href,
            here=ask.here,
            navigation=[(path, pair[ask.language == "en"]) for path, pair in (NAVIGATION | (CURATING if ask.state.curate else {})).items()],
            other=(ask.here(language=other), TEXTS["other_language"][ask.language == "en"], other),
            rows=ROWS,
            place_columns=named.PLACES,
            place=lambda name: named.place(name, ask.language),
            provinces=[(name, named.place(name, ask.language)) for name in ask.state.provinces],
            kind=lambda code: named.kind(code, ask.language),
            meant=lambda table: meanings(table, ask.language),
            csrf=ask.token,
            version=__version__,
        )
    )


def meanings(table: Table, language: str) -> list[tuple[str, str]]:
    """Heading and meaning of the columns that the codebook knows."""
    from kg.export.codebook import meaning

    found = ((head, meaning(column, language)) for column, head in zip(table.columns, table.headings, strict=True))
    return [(head, said) for head, said in found if head and said]


@cache
def environment() -> Environment:
    """The templates; everything put into them is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    from kg.serve.words import FILTERS

    made = Environment(
        loader=PackageLoader("kg.serve"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters.update(FILTERS)
    return made
