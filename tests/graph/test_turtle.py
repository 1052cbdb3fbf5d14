"""Terms and TriG: what is written is read back the same."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.turtle import date, decimal, iri, string, trig
from kg.vocab import IP, RDFS, XSD

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def read(term: str) -> ox.Literal:
    data = trig({"urn:g": [("<urn:s>", "<urn:p>", term)]})
    (quad,) = ox.parse(data, format=ox.RdfFormat.TRIG)
    return quad.object


@given(TEXT)
def test_any_text_survives_as_a_literal(text):
    assert read(string(text)).value == text
    assert read(string(text, "zh")).value == text


@pytest.mark.parametrize(
    ("value", "written"), [(3, "3.0"), (3e8, "300000000.0"), (0.1, "0.1"), (1e-05, "0.00001"), (-2.5, "-2.5")]
)
def test_a_value_is_a_decimal_without_exponent(value, written):
    assert decimal(value) == written
    assert read(decimal(value)).datatype.value == XSD + "decimal"


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("2022-03-01", "date"),
        ("2022-03", "gYearMonth"),
        ("2022", "gYear"),
        ("2022-13", "string"),
        ("二〇二二年", "string"),
    ],
)
def test_a_date_gets_the_datatype_of_its_precision(value, kind):
    assert read(date(value)).datatype.value == XSD + kind


def test_an_iri_is_shortened_only_where_a_prefix_covers_it():
    assert iri(IP + "Policy") == "ip:Policy"
    assert iri(RDFS + "label") == "rdfs:label"
    assert iri("https://w3id.org/innopolicy/id/area/330000") == "<https://w3id.org/innopolicy/id/area/330000>"
    assert iri(IP + "a/b") == f"<{IP}a/b>"


@given(
    st.lists(st.tuples(*[st.sampled_from(["<urn:a>", "<urn:b>", "<urn:c>"])] * 3), max_size=12), st.randoms()
)
def test_order_and_repetition_do_not_show(triples, random):
    shuffled = [*triples, *triples[:3]]
    random.shuffle(shuffled)
    assert trig({"urn:g": triples, "urn:h": shuffled}) == trig({"urn:h": triples, "urn:g": shuffled})
