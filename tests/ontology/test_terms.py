"""The ontology and the code's vocabulary are one: every term used exists, every term defined is used."""

import re
from pathlib import Path

import pytest

rdflib = pytest.importorskip("rdflib")

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef  # noqa: E402

from kg import model, vocab  # noqa: E402
from kg.link.ladder import TIERS  # noqa: E402
from kg.resources import data_dir  # noqa: E402

ONTOLOGY = data_dir("ontology")
CORE = Graph().parse(ONTOLOGY / "core.ttl")
CONCEPTS = Graph()
for path in sorted((ONTOLOGY / "vocab").glob("*.ttl")):
    CONCEPTS.parse(path)
DEFINED = {str(term) for term in CORE.subjects() if str(term).startswith(vocab.IP)}
CONSTANTS = {
    name: value
    for name, value in vars(vocab).items()
    if name.isupper() and isinstance(value, str) and value.startswith(vocab.IP) and value != vocab.IP
}
#: defined for readers of the ontology and used in ontology/vocab/ only
DOCUMENTED_ONLY = {
    vocab.ACTS_IN,
    vocab.INNOVATION_ROLE,
    vocab.INNOVATION_STAGE,
    vocab.IS_PLAYED_BY,
    vocab.LEADS_TO,
    vocab.MOVES_RESOURCE,
}


def test_every_constant_of_the_vocabulary_is_defined():
    assert set(CONSTANTS.values()) - DEFINED == set()


def test_every_defined_term_has_a_constant():
    assert DEFINED - set(CONSTANTS.values()) == set()


def test_every_defined_term_is_used_by_code_or_queries_or_said_to_be_documented_only():
    root = Path(vocab.__file__).parent
    code = "\n".join(
        p.read_text(encoding="utf-8") for p in sorted(root.rglob("*.py")) if p.name != "vocab.py"
    )
    asked = "\n".join(p.read_text(encoding="utf-8") for p in sorted(data_dir("queries").rglob("*.rq")))
    tables = {*vocab.RELATIONS.values(), *vocab.POLICY_LINKS.values(), *vocab.ENTITY_CLASSES.values()}
    unused = []
    for name, term in CONSTANTS.items():
        local = term.removeprefix(vocab.IP)
        in_code = re.search(rf"\b{name}\b|[\"']{local}[\"']", code)
        if not (in_code or re.search(rf"\bip:{local}\b", asked) or term in tables or term in DOCUMENTED_ONLY):
            unused.append(local)
    assert unused == []


@pytest.mark.parametrize("folder", ["shapes", "checks", "examples", "vocab"])
def test_every_term_in_the_ontology_folder_is_defined(folder):
    for path in sorted((ONTOLOGY / folder).iterdir()):
        used = re.findall(r"\bip:([A-Za-z]+)", path.read_text(encoding="utf-8"))
        assert {vocab.IP + name for name in used} - DEFINED == set(), path.name


def test_every_term_asked_for_in_the_library_is_defined():
    for path in sorted(data_dir("queries").rglob("*.rq")):
        used = re.findall(r"\bip:([A-Za-z]+)", path.read_text(encoding="utf-8"))
        assert {vocab.IP + name for name in used} - DEFINED == set(), path.name


@pytest.mark.parametrize("graph", [CORE, CONCEPTS], ids=["core", "taxonomies"])
def test_every_term_has_a_label_and_a_definition_in_both_languages(graph):
    terms = {s for s in graph.subjects(RDF.type) if (s, RDF.type, SKOS.Concept) in graph} | {
        URIRef(term) for term in DEFINED if graph is CORE
    }
    for term in terms:
        for predicate in (RDFS.label, SKOS.definition, SKOS.example, SKOS.scopeNote):
            languages = sorted(o.language for o in graph.objects(term, predicate))
            assert languages == ["en", "zh"], (term, predicate)
        for note in graph.objects(term, SKOS.scopeNote):
            assert note.startswith({"en": "Not: ", "zh": "不是："}[note.language]), (term, note)


def test_the_header_names_version_licence_and_titles():
    header = URIRef("https://w3id.org/innopolicy/def")
    version = str(CORE.value(header, OWL.versionInfo))
    assert str(CORE.value(header, OWL.versionIRI)).endswith(version)
    assert version in (ONTOLOGY / "CHANGES.md").read_text(encoding="utf-8")
    assert CORE.value(header, DCTERMS.license)
    for predicate in (DCTERMS.title, DCTERMS.description):
        assert sorted(o.language for o in CORE.objects(header, predicate)) == ["en", "zh"]


