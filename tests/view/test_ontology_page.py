"""The ontology's pages: every term, in both languages, links that lead somewhere, nothing from outside."""

import re

import pytest

pytest.importorskip("rdflib")

from kg.graph.terms import load_ontology
from kg.view.ontology import FILES, anchor, ontology_pages, short

ONTOLOGY = load_ontology()
PAGES = ontology_pages(ONTOLOGY)
TERMS = [term for section in ONTOLOGY.sections for term in section.terms]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_term_stands_on_the_page_once_with_its_definition_and_its_contrary(language):
    page = PAGES[FILES[language]]
    assert len(TERMS) > 200
    for term in TERMS:
        assert page.count(f'<article id="{anchor(term.name)}">') == 1, term.name
        body = page.split(f'<article id="{anchor(term.name)}">')[1].split("</article>")[0]
        for words in (term.label, term.definition, term.example, term.scope):
            escaped = words[language].replace("&", "&amp;").replace("<", "&lt;").replace("'", "&#39;")
            assert escaped in body, (term.name, words)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_links_within_the_page_lead_to_something_and_nothing_is_loaded(name):
    page = PAGES[name]
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    assert not re.search(r"<(?:script|img|link|iframe)\b|url\(|@import", page)
    assert next(other for other in PAGES if other != name) in page


def test_a_term_shows_its_constraints_and_alignments():
    article = PAGES["index.en.html"].split('<article id="Claim">')[1].split("</article>")[0]
    assert "claim-has-quote" in article and "oa:Annotation" in article


def test_the_pages_are_the_same_each_time():
    assert ontology_pages(load_ontology()) == PAGES


def test_an_iri_is_shortened_by_the_longest_prefix():
    assert short("https://w3id.org/innopolicy/def/Claim") == "ip:Claim"
    assert short("https://example.org/x") == "https://example.org/x"
