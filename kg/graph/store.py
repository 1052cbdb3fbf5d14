"""Where the dataset is asked: a store answers SPARQL over the union of its graphs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from kg.config import DOCUMENTS
from kg.errors import GraphError, KgError
from kg.graph.disk import open_disk
from kg.manifest import MANIFEST, checked_bytes, damage, load_manifest, of_one_build


class Store(Protocol):
    """Anything that answers SPARQL over the union of its graphs."""

    def query(self, sparql: str) -> Any: ...


@dataclass(frozen=True, slots=True)
class OxigraphStore:
    """An Oxigraph store, in memory or on disk. `inner` is pyoxigraph's, for `graph` and `query` only.

    Oxigraph brings literals to canonical form (`1.50` → `1.5`) and language tags to lower case: printed
    amounts are in the quotes.
    """

    inner: Any

    def query(self, sparql: str) -> Any:
        """Results of a query over all graphs; the engine refuses updates with SyntaxError."""
        return self.inner.query(sparql, use_default_graph_as_union=True)


#: graphs up to this size are parsed by who asks often: in memory answers come some four times as fast
OFTEN = 64_000_000


def open_store(path: Path, *, often: bool = False) -> OxigraphStore:
    """The graph file `path`; of a build, its store on disk where that is whole, which takes milliseconds.

    Who asks `often` gets it in memory up to `OFTEN` bytes.

    Raises `GraphError` where the file is missing or not TriG, `KgError` for a build of another version and for one
    that is damaged.
    """
    if not path.is_file():
        raise GraphError(f"{path}: no such graph; run `kg build` first")
    if not any((path.parent / name).exists() for name in (MANIFEST, DOCUMENTS)):
        return load_store(path.read_bytes(), where=path.name)
    return of_one_build(path.parent, lambda: _open(path, often))


def _open(path: Path, often: bool) -> OxigraphStore:
    manifest = load_manifest(path.parent)
    size, checksum = manifest.files.get(path.name, (-1, ""))
    if path.stat().st_size != size:
        raise KgError(damage(path))
    if not (often and size < OFTEN) and (found := open_disk(path.parent, checksum)) is not None:
        return OxigraphStore(found)
    return load_store(checked_bytes(path.parent, path.name, manifest), where=path.name)


def load_store(trig: bytes, *, where: str = "graph") -> OxigraphStore:
    """A store of TriG bytes. Raises `GraphError` naming the line where they do not parse."""
    import pyoxigraph as ox

    store = ox.Store()
    try:
        store.bulk_load(trig, format=ox.RdfFormat.TRIG)
    except (SyntaxError, ValueError) as error:
        raise GraphError(f"{where}: not a TriG graph: {error}; build it anew") from None
    return OxigraphStore(store)
