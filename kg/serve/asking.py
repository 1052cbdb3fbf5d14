"""The library of questions as forms."""

from __future__ import annotations

from kg.errors import KgError
from kg.query.library import Param
from kg.query.table import Table
from kg.serve.asked import Asked, NotFoundError
from kg.serve.shown import Shown
from kg.serve.texts import texts

LIMIT, SECONDS = 1000, 30.0


def questions_page(ask: Asked) -> Shown:
    """All questions by group."""
    from kg.query.catalogue import as_table

    groups: dict[str, list] = {}
    for query in ask.state.library.values():
        groups.setdefault(query.group, []).append(query)
    table = as_table(ask.state.library, language=ask.language)
    return Shown("questions.html.j2", texts(ask.language)["questions"], table, {"groups": groups})


def question_page(ask: Asked) -> Shown:
    """One question: its form, and with `ask=1` (or values) the answer and the SPARQL that gave it."""
    from kg.query.bind import bind
    from kg.query.run import find_concept, run

    query = ask.state.library.get(ask.key)
    if query is None:
        raise NotFoundError(f"{ask.key[:60]}: no such question; the list of questions has all")
    written = {p.name: ask.one(p.name).strip() for p in query.params}
    given = {name: _values(value) for name, value in written.items() if value}
    store, message, table, sparql = ask.state.store, "", Table((), ()), query.text
    asking = bool(given) or bool(ask.one("ask")) or bool(ask.ending)
    try:
        sparql = bind(query, given, language=ask.language, concept=lambda s, label: find_concept(store, s, label))
        if asking:
            table = run(query, store, given, limit=LIMIT, timeout=SECONDS, language=ask.language)
    except KgError as error:
        if ask.ending:
            raise
        message = str(error)
    context = {
        "query": query,
        "sparql": sparql,
        "written": written,
        "suggested": {p.name: suggestions(ask, p) for p in query.params},
        "answered": asking and not message,
        "message": message,
    }
    return Shown("question.html.j2", query.title[ask.language], table, context, status=200 if not message else 504 if "no answer within" in message else 400)


def _values(written: str) -> str | list[str]:
    many = [part.strip() for part in written.replace("，", ",").split(",") if part.strip()]
    return many if len(many) > 1 else written


def suggestions(ask: Asked, param: Param) -> list[tuple[str, str]]:
    """(value, what it means) for a parameter that has known values."""
    from kg.query.bind import SCHEMES

    if param.type == "area":
        return [(name, "") for name in ask.state.provinces]
    if param.type.startswith("concept:"):
        scheme = param.type.partition(":")[2]
        concepts = ask.state.concepts(ask.language)
        return [(code, concepts.name(scheme, code)) for code in SCHEMES.get(scheme, ())]
    if param.name == "indicator":
        names = ask.state.keep("indicators", lambda: sorted({f.indicator for f in ask.state.figures}))
        return [(name, "") for name in names[:300]]
    return []
