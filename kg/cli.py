"""`kg`: the command line. Nothing heavy is imported before a command runs."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from kg import __version__
from kg.commands import (
    asking,
    auditing,
    comparing,
    curating,
    interchange,
    judging,
    keeping,
    making,
    modelling,
    overview,
    publishing,
    reporting,
    serving,
    tracing,
    writing,
)

app = typer.Typer(
    name="kg",
    help="Innovation policies and actors as an open knowledge graph, built from Chinese text.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"kg {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="print the version")
    ] = False,
) -> None:
    pass


for _group in (
    making,
    modelling,
    asking,
    tracing,
    comparing,
    overview,
    judging,
    auditing,
    publishing,
    reporting,
    writing,
    curating,
    interchange,
    keeping,
    serving,
):
    for _command in _group.COMMANDS:
        app.command()(_command)


def main() -> None:
    """Entry point of the `kg` script."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure") and (stream.encoding or "").lower().replace("-", "") != "utf8":
            # files and pipes are UTF-8 everywhere; a terminal keeps its encoding and shows ? for the rest
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")
    try:
        app()
    except BrokenPipeError:
        # the reader (head, less) has enough: no traceback, and none when Python closes stdout
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        typer.echo("kg: interrupted", err=True)
        sys.exit(130)
