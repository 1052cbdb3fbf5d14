"""Every question of the library, on both engines, against rows checked by hand on
`tests/fixtures/small.trig`.

A case is `tests/competency/<id>.csv`: `# param name=value` and `# near-miss cell` lines, then the
expected rows as CSV, IRIs without what all of the project's share. A near-miss is in the graph and looks
like an answer, but is none.
"""

import csv
from pathlib import Path

import pytest

from kg.export.tables import safe_cell, short
from kg.query import load_library, run

COMPETENCY = Path(__file__).parents[1] / "competency"
LIBRARY = load_library()


def read_case(query_id):
    lines = (COMPETENCY / f"{query_id}.csv").read_text(encoding="utf-8").splitlines()
    notes = [line[2:] for line in lines if line.startswith("# ")]
    params = dict(note.removeprefix("param ").split("=", 1) for note in notes if note.startswith("param "))
    near_misses = [note.removeprefix("near-miss ") for note in notes if note.startswith("near-miss ")]
    rows = list(csv.reader(line for line in lines if not line.startswith("# ")))
    return params, near_misses, rows


def as_cells(table):
    return [[safe_cell(short(value)) for value in row] for row in table.rows]


@pytest.mark.parametrize("query_id", LIBRARY)
def test_a_question_gets_the_expected_rows_in_order(query_id, engine):
    params, _, (columns, *expected) = read_case(query_id)

    table = run(LIBRARY[query_id], engine, params, timeout=None)

    assert list(table.columns) == columns
    assert as_cells(table) == expected


@pytest.mark.parametrize("query_id", LIBRARY)
def test_a_near_miss_is_in_the_graph_but_not_in_the_answer(query_id, oxigraph):
    params, near_misses, _ = read_case(query_id)
    everything = run_all(oxigraph)

    table = run(LIBRARY[query_id], oxigraph, params, timeout=None)

    cells = {cell for row in as_cells(table) for cell in row}
    assert near_misses
    for near_miss in near_misses:
        assert near_miss in everything, "a near-miss must be there to be missed"
        assert near_miss not in cells


def run_all(store):
    terms = store.query("SELECT DISTINCT ?x WHERE { { ?x ?p ?o } UNION { ?s ?p ?x } }")
    return {str(short(term[0].value)) for term in terms}


def test_every_case_belongs_to_a_question():
    assert {path.stem for path in COMPETENCY.glob("*.csv")} == set(LIBRARY)


def test_labels_come_in_english_too(engine):
    table = run(LIBRARY["portfolio"], engine, {"area": "贵州"}, language="en", timeout=None)

    assert table.title == "Policy portfolio"
    assert table.headings[1] == "Area name"
    assert [row[1] for row in table.rows] == ["Guizhou"]
    assert table.column("typologyLabel") == ("supply side",)


def test_unbound_questions_give_the_same_rows_on_both_engines(oxigraph, rdflib_store):
    for query in LIBRARY.values():
        assert run(query, oxigraph, timeout=None) == run(query, rdflib_store, timeout=None), query.id


def test_a_policy_without_a_place_is_in_no_place_but_is_found_without_one(oxigraph):
    query = LIBRARY["policies-by-area-and-theme"]

    assert "无属地示例通知" not in run(query, oxigraph, {"area": "贵州省"}).column("policyTitle")
    unbound = run(query, oxigraph)
    assert unbound.column("policyTitle").count("无属地示例通知") == 1
    assert unbound.column("areaLabel")[unbound.column("policyTitle").index("无属地示例通知")] is None


def test_the_nation_stands_for_itself_only(oxigraph):
    titles = run(LIBRARY["policies-by-area-and-theme"], oxigraph, {"area": "全国"}).column("policyTitle")

    assert titles == ("成果转化示例条例",)


def test_a_measure_without_an_amount_keeps_its_path_and_gets_no_amount(oxigraph):
    store = type(oxigraph)(Path(__file__).parents[1] / "fixtures" / "small.trig")
    store.store.update(
        "DELETE WHERE { GRAPH ?g { <https://w3id.org/innopolicy/id/measure/c-gd-grant> "
        "<https://w3id.org/innopolicy/def/hasAmount> ?amount } }"
    )
    rows = run(LIBRARY["resource-paths"], store, {"area": "广东"}).records()

    assert len(rows) == 1
    assert rows[0]["value"] is rows[0]["boundLabel"] is rows[0]["upper"] is None
