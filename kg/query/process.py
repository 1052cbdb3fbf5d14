"""A process of its own that holds the graph and answers each request in a copy of itself.

`python -m kg.query.process GRAPH FD` loads the graph once, with a single thread; each request is then a
fork, which shares the graph, costs milliseconds and ends when it has answered. Oxigraph's queries cannot be
cancelled: the system ends a fork at its time limit by an alarm that nothing handles. Forking a server with
its threads instead would be unsafe.

On the control socket FD come file descriptors, one a request: the request as JSON, ended by shutting down
that side, and the answer as one line of JSON and the body behind it. The process ends with its control socket.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from kg.errors import GraphError, QueryError
from kg.query.serialise import serialise
from kg.query.worker import close_the_doors, one_line, syntax_message
from kg.vocab import PREFIXES


def main(graph: str, control: int) -> None:
    from kg.graph.store import open_store

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which closes the socket
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system buries the forks
    with socket.socket(fileno=control) as channel:
        try:
            store = open_store(Path(graph), often=True).inner
        except GraphError as error:
            channel.sendall(json.dumps({"error": str(error)}).encode())
            return
        channel.sendall(b'{"ready": true}')
        while True:
            message, received, _, _ = socket.recv_fds(channel, 1, 1)
            if not message:
                return
            for descriptor in received:
                if os.fork() == 0:
                    channel.close()
                    _answer(store, socket.socket(fileno=descriptor))
                os.close(descriptor)


def _answer(store: Any, connection: socket.socket) -> None:
    """Read one request, answer it, end the process; by SIGALRM where the time is up."""
    try:
        signal.setitimer(signal.ITIMER_REAL, 10)  # a request that never ends
        request = json.loads(b"".join(iter(lambda: connection.recv(65536), b"")))
        signal.setitimer(signal.ITIMER_REAL, request["seconds"])
        close_the_doors()
        head, body = evaluate(store, request)
        connection.sendall(json.dumps(head).encode() + b"\n")
        connection.sendall(body)
    finally:
        with suppress(OSError):
            connection.close()
        os._exit(0)


def evaluate(store: Any, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The head (`ok`, `rows`, `truncated`, or `error`) and the body of the answer to one request."""
    import pyoxigraph as ox

    sparql, where = request["query"], "query"
    default, named = request.get("default_graphs") or [], request.get("named_graphs") or []
    options: dict[str, Any] = {"use_default_graph_as_union": not request.get("chooses_graphs")}
    try:
        if default or named:  # the request's data set takes the place of the query's own
            options = {
                "default_graph": [ox.NamedNode(iri) for iri in default],
                "named_graphs": [ox.NamedNode(iri) for iri in named],
            }
        result = store.query(sparql, **options)
        made = serialise(result, request["format"], limit=request["limit"], prefixes=PREFIXES)
    except (SyntaxError, ValueError) as error:
        return {"ok": False, "error": syntax_message(error, sparql, where)}, b""
    except MemoryError:
        return {"ok": False, "error": f"{where}: takes too much memory; narrow the question"}, b""
    except (QueryError, RuntimeError, OSError) as error:
        return {"ok": False, "error": f"{where}: could not be answered: {one_line(error)}"}, b""
    return {"ok": True, "rows": made.rows, "truncated": made.truncated}, made.body


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
