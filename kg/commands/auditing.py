"""The command that looks for contradictions: audit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from kg.commands.output import Answer, Build, prints_table, settings
from kg.errors import KgError


@prints_table
def audit(
    area: Annotated[str, typer.Option("--area", help="only documents of this place, part of its name")] = "",
    kind: Annotated[str, typer.Option("--kind", help="only findings of this kind (two-values, growth …)")] = "",
    hard: Annotated[bool, typer.Option("--hard", help="only what cannot be true, not what is to check")] = False,
    gold: Annotated[
        Path | None, typer.Option("--gold", help="contradictions that a reader found (.jsonl): score the audit")
    ] = None,
    build: Build = None,
    language: str = "zh",
) -> Answer:
    """Find contradictions: figures, ranks, lists of places and periods that do not agree, with both quotes."""
    from kg.analyse.audit import KINDS, audit_table
    from kg.analyse.audit import audit as run
    from kg.build import load_claims, load_documents

    if kind and kind not in KINDS:
        raise KgError(f"--kind {kind}: unknown; known: {', '.join(KINDS)}")
    folder = settings(build=build).build
    documents = [d for d in load_documents(folder) if area in d.source.area or area in d.source.title]
    slips = [
        slip
        for slip in run(documents, load_claims(folder))
        if kind in ("", slip.kind) and (slip.severity == "hard" or not hard)
    ]
    table = audit_table(slips, documents, language=language)
    if gold is None:
        return Answer(table)
    from kg.evaluate.contradictions import contradiction_table, load_contradictions

    rows = load_contradictions(gold, {d.id: d.text for d in documents})
    spans = [[(p.doc, p.start, p.end) for p in slip.places] for slip in slips]
    return Answer(contradiction_table(spans, rows), before=(table,))


COMMANDS: tuple[Any, ...] = (audit,)
