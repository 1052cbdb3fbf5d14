"""A server on a free loopback port, asked by real clients."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from kg.serve.engine import Bounds
from kg.serve.guard import Guard
from kg.serve.sparql import METHODS, Endpoint

SMALL = Path(__file__).parents[1] / "fixtures" / "small.trig"


@dataclass(frozen=True)
class Running:
    address: str
    endpoint: Endpoint

    @property
    def sparql(self) -> str:
        return self.address + "/sparql"


@contextlib.contextmanager
def serving(app: Any, lifespan: Literal["on", "off"] = "off") -> Iterator[str]:
    """The address of an application that runs in a thread."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan=lifespan, ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()


@contextlib.contextmanager
def endpoint_on(graph: Path, bounds: Bounds) -> Iterator[Running]:
    endpoint = Endpoint(graph, bounds)

    async def page(request: Any) -> PlainTextResponse:
        return PlainTextResponse("a page")

    app = Starlette(
        routes=[Route("/sparql", endpoint.respond, methods=list(METHODS)), Route("/page", page)]
    )
    try:
        with serving(Guard(app)) as address:
            yield Running(address, endpoint)
    finally:
        endpoint.close()
