"""Turtle files have one form."""

import pytest

pytest.importorskip("rdflib")

from rdflib import Graph
from rdflib.compare import isomorphic

from kg.errors import GraphError
from kg.graph.canonical import canonical, reformat, turtle_files

MESSY = """# Kept.
@prefix ex: <https://example.org/> .
ex:b ex:p 1 , 2 ; a ex:T .   ex:a ex:q [ ex:r "二"@zh ] .
"""


def test_every_file_of_the_ontology_is_in_canonical_form():
    assert reformat(write=False) == []
    assert len(turtle_files()) > 40


def test_the_form_of_a_form_is_itself_and_means_the_same():
    once = canonical(MESSY)
    assert canonical(once) == once
    assert isomorphic(Graph().parse(data=once, format="turtle"), Graph().parse(data=MESSY, format="turtle"))


def test_the_order_of_statements_does_not_matter_and_the_head_is_kept():
    other = "# Kept.\n@prefix ex: <https://example.org/> .\n" + "\n".join(
        ['ex:a ex:q [ ex:r "二"@zh ] .', "ex:b a ex:T .", "ex:b ex:p 2 , 1 ."]
    )
    assert canonical(other) == canonical(MESSY)
    assert canonical(MESSY).startswith("# Kept.\n")


def test_a_file_is_rewritten_only_when_asked(tmp_path):
    path = tmp_path / "x.ttl"
    path.write_text(MESSY, encoding="utf-8")
    assert reformat([path], write=False) == [path] and path.read_text(encoding="utf-8") == MESSY
    assert reformat([tmp_path], write=True) == [path]
    assert reformat([path], write=False) == []


def test_what_is_not_turtle_is_refused_by_name(tmp_path):
    path = tmp_path / "x.ttl"
    path.write_text("ex:a ex:b", encoding="utf-8")
    with pytest.raises(GraphError, match=r"x\.ttl: not Turtle"):
        reformat([path], write=False)
