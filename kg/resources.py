"""Where the data that ships with the package lies: `ontology/`, `queries/`, `sources/`.

In a checkout they are top-level folders; in a wheel they lie under `kg/_data` (hatchling `force-include`).
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from kg.errors import KgError


def data_dir(name: str) -> Path:
    """The folder `name` (`ontology`, `queries` or `sources`) as a path. Raises `KgError` if it is not there."""
    package = Path(str(files("kg")))
    for candidate in (package / "_data" / name, package.parent / name):
        if candidate.is_dir():
            return candidate
    raise KgError(f"{name}: the package's data folder is missing; reinstall the package")
