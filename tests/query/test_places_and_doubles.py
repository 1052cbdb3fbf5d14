"""What holds for every question: places are looked up once, and what two documents both say is one row."""

import pyoxigraph as ox
import pytest

from kg import vocab
from kg.query import load_library, run
from kg.query.bind import bind

LIBRARY = load_library()
WITH_PLACE = [query for query in LIBRARY.values() if any(param.type == "area" for param in query.params)]
XSD = "http://www.w3.org/2001/XMLSchema#"
COMPARISON = "STR(?placeName) = ?areaName"
ID = "https://w3id.org/innopolicy/id/"


@pytest.mark.parametrize("query", WITH_PLACE, ids=[query.id for query in WITH_PLACE])
def test_the_names_of_places_are_looked_through_once_however_much_the_graph_holds(query, oxigraph):
    assert 0 < lookups(query, oxigraph.store) == lookups(query, four_of_each(oxigraph.store))


def lookups(query, store):
    """How often a name of a place is compared with the one asked for, the whole answer read."""
    calls = []

    def same(name, asked):
        calls.append(name)
        return ox.Literal(str(name.value == asked.value).lower(), datatype=ox.NamedNode(f"{XSD}boolean"))

    text = bind(query, {"area": "贵州"})
    assert COMPARISON in text
    text = text.replace(COMPARISON, "<urn:same>(?placeName, ?areaName)")
    functions = {ox.NamedNode("urn:same"): same}
    list(store.query(text, use_default_graph_as_union=True, custom_functions=functions))
    return len(calls)


def four_of_each(store):
    """The store with everything but the places four times under IRIs of its own."""

    def copy(term, number):
        if isinstance(term, ox.NamedNode) and term.value.startswith(ID) and "/area/" not in term.value:
            return ox.NamedNode(f"{term.value}-{number}")
        return term

    grown = ox.Store()
    for number in range(4):
        for quad in store:
            grown.add(ox.Quad(*(copy(term, number) for term in quad.triple), quad.graph_name))
    return grown


def test_a_region_is_asked_for_with_the_places_in_it(oxigraph):
    store = ox.Store()
    store.extend(oxigraph.store)
    ip, area = "https://w3id.org/innopolicy/def/", "https://w3id.org/innopolicy/id/area/"
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    region, guizhou = ox.NamedNode(area + "western-china"), ox.NamedNode(area + "520000")
    for quad in (
        ox.Quad(region, label, ox.Literal("西部地区", language="zh")),
        ox.Quad(region, ox.NamedNode(ip + "hasLevel"), ox.Literal("region")),
        ox.Quad(guizhou, ox.NamedNode(ip + "isWithin"), region),
    ):
        store.add(ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode("urn:derived")))

    region_rows = run(LIBRARY["portfolio"], _Union(store), {"area": "西部地区"}, timeout=None).rows
    assert region_rows
    assert region_rows == run(LIBRARY["portfolio"], _Union(store), {"area": "贵州"}, timeout=None).rows


#: what documents say of things they share
SHARED = (
    *("ip:runs", "ip:isLedBy", "ip:isHostedBy", "ip:isLocatedIn", "ip:isPartOf", "ip:cooperatesWith"),
    *("ip:hasNextTier", "ip:hasDocumentKind", "ip:validFrom", "ip:validUntil", "ip:inForceFrom", "ip:inForceUntil"),
    *("eli:passed_by", "eli:date_document", "eli:number", "eli:jurisdiction", "eli:based_on", "eli:implements"),
    *("eli:cites", "eli:amends", "eli:repeals"),
)


@pytest.mark.parametrize("query", LIBRARY.values(), ids=list(LIBRARY))
def test_what_several_documents_say_alike_is_one_row_and_counts_once(query, oxigraph):
    shared = {vocab.PREFIXES[name.partition(":")[0]] + name.partition(":")[2] for name in SHARED}
    repeated = ox.Store()
    repeated.extend(oxigraph.store)
    for quad in list(oxigraph.store):
        for number in range(2) if quad.predicate.value in shared else ():
            repeated.add(ox.Quad(*quad.triple, ox.NamedNode(f"urn:document-{number}")))

    assert len(repeated) > len(oxigraph.store) + 20
    assert run(query, _Union(repeated), timeout=None) == run(query, oxigraph, timeout=None)


class _Union:
    def __init__(self, store):
        self.store = store

    def query(self, sparql):
        return self.store.query(sparql, use_default_graph_as_union=True)
