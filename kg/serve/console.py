"""The console: YASGUI on this server's own endpoint, with the library's questions as examples."""

from __future__ import annotations

from kg.query.catalogue import as_table
from kg.query.library import Query
from kg.serve.asked import Asked
from kg.serve.shown import Shown
from kg.vocab import PREFIXES

SCRIPTS = ("vendor/yasgui/yasgui.min.js", "console.js")
#: what the console opens with: where the graph's facts are, and where they are stated
FIRST = """SELECT ?policy ?title ?date WHERE {
  ?policy a ip:Policy ;
    dcterms:title ?title .
  OPTIONAL { ?policy eli:date_document ?date }
}
ORDER BY DESC(?date) ?title
LIMIT 50
"""
_TEXTS = {
    "lead": (
        "SPARQL 1.1 查询，只读。端点：",
        "SPARQL 1.1 queries, read-only. Endpoint: ",
    ),
    "limits": (
        "更新和 SERVICE 不予执行；超时的查询会被终止，结果行数有上限，并会注明。",
        "Updates and SERVICE are refused; a query past its time is stopped, and answers cut at the row limit say so.",
    ),
    "examples": ("示例问题", "Example questions"),
    "choose": ("选择一个问题，在新标签页中打开", "choose a question; it opens in a new tab"),
    "needs_script": ("控制台需要 JavaScript。", "The console needs JavaScript."),
    "editor": ("查询编辑器", "Query editor"),
}


def console_page(ask: Asked) -> Shown:
    """The console; `?query=` opens a query of the address. Its files hold the library."""
    english = ask.language == "en"
    library = ask.state.library
    groups: dict[str, list[tuple[str, str]]] = {}
    for question in library.values():
        groups.setdefault(question.group, []).append((question.title[ask.language], example(question, ask.language)))
    prefixes = "\n".join(f"PREFIX {name}: <{space}>" for name, space in sorted(PREFIXES.items()))
    opened = f"{prefixes_of(FIRST)}\n{FIRST}"
    return Shown(
        "console.html.j2",
        "SPARQL",
        as_table(library, language=ask.language),
        {
            "groups": groups,
            "first": opened,
            "prefixes": prefixes,
            "c": {key: pair[english] for key, pair in _TEXTS.items()},
        },
        scripts=SCRIPTS,
    )


def example(question: Query, language: str) -> str:
    """The text of a question of the library, its head shortened to the question itself."""
    text = "\n".join(line for line in question.text.splitlines() if not line.startswith("#+"))
    return f"# {question.question[language]}\n{text.strip()}\n"


def prefixes_of(query: str) -> str:
    """The declarations of the graph's prefixes that a query uses."""
    used = [name for name in sorted(PREFIXES) if f"{name}:" in query]
    return "\n".join(f"PREFIX {name}: <{PREFIXES[name]}>" for name in used)