def test_there_are_no_inverses_and_no_cardinalities():
    assert not list(CORE.triples((None, OWL.inverseOf, None)))
    assert not list(CORE.triples((None, RDF.type, OWL.Restriction)))


def test_a_property_has_one_domain_at_most():
    for term in DEFINED:
        assert len(list(CORE.objects(URIRef(term), RDFS.domain))) <= 1


@pytest.mark.parametrize(
    ("scheme", "values"),
    [
        ("instrument", model.INSTRUMENTS),
        ("resource", model.RESOURCES),
        ("assertion", model.ASSERTIONS),
        ("beneficiary", model.BENEFICIARIES),
        ("bound", model.BOUNDS),
        ("amount-role", model.ROLES),
        ("gap-topic", model.GAP_TOPICS),
        ("document-kind", (*sorted(set(vocab.DOCUMENT_KINDS.values())), "other")),
        ("enterprise-tier", tuple(TIERS)),
    ],
)
def test_a_taxonomy_holds_exactly_what_claims_may_say(scheme, values):
    concepts = {str(s) for s in CONCEPTS.subjects(SKOS.inScheme, URIRef(vocab.IPV + scheme))}
    groups = {str(o) for o in CONCEPTS.objects(None, SKOS.broader) if f"/{scheme}/" in str(o)}
    expected = {vocab.concept(scheme, value) for value in values}
    assert expected <= concepts
    assert concepts - expected <= groups


def test_each_instrument_has_its_code_one_group_and_a_side_of_the_typology():
    for code in model.INSTRUMENTS:
        concept = URIRef(vocab.concept("instrument", code))
        assert str(CONCEPTS.value(concept, SKOS.notation)) == code
        assert len(list(CONCEPTS.objects(concept, SKOS.broader))) == 1
        sides = [*CONCEPTS.objects(concept, SKOS.broadMatch), *CONCEPTS.objects(concept, SKOS.relatedMatch)]
        assert sides and all(str(side).startswith(vocab.concept("typology", "")) for side in sides)


def test_nothing_is_said_to_match_exactly():
    alignments = Graph().parse(ONTOLOGY / "alignments.ttl")
    for graph in (CONCEPTS, alignments):
        assert not list(graph.triples((None, SKOS.exactMatch, None)))


def test_names_of_the_enterprise_ladder_agree_with_the_linker():
    for tier, (label, *others) in TIERS.items():
        concept = URIRef(vocab.concept("enterprise-tier", tier))
        assert Literal(label, "zh") in set(CONCEPTS.objects(concept, SKOS.prefLabel))
        assert {str(o) for o in CONCEPTS.objects(concept, SKOS.altLabel)} == set(others)


def test_every_match_leads_to_a_concept():
    for predicate in (SKOS.closeMatch, SKOS.broadMatch, SKOS.relatedMatch, SKOS.broader):
        for target in CONCEPTS.objects(None, predicate):
            assert (target, RDF.type, SKOS.Concept) in CONCEPTS, target


def test_the_innovation_chain_is_a_circle_of_stages_and_four_roles():
    chain = vocab.concept("innovation-chain", "")
    stage = URIRef(chain + "knowledge-creation")
    walked = []
    while stage not in walked:
        walked.append(stage)
        stage = CONCEPTS.value(stage, URIRef(vocab.LEADS_TO))
    assert len(walked) == 5 and stage == walked[0]
    roles = set(CONCEPTS.subjects(RDF.type, URIRef(vocab.INNOVATION_ROLE)))
    assert len(roles) == 4
    for role in roles:
        assert CONCEPTS.value(role, URIRef(vocab.IS_PLAYED_BY)) and CONCEPTS.value(
            role, URIRef(vocab.ACTS_IN)
        )


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("若干措施", "policy-measures"),
        ("实施意见", "opinions"),
        ("行动计划", "programme"),
        ("管理办法", "administrative-measures"),
        ("实施细则", "detailed-rules"),
        ("倡议", "other"),
        ("", "other"),
    ],
)
def test_a_document_kind_is_told_by_its_ending(written, kind):
    assert vocab.document_kind(written) == vocab.concept("document-kind", kind)
