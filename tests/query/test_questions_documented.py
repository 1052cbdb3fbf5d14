"""Every question says what it asks in both languages, is listed and documented, and leads to its evidence."""

import re
from pathlib import Path

import pytest
from test_competency import read_case

from kg.query import as_table, load_library, run
from kg.query.library import LANGUAGES

ROOT = Path(__file__).parents[2]
LIBRARY = load_library()
DOCUMENTED = (ROOT / "queries" / "README.md").read_text(encoding="utf-8")


def test_the_readme_lists_the_questions_that_there_are_and_no_other():
    rows = re.findall(r"^\| `([\w-]+)` \| (.*?) \| (.*?) \| (.*?) \|$", DOCUMENTED, re.M)
    assert [row[0] for row in rows] == sorted(LIBRARY, key=lambda i: (LIBRARY[i].group, i))
    for query_id, chinese, english, params in rows:
        query = LIBRARY[query_id]
        assert (chinese, english) == (query.question["zh"], query.question["en"]), query_id
        assert params.replace("`", "").split() == [p.name for p in query.params], query_id


@pytest.mark.parametrize("language", LANGUAGES)
def test_kg_ask_lists_every_question_with_its_title(language):
    table = as_table(LIBRARY, language=language)
    assert set(table.column("id")) == LIBRARY.keys()
    assert all(table.column("title")) and all(table.column("question"))


@pytest.mark.parametrize("query_id", LIBRARY)
def test_every_row_leads_to_its_evidence(query_id, oxigraph):
    params, _, _ = read_case(query_id)
    claims = {
        row[0].value.rsplit("/", 1)[-1]
        for row in oxigraph.query(
            "SELECT ?c WHERE { ?c a <https://w3id.org/innopolicy/def/Claim> }"
        )
    }
    table = run(LIBRARY[query_id], oxigraph, params, timeout=None)

    assert table.rows
    assert {str(value).rsplit("/", 1)[-1] for value in table.column("claim")} <= claims
