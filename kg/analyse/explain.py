"""What a thing is called, and why each name is taken for it."""

from __future__ import annotations

from kg.analyse.rows import Queryable, local_name, rows
from kg.errors import KgError
from kg.query.bind import iri, literal
from kg.query.table import Table
from kg.vocab import IPID

#: quotes longer than this are clipped in tables
_CLIP = 60


def find_things(store: Queryable, name: str) -> list[str]:
    """IRIs of things with that IRI (whole, or what follows `…/id/`), label or other name, sorted.

    Raises `KgError` where the text cannot be a name.
    """
    try:
        if ":" in name:
            found = rows(store, f"SELECT DISTINCT ?s WHERE {{ VALUES ?s {{ {iri(name)} }} ?s a ?class }}")
            return [subject for (subject,) in found]
        text = literal(name)
        quoted = iri(IPID + name) if "/" in name else ""
    except ValueError as error:
        raise KgError(f"{name}: {error}; give an IRI or a name") from None
    if quoted:
        found = rows(store, f"SELECT DISTINCT ?s WHERE {{ VALUES ?s {{ {quoted} }} ?s a ?class }}")
        if found:
            return [subject for (subject,) in found]
    found = rows(
        store,
        f"""SELECT DISTINCT ?s WHERE {{
              {{ ?s rdfs:label ?label . FILTER(STR(?label) = {text}) }}
              UNION {{ ?s skos:altLabel ?label . FILTER(STR(?label) = {text}) }}
              UNION {{ ?s eli:number {text} }}
              UNION {{ ?n ip:namesThing ?s ; rdfs:label ?label . FILTER(STR(?label) = {text}) }}
              ?s a ?class . MINUS {{ ?s a ip:Naming }} MINUS {{ ?s a ip:SourceDocument }}
              MINUS {{ ?s a skos:ConceptScheme }} MINUS {{ ?s a ip:Measure }} MINUS {{ ?s a ip:Beneficiary }}
            }} ORDER BY ?s""",
    )
    return [subject for (subject,) in found]


def explain(store: Queryable, thing: str) -> list[Table]:
    """Two tables of a thing: what it is, and its names with reason and evidence. `thing` is an IRI."""
    node = f"<{thing}>"
    facts = rows(
        store,
        f"""SELECT ?key ?value WHERE {{
              {{ {node} a ?value . BIND("class" AS ?key) }}
              UNION {{ {node} rdfs:label ?value . BIND("label" AS ?key) }}
              UNION {{ {node} eli:number ?value . BIND("number" AS ?key) }}
              UNION {{ {node} (ip:appliesIn|eli:jurisdiction|ip:isPartOf)/rdfs:label ?value
                       FILTER(LANG(?value) = "zh") BIND("area" AS ?key) }}
              UNION {{ {node} skos:notation ?value . BIND("code" AS ?key) }}
              UNION {{ {node} ip:isSucceededBy/rdfs:label ?value . BIND("succeeded by" AS ?key) }}
              UNION {{ {node} ip:isMentionedIn/dcterms:title ?value . BIND("mentioned in" AS ?key) }}
            }} ORDER BY ?key ?value""",
    )
    pairs = [("thing", thing), *((k, local_name(v) if k == "class" else v) for k, v in facts)]
    what = Table(("key", "value"), tuple(pairs), title=_label(facts, thing))
    names = rows(
        store,
        f"""SELECT ?written ?how ?reason ?document ?quote ?claim WHERE {{
              ?n ip:namesThing {node} ; rdfs:label ?written ; ip:hasReasonKind ?how ; ip:hasLinkReason ?reason .
              OPTIONAL {{
                ?n ip:isEvidencedBy ?claim .
                OPTIONAL {{ ?claim ip:isStatedIn/dcterms:title ?document ; oa:hasSelector/oa:exact ?quote }}
              }}
            }} ORDER BY ?written ?how ?reason ?claim""",
    )
    body = tuple(
        (written, local_name(how), reason, document, _clipped(quote), local_name(claim))
        for written, how, reason, document, quote, claim in names
    )
    columns = ("name", "kind of reason", "reason", "document", "quote", "claim")
    return [what, Table(columns, body, title="Names and why they mean it")]


def _label(facts: list[tuple[str, ...]], thing: str) -> str:
    return next((value for key, value in facts if key == "label"), local_name(thing))


def _clipped(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _CLIP else flat[: _CLIP - 1] + "…"
