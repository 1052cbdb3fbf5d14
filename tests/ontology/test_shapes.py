"""Each shape: a graph that fits it and one that breaks it and nothing else."""

import pytest

rdflib = pytest.importorskip("rdflib")

from rdflib import RDF, SH, Graph, URIRef  # noqa: E402

from kg import vocab  # noqa: E402
from kg.graph.check import load_shapes, validate  # noqa: E402
from kg.resources import data_dir  # noqa: E402

EXAMPLES = data_dir("ontology") / "examples"
SHAPES = load_shapes()
CONCEPTS = Graph()
for path in sorted((data_dir("ontology") / "vocab").glob("*.ttl")):
    CONCEPTS.parse(path)
NAMED = sorted(
    str(shape).removeprefix(vocab.IPS)
    for kind in (SH.NodeShape, SH.PropertyShape)
    for shape in SHAPES.subjects(RDF.type, kind)
)


def broken(name: str) -> set[str]:
    data = Graph().parse(EXAMPLES / name)
    data += CONCEPTS
    return {issue.check for issue in validate(data, SHAPES)}


def test_the_valid_example_fits_every_shape():
    assert broken("valid.ttl") == set()


def test_the_valid_example_holds_a_node_for_every_target():
    data = Graph().parse(EXAMPLES / "valid.ttl")
    for shape in NAMED:
        node = URIRef(vocab.IPS + shape)
        classes = list(SHAPES.objects(node, SH.targetClass))
        predicates = [*SHAPES.objects(node, SH.targetSubjectsOf), *SHAPES.objects(node, SH.targetObjectsOf)]
        hit = any((None, RDF.type, c) in data for c in classes) or any(
            (None, p, None) in data for p in predicates
        )
        assert hit, shape


@pytest.mark.parametrize("shape", NAMED)
def test_an_example_that_breaks_a_shape_is_caught_by_that_shape(shape):
    assert broken(f"invalid-{shape}.ttl") == {shape}


def test_there_is_no_example_without_a_shape():
    assert {p.stem.removeprefix("invalid-") for p in EXAMPLES.glob("invalid-*.ttl")} == set(NAMED)


def test_every_shape_says_what_it_wants_in_both_languages():
    for shape in NAMED:
        languages = sorted(o.language for o in SHAPES.objects(URIRef(vocab.IPS + shape), SH.message))
        assert languages == ["en", "zh"], shape
