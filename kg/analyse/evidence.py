"""What stands behind a fact: the quote, the document, the claim."""

from __future__ import annotations

from dataclasses import dataclass

from kg.analyse.rows import Queryable, rows


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """One quote. `start` and `end` are code point offsets in the document's text, -1 where unknown."""

    document: str  # title
    start: int
    end: int
    claim: str  # claim id, c-…
    quote: str
    assertion: str = ""
    locator: str = ""
    type: str = ""  # claim type


def load_evidence(store: Queryable) -> dict[str, Evidence]:
    """All claims of the graph by their IRI."""
    found = {}
    for claim, document, title, start, end, quote, locator, kind in rows(
        store,
        """SELECT ?claim ?document ?title ?start ?end ?quote ?locator ?kind WHERE {
             ?claim a ip:Claim ; ip:isStatedIn ?document .
             OPTIONAL { ?document dcterms:title ?title }
             OPTIONAL { ?claim oa:hasSelector ?position . ?position oa:start ?start ; oa:end ?end }
             OPTIONAL { ?claim oa:hasSelector ?text . ?text oa:exact ?quote }
             OPTIONAL { ?claim ip:hasLocator ?locator }
             OPTIONAL { ?claim ip:hasClaimType ?kind }
           } ORDER BY ?claim ?title ?start""",
    ):
        if claim in found:
            continue
        found[claim] = Evidence(
            document=title or document.rsplit("/", 1)[-1],
            start=int(start or -1),
            end=int(end or -1),
            claim=claim.rsplit("/", 1)[-1],
            quote=quote,
            locator=locator,
            type=kind,
        )
    return found


def load_provinces(store: Queryable) -> dict[str, str]:
    """Area IRI → name of the province it lies in (its own name for provinces and for the whole country)."""
    names: dict[str, str] = {}
    levels: dict[str, str] = {}
    parents: dict[str, str] = {}
    for area, label, level, parent in rows(
        store,
        """SELECT ?area ?label ?level ?parent WHERE {
             ?area a ip:AdministrativeArea ; rdfs:label ?label .
             FILTER (LANG(?label) IN ("zh", ""))
             OPTIONAL { ?area ip:hasLevel ?level }
             OPTIONAL { ?area ip:isPartOf ?parent }
           } ORDER BY ?area ?label ?parent""",
    ):
        names.setdefault(area, label)
        levels.setdefault(area, level)
        if parent and parent != area:
            parents.setdefault(area, parent)
    provinces = {}
    for area in names:
        at = area
        for _ in range(4):  # county, city, province, country
            parent = parents.get(at, "")
            if levels.get(at) in ("province", "national") or levels.get(parent, "national") == "national":
                break
            at = parent
        provinces[area] = names[at]
    return provinces
