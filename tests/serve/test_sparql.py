"""The SPARQL endpoint, asked by SPARQLWrapper, curl and plain HTTP."""

from __future__ import annotations

import csv
import http.client
import io
import json
import shutil
import subprocess
import threading
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen
from xml.etree import ElementTree

import pytest
from serving import SMALL, Running, endpoint_on

from kg.serve.engine import Bounds

SPARQLWrapper = pytest.importorskip("SPARQLWrapper")

AREAS = """PREFIX ip: <https://w3id.org/innopolicy/def/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?area ?label WHERE { ?area a ip:AdministrativeArea ; rdfs:label ?label FILTER(LANG(?label) = "zh") }
ORDER BY ?area"""
TRIPLES = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 20"
#: joins everything with everything
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="session")
def running() -> Iterator[Running]:
    with endpoint_on(SMALL, Bounds(seconds=20)) as running:
        yield running


@pytest.fixture(scope="session")
def bounded() -> Iterator[Running]:
    """A server with tight limits: one second, five rows, two queries at once."""
    with endpoint_on(SMALL, Bounds(seconds=1.0, rows=5, at_once=2)) as running:
        yield running


def ask(address: str, query: str | None = None, accept: str | None = None, **parameters: Any) -> tuple[Any, str]:
    """Headers (with `status`) and text of the answer to a GET."""
    if query is not None:
        parameters["query"] = query
    return send(Request(f"{address}?{urlencode(parameters, doseq=True)}"), accept)


def send(request: Request, accept: str | None = None) -> tuple[Any, str]:
    if accept is not None:
        request.add_header("Accept", accept)
    try:
        answer = urlopen(request, timeout=30)
    except HTTPError as error:
        answer = error
    with answer:
        headers = {key.lower(): value for key, value in answer.headers.items()}
        return {**headers, "status": answer.status}, answer.read().decode()


def wrapper(address: str, query: str, fmt: str | None = None, method: str = "GET") -> Any:
    client = SPARQLWrapper.SPARQLWrapper(address)
    client.setQuery(query)
    client.setMethod(method)
    if fmt:
        client.setReturnFormat(fmt)
    return client


def curl(*arguments: str) -> str:
    if not shutil.which("curl"):
        pytest.skip("curl is missing")
    return subprocess.run(
        ["curl", "-sS", "--noproxy", "*", "-m", "30", *arguments], capture_output=True, text=True, check=True
    ).stdout


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper_selects_in_json(running, method):
    found = wrapper(running.sparql, AREAS, SPARQLWrapper.JSON, method).query().convert()

    labels = {row["label"]["value"] for row in found["results"]["bindings"]}
    assert "浙江省" in labels
    assert found["head"]["vars"] == ["area", "label"]
    assert all(row["label"]["xml:lang"] == "zh" for row in found["results"]["bindings"])


def test_sparqlwrapper_reads_xml_csv_and_tsv_with_the_same_rows(running):
    as_json = wrapper(running.sparql, AREAS, SPARQLWrapper.JSON).query().convert()["results"]["bindings"]
    expected = [(row["area"]["value"], row["label"]["value"]) for row in as_json]
    assert len(expected) > 1

    dom = wrapper(running.sparql, AREAS, SPARQLWrapper.XML).query().convert()
    bindings = dom.getElementsByTagName("literal")
    assert [node.firstChild.data for node in bindings] == [label for _, label in expected]

    table = wrapper(running.sparql, AREAS, SPARQLWrapper.CSV).query().convert().decode()
    assert list(csv.reader(io.StringIO(table))) == [["area", "label"], *map(list, expected)]

    lines = wrapper(running.sparql, AREAS, SPARQLWrapper.TSV).query().convert().decode().splitlines()
    assert lines == ["?area\t?label", *(f'<{area}>\t"{label}"@zh' for area, label in expected)]


def test_sparqlwrapper_asks(running):
    assert wrapper(running.sparql, "ASK { ?s ?p ?o }", SPARQLWrapper.JSON).query().convert()["boolean"] is True
    dom = wrapper(running.sparql, "ASK { <urn:no> ?p ?o }", SPARQLWrapper.XML).query().convert()
    assert dom.getElementsByTagName("boolean")[0].firstChild.data == "false"


