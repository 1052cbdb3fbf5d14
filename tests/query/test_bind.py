import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.query import load_library, run
from kg.query.bind import bind, iri, literal, number

LIBRARY = load_library()
BY_NAME = LIBRARY["nickname-to-title"]
BY_AMOUNT = LIBRARY["measures-with-amount"]


def test_an_unbound_query_is_the_file_itself():
    query = LIBRARY["who-gets-what"]

    assert bind(query) == query.text


def test_lines_stay_where_they_are():
    text = bind(BY_NAME, {"name": "甲\n乙"})

    assert text.count("\n") == BY_NAME.text.count("\n")
    assert 'VALUES ?name { "甲\\n乙" } #@param name' in text


def test_several_values_mean_any_of_them():
    text = bind(LIBRARY["who-gets-what"], {"resource": ["funding", "talent"]})

    base = "https://w3id.org/innopolicy/vocab/resource/"
    assert f"VALUES ?resource {{ <{base}funding> <{base}talent> }} #@param resource" in text


def test_a_default_holds_until_it_is_overruled_or_lifted():
    assert 'VALUES ?unit { "CNY" }' in bind(BY_AMOUNT)
    assert 'VALUES ?unit { "%" }' in bind(BY_AMOUNT, {"unit": "%"})
    assert "VALUES ?unit { UNDEF }" in bind(BY_AMOUNT, {"unit": None})


def test_an_unknown_parameter_lists_the_known_and_guesses():
    with pytest.raises(
        QueryError, match=r"unknown parameter minimun; did you mean minimum\? known: beneficiary, minimum"
    ):
        bind(BY_AMOUNT, {"minimun": 1})


@pytest.mark.parametrize(
    ("written", "bound"),
    [
        ("500000", "500000"),
        ("50万", "500000"),
        ("1.5亿", "150000000"),
        (2.5, "2.5"),
        ("1,000", "1000"),
        ("-3", "-3"),
    ],
)
def test_numbers_are_read_with_their_chinese_multiples(written, bound):
    assert number(written) == bound


@pytest.mark.parametrize("written", ["", "many", "1 } ?s ?p ?o {", "NaN", "Infinity", "1e400", True, "万"])
def test_what_is_no_number_is_refused(written):
    with pytest.raises(QueryError, match="expected a number"):
        bind(BY_AMOUNT, {"minimum": written})


@pytest.mark.parametrize(
    "written",
    [
        "relative/path",
        "no scheme",
        "http://x/a b",
        "http://x/>} #",
        'http://x/"',
        "http://x/{",
        "http:",
        "http://x/\\u003e",
    ],
)
def test_a_bad_iri_is_refused_and_not_repaired(written):
    with pytest.raises(ValueError, match="not an absolute IRI"):
        iri(written)


@pytest.mark.parametrize("written", ["c-zj-grant", "claim/c-zj-grant", "measure/c-zj-grant"])
def test_a_claim_is_named_by_what_tables_show(written):
    text = bind(LIBRARY["claim-evidence"], {"claim": written})

    assert "<https://w3id.org/innopolicy/id/claim/c-zj-grant>" in text


@pytest.mark.parametrize("written", ["x-1", "area/c-1", "c-1> <http://x", "https://example.org/c-1"])
def test_what_is_no_claim_is_refused(written):
    with pytest.raises(QueryError, match="is not a claim"):
        bind(LIBRARY["claim-evidence"], {"claim": written})


def test_an_unknown_code_is_refused_with_the_nearest():
    with pytest.raises(QueryError, match="did you mean high-tech-enterprise"):
        bind(BY_AMOUNT, {"beneficiary": "high-tech-enterprises"})


def test_a_concept_may_be_named_by_its_label(engine):
    query = LIBRARY["who-gets-what"]

    by_label = run(query, engine, {"beneficiary": "科技型中小企业"}, timeout=None)
    by_code = run(query, engine, {"beneficiary": "tech-sme"}, timeout=None)

    assert by_label == by_code and len(by_code.rows) == 1


def test_a_short_place_name_means_the_same_place(engine):
    query = LIBRARY["who-gets-what"]

    assert run(query, engine, {"area": "广东"}, timeout=None) == run(
        query, engine, {"area": "广东省"}, timeout=None
    )


@pytest.mark.parametrize("text", ["null\x00", "bell\x07", "half \ud800"])
def test_control_characters_and_halves_of_characters_are_refused(text):
    with pytest.raises(QueryError, match="control character"):
        bind(BY_NAME, {"name": text})


def test_an_unknown_language_is_refused():
    with pytest.raises(QueryError, match="no labels in language fr"):
        bind(BY_NAME, language="fr")


@given(
    st.text(
        st.characters(blacklist_categories=["Cs", "Cc"]) | st.sampled_from("\n\r\t\\\"'{}#@?<>"), min_size=1
    )
)
def test_a_literal_reads_back_as_the_text_it_was_made_from(text):
    import pyoxigraph

    result = pyoxigraph.Store().query(f"SELECT ?x WHERE {{ VALUES ?x {{ {literal(text)} }} }}")

    assert [row[0].value for row in result] == [text]
