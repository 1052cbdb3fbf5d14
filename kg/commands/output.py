"""What all commands share: output options, errors on stderr, exit codes, progress."""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.errors import KgError

if TYPE_CHECKING:
    from kg.config import Settings
    from kg.query.table import Table

FORMATS = ("table", "csv", "json", "jsonl", "md")
LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command found: the table it is about, tables to read before it, problems, and the exit code.

    csv, json and jsonl print `table` alone; table and md print `before` too.
    """

    table: Table
    before: tuple[Table, ...] = ()
    errors: tuple[str, ...] = ()
    failed: bool = False


def choice(*allowed: str) -> Callable[[str | None], str | None]:
    """A check for an option that takes one of few words."""

    def check(value: str | None) -> str | None:
        if value is not None and value not in allowed:
            raise typer.BadParameter(f"{value}: unknown; choose one of {', '.join(allowed)}")
        return value

    return check


Format = Annotated[
    str, typer.Option("--format", help="table, csv, json, jsonl or md", callback=choice(*FORMATS))
]
Language = Annotated[
    str, typer.Option("--language", help="zh or en: headings and labels", callback=choice(*LANGUAGES))
]
Build = Annotated[
    str | None, typer.Option("--build", help="folder that `kg build` wrote", show_default="build")
]


def tells_errors(command: Callable[..., Any]) -> Callable[..., Any]:
    """The command, with a `KgError` told in one line on stderr and its exit code."""

    @functools.wraps(command)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except KgError as error:
            tell_errors(str(error).split("\n"))
            raise typer.Exit(error.exit_code) from None

    return guarded


def prints_table(command: Callable[..., Answer | Table]) -> Callable[..., None]:
    """The command, with `--format` and `--language` added and its table printed.

    A command that has a parameter `language` is given the language.
    """
    signature = inspect.signature(command)
    wants_language = "language" in signature.parameters
    # annotations are texts here; those of results are imported for type checkers only
    own = [
        p.replace(annotation=eval(p.annotation, command.__globals__)) for p in signature.parameters.values()
    ]

    @functools.wraps(command)
    def printing(*args: Any, format: str, language: str, **kwargs: Any) -> None:
        if wants_language:
            kwargs["language"] = language
        answer = command(*args, **kwargs)
        if not isinstance(answer, Answer):
            answer = Answer(answer)
        echo_tables(answer, format, language)
        tell_errors(answer.errors)
        if answer.errors or answer.failed:
            raise typer.Exit(1)

    kept = [p for p in own if p.name != "language"]
    extra = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for name, default, annotation in (("format", "table", Format), ("language", "zh", Language))
    ]
    printing.__signature__ = signature.replace(  # type: ignore[attr-defined]
        parameters=[*kept, *extra], return_annotation=None
    )
    printing.__annotations__ = {p.name: p.annotation for p in [*kept, *extra]}
    return tells_errors(printing)


def echo_tables(answer: Answer, fmt: str, language: str) -> None:
    """Print the tables of an answer on stdout."""
    from kg.export.tables import render

    tables = (*answer.before, answer.table) if fmt in ("table", "md") else (answer.table,)
    texts = [render(table, fmt, language=language, width=terminal_width()) for table in tables]
    typer.echo("\n".join(texts), nl=False)


def terminal_width() -> int:
    """Columns of the terminal; 160 where there is none (a file, a pipe)."""
    import shutil

    return shutil.get_terminal_size((160, 40)).columns if sys.stdout.isatty() else 160


def tell_errors(messages: Any) -> None:
    """One line each on stderr."""
    for message in messages:
        typer.echo(f"kg: {message}", err=True)


def settings(**flags: Any) -> Settings:
    """The settings in force, flags that were given included."""
    from kg.config import load_settings

    return load_settings(**flags)


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None]]:
    """A function `tell(stage, done, of)` that draws a bar on stderr; silent where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield lambda stage, done, of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:10}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bars:
        tasks: dict[str, Any] = {}

        def tell(stage: str, done: int, of: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=of)
            bars.update(tasks[stage], completed=done, total=of)

        yield tell


def write_file(path: Path, data: bytes) -> Path:
    """Write a file, folders included. Raises `KgError` where that cannot be done."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise KgError(f"{error.filename or path}: {error.strerror}; give --out another place") from error
    return path