@pytest.mark.parametrize("fmt", ["turtle", "json-ld", "rdf+xml", "n3"])
def test_sparqlwrapper_constructs_in_all_formats_of_graphs(running, fmt):
    import rdflib

    graph = wrapper(running.sparql, TRIPLES, fmt).query().convert()
    if isinstance(graph, bytes):
        graph = rdflib.Graph().parse(data=graph, format="turtle")
    assert len(graph) == 20


def test_sparqlwrapper_describes(running):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        graph = wrapper(
            running.sparql, "DESCRIBE <https://w3id.org/innopolicy/id/area/330000>", SPARQLWrapper.RDFXML
        )
        assert len(graph.query().convert()) >= 2


def test_curl_sends_all_forms_of_the_protocol(running):
    get = curl("-G", running.sparql, "--data-urlencode", f"query={AREAS}", "-H", "Accept: text/csv")
    assert "浙江省" in get
    assert get == curl(running.sparql, "--data-urlencode", f"query={AREAS}", "-H", "Accept: text/csv")
    direct = ["-H", "Content-Type: application/sparql-query", "--data-binary", AREAS]
    assert get == curl(running.sparql + "?format=csv", *direct)
    assert get == curl(running.sparql, *direct, "-H", "Accept: text/csv")


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("text/*", "text/csv; charset=utf-8"),
        ("text/csv;q=0.1, text/tab-separated-values;q=0.2, */*;q=0.01", "text/tab-separated-values; charset=utf-8"),
        ("application/sparql-results+json;q=0, */*;q=0.5", "application/sparql-results+xml"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/sparql-results+xml"),
    ],
)
def test_the_heaviest_acceptable_format_is_sent(running, accept, expected):
    headers, _ = ask(running.sparql, AREAS, accept)
    assert headers["content-type"] == expected
    assert "accept" in headers["vary"].lower()


def test_no_acceptable_format_is_said_with_those_there_are(running):
    headers, text = ask(running.sparql, AREAS, "image/png")
    assert headers["status"] == 406 and "application/sparql-results+json" in text
    headers, text = ask(running.sparql, AREAS, "text/turtle")
    assert headers["status"] == 406


def test_format_goes_before_accept(running):
    headers, _ = ask(running.sparql, AREAS, "text/csv", format="xml")
    assert headers["content-type"] == "application/sparql-results+xml"
    headers, text = ask(running.sparql, AREAS, format="xlsx")
    assert headers["status"] == 400 and "xlsx" in text and "csv" in text


@pytest.mark.parametrize("name", ["turtle", "ntriples", "jsonld", "rdfxml"])
def test_graphs_are_read_back_by_another_library(running, name):
    import rdflib

    _, text = ask(running.sparql, TRIPLES, format=name)
    parser = {"turtle": "turtle", "ntriples": "nt", "jsonld": "json-ld", "rdfxml": "xml"}[name]
    assert len(rdflib.Graph().parse(data=text, format=parser)) == 20


def test_an_error_names_line_and_column(running):
    headers, text = ask(running.sparql, "SELECT ?s\nWHERE { ?s ?p }")
    assert headers["status"] == 400
    assert text.startswith("query:2:16: not valid SPARQL")
    with pytest.raises(SPARQLWrapper.SPARQLExceptions.QueryBadFormed, match=r"query:1:\d+: not valid SPARQL"):
        wrapper(running.sparql, "SELECT ?s WHERE { ?s }").query()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * WHERE { { SELECT * WHERE { OPTIONAL { service silent ?x { ?s ?p ?o } } } } }",
        "ASK { FILTER EXISTS { SERVICE <http://127.0.0.1:1/> {} } }",
        "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    ],
)
def test_service_is_refused_before_it_runs(running, query):
    headers, text = ask(running.sparql, query)
    assert headers["status"] == 400 and "SERVICE asks another server" in text


def test_service_in_strings_remarks_and_names_is_harmless(running):
    query = "ASK { ?service ?p ?o FILTER('SERVICE <x>' != \"SERVICE\") } # SERVICE <http://x/> {}"
    assert json.loads(ask(running.sparql, query)[1])["boolean"] is True


