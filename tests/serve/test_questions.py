"""Questions of the library are answered by the process that holds the graph, within the server's limits."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from serving import serving

from kg.errors import KgError, QueryError
from kg.query.rows import literal_value, read_json
from kg.query.run import run
from kg.serve.app import create_app
from kg.serve.limits import Limits, checked


def test_answers_are_those_of_the_library_in_process(client: Any) -> None:
    state = client.app.state.served.state
    asked = 0
    for query in state.library.values():
        try:
            expected = run(query, state.store, {}, timeout=None, limit=10_000)
        except QueryError:  # wants a parameter
            continue
        answer = client.get(f"/question/{query.id}.json")
        assert answer.status_code == 200, query.id
        assert sorted(map(repr, answer.json())) == sorted(map(repr, expected.records())), query.id
        asked += 1
    assert asked > 10


@pytest.mark.parametrize(
    ("lexical", "datatype", "value"),
    [
        ("12", "http://www.w3.org/2001/XMLSchema#integer", 12),
        ("1.50", "http://www.w3.org/2001/XMLSchema#decimal", 1.5),
        ("3.0", "http://www.w3.org/2001/XMLSchema#decimal", 3),
        ("true", "http://www.w3.org/2001/XMLSchema#boolean", True),
        ("2021", "http://www.w3.org/2001/XMLSchema#gYear", "2021"),
        ("浙江", "", "浙江"),
    ],
)
def test_literals_of_json_become_plain_values(lexical: str, datatype: str, value: object) -> None:
    assert literal_value(lexical, datatype) == value
    row = b'{"head":{"vars":["a","b"]},"results":{"bindings":[{"a":{"type":"literal","value":"%s","datatype":"%s"}}]}}'
    assert read_json(row % (lexical.encode(), datatype.encode())) == (("a", "b"), ((value, None),))


def test_a_question_past_its_time_is_stopped_and_the_server_goes_on(built: Path) -> None:
    import httpx

    app = create_app(built, limits=Limits(seconds=1.0, rows=3, at_once=1))
    state = app.state.served.state
    endless = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    one = state.library["joint-issuers"]
    state.kept["library"] = {**state.library, "endless": replace(one, id="endless", text=endless, params=(), columns=one.columns[:1])}
    with serving(app, lifespan="on") as address, httpx.Client(base_url=address, trust_env=False, timeout=30) as client:
        client.get("/")
        statuses: list[int] = []
        threads = [threading.Thread(target=lambda: statuses.append(httpx.get(f"{address}/question/endless?ask=1", timeout=60, trust_env=False).status_code)) for _ in range(3)]
        for thread in threads:
            thread.start()
        time.sleep(0.2)
        began = time.monotonic()
        assert client.get("/?q=企业").status_code == 200
        assert client.get("/basket").status_code == 200
        assert time.monotonic() - began < 1.0, "pages do not wait for questions"
        for thread in threads:
            thread.join(30)
        assert sorted(statuses) in ([504, 504, 504], [503, 504, 504], [503, 503, 504])
        cut = client.get("/question/policy-portfolio?ask=1" if "policy-portfolio" in state.library else "/question/joint-issuers?ask=1")
        assert cut.status_code == 200 and "答案有更多行" in cut.text


def test_limits_are_refused_where_they_would_allow_nothing() -> None:
    with pytest.raises(KgError, match="--upload-files 0"):
        checked(Limits(upload_files=0))


def test_the_cap_on_nodes_is_the_servers(built: Path) -> None:
    from starlette.testclient import TestClient

    client = TestClient(create_app(built, limits=Limits(nodes=40)), base_url="http://127.0.0.1:8765")
    assert len(client.get("/network.json?most=500").json()["nodes"]) == 40
    assert len(client.get("/network.json").json()["nodes"]) == 40
    assert 'max="40"' in client.get("/network").text
