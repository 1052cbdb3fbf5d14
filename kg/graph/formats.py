"""The dataset in other forms of RDF."""

from __future__ import annotations

from pathlib import Path

from kg.graph.store import open_store


def as_ntriples(path: Path) -> bytes:
    """The triples of all graphs of a TriG file as N-Triples, sorted, each once. Raises `GraphError`."""
    import pyoxigraph as ox

    triples = {quad.triple for quad in open_store(path).inner}
    lines = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    assert lines is not None
    return b"".join(sorted(lines.splitlines(keepends=True)))
