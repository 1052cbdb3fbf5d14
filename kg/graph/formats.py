"""The dataset in other forms of RDF: N-Triples, N-Quads, JSON-LD, and one claim as a nanopublication.

Every form is sorted, so that the same graph gives the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kg import ids, vocab
from kg.errors import GraphError
from kg.graph.store import open_store

_PREFIXED = sorted(
    ((space, p) for p, space in vocab.PREFIXES.items()), key=lambda item: (-len(item[0]), item[1])
)
#: what one claim brings along: nodes of the claim itself
_OWN = re.compile(r"/id/(?:measure|recommendation|gap|observation|amount|beneficiary|claim)/")


def as_ntriples(path: Path) -> bytes:
    """The triples of all graphs of a TriG file as N-Triples, sorted, each once. Raises `GraphError`."""
    import pyoxigraph as ox

    triples = {quad.triple for quad in open_store(path).inner}
    return _lines(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES))


def as_nquads(path: Path) -> bytes:
    """All quads of a TriG file as N-Quads, sorted. Raises `GraphError`."""
    import pyoxigraph as ox

    return _lines(ox.serialize(open_store(path).inner, format=ox.RdfFormat.N_QUADS))


def as_jsonld(path: Path) -> bytes:
    """All graphs of a TriG file as JSON-LD with the project's prefixes as context. Raises `GraphError`."""
    graphs: dict[str, dict[str, dict[str, Any]]] = {}
    for quad in open_store(path).inner:
        node = graphs.setdefault(quad.graph_name.value, {}).setdefault(
            quad.subject.value, {"@id": _short(quad.subject.value)}
        )
        if quad.predicate.value == vocab.TYPE:
            node.setdefault("@type", []).append(_short(quad.object.value))
        else:
            node.setdefault(_short(quad.predicate.value), []).append(_value(quad.object))
    whole = {
        "@context": dict(sorted(vocab.PREFIXES.items())),
        "@graph": [
            {"@id": _short(name), "@graph": [_sorted(nodes[key]) for key in sorted(nodes)]}
            for name, nodes in sorted(graphs.items())
        ],
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def nanopublication(path: Path, claim: str, *, version: str) -> bytes:
    """One claim of a TriG file as a nanopublication: assertion, provenance, publication info.

    The assertion holds what the claim states with its own nodes and the names of what it speaks of; the
    provenance the document with its checksum, the exact quote with context, and the rule. It carries no date:
    the same claim gives the same bytes. `claim` is an id, c-…; raises `GraphError` where there is no such.
    """
    import pyoxigraph as ox

    from kg.graph.turtle import iri, string, trig

    store = open_store(path).inner
    node = ox.NamedNode(ids.of_claim("claim", claim))
    stated = [q.object for q in store.quads_for_pattern(node, ox.NamedNode(vocab.IS_STATED_IN), None, None)]
    if not stated:
        raise GraphError(f"{claim}: no such claim in {path}; `kg ask` prints ids (c-…)")
    here = f"{vocab.IPID}nanopub/{claim}"
    parts = {name: f"{here}#{name}" for name in ("head", "assertion", "provenance", "pubinfo")}
    evidenced = ox.NamedNode(vocab.IS_EVIDENCED_BY)
    facts = {q.subject for q in store.quads_for_pattern(None, evidenced, node, None)}
    own = {s for s in facts if _OWN.search(s.value)}
    assertion = set()
    for subject in sorted(own, key=lambda n: n.value):
        assertion |= _described(store, subject)
    things = {s for s in facts if s not in own and "/flow/" not in s.value and "/naming/" not in s.value}
    things |= {o for _, _, o in assertion if isinstance(o, ox.NamedNode) and not _OWN.search(o.value)}
    if not own:  # an entity, a policy or a relation: its things as this document states them
        home = ox.NamedNode(ids.graph(stated[0].value.rpartition("/")[2]))
        for subject in sorted(things, key=lambda n: n.value):
            found = {q.triple for q in store.quads_for_pattern(subject, None, None, home)}
            assertion |= {t for t in map(tuple, found) if t[2] not in (node,) and t[1] != evidenced}
    for thing in sorted(things, key=lambda n: n.value):
        for term in (vocab.LABEL, vocab.TYPE):
            assertion |= {
                tuple(q.triple) for q in store.quads_for_pattern(thing, ox.NamedNode(term), None, None)
            }
    provenance = set()
    for subject in (node, *sorted(_selectors(store, node), key=lambda n: n.value), *stated):
        provenance |= {tuple(q.triple) for q in store.quads_for_pattern(subject, None, None, None)}
    np = "http://www.nanopub.org/nschema#"
    this = f"<{here}>"
    head = {
        (this, iri(vocab.TYPE), f"<{np}Nanopublication>"),
        (this, f"<{np}hasAssertion>", f"<{parts['assertion']}>"),
        (this, f"<{np}hasProvenance>", f"<{parts['provenance']}>"),
        (this, f"<{np}hasPublicationInfo>", f"<{parts['pubinfo']}>"),
    }
    pubinfo = {
        (this, iri(vocab.CREATOR), f"<{vocab.BASE}project>"),
        (this, iri(vocab.LICENSE), "<https://creativecommons.org/licenses/by/4.0/>"),
        (this, iri(vocab.PROV + "wasGeneratedBy"), string(f"kg {version}")),
    }
    return trig(
        {
            parts["head"]: head,
            parts["assertion"]: {_written(t) for t in assertion},
            parts["provenance"]: {
                (f"<{parts['assertion']}>", iri(vocab.PROV + "wasDerivedFrom"), f"<{node.value}>"),
                *(_written(t) for t in provenance),
            },
            parts["pubinfo"]: pubinfo,
        }
    )


def _described(store: Any, subject: Any) -> set[Any]:
    """The triples of a node and of the claim's own nodes it points to, without links to the claim."""
    out: set[Any] = set()
    waiting, seen = [subject], set()
    while waiting:
        node = waiting.pop()
        seen.add(node)
        for quad in store.quads_for_pattern(node, None, None, None):
            if quad.predicate.value == vocab.IS_EVIDENCED_BY:
                continue
            out.add(tuple(quad.triple))
            target = quad.object
            if hasattr(target, "value") and _OWN.search(str(target.value)) and target not in seen:
                waiting.append(target)
    return out


def _selectors(store: Any, claim: Any) -> set[Any]:
    import pyoxigraph as ox

    return {q.object for q in store.quads_for_pattern(claim, ox.NamedNode(vocab.OA_HAS_SELECTOR), None, None)}


def _written(triple: Iterable[Any]) -> tuple[str, str, str]:
    import pyoxigraph as ox

    from kg.graph.turtle import iri

    def term(value: Any) -> str:
        return iri(value.value) if isinstance(value, ox.NamedNode) else str(value)

    subject, predicate, target = (term(value) for value in triple)
    return subject, predicate, target


def _lines(data: bytes | None) -> bytes:
    assert data is not None
    return b"".join(sorted(data.splitlines(keepends=True)))


def _value(term: Any) -> Any:
    import pyoxigraph as ox

    if isinstance(term, ox.NamedNode):
        return {"@id": _short(term.value)}
    if term.language:
        return {"@language": term.language, "@value": term.value}
    if term.datatype.value == vocab.XSD + "string":
        return term.value
    return {"@type": _short(term.datatype.value), "@value": term.value}


def _sorted(node: dict[str, Any]) -> dict[str, Any]:
    def order(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, sort_keys=True)

    return {
        key: sorted(node[key], key=order) if isinstance(node[key], list) else node[key]
        for key in sorted(node)
    }


def _short(iri: str) -> str:
    """An IRI with a prefix of the context, where what is left cannot be read as something else."""
    for space, prefix in _PREFIXED:
        rest = iri[len(space) :]
        if iri.startswith(space) and rest and not rest.startswith("//"):
            return f"{prefix}:{rest}"
    return iri
