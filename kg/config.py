"""Settings: defaults, then a file, then the environment, then flags; later ones win.

The file is `kg.toml` in the current folder, or the one that `KG_CONFIG` names. A key `workers` is
`KG_WORKERS` in the environment. Unknown keys and values of the wrong kind are refused, naming their place.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from kg.errors import KgError

FILE = "kg.toml"
#: what a build folder holds, and nothing else
GRAPH, REPORT, DOCUMENTS, CLAIMS, VIEWS = "graph.trig", "report.json", "documents.jsonl", "claims", "views"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read of what people or enemies hand over. Sizes in megabytes (10⁶ bytes), times in seconds."""

    max_megabytes: float = 64.0  # of one file, or member of an archive
    unpacked_megabytes: float = 512.0  # of all members of one archive
    archive_files: int = 2000  # members of one archive
    archive_depth: int = 2  # archives in archives
    max_pages: int = 2000  # of a PDF
    convert_seconds: float = 60.0  # for LibreOffice, which converts older Word files
    ledger_megabytes: float = 64.0  # of a curators' ledger


_DEFAULT = Limits()


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a user may set for all commands. Sizes in megabytes, times in seconds."""

    build: str = "build"  # the folder of the graph
    rules: str = ""  # folder with the user's own lexicon entries and cues
    workers: int = 0  # processes for reading and extraction; 0: as many as there are processors
    restore_megabytes: float = 16_000.0  # of a build that `kg restore` unpacks
    picture_claims: int = 40_000  # builds of more claims get no pictures
    max_megabytes: float = _DEFAULT.max_megabytes  # files larger than this are refused; see `Limits`
    unpacked_megabytes: float = _DEFAULT.unpacked_megabytes
    archive_files: int = _DEFAULT.archive_files
    archive_depth: int = _DEFAULT.archive_depth
    max_pages: int = _DEFAULT.max_pages
    convert_seconds: float = _DEFAULT.convert_seconds
    ledger_megabytes: float = _DEFAULT.ledger_megabytes
    row_limit: int = 1000  # most rows of an answer
    query_seconds: float = 30.0  # time limit of a query
    language: str = "zh"

    @property
    def processes(self) -> int:
        return self.workers or os.cpu_count() or 1

    @property
    def limits(self) -> Limits:
        return Limits(**{field.name: getattr(self, field.name) for field in fields(Limits)})


def load_settings(
    file: str | Path | None = None, environ: Mapping[str, str] | None = None, **flags: Any
) -> Settings:
    """The settings in force; flags that are None do not count. Raises `KgError` naming file and key."""
    environ = os.environ if environ is None else environ
    named = file or environ.get("KG_CONFIG")
    path = Path(named) if named else Path(FILE)
    settings = Settings()
    if named or path.is_file():
        for key, value in _read(path).items():
            settings = _with(settings, key, value, f"{path}: {key}")
    for field in fields(Settings):
        name = f"KG_{field.name.upper()}"
        if environ.get(name):
            settings = _with(settings, field.name, environ[name], name)
    for key, value in flags.items():
        if value is not None:
            settings = _with(settings, key, value, f"--{key.replace('_', '-')}")
    return settings


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise KgError(f"{path}: {reason}; name a settings file that exists") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KgError(f"{path}: not TOML ({error}); write lines like workers = 2") from error


def _with(settings: Settings, key: str, value: Any, where: str) -> Settings:
    known = {field.name: type(getattr(settings, field.name)) for field in fields(Settings)}
    if key not in known:
        raise KgError(f"{where}: unknown setting; known: {', '.join(known)}")
    kind = known[key]
    try:
        # a text stands for a number (environment), a number never for a text
        if isinstance(value, bool) or (kind is str and not isinstance(value, str)):
            raise ValueError
        converted = kind(value)
    except ValueError:
        wanted = {int: "a whole number", float: "a number", str: "a text"}[kind]
        raise KgError(f"{where}: {value!r} is not {wanted}") from None
    if kind is not str and converted < 0:
        raise KgError(f"{where}: {value} is negative; give 0 or more")
    if key == "language" and converted not in ("zh", "en"):
        raise KgError(f"{where}: {value}: unknown language; choose zh or en")
    return replace(settings, **{key: converted})
