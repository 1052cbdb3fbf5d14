"""Chosen claims: a table, a memo, references. The basket is the address; nothing is kept on the server."""

from __future__ import annotations

from kg.errors import KgError
from kg.query.table import Table
from kg.serve.asked import Asked
from kg.serve.reading import citations, claim_row
from kg.serve.shown import Shown
from kg.serve.texts import texts

MOST = 200
#: ending of a file → its media type
FILES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown",
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "csl": "application/vnd.citationstyles.csl+json",
}


def _ids(ask: Asked) -> list[str]:
    wanted = list(dict.fromkeys(part for value in ask.many("claims") for part in value.split(",") if part))
    if len(wanted) > MOST:
        raise KgError(f"claims: {len(wanted)}; a basket may hold {MOST}")
    return wanted


def basket_page(ask: Asked) -> Shown:
    """The claims that `claims` names (ids with commas), with what may be made of them."""
    state = ask.state
    wanted = _ids(ask)
    found = [state.claim_by_id[i] for i in wanted if i in state.claim_by_id]
    rows = [claim_row(c, state.documents[c.doc]) for c in found]
    columns = tuple(rows[0]) if rows else ("claim",)
    table = Table(columns, tuple(tuple(row.values()) for row in rows))
    context = {
        "found": [(c, state.documents[c.doc]) for c in found],
        "gone": [i for i in wanted if i not in state.claim_by_id],
        "citations": citations(_cited(ask), ask.language)[:1] if found else [],
        "files": list(FILES),
    }
    return Shown("basket.html.j2", texts(ask.language)["basket_title"], table, context)


def _cited(ask: Asked) -> list:
    from kg.export.citing import cited

    state = ask.state
    found = [state.claim_by_id[i] for i in _ids(ask) if i in state.claim_by_id]
    return [cited(state.documents[c.doc], c) for c in found]


def basket_file(ask: Asked) -> tuple[bytes, str]:
    """The basket as one of `FILES`: bytes and media type. Raises `KgError` for an empty one."""
    from kg.commands.writing import memo_points
    from kg.export import bibliography
    from kg.export.memo import memo_docx, memo_markdown

    items, kind = _cited(ask), ask.ending
    if not items:
        raise KgError("basket: empty; name claims of this build, like ?claims=c-…,c-…")
    if kind in ("docx", "md"):
        group = ask.choice("group", ("province", "theme", "document"), "province")
        points = memo_points(items, group, ask.language)
        title = ask.one("title")[:200] or {"zh": "资料摘录", "en": "Memo"}[ask.language]
        if kind == "docx":
            return memo_docx(points, title=title, language=ask.language), FILES[kind]
        return memo_markdown(points, title=title, language=ask.language).encode(), FILES[kind]
    write = {"bib": bibliography.bibtex, "ris": bibliography.ris, "csl": bibliography.csl_json}[kind]
    return write(work for item in items for work in item.works).encode(), FILES[kind]
