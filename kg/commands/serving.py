"""The command that opens the workbench: serve."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from kg.commands.output import Build, Language, settings, tells_errors
from kg.errors import KgError

LOOPBACK = ("127.0.0.1", "::1", "localhost")


@tells_errors
def serve(
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0: any free one")] = 8765,
    host: Annotated[str, typer.Option("--host", help="another address than this machine's own")] = "127.0.0.1",
    curate: Annotated[bool, typer.Option("--curate", help="let pages write decisions to the ledger")] = False,
    ledger: Annotated[Path, typer.Option("--ledger", help="file of decisions, with --curate")] = Path("ledger.jsonl"),
    added: Annotated[Path, typer.Option("--added", help="folder that keeps files added in the page, with --curate")] = Path("added"),
    seconds: Annotated[float, typer.Option("--seconds", help="most time for one query")] = 30.0,
    rows: Annotated[int, typer.Option("--rows", help="most rows of one answer")] = 10_000,
    at_once: Annotated[int, typer.Option("--at-once", help="most queries at one time")] = 4,
    nodes: Annotated[int, typer.Option("--nodes", help="most nodes of one network")] = 1000,
    body_kilobytes: Annotated[int, typer.Option("--body-kilobytes", help="largest request that is no upload")] = 1000,
    upload_files: Annotated[int, typer.Option("--upload-files", help="most files added at one time")] = 100,
    upload_megabytes: Annotated[float, typer.Option("--upload-megabytes", help="most bytes added at one time")] = 64.0,
    build: Build = None,
    language: Language = "zh",
) -> None:
    """Open the workbench: a web page of this machine alone, on a build; stop with Ctrl-C."""
    import socket
    import threading

    import uvicorn

    from kg.serve.app import create_app, warm
    from kg.serve.limits import Limits

    if curate and host not in LOOPBACK:
        raise KgError(f"--host {host}: --curate writes files and asks for no password; serve it on 127.0.0.1 only")
    folder = Path(settings(build=build).build)
    limits = Limits(seconds, rows, at_once, nodes, body_kilobytes, upload_files, upload_megabytes)
    app = create_app(folder, curate=curate, language=language, ledger=ledger, added=added, limits=limits, hosts=[host])
    try:
        bound = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise KgError(f"--port {port}: {error.strerror or error}; choose another, or 0 for any free one") from None
    shown = f"[{host}]" if ":" in host else host
    typer.echo(f"http://{shown}:{bound.getsockname()[1]}/  ({folder}; Ctrl-C stops)")
    if host not in LOOPBACK:
        typer.echo(f"kg: {host} can be reached by other machines; there is no password", err=True)
    threading.Thread(target=warm, args=(app.state.served.state,), daemon=True).start()
    config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=2, limit_concurrency=200)
    with bound:
        uvicorn.Server(config).run(sockets=[bound])


COMMANDS: tuple[Any, ...] = (serve,)
