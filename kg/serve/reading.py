"""Documents and claims: what they say, where, and how to cite them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.model import ASSERTIONS
from kg.query.table import Table
from kg.serve.asked import Asked, NotFoundError
from kg.serve.named import kind, place
from kg.serve.passages import Segment, covered, segments
from kg.serve.shown import Shown
from kg.serve.texts import texts
from kg.serve.wording import ONE, TYPES
from kg.serve.words import facts, named

if TYPE_CHECKING:
    from kg.ledger import Decision
    from kg.model import Claim, Document

PART = 20_000  # characters of a text on one page
AROUND = 240  # characters on each side of a quote


def documents_page(ask: Asked) -> Shown:
    """All documents, or those of one province."""
    t = texts(ask.language)
    province = ask.one("province")
    columns = ("id", "title", "author", "number", "date", "area", "kind", "claims")
    rows = [
        (
            *(d.id, d.source.title or d.source.path or d.id, d.source.author, d.source.number, d.source.date),
            *(d.source.area, d.source.kind, len(ask.state.claims.get(d.id, ()))),
        )
        for d in ask.state.documents.values()
        if not province or province_of(d.source.area) == province
    ]
    rows.sort(key=lambda row: (str(row[5]), str(row[1]), str(row[0])))
    labels = ("", *(t[name] for name in columns[1:]))
    table = Table(columns, tuple(rows), labels=labels)
    return Shown("documents.html.j2", t["documents"], table, {"province": province})


def province_of(name: str) -> str:
    """The province a place lies in, the nation for itself, "" for regions and unknown places."""
    from kg.text.areas import load_areas

    found = load_areas().resolve(name) if name else None
    if found is None:
        return ""
    return found.province or (found.name if found.level == "national" else "")


def document_of(ask: Asked) -> Document:
    document = ask.state.documents.get(ask.key)
    if document is None:
        raise NotFoundError(f"{ask.key[:60]}: no such document in this build; the list of documents has all")
    return document


def document_page(ask: Asked) -> Shown:
    """One document: what it is, what it links to, its text with the claims in it."""
    t = texts(ask.language)
    document = document_of(ask)
    claims = ask.state.claims.get(document.id, [])
    source = document.source
    about = [
        (t[key], value)
        for key, value in (
            *(("author", source.author), ("number", source.number), ("date", source.date)),
            *(("area", place(source.area, ask.language)), ("kind", t.get(f"value_{source.kind}", kind(source.kind, ask.language))), ("published_in", source.published_in)),
            *(("restates", source.digest_of_title), ("licence", source.licence), ("file", source.path)),
            *(("checksum", source.sha256), ("characters", len(document.text))),
        )
        if value
    ]
    shown_types = [v for v in ask.many("type") if v in TYPES] or list(TYPES)
    number, pieces = _part(ask, document, [c for c in claims if c.type in shown_types])
    parts = max(1, -(-len(document.text) // PART))
    counts = Counter(c.type for c in claims)
    columns = ("claim", "type", "locator", "start", "end", "area", "assertion", "rule", "quote")
    table = Table(
        columns,
        tuple(
            (c.id, c.type, c.locator, c.start, c.end, c.area, c.assertion, c.rule, c.quote)
            for c in sorted(claims, key=lambda c: (c.start, c.end, c.id))
        ),
    )
    return Shown(
        "document.html.j2",
        source.title or source.path or document.id,
        table,
        {
            "document": document,
            "about": about,
            "links": _links(claims, ask.language),
            "cited_by": _cited_by(ask, document, claims),
            "counts": [(code, pair[ask.language == "en"], counts[code]) for code, pair in TYPES.items() if counts[code]],
            "shown_types": shown_types,
            "total": len(claims),
            "share": round(100 * covered(claims) / max(1, len(document.text))),
            "pieces": pieces,
            "number": number,
            "part_count": parts,
        },
        data={"document": _row(document), "claims": [c.to_dict() for c in claims]},
    )


def _row(document: Document) -> dict[str, object]:
    from kg.build import document_row

    return {k: v for k, v in document_row(document).items() if k != "text"} | {"characters": len(document.text)}


def _part(ask: Asked, document: Document, claims: list[Claim]) -> tuple[int, list[Segment]]:
    """The number of the part asked for (by `part`, or by the claim `claim`) and its segments."""
    number = ask.number("part", 1, 10**6, 1)
    wanted = ask.state.claim_by_id.get(ask.one("claim"))
    if wanted is not None and wanted.doc == document.id:
        number = wanted.start // PART + 1
    number = min(number, max(1, -(-len(document.text) // PART)))
    return number, segments(document.text, claims, (number - 1) * PART, number * PART)


def _links(claims: Iterable[Claim], language: str) -> list[tuple[str, str, str]]:
    found: dict[tuple[str, str], str] = {}
    for claim in claims:
        if claim.type == "policy_link":
            found.setdefault((named(claim.values["relation"], language), claim.values["to"]), claim.id)
    return [(relation, to, claim) for (relation, to), claim in sorted(found.items())]


def _cited_by(ask: Asked, document: Document, claims: Iterable[Claim]) -> list[tuple[Document, str, str]]:
    """Documents whose links between policies name this one by title or number, with a claim that does."""
    own = {document.source.title.strip("《》"), document.source.number}
    for claim in claims:
        if claim.type == "policy" and claim.values.get("self"):
            own |= {claim.values.get("title", ""), claim.values.get("number", ""), *claim.values.get("aliases", ())}
    own.discard("")
    found: dict[str, tuple[Document, str, str]] = {}
    for other, theirs in ask.state.claims.items():
        for claim in theirs if other != document.id else ():
            if claim.type == "policy_link" and (claim.values["to"] in own or claim.values.get("number") in own):
                relation = named(claim.values["relation"], ask.language)
                found.setdefault(other, (ask.state.documents[other], relation, claim.id))
    return [found[key] for key in sorted(found)]


def claim_of(ask: Asked) -> Claim:
    claim = ask.state.claim_by_id.get(ask.key)
    if claim is None:
        raise NotFoundError(f"{ask.key[:60]}: no such claim in this build; a new build may have given it another id")
    return claim


def claim_page(ask: Asked) -> Shown:
    """One claim: the exact quote in context, what it says, what it proves, how to cite it."""
    from kg.export.citing import cited, remarks, where
    from kg.view import labels

    t = texts(ask.language)
    claim = claim_of(ask)
    document = ask.state.documents[claim.doc]
    item = cited(document, claim)
    text = document.text
    said = [(t[key], value) for key, value in facts(claim, ask.state.concepts(ask.language), ask.language)]
    where_from = [
        (t["where"], where(item, ask.language) or claim.locator or "–"),
        (t["offsets"], f"{claim.start}–{claim.end}"),
        (t["rule"], claim.rule),
    ]
    same = [c for c in ask.state.claims[claim.doc] if c.id != claim.id and c.start < claim.end and claim.start < c.end]
    columns, row = zip(*claim_row(claim, document).items(), strict=True)
    return Shown(
        "claim.html.j2",
        f"{ONE[claim.type][ask.language == 'en']} {claim.id}",
        Table(columns, (row,)),
        {
            "claim": claim,
            "document": document,
            "said": said,
            "where_from": where_from,
            "before": text[max(0, claim.start - AROUND) : claim.start].lstrip(),
            "after": text[claim.end : claim.end + AROUND].rstrip(),
            "things": things(ask, claim),
            "same": [(c, ONE[c.type][ask.language == "en"]) for c in same[:40]],
            "citations": citations([item], ask.language),
            "remarks": remarks(item, ask.language),
            "seeks": claim.type in ("measure", "recommendation"),
            "decided": decisions(ask, claim),
            "assertions": [(code, ask.state.concepts(ask.language).name("assertion", code)) for code in ASSERTIONS],
            "class_names": labels.names(labels.CLASSES, ask.language),
        },
        data=claim_row(claim, document) | {"values": claim.to_dict(), "citations": dict(citations([item], ask.language))},
    )


def claim_row(claim: Claim, document: Document) -> dict[str, str | int | None]:
    """A claim as one row."""
    from kg.commands.claims import said

    return {
        **{"claim": claim.id, "type": claim.type, "area": claim.area, "assertion": claim.assertion},
        **{"says": said(claim), "quote": claim.quote, "locator": claim.locator, "page": document.page_at(claim.start)},
        **{"start": claim.start, "end": claim.end, "rule": claim.rule, "doc": document.id},
        "document": document.source.title or document.source.path,
    }


def citations(items: list, language: str) -> list[tuple[str, str]]:
    """(form, text): GB/T 7714 with the quote, BibTeX, CSL-JSON, RIS."""
    from kg.export import bibliography
    from kg.export.citing import one_line, where
    from kg.export.references import reference

    works = [work for item in items for work in item.works]
    national = []
    for item in items:
        open_, close = ("“", "”") if language == "zh" else ('"', '"')
        place = where(item, language)
        told = " ".join(reference(work, 2025) for work in item.works)
        national.append(f"{open_}{one_line(item.claim.quote)}{close}{f'（{place}）' if place else ''} {told}")
    return [
        ("GB/T 7714", "\n".join(national)),
        ("BibTeX", bibliography.bibtex(works)),
        ("CSL-JSON", bibliography.csl_json(works)),
        ("RIS", bibliography.ris(works)),
    ]


def things(ask: Asked, claim: Claim) -> list[tuple[str, str, str]]:
    """(IRI, name, class) of what the graph says this claim proves and the network can show."""
    graph = ask.state.network
    index = ask.state.keep("nodes-by-claim", lambda: _nodes_by_claim(graph))
    return [(node, graph.nodes[node]["label"], graph.nodes[node]["cls"]) for node in index.get(claim.id, ())]


def _nodes_by_claim(graph) -> dict[str, list[str]]:  # type: ignore[no-untyped-def]
    index: dict[str, list[str]] = {}
    for node, data in graph.nodes(data=True):
        for evidence in data["evidence"]:
            index.setdefault(evidence.claim, []).append(node)
    for source, target, data in graph.edges(data=True):
        for node in (source, target):
            if data["claim"] and node not in index.setdefault(data["claim"], []):
                index[data["claim"]].append(node)
    return {claim: sorted(dict.fromkeys(nodes))[:20] for claim, nodes in index.items()}


def decisions(ask: Asked, claim: Claim) -> list[tuple[Decision, str, str]]:
    """What curators have decided on the claim so far and what became of it; only told where the workbench may write."""
    from kg.serve.things import decided

    return [row for row in decided(ask.state) if str(row[0].claim.get("id")) == claim.id] if ask.state.curate else []
