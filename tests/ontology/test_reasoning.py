"""The ontology stays in OWL 2 RL and contradicts neither itself nor the example, as a reasoner sees it."""

import pytest

rdflib = pytest.importorskip("rdflib")
owlrl = pytest.importorskip("owlrl")

from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, Namespace, URIRef  # noqa: E402
from rdflib.collection import Collection  # noqa: E402

from kg import vocab  # noqa: E402
from kg.resources import data_dir  # noqa: E402

ONTOLOGY = data_dir("ontology")
IP = Namespace(vocab.IP)
#: what an axiom of the core may be: each of these stands in the OWL 2 RL profile
ALLOWED_TYPES = {
    OWL.Ontology,
    OWL.Class,
    OWL.ObjectProperty,
    OWL.DatatypeProperty,
    OWL.AnnotationProperty,
    OWL.TransitiveProperty,
    OWL.AllDisjointClasses,
}
#: datatypes of the OWL 2 RL datatype map that the core uses
ALLOWED_DATATYPES = {XSD.decimal, XSD.integer, XSD.boolean, XSD.string, XSD.date, RDF.PlainLiteral}


def core() -> Graph:
    return Graph().parse(ONTOLOGY / "core.ttl")


def everything() -> Graph:
    graph = core().parse(ONTOLOGY / "examples" / "valid.ttl")
    for path in sorted((ONTOLOGY / "vocab").glob("*.ttl")):
        graph.parse(path)
    return graph


def contradictions(graph: Graph) -> list[str]:
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    error = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
    return sorted(str(message) for message in graph.objects(None, error))


def test_the_core_uses_constructs_of_the_profile_only():
    graph = core()
    for subject, kind in graph.subject_objects(RDF.type):
        if str(kind).startswith(str(OWL)):
            assert kind in ALLOWED_TYPES, (subject, kind)
    used = {p for p in graph.predicates() if str(p).startswith(str(OWL))}
    assert used <= {OWL.versionIRI, OWL.versionInfo, OWL.priorVersion, OWL.members}


def test_domains_and_ranges_are_single_named_classes_or_datatypes_of_the_profile():
    graph = core()
    for term in (RDFS.domain, RDFS.range, RDFS.subClassOf, RDFS.subPropertyOf):
        for subject, target in graph.subject_objects(term):
            assert not isinstance(target, BNode), subject
            if str(target).startswith((str(XSD), str(RDF))):
                assert target in ALLOWED_DATATYPES, (subject, target)
            else:
                kinds = set(graph.objects(target, RDF.type))
                assert kinds & {OWL.Class, OWL.ObjectProperty}, (subject, target)


def test_a_transitive_property_has_no_cardinality_to_break_the_profile():
    graph = core()
    for term in graph.subjects(RDF.type, OWL.TransitiveProperty):
        assert (term, RDF.type, OWL.ObjectProperty) in graph


def test_the_ontology_and_the_valid_example_are_consistent():
    assert contradictions(everything()) == []


def test_the_alignments_do_not_contradict_the_core():
    assert contradictions(everything().parse(ONTOLOGY / "alignments.ttl")) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Policy", "Measure"),
        ("Measure", "Recommendation"),
        ("University", "Enterprise"),
        ("Claim", "Platform"),
    ],
)
def test_a_node_of_two_classes_that_exclude_each_other_is_a_contradiction(first, second):
    graph = core()
    node = URIRef("https://example.org/x")
    graph.add((node, RDF.type, IP[first]))
    graph.add((node, RDF.type, IP[second]))
    assert contradictions(graph)


def test_a_domain_leads_to_a_contradiction_where_the_subject_is_of_another_class():
    graph = core()
    node = URIRef("https://example.org/x")
    graph.add((node, RDF.type, IP.Gap))
    graph.add((node, IP.hasRank, Literal(1)))
    assert contradictions(graph)


def test_every_class_of_the_core_is_disjoint_from_others_but_the_kinds_of_concepts():
    graph = core()
    listed = set()
    for members in graph.objects(None, OWL.members):
        listed |= set(Collection(graph, members))
    own = {c for c in graph.subjects(RDF.type, OWL.Class) if str(c).startswith(vocab.IP)}
    assert own - listed == set()


def test_the_reasoner_closes_the_ladder():
    graph = core()
    one, two, three = (URIRef(f"https://example.org/{n}") for n in (1, 2, 3))
    graph.add((one, IP.hasNextTier, two))
    graph.add((two, IP.hasNextTier, three))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    assert (one, IP.hasHigherTier, three) in graph


@pytest.mark.parametrize(
    "vocabulary",
    [
        vocab.ELI,
        vocab.ORG,
        vocab.PROV,
        vocab.SKOS,
        vocab.QB,
        vocab.OA,
        "http://purl.org/cerif/frapo/",
        "http://data.europa.eu/s66#",
        "http://purl.org/vocab/cpsv#",
        vocab.SCHEMA,
    ],
)
def test_the_alignments_reach(vocabulary):
    graph = Graph().parse(ONTOLOGY / "alignments.ttl")
    assert any(
        str(o).startswith(vocabulary) for s, o in graph.subject_objects() if str(s).startswith(vocab.IP)
    )


def test_the_alignments_speak_of_terms_of_the_core_only():
    defined = set(core().subjects(RDF.type))
    graph = Graph().parse(ONTOLOGY / "alignments.ttl")
    for subject in graph.subjects():
        if str(subject).startswith(vocab.IP) and subject != URIRef(vocab.IP + "alignments"):
            assert subject in defined, subject
