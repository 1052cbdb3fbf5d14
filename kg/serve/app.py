"""The workbench as an application: routes, files, errors. Starlette alone: pages are functions, there is no API
model to declare."""

from __future__ import annotations

import asyncio
import sys
import traceback
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kg.config import GRAPH
from kg.errors import KgError
from kg.serve import sparql
from kg.serve.adding import Adding
from kg.serve.asked import DRAWN, ENDINGS, WRITTEN, Asked, NotFoundError
from kg.serve.deciding import decide, on_claim, on_names
from kg.serve.guard import Guard
from kg.serve.limits import Limits, checked
from kg.serve.served import Served
from kg.serve.shown import HEADERS, Endpoint, Show, answering, failed, page, saved_as
from kg.serve.state import LIMITS, State, open_state
from kg.serve.things import ledger_page

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.routing import BaseRoute


def create_app(
    build: Path,
    *,
    curate: bool = False,
    language: str = "zh",
    ledger: Path = Path("ledger.jsonl"),
    added: Path = Path("added"),
    limits: Limits = LIMITS,
    hosts: Sequence[str] = (),
) -> Starlette:
    """The workbench on the folder `build`. Raises `KgError` where that is no build.

    With `curate`, decisions may be written to `ledger` and documents be added, whose files are kept in
    `added`; without it nothing is ever written. `hosts` are names it may be reached by beside those of
    loopback. When another build takes the folder's place, the pages show it.
    """
    state = open_state(build, curate=curate, language=language, ledger=ledger, added=added, limits=checked(limits))
    return app_of(state, hosts)


def app_of(state: State, hosts: Sequence[str] = ()) -> Starlette:
    """The workbench on an opened build."""
    served = Served(state, reopened)
    adding = Adding(served)

    def refused(request: Request, error: Exception) -> Response:
        state = served.state
        status = error.status_code if isinstance(error, HTTPException) else 500
        if status == 404:
            return failed(state, request, NotFoundError(f"{request.url.path}: no such page; use the menu"))
        if isinstance(error, HTTPException):
            return failed(state, request, KgError(error.detail), status)
        traceback.print_exception(error, file=sys.stderr)
        return failed(state, request, KgError("the server's own error; its terminal tells more"), 500)

    limits = state.limits
    asking = sparql.Endpoint(state.build / GRAPH, limits.bounds, max_body=limits.body)
    state.engine = asking.engine

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        warming = asyncio.create_task(asking.warm())  # the first question need not wait for the graph
        yield
        warming.cancel()
        asking.close()
        adding.close()

    app = Starlette(
        routes=[*routes(served, adding), Route("/sparql", asking.respond, methods=list(sparql.METHODS))],
        exception_handlers={HTTPException: refused, Exception: refused},
        middleware=[Middleware(Guard, hosts=hosts, max_body=limits.body, bodies={"/add": limits.upload})],
        lifespan=life,
    )
    app.state.served = served
    return app


def reopened(old: State) -> State:
    """The build that is there now, with all that pages derive from it."""
    fresh = open_state(old.build, curate=old.curate, language=old.language, ledger=old.ledger, added=old.added, limits=old.limits)
    fresh.engine = old.engine
    warm(fresh)
    return fresh


def warm(state: State) -> None:
    """Make what the pages derive before somebody waits for it; a page that comes first makes its own part."""
    from kg.serve.finding import index_of

    index_of(Asked(state, "/", "", state.language, ()))
    for make in (lambda: state.measures, lambda: state.figures, lambda: state.network, lambda: state.flows):
        make()


def routes(served: Served, adding: Adding) -> list[BaseRoute]:
    """All pages, each also with an ending for its files."""
    static = StaticFiles(packages=[("kg.serve", "static")])
    found: list[BaseRoute] = [Mount("/static", static, name="static")]
    for path, show in pages().items():
        endpoint = page(served, show)
        found.append(Route(path, endpoint))
        if "{key" not in path:  # ids have no dots: their endings are part of the key
            named = "/search" if path == "/" else path
            found += [Route(f"{named}.{ending}", endpoint) for ending in ENDINGS]
    from kg.serve.asking import question

    found.append(Route("/question/{key}", question(served)))
    for path, endings in (("/flows", ("picture",)), ("/network", DRAWN)):
        found += [Route(f"{path}.{ending}", drawn(served)) for ending in endings]
    found += [Route(f"/basket.{ending}", written(served)) for ending in WRITTEN]
    if served.state.curate:
        found.append(Route("/claim/{key}/decide", decide(served, on_claim), methods=["POST"]))
        found.append(Route("/names/decide", decide(served, on_names), methods=["POST"]))
        found.append(Route("/ledger/apply", adding.again, methods=["POST"]))
        ledger = page(served, ledger_page)
        found += [Route("/ledger", ledger), *(Route(f"/ledger.{ending}", ledger) for ending in ENDINGS)]
        shown = page(served, adding.show)
        found += [Route("/add", shown, methods=["GET"]), Route("/add", adding.receive, methods=["POST"])]
        found += [Route(f"/add.{ending}", shown) for ending in ENDINGS]
    return found


def written(served: Served) -> Endpoint:
    """The basket as a memo or as references."""
    from kg.serve.basket import basket_file

    def answer(ask: Asked) -> Response:
        body, kind = basket_file(ask)
        name = "references.json" if ask.ending == "csl" else f"basket.{ask.ending}"
        return Response(body, 200, HEADERS | saved_as(name), kind)

    return answering(served, answer)


def drawn(served: Served) -> Endpoint:
    """The picture of a page, or the graph behind it as a file."""
    from kg.serve.pictures import network_file, picture_data

    def answer(ask: Asked) -> Response:
        if ask.ending == "picture":
            html, headers = picture_data(ask, ask.path.strip("/"))
            return Response(html, 200, headers, "text/html")
        body, kind = network_file(ask, ask.ending)
        return Response(body, 200, HEADERS | saved_as(f"network.{ask.ending}"), kind)

    return answering(served, answer)


def pages() -> dict[str, Show]:
    """Path → page."""
    from kg.serve import (
        asking,
        basket,
        comparing,
        console,
        finding,
        listing,
        pictures,
        places,
        reading,
        things,
    )

    return {
        "/": finding.search_page,
        "/documents": reading.documents_page,
        "/document/{key}": reading.document_page,
        "/claim/{key}": reading.claim_page,
        "/claims": listing.claims_page,
        "/provinces": places.provinces_page,
        "/province/{key}": places.province_page,
        "/compare": comparing.compare_page,
        "/precedents": comparing.precedents_page,
        "/flows": pictures.flows_page,
        "/network": pictures.network_page,
        "/questions": asking.questions_page,
        "/thing": things.thing_page,
        "/basket": basket.basket_page,
        "/console": console.console_page,
    }
