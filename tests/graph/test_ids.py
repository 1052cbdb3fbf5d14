"""IRIs: readable, safe, and different for different names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import ids

NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)


@given(NAMES)
def test_a_slug_never_holds_what_an_iri_forbids(name):
    made = ids.slug(name)
    assert made and not set(made) & set('<>"{}|^`\\/ #?%') and not any(c.isspace() for c in made)


@given(NAMES, NAMES)
def test_names_that_differ_have_slugs_that_differ(one, two):
    import unicodedata

    if unicodedata.normalize("NFC", one) != unicodedata.normalize("NFC", two):
        assert ids.slug(one) != ids.slug(two)


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (ids.area("330000"), "area/330000"),
        (ids.document("d-1"), "document/d-1"),
        (ids.of_claim("amount", "c-1", 2), "amount/c-1-2"),
        (ids.thing("Platform", "330000-之江实验室"), "platform/330000-之江实验室"),
        (ids.flow("c-1", "funding", "enterprise"), "flow/c-1-funding-enterprise"),
        (ids.graph("things"), "graph/things"),
    ],
)
def test_iris_have_the_form_of_the_design(made, expected):
    assert made == "https://w3id.org/innopolicy/id/" + expected
