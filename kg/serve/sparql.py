"""The SPARQL 1.1 Protocol over the graph of a build: questions only, within their limits.

GET with `query=`, POST as a form or as `application/sparql-query`; `default-graph-uri`, `named-graph-uri`,
and `format=` beside the Accept header. Updates and SERVICE are refused before anything runs. An answer that
was cut says so in the header `Kg-Rows-Capped`, in JSON under `head.warning`, in XML as a `link` of the head.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from kg.errors import KgError, QueryError
from kg.query.guard import refuse_unsafe
from kg.query.serialise import GRAPH_FORMATS, TABLE_FORMATS, notice
from kg.serve.engine import Answer, Bounds, Busy, Engine, TimeIsUp
from kg.serve.negotiate import by_accept, by_name

METHODS = ("GET", "HEAD", "POST")
FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
MAX_BODY = 1_000_000
_DESCRIPTION = """\
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix formats: <http://www.w3.org/ns/formats/> .
[] a sd:Service ;
  sd:endpoint <{endpoint}> ;
  sd:supportedLanguage sd:SPARQL11Query ;
  sd:feature sd:UnionDefaultGraph ;
  sd:resultFormat formats:SPARQL_Results_JSON, formats:SPARQL_Results_XML, formats:SPARQL_Results_CSV,
    formats:SPARQL_Results_TSV, formats:Turtle, formats:N-Triples, formats:JSON-LD, formats:RDF_XML .
"""

Parameters = list[tuple[str, str]]


class Refused(KgError):
    """A request that is not answered, with the HTTP status that says why."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Endpoint:
    """Answers requests to `/sparql`: `Route("/sparql", endpoint.respond, methods=list(METHODS))`.

    `warm` starts the process that is asked, `close` ends it.
    """

    def __init__(self, graph: Path, bounds: Bounds | None = None, *, max_body: int = MAX_BODY) -> None:
        self.engine = Engine(graph, bounds)
        self.max_body = max_body

    async def warm(self) -> None:
        with suppress(KgError):  # told to who asks
            await self.engine.start()

    def close(self) -> None:
        self.engine.close()

    async def respond(self, request: Request) -> Response:
        try:
            return await self._respond(request)
        except Refused as error:
            return _message(error.status, error)
        except QueryError as error:
            return _message(400, error)
        except TimeIsUp as error:
            return _message(504, error)
        except Busy as error:
            return _message(503, error, {"Retry-After": str(int(self.engine.bounds.seconds) + 1)})
        except KgError as error:
            return _message(500, error)

    async def _respond(self, request: Request) -> Response:
        if request.method != "POST" and not request.url.query:
            return _front(request)
        parameters = await _parameters(request, self.max_body)
        query = _query(parameters)
        vetted = refuse_unsafe(query, where="query", graphs=True)
        offered = TABLE_FORMATS if vetted.form in ("SELECT", "ASK") else GRAPH_FORMATS
        fmt = _format(parameters, request.headers.get("accept"), offered)
        answer = await self.engine.ask(
            query,
            fmt,
            chooses_graphs=vetted.chooses_graphs,
            default_graphs=[value for key, value in parameters if key == "default-graph-uri"],
            named_graphs=[value for key, value in parameters if key == "named-graph-uri"],
        )
        return _answer(answer, offered[fmt])


def _front(request: Request) -> Response:
    """Who comes without a question: people go to the console, programs get the service description."""
    if "text/html" in request.headers.get("accept", ""):
        return RedirectResponse("/console", status_code=303)
    endpoint = str(request.url.replace(query="", fragment=""))
    return Response(_DESCRIPTION.format(endpoint=endpoint), media_type="text/turtle", headers={"Vary": "Accept"})


async def _parameters(request: Request, most: int) -> Parameters:
    """All parameters of the request, of address and body. Raises `Refused`."""
    parameters = _parse(request.url.query)
    if request.method == "POST":
        kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
        if kind == UPDATE:
            raise Refused(403, "update: this endpoint answers questions only; change the sources and build anew")
        if kind not in (FORM, QUERY):
            raise Refused(415, f"content type {kind[:80] or '(none)'}: send {FORM} or {QUERY}")
        try:
            body = (await _body(request, most)).decode("utf-8")
        except UnicodeDecodeError as error:
            raise Refused(400, f"body: not UTF-8 at byte {error.start}; send UTF-8") from None
        if kind == QUERY and any(key == "query" for key, _ in parameters):
            raise Refused(400, "query: in the address and in the body; send one")
        parameters += [("query", body)] if kind == QUERY else _parse(body)
    return parameters


async def _body(request: Request, most: int) -> bytes:
    parts, size = [], 0
    try:
        async for part in request.stream():
            size += len(part)
            if size > most:
                raise Refused(413, f"body: more than {most} bytes; send a shorter query")
            parts.append(part)
    except ClientDisconnect:
        raise Refused(400, "body: broke off; send it again") from None
    return b"".join(parts)


def _parse(text: str) -> Parameters:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=200)
    except ValueError as error:
        raise Refused(400, f"parameters: {error}; send UTF-8, percent-encoded, at most 200 fields") from None


def _query(parameters: Parameters) -> str:
    given = [key for key, _ in parameters]
    if "update" in given:
        raise Refused(403, "update: this endpoint answers questions only; change the sources and build anew")
    if given.count("query") > 1:
        raise Refused(400, f"query: stands {given.count('query')} times; send it once")
    query = dict(parameters).get("query", "")
    if not query.strip():
        raise Refused(400, "query: missing; send query=SELECT …, percent-encoded")
    return query


def _format(parameters: Parameters, accept: str | None, offered: dict[str, str]) -> str:
    # SPARQLWrapper sends several names of one format
    names = [value for key, value in parameters if key == "format" and value]
    if names:
        named = next(filter(None, (by_name(name, offered) for name in names)), None)
        if named is None:
            raise Refused(400, f"format {names[0][:40]}: unknown for this form of query; known: {', '.join(offered)}")
        return named
    found = by_accept(accept, offered)
    if found is None:
        raise Refused(406, f"accept: none of the formats there are: {', '.join(offered.values())}")
    return found


def _answer(answer: Answer, media_type: str) -> Response:
    headers = {"Vary": "Accept", "Cache-Control": "no-cache", "Kg-Rows": str(answer.rows)}
    if answer.truncated:
        headers |= {"Kg-Rows-Capped": str(answer.rows), "Warning": f'299 kg "{notice(answer.rows)}"'}
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    headers["Content-Type"] = media_type + charset
    return Response(answer.body, headers=headers)


def _message(status: int, error: Exception, headers: dict[str, str] | None = None) -> Response:
    return PlainTextResponse(f"{error}\n", status_code=status, headers=headers)