@pytest.mark.parametrize(
    "update",
    ["INSERT DATA { <urn:a> <urn:b> 1 }", "LOAD <file:///etc/passwd>", "CLEAR ALL", "DELETE WHERE { ?s ?p ?o }"],
)
def test_updates_are_refused_in_every_form(running, update):
    before = ask(running.sparql, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[1]
    headers, text = ask(running.sparql, update)
    assert headers["status"] == 400 and "writes" in text
    body = urlencode({"update": update}).encode()
    headers, text = send(Request(running.sparql, data=body))
    assert headers["status"] == 403 and "questions only" in text
    direct = Request(running.sparql, data=update.encode(), headers={"Content-Type": "application/sparql-update"})
    assert send(direct)[0]["status"] == 403
    client = wrapper(running.sparql, update, method="POST")
    with pytest.raises(Exception, match="403"):
        client.query()
    assert ask(running.sparql, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[1] == before


def test_a_query_of_an_hour_is_stopped_while_others_are_answered(bounded):
    outcome: list[tuple[Any, str]] = []
    began = time.monotonic()
    endless = threading.Thread(target=lambda: outcome.append(ask(bounded.sparql, ENDLESS)))
    endless.start()
    time.sleep(0.2)
    assert ask(bounded.address + "/page")[1] == "a page"
    assert json.loads(ask(bounded.sparql, "ASK {}")[1])["boolean"] is True
    assert endless.is_alive() and time.monotonic() - began < 1.0, "answered only after the endless one"
    endless.join(20)
    headers, text = outcome[0]
    assert headers["status"] == 504 and "no answer within 1 s" in text
    assert 1.0 <= time.monotonic() - began < 4


def test_a_stopped_query_leaves_no_process_behind(bounded):
    assert ask(bounded.sparql, ENDLESS)[0]["status"] == 504
    holder = bounded.endpoint.engine._process.pid
    time.sleep(0.2)
    forks = Path(f"/proc/{holder}/task/{holder}/children")
    if not forks.exists():
        pytest.skip("needs Linux")
    assert forks.read_text().split() == []


def test_who_comes_when_all_places_are_taken_waits_and_is_told(tmp_path):
    with endpoint_on(SMALL, Bounds(seconds=0.5, at_once=1)) as one:
        ask(one.sparql, "ASK {}")
        outcomes: list[int] = []
        threads = [
            threading.Thread(target=lambda: outcomes.append(ask(one.sparql, ENDLESS)[0]["status"]))
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        assert set(outcomes) == {503, 504}
        assert ask(one.sparql, "ASK {}")[0]["status"] == 200


def test_rows_are_capped_with_a_notice_in_every_format(bounded):
    headers, text = ask(bounded.sparql, "SELECT * WHERE { ?s ?p ?o }")
    found = json.loads(text)
    assert len(found["results"]["bindings"]) == 5
    assert headers["kg-rows-capped"] == "5" and "first 5 rows" in headers["warning"]
    assert "first 5 rows" in found["head"]["warning"] and found["head"]["link"]
    headers, text = ask(bounded.sparql, "SELECT * WHERE { ?s ?p ?o }", format="xml")
    ns = {"s": "http://www.w3.org/2005/sparql-results#"}
    root = ElementTree.fromstring(text)
    assert len(root.findall(".//s:result", ns)) == 5 and root.find("s:head/s:link", ns) is not None
    headers, text = ask(bounded.sparql, "SELECT * WHERE { ?s ?p ?o }", format="csv")
    assert len(text.splitlines()) == 6 and headers["kg-rows-capped"] == "5"
    headers, text = ask(bounded.sparql, TRIPLES)
    assert text.startswith("# only the first 5 rows") and headers["kg-rows-capped"] == "5"


def test_an_answer_that_is_whole_says_nothing_of_a_cap(bounded):
    headers, text = ask(bounded.sparql, "SELECT * WHERE { ?s ?p ?o } LIMIT 5")
    assert "kg-rows-capped" not in headers and json.loads(text)["head"].keys() == {"vars"}


def test_graphs_can_be_chosen_by_the_request_and_by_the_query(running):
    graphs = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
    names = [row["g"]["value"] for row in json.loads(ask(running.sparql, graphs)[1])["results"]["bindings"]]
    assert len(names) > 1
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"

    def number(query: str, **parameters: Any) -> int:
        return int(json.loads(ask(running.sparql, query, **parameters)[1])["results"]["bindings"][0]["n"]["value"])

    one = number(count, **{"default-graph-uri": names[0]})
    assert 0 < one < number(count)
    assert number(count.replace("WHERE", f"FROM <{names[0]}> WHERE")) == one
    assert one < number(count, **{"default-graph-uri": names[:2]}) <= number(count)
    chosen = ask(running.sparql, graphs, **{"named-graph-uri": names[1]})[1]
    assert [row["g"]["value"] for row in json.loads(chosen)["results"]["bindings"]] == [names[1]]
    # a data set in the request goes before that of the query
    other = count.replace("WHERE", f"FROM <{names[1]}> WHERE")
    assert number(other, **{"default-graph-uri": names[0]}) == one
    # no graph is fetched: an unknown one is empty
    assert number(count.replace("WHERE", "FROM <file:///etc/passwd> WHERE")) == 0
    assert ask(running.sparql, count, **{"default-graph-uri": "no iri"})[0]["status"] == 400


@pytest.mark.parametrize(
    ("data", "kind", "status"),
    [
        (b"query=ASK+%7B%7D&query=ASK+%7B%7D", "application/x-www-form-urlencoded", 400),
        (b"nothing=here", "application/x-www-form-urlencoded", 400),
        (b"query=%FF", "application/x-www-form-urlencoded", 400),
        (b"\xff", "application/sparql-query", 400),
        (b"ASK {}", "text/plain", 415),
        (b"ASK {}" + b" " * 200_000, "application/sparql-query", 400),
    ],
)
def test_what_is_not_of_the_protocol_is_refused(running, data, kind, status):
    headers, text = send(Request(running.sparql, data=data, headers={"Content-Type": kind}))
    assert headers["status"] == status and text.strip()


def test_a_body_past_the_limit_is_refused_before_it_is_sent(running):
    client = http.client.HTTPConnection(running.address.removeprefix("http://"), timeout=10)
    client.putrequest("POST", "/sparql")
    client.putheader("Content-Type", "application/sparql-query")
    client.putheader("Content-Length", "1000001")
    client.endheaders()
    assert client.getresponse().status == 413
    client.close()


def test_other_methods_and_other_origins_get_nothing(running):
    assert send(Request(running.sparql + "?query=ASK%7B%7D", method="PUT"))[0]["status"] in (403, 405)
    headers, _ = send(Request(running.sparql + "?query=ASK%7B%7D", headers={"Origin": "http://evil.example"}))
    assert "access-control-allow-origin" not in headers


def test_without_a_question_programs_get_a_description_and_people_the_console(running):
    import rdflib

    _, text = ask(running.sparql)
    assert len(rdflib.Graph().parse(data=text, format="turtle")) > 5
    shown = curl("-o", "/dev/null", "-w", "%{http_code} %{redirect_url}", "-H", "Accept: text/html", running.sparql)
    assert shown == f"303 {running.address}/console"


def test_labels_of_any_characters_survive_every_format(running):
    query = """SELECT ?x WHERE { VALUES ?x { "<script>alert('1')</script>&\\"\\t\\n," } }"""
    expected = "<script>alert('1')</script>&\"\t\n,"
    assert json.loads(ask(running.sparql, query)[1])["results"]["bindings"][0]["x"]["value"] == expected
    root = ElementTree.fromstring(ask(running.sparql, query, format="xml")[1])
    assert root.find(".//{*}literal").text == expected
    assert list(csv.reader(io.StringIO(ask(running.sparql, query, format="csv")[1])))[1] == [expected]


def test_a_new_build_is_asked_without_a_restart(tmp_path):
    graph = tmp_path / "graph.trig"
    graph.write_text("<urn:a> <urn:b> 1 .", encoding="utf-8")
    with endpoint_on(graph, Bounds(seconds=10)) as one:
        count = "SELECT * WHERE { ?s ?p ?o }"
        assert len(json.loads(ask(one.sparql, count)[1])["results"]["bindings"]) == 1
        fresh = tmp_path / "fresh.trig"
        fresh.write_text("<urn:a> <urn:b> 1, 2 .", encoding="utf-8")
        fresh.replace(graph)
        assert len(json.loads(ask(one.sparql, count)[1])["results"]["bindings"]) == 2
        graph.unlink()
        headers, text = ask(one.sparql, count)
        assert headers["status"] == 500 and "kg build" in text


def test_a_graph_that_does_not_parse_is_said(tmp_path):
    graph = tmp_path / "graph.trig"
    graph.write_text("no graph", encoding="utf-8")
    with endpoint_on(graph, Bounds(seconds=10)) as one:
        headers, text = ask(one.sparql, "ASK {}")
        assert headers["status"] == 500 and "not a TriG graph" in text


def test_the_process_that_holds_the_graph_is_started_again_when_it_dies(running):
    ask(running.sparql, "ASK {}")
    running.endpoint.engine._process.kill()
    running.endpoint.engine._process.wait()
    assert ask(running.sparql, "ASK {}")[0]["status"] == 200
