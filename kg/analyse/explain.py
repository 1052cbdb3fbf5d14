"""What a thing is called, and why each name is taken for it."""

from __future__ import annotations

from dataclasses import replace

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


_KEYS: dict[str, tuple[str, str]] = {
    "thing": ("编号", "Thing"),
    "class": ("类别", "Class"),
    "label": ("名称", "Label"),
    "number": ("文号", "Number"),
    "code": ("区划代码", "Code"),
    "area": ("所在地区", "Place"),
    "succeeded by": ("后继", "Succeeded by"),
    "mentioned in": ("出现于", "Mentioned in"),
}
_NAMES: dict[str, tuple[str, str]] = {
    "written": ("写法", "Written"),
    "how": ("缘由类别", "Kind of reason"),
    "reason": ("缘由", "Reason"),
    "document": ("文献", "Document"),
    "quote": ("原文", "Quote"),
    "claim": ("陈述", "Claim"),
}
_TITLES = {
    "names": ("各种写法与缘由", "Names and why they mean it"),
    "said": ("原文依据（至多十条）", "Where it is said (ten at most)"),
}


def explain(store: Queryable, thing: str, language: str = "zh") -> list[Table]:
    """Three tables of a thing: what it is, the words it rests on, and its names with reason and evidence.

    `thing` is an IRI; headings and kinds of reasons are in `language`.
    """
    index = {"zh": 0, "en": 1}[language]
    node = f"<{thing}>"
    facts = rows(
        store,
        f"""SELECT DISTINCT ?key ?value WHERE {{
              {{ {node} a ?value . BIND("class" AS ?key) }}
              UNION {{ {node} rdfs:label ?value FILTER(LANG(?value) IN ("zh", "{language}")) BIND("label" AS ?key) }}
              UNION {{ {node} eli:number ?value . BIND("number" AS ?key) }}
              UNION {{ {node} (ip:appliesIn|eli:jurisdiction|ip:isPartOf)/rdfs:label ?value
                       FILTER(LANG(?value) = "zh") BIND("area" AS ?key) }}
              UNION {{ {node} skos:notation ?value . BIND("code" AS ?key) }}
              UNION {{ {node} ip:isSucceededBy/rdfs:label ?value . BIND("succeeded by" AS ?key) }}
              UNION {{ {node} ip:isMentionedIn/dcterms:title ?value . BIND("mentioned in" AS ?key) }}
            }} ORDER BY ?key ?value""",
    )
    order = list(_KEYS)
    pairs = sorted([("thing", thing), *facts], key=lambda pair: order.index(pair[0]))
    told = tuple((k, local_name(v) if k == "class" else v) for k, v in pairs)
    heads = (("项目", "内容"), ("Item", "Value"))[index]
    what = Table(("key", "value"), told, title=_label(facts, thing), labels=heads)
    return [what, _said(store, node, index), _names(store, node, language)]


def in_words(what: Table, language: str = "zh") -> Table:
    """The first table of `explain` with the names of its keys."""
    index = {"zh": 0, "en": 1}[language]
    return replace(what, rows=tuple((_KEYS[str(key)][index], value) for key, value in what.rows))


def _names(store: Queryable, node: str, language: str) -> Table:
    names = rows(
        store,
        f"""SELECT DISTINCT ?written ?how ?reason ?document ?quote ?claim WHERE {{
              ?n ip:namesThing {node} ; rdfs:label ?written ; ip:hasLinkReason ?reason ;
                ip:hasReasonKind/rdfs:label ?how . FILTER(LANG(?how) = "{language}")
              OPTIONAL {{
                ?n ip:isEvidencedBy ?claim .
                OPTIONAL {{ ?claim ip:isStatedIn/dcterms:title ?document ; oa:hasSelector/oa:exact ?quote }}
              }}
            }} ORDER BY ?written ?how ?reason ?claim""",
    )
    index = {"zh": 0, "en": 1}[language]
    body = tuple((*first, _clipped(quote), local_name(claim)) for *first, quote, claim in names)
    labels = tuple(pair[index] for pair in _NAMES.values())
    return Table(tuple(_NAMES), body, title=_TITLES["names"][index], labels=labels)


def _said(store: Queryable, node: str, index: int) -> Table:
    """The first claims that the thing rests on."""
    found = rows(
        store,
        f"""SELECT DISTINCT ?document ?quote ?claim WHERE {{
              {node} ip:isEvidencedBy ?claim .
              ?claim ip:isStatedIn/dcterms:title ?document ; oa:hasSelector/oa:exact ?quote
            }} ORDER BY ?document ?claim LIMIT 10""",
    )
    body = tuple((document, _clipped(quote), local_name(claim)) for document, quote, claim in found)
    columns = ("document", "quote", "claim")
    return Table(columns, body, title=_TITLES["said"][index], labels=tuple(_NAMES[c][index] for c in columns))


def _label(facts: list[tuple[str, ...]], thing: str) -> str:
    return next((value for key, value in facts if key == "label"), local_name(thing))


def _clipped(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _CLIP else flat[: _CLIP - 1] + "…"
