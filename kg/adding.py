"""Files added to a build that is there already: they alone are read and extracted, everything is linked anew."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from kg.build import Built, Progress, assemble, extract_all, load_claims, load_documents, use_rules
from kg.config import REPORT, Limits
from kg.errors import KgError
from kg.manifest import load_manifest
from kg.model import Document
from kg.read import Outcome, collect
from kg.read.catalogue import load_catalogue
from kg.read.duplicates import same_texts
from kg.read.folder import READ, SAME
from kg.resources import data_dir


def add(
    paths: Sequence[str | Path],
    out: str | Path,
    *,
    workers: int = 0,
    rules: str = "",
    limits: Limits | None = None,
    ledger: str | Path | None = None,
    progress: Progress | None = None,
) -> Built:
    """Add files to the build in `out`, which is exchanged for the new one in one step.

    The graph is the one that a build of all the texts together would write. `errors`, `notes` and `files` of
    the answer are those of the files added. What the build holds already is left out; with nothing new `out`
    stays as it is; without `paths` the decisions alone are applied. `ledger` holds decisions to apply, `progress` is told as by `kg.build.build`. Raises
    `KgError` where `out` is no build or none of the files can be read.
    """
    out = Path(out)
    use_rules(rules)
    tell = progress or (lambda stage, done, of: None)
    since = load_manifest(out).id
    before, claims = load_documents(out), load_claims(out)
    found = collect(paths, load_catalogue(data_dir("sources")), limits=limits, progress=partial(tell, "read"))
    if paths and not found.documents:
        raise KgError("\n".join(found.errors))
    outcomes, fresh = _new(found.outcomes, found.documents, before)
    if not fresh and paths:
        return Built(out, len(before), sum(map(len, claims.values())), found.errors, found.notes, outcomes)
    documents, extracted, failed = extract_all(fresh, workers, None, tell) if fresh else ([], {}, [])
    errors = (*found.errors, *failed)
    report = json.loads((out / REPORT).read_text(encoding="utf-8"))
    built = assemble(
        out,
        sorted([*before, *documents], key=lambda d: d.id),
        dict(sorted({**claims, **extracted}.items())),
        Path(ledger) if ledger else None,
        (*report["errors"], *errors),
        (*report["notes"], *found.notes),
        (*(Outcome(**row) for row in report.get("files", ())), *outcomes),
        tell,
        since=since,
        limits=limits,
    )
    return replace(built, errors=errors, notes=found.notes, files=outcomes)


def _new(
    outcomes: Sequence[Outcome], documents: Sequence[Document], before: Sequence[Document]
) -> tuple[tuple[Outcome, ...], list[Document]]:
    """What became of the files, those told apart that the build holds already; and the documents that are new."""
    held = {document.id: document for document in before}
    fresh = [document for document in documents if document.id not in held]
    everything = [*before, *fresh]
    why = {id: f"the build holds it already, as {d.source.path}" for id, d in held.items()}
    for dropped, kept in same_texts(everything):
        if dropped >= len(before):
            where = everything[kept].source.path
            why[everything[dropped].id] = f"the same text as {where} but for what stands around it; read once"
    told = (
        replace(o, result=SAME, why=why[o.document]) if o.result == READ and o.document in why else o
        for o in outcomes
    )
    return tuple(told), [document for document in fresh if document.id not in why]
