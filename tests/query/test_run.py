import os
import time

import pytest

from kg.errors import QueryError
from kg.query import load_library, load_query, run, run_text
from kg.query.rows import plain_decimal
from kg.query.worker import answer

LIBRARY = load_library()
#: joins everything with everything
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def test_a_table_carries_title_headings_and_plain_values(oxigraph):
    table = run(LIBRARY["indicator-ranking"], oxigraph, {"indicator": "研发投入强度"})

    assert table.title == "指标排名与差距"
    assert table.headings[1] == "地区"
    assert table.column("value") == (3.1, 3)
    assert table.column("percent") == (100, 96.8)
    assert table.column("statedRank") == (None, None)


def test_an_answer_past_the_limit_is_cut_and_says_so(oxigraph):
    query = LIBRARY["claim-evidence"]

    cut = run(query, oxigraph, limit=3)
    assert len(cut.rows) == 3 and cut.truncated
    whole = run(query, oxigraph)
    assert not whole.truncated and cut.rows == whole.rows[:3]
    assert not run(query, oxigraph, limit=len(whole.rows)).truncated


def test_a_child_process_and_this_process_answer_alike(oxigraph):
    query = LIBRARY["who-gets-what"]

    assert run(query, oxigraph, timeout=30.0) == run(query, oxigraph, timeout=None)


def test_an_endless_query_is_stopped_at_its_limit(oxigraph):
    began = time.monotonic()
    with pytest.raises(QueryError, match=r"no answer within 0\.5 s"):
        run_text(ENDLESS, oxigraph, timeout=0.5)
    assert time.monotonic() - began < 5


def test_the_library_is_stopped_at_its_limit_too(tmp_path, oxigraph):
    path = tmp_path / "endless.rq"
    path.write_text(
        '#+ id: endless\n#+ title: {zh: 无尽, en: Endless}\n#+ question: {zh: 几何？, en: "How many?"}\n'
        "#+ audience: [policy]\n#+ columns: [{name: n, label: {zh: 数, en: Number}}]\n#+ view: table\n"
        + ENDLESS,
        encoding="utf-8",
    )
    with pytest.raises(QueryError, match=r"endless\.rq: no answer within"):
        run(load_query(path), oxigraph, timeout=0.3)


@pytest.mark.parametrize(("limit", "timeout"), [(0, 1.0), (-1, 1.0), (10, 0.0), (10, -2.0)])
def test_limits_that_make_no_sense_are_refused(oxigraph, limit, timeout):
    with pytest.raises(QueryError, match="must be"):
        run_text("ASK {}", oxigraph, limit=limit, timeout=timeout)


def test_a_free_query_selects_asks_constructs_and_describes(engine):
    select = run_text("SELECT ?x ?y WHERE { VALUES ?x { 1 } }", engine)
    assert (select.columns, select.rows) == (("x", "y"), ((1, None),))
    assert run_text("ASK { ?s ?p ?o }", engine).rows == ((True,),)
    built = run_text(
        "CONSTRUCT { ?s <urn:x> 1.50 } WHERE { ?s a <https://w3id.org/innopolicy/def/Gap> }", engine
    )
    assert built.columns == ("subject", "predicate", "object")
    assert [row[1:] for row in built.rows] == [("urn:x", 1.5)] * 2
    assert run_text("DESCRIBE <https://w3id.org/innopolicy/id/area/330000>", engine).rows


@pytest.mark.parametrize(
    ("sparql", "word"),
    [
        ("SELECT * WHERE { SERVICE <http://localhost:1/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * WHERE { service silent ?x { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * WHERE { ?s ?p true SERVICE<http://x/>{?s ?p ?o} }", "SERVICE"),
        ("SELECT * WHERE { ?s ?p trueSERVICE<http://x/>{?s ?p ?o} }", "SERVICE"),
        ("PREFIX e: <http://x/> SELECT * WHERE { SERVICEe:a{?s ?p ?o} }", "SERVICE"),
        ("PREFIX : <http://x/> SELECT * WHERE { SERVICE:a{?s ?p ?o} }", "SERVICE"),
        ("SELECT * FROM <file:///etc/passwd> WHERE { ?s ?p ?o }", "FROM"),
        ("SELECT * FROM NAMED <http://x/> WHERE { ?s ?p ?o }", "FROM"),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "INSERT"),
        ("DELETE WHERE { ?s ?p ?o }", "DELETE"),
        ("LOAD <file:///etc/passwd>", "LOAD"),
        ("PREFIX e: <http://x/>\nCLEAR ALL", "CLEAR"),
        ("DROP GRAPH <urn:g>", "DROP"),
        ("SELECT * WHERE { ?s ?p ?o } ; DROP ALL", "DROP"),
        ("ASK { SERV\\u0049CE <http://x/> {} }", "escape"),
        ("SELECT * WHERE { ?a ?p ?b FILTER(?a<ex:b)SERVICE#>\n?s { ?x ?y ?z } }", "comparison"),
        ("", "not a query"),
        ("# only a remark", "not a query"),
        ("hello", "not a query"),
        ("ASK {}" + " " * 100_000, "characters"),
    ],
)
def test_what_writes_fetches_or_is_no_query_is_refused(oxigraph, sparql, word):
    with pytest.raises(QueryError, match=word):
        run_text(sparql, oxigraph)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?service WHERE { ?service <https://example.org/service> 'SERVICE FROM' }",
        'ASK { ?s ?p """say "INSERT" \'DROP\' """ } # SERVICE <http://x/> { }',
        "PREFIX ip: <urn:x> SELECT ?from WHERE { ?from ip:service ?to FILTER(1 < 2 && 3 > 2) }",
    ],
)
def test_refused_words_are_harmless_in_names_strings_and_remarks(oxigraph, sparql):
    run_text(sparql, oxigraph)


def test_a_stranger_s_query_cannot_open_files_or_sockets():
    class Peeking:
        def __init__(self, act):
            self.act = act

        def query(self, sparql):
            self.act()
            return []

    import socket

    for act in (lambda: os.open("/etc/hostname", os.O_RDONLY), socket.socket):
        with pytest.raises(QueryError, match="Too many open files"):
            run_text("ASK {}", Peeking(act))
        assert answer(Peeking(act), "ASK {}", limit=1, timeout=5.0, where="trusted")


def test_a_worker_that_dies_gives_an_error_and_no_hang():
    class Dying:
        def query(self, sparql):
            os._exit(3)

    with pytest.raises(QueryError, match="broke off"):
        run_text("ASK {}", Dying())


def test_a_slip_in_a_query_names_line_and_column(oxigraph):
    with pytest.raises(QueryError, match=r"^typed:2:\d+: not valid SPARQL, near") as error:
        run_text("SELECT ?x\nWHERE { ?x ?? ?y }", oxigraph, where="typed")
    assert len(str(error.value)) < 200


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("3.00", 3),
        ("1.50", 1.5),
        ("-0.1", -0.1),
        ("0.1234567890123456789012", "0.1234567890123456789012"),
        ("1e9", 10**9),
    ],
)
def test_a_decimal_loses_no_digit(written, plain):
    from decimal import Decimal

    assert plain_decimal(Decimal(written)) == plain


def test_an_ill_typed_number_stays_as_it_is_written(engine):
    sparql = 'SELECT ?x WHERE { VALUES ?x { "many"^^<http://www.w3.org/2001/XMLSchema#integer> } }'

    assert run_text(sparql, engine).rows == (("many",),)
