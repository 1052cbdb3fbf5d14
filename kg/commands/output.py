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
#: ending of a file → what is written into it
ENDINGS = {".csv": "csv", ".json": "json", ".jsonl": "jsonl", ".md": "md", ".txt": "table", ".xlsx": "xlsx"}
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
TableFormat = Annotated[
    str | None,
    typer.Option(
        "--format",
        help="table, csv, json, jsonl, md; xlsx with --out",
        show_default="table, or the ending of --out",
        callback=choice(*FORMATS, "xlsx"),
    ),
]
Out = Annotated[
    Path | None, typer.Option("--out", help="file to write (.csv, .xlsx, .json, .jsonl, .md) instead of printing")
]
Bom = Annotated[bool, typer.Option("--bom", help="csv with a byte order mark, for Excel")]
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
    """The command, with `--format`, `--language`, `--out` and `--bom` added and its table printed or written.

    A command that has a parameter `language` is given the language.
    """
    signature = inspect.signature(command)
    wants_language = "language" in signature.parameters
    # annotations are texts here; those of results are imported for type checkers only
    own = [
        p.replace(annotation=eval(p.annotation, command.__globals__)) for p in signature.parameters.values()
    ]

    @functools.wraps(command)
    def printing(
        *args: Any, format: str | None, language: str, out: Path | None, bom: bool, **kwargs: Any
    ) -> None:
        format = file_format(format, out)
        if wants_language:
            kwargs["language"] = language
        answer = command(*args, **kwargs)
        if not isinstance(answer, Answer):
            answer = Answer(answer)
        if out is None:
            echo_tables(answer, format, language, bom=bom)
        else:
            data = table_bytes(answer, format, language, bom=bom, build=kwargs.get("build"))
            typer.echo(str(write_file(out, data)))
        tell_errors(answer.errors)
        if answer.errors or answer.failed:
            raise typer.Exit(1)

    kept = [p for p in own if p.name != "language"]
    extra = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for name, default, annotation in (
            ("format", None, TableFormat),
            ("language", "zh", Language),
            ("out", None, Out),
            ("bom", False, Bom),
        )
    ]
    printing.__signature__ = signature.replace(  # type: ignore[attr-defined]
        parameters=[*kept, *extra], return_annotation=None
    )
    printing.__annotations__ = {p.name: p.annotation for p in [*kept, *extra]}
    return tells_errors(printing)


def file_format(fmt: str | None, out: Path | None) -> str:
    """The format asked for, else that of the file's ending, else `table`. Raises `KgError` for xlsx without a file
    and for an ending that says nothing.
    """
    if fmt == "xlsx" and out is None:
        raise KgError("--format xlsx: a workbook needs a file; add --out table.xlsx")
    if fmt is None and out is not None:
        fmt = ENDINGS.get(out.suffix.lower())
        if fmt is None:
            raise KgError(f"--out {out}: unknown ending; use {', '.join(ENDINGS)} or say --format")
    return fmt or "table"


def echo_tables(answer: Answer, fmt: str, language: str, *, bom: bool = False) -> None:
    """Print the tables of an answer on stdout."""
    typer.echo(("\ufeff" if bom and fmt == "csv" else "") + _rendered(answer, fmt, language), nl=False)


def _rendered(answer: Answer, fmt: str, language: str) -> str:
    from kg.export.tables import render

    tables = (*answer.before, answer.table) if fmt in ("table", "md") else (answer.table,)
    return "\n".join(render(table, fmt, language=language, width=terminal_width()) for table in tables)


def table_bytes(
    answer: Answer, fmt: str, language: str, *, bom: bool = False, build: str | None = None
) -> bytes:
    """An answer as the bytes of a file. A workbook has a codebook that names the documents of the build."""
    if fmt != "xlsx":
        return _rendered(answer, fmt, language).encode("utf-8-sig" if bom and fmt == "csv" else "utf-8")
    from kg.build import DOCUMENTS, load_documents
    from kg.export.codebook import codebook
    from kg.export.workbook import workbook

    folder = Path(settings(build=build).build)
    documents = load_documents(folder) if (folder / DOCUMENTS).is_file() else []
    book = codebook(answer.table, [d.source for d in documents], language=language)
    return workbook(answer.table, book, language=language)


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
