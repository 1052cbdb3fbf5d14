"""Commands that keep builds: backup, restore."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from kg.commands.output import Build, settings, tells_errors


@tells_errors
def backup(
    out: Annotated[Path, typer.Option("--out", help="file to write (.zip)")],
    ledger: Annotated[Path | None, typer.Option("--ledger", help="curators' decisions to keep with the build")] = None,
    build: Build = None,
) -> None:
    """Write a build, and the ledger, to one file with the checksum of everything in it."""
    from kg.build.backup import backup as run

    number = run(settings(build=build).build, out, ledger=ledger)
    typer.echo(f"{number} files → {out}")


@tells_errors
def restore(
    file: Annotated[Path, typer.Argument(help="file that `kg backup` wrote")],
    out: Annotated[str | None, typer.Option("--out", help="folder of the build", show_default="build")] = None,
    ledger: Annotated[Path | None, typer.Option("--ledger", help="where to write the ledger in it")] = None,
) -> None:
    """Bring a build back from a backup, every file checked, in the place of the one that is there."""
    from kg.build.backup import restore as run

    chosen = settings(build=out)
    number = run(file, chosen.build, ledger=ledger, megabytes=chosen.restore_megabytes)
    typer.echo(f"{number} files → {chosen.build}")


COMMANDS: tuple[Any, ...] = (backup, restore)
