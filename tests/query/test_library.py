import re

import pytest

from kg.errors import QueryError
from kg.query import as_table, load_library, load_query, pick
from kg.query.lexer import tokens

LIBRARY = load_library()

GOOD = """\
#+ id: sample
#+ title: {zh: 例, en: Sample}
#+ question: {zh: 有什么？, en: "What is there?"}
#+ audience: [policy]
#+ params:
#+   - {name: name, type: text, default: null, label: {zh: 名称, en: Name}}
#+ columns:
#+   - {name: thing, label: {zh: 物, en: Thing}}
#+ view: table
SELECT ?thing
WHERE {
  VALUES ?name { UNDEF } #@param name
  ?thing ?p ?name .
}
ORDER BY ?thing
"""


def write(tmp_path, text, name="sample"):
    path = tmp_path / "group" / f"{name}.rq"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_becomes_a_query(tmp_path):
    query = load_query(write(tmp_path, GOOD))

    assert (query.id, query.group, query.view) == ("sample", "group", "table")
    assert query.title == {"zh": "例", "en": "Sample"}
    assert query.params[0].default is None
    assert [column.name for column in query.columns] == ["thing"]


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("#+ view: table", "#+ views: table", 9, "unknown key views"),
        ("#+ view: table", "#+ view: pie", 9, "expected one of table"),
        ("#+ view: table\n", "", 1, "key view is missing"),
        ("type: text", "type: word", 6, "concept:<scheme>"),
        ("type: text,", "type: text, multi: true,", 6, "unknown key multi"),
        ("audience: [policy]", "audience: [everyone]", 4, "expected one of policy"),
        ("audience: [policy]", "audience: policy", 4, "expected a list"),
        ("{zh: 例, en: Sample}", "{zh: 例}", 2, "key en is missing"),
        ("{zh: 例, en: Sample}", "{zh: 例, en: Sample", 3, "mend the YAML"),
        ("#@param name", "#@param other", 12, "slot for other"),
        ("#@param name", "#@parm name", 12, "not a slot"),
        ("VALUES ?name { UNDEF } #@param name", "", None, "parameter name has no slot"),
        ("SELECT ?thing", "SELECT ?thing ?p", None, "columns thing are declared but thing, p are selected"),
        ("SELECT ?thing", "SELECT *", None, "name the columns"),
        ("#+ id: sample", "#+ id: Sample", 1, "words-joined-by-hyphens"),
        ("#+ id: sample", "#+ id: other", 1, "is not the file's name"),
        ("#+ id: sample\n", "#+ id: sample\n#+ id: sample\n", 2, "stands twice"),
    ],
)
def test_a_malformed_file_is_refused_with_its_line(tmp_path, old, new, line, says):
    assert old in GOOD
    path = write(tmp_path, GOOD.replace(old, new, 1))

    with pytest.raises(QueryError) as error:
        load_query(path)

    message = str(error.value)
    assert message.startswith(f"{path}:{line}: " if line else f"{path}: ")
    assert says in message


@pytest.mark.parametrize("text", ["", "SELECT ?x WHERE { ?x ?y ?z }\n", "#+ just words\n"])
def test_a_file_without_a_head_is_refused(tmp_path, text):
    with pytest.raises(QueryError, match=":1: "):
        load_query(write(tmp_path, text))


def test_a_file_that_is_no_text_is_refused(tmp_path):
    path = write(tmp_path, "")
    path.write_bytes(b"#+ id: \xff\xfe")

    with pytest.raises(QueryError, match="UTF-8"):
        load_query(path)


def test_two_files_with_one_id_are_refused(tmp_path):
    write(tmp_path, GOOD)
    (tmp_path / "second").mkdir()
    (tmp_path / "second" / "sample.rq").write_text(GOOD, encoding="utf-8")

    with pytest.raises(QueryError, match="is taken by"):
        load_library(tmp_path)


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(QueryError, match="nowhere: no such folder"):
        load_library(tmp_path / "nowhere")


def test_a_near_name_is_suggested():
    with pytest.raises(QueryError, match="did you mean joint-issuers"):
        pick(LIBRARY, "joint-isuers")
    assert pick(LIBRARY, "joint-issuers") is LIBRARY["joint-issuers"]


def test_the_library_lists_itself():
    table = as_table(LIBRARY, language="en")

    assert len(table.rows) == len(LIBRARY)
    row = table.records()[table.column("id").index("measures-with-amount")]
    assert row["title"] == "Measures with at least an amount"
    assert "unit:text=CNY" in row["params"]


def test_the_library_has_questions_of_all_groups():
    groups = {query.group for query in LIBRARY.values()}

    assert groups == {"policy", "flow", "indicator", "network", "writing", "quality"}
    assert len(LIBRARY) >= 18


@pytest.mark.parametrize("query", LIBRARY.values(), ids=list(LIBRARY))
def test_a_query_keeps_to_the_form_of_the_library(query):
    words = [token.keyword for token in tokens(query.text)]

    assert not {"LIMIT", "OFFSET", "SERVICE", "FROM"} & set(words)
    assert words.count("ORDER") == 1, "a total order, given once"
    assert re.search(r"[一-鿿]", query.title["zh"]) and re.search(r"[一-鿿]", query.question["zh"])
    assert query.title["en"].isascii() and query.question["en"].endswith("?")
    names = [column.name for column in query.columns]
    assert "claim" in names or query.id == "claims-by-document", "every row that rests on claims names one"


@pytest.mark.parametrize("query", LIBRARY.values(), ids=list(LIBRARY))
def test_a_query_uses_only_terms_that_the_ontology_has(query):
    from kg import vocab

    terms = {value for value in vars(vocab).values() if isinstance(value, str) and value.startswith(vocab.IP)}
    used = {vocab.IP + name for name in re.findall(r"(?<![\w:])ip:(\w+)", query.text)}

    assert used <= terms
