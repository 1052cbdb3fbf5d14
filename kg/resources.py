"""Where the data that ships with the package lies: `ontology/`, `queries/`, `sources/`.

In a checkout they are top-level folders; in a wheel they lie under `kg/_data` (hatchling `force-include`).
"""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path

from kg.errors import KgError


def data_dir(name: str) -> Path:
    """The folder `name` (`ontology`, `queries`, `sources`) as a path. Raises `KgError` if it is missing."""
    package = Path(str(files("kg")))
    for candidate in (package / "_data" / name, package.parent / name):
        if candidate.is_dir():
            return candidate
    raise KgError(f"{name}: the package's data folder is missing; reinstall the package")


def lexicon_files(name: str) -> list[Path]:
    """The file `name` of the package's lexicons, then the one in the user's own folder, where it has one.

    The folder is what `--rules` names; `KG_RULES` carries it to worker processes.
    """
    found = [data_dir("sources") / "lexicons" / name]
    own = os.environ.get("KG_RULES")
    if own and (Path(own) / name).is_file():
        found.append(Path(own) / name)
    return found
