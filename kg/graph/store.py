"""Where the dataset is asked: a store answers SPARQL over the union of its graphs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from kg.errors import GraphError


class Store(Protocol):
    """Anything that answers SPARQL over the union of its graphs."""

    def query(self, sparql: str) -> Any: ...


@dataclass(frozen=True, slots=True)
class OxigraphStore:
    """An Oxigraph store in memory. `inner` is pyoxigraph's, for `graph` and `query` only.

    Oxigraph brings literals to canonical form (`1.50` → `1.5`) and language tags to lower case: printed
    amounts are in the quotes.
    """

    inner: Any

    def query(self, sparql: str) -> Any:
        """Results of a query over all graphs; the engine refuses updates with SyntaxError."""
        return self.inner.query(sparql, use_default_graph_as_union=True)


def open_store(path: Path) -> OxigraphStore:
    """The TriG file `path` in memory. Raises `GraphError` where it is missing or not TriG."""
    if not path.is_file():
        raise GraphError(f"{path}: no such graph; run `kg build` first")
    return load_store(path.read_bytes(), where=path.name)


def load_store(trig: bytes, *, where: str = "graph") -> OxigraphStore:
    """A store of TriG bytes. Raises `GraphError` naming the line where they do not parse."""
    import pyoxigraph as ox

    store = ox.Store()
    try:
        store.bulk_load(trig, format=ox.RdfFormat.TRIG)
    except (SyntaxError, ValueError) as error:
        raise GraphError(f"{where}: not a TriG graph: {error}; build it anew") from None
    return OxigraphStore(store)
