"""Commands that explain the graph and keep what curators decide: explain, review."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.commands.output import Answer, Build, choice, prints_table, settings, tells_errors
from kg.errors import KgError, LedgerError

if TYPE_CHECKING:
    from kg.ledger import Doubt
    from kg.model import Claim, Document


@prints_table
def explain(
    name: Annotated[str, typer.Argument(help="IRI, any of its names, or document number of a thing")],
    build: Build = None,
    language: str = "zh",
) -> Answer:
    """Say what a thing is, under which names it goes, and why each name is taken for it."""
    from kg.analyse.explain import explain as run
    from kg.analyse.explain import find_things, in_words
    from kg.build import GRAPH
    from kg.graph.store import open_store

    folder = Path(settings(build=build).build)
    store = open_store(folder / GRAPH)
    found = find_things(store, name)
    if not found:
        raise KgError(f"{name}: nothing in {folder} goes by that name; `kg ask` prints names and IRIs")
    tables = []
    for thing in found:
        what, *rest = run(store, thing, language)
        tables += [in_words(what, language), *rest]
    return Answer(tables[-1], before=tuple(tables[:-1]))


@tells_errors
def review(
    claim: Annotated[
        str | None, typer.Argument(help="id of a claim (c-…); without it, doubtful ones in turn")
    ] = None,
    decision: Annotated[
        str | None,
        typer.Option(
            "--decision",
            help="accept, reject, correct, merge or split, without asking",
            callback=choice("accept", "reject", "correct", "merge", "split"),
        ),
    ] = None,
    who: Annotated[str, typer.Option("--who", envvar="KG_CURATOR", help="your name")] = "",
    why: Annotated[str, typer.Option("--why", help="the reason")] = "",
    becomes: Annotated[str, typer.Option("--set", help="what a correction sets, as JSON")] = "",
    kind: Annotated[str, typer.Option("--class", help="class of the names that are merged or split")] = "",
    name: Annotated[
        list[str] | None, typer.Option("--name", metavar="NAME[@PLACE]", help="twice: merge or split these")
    ] = None,
    ledger: Annotated[Path, typer.Option("--ledger", help="file to append to")] = Path("ledger.jsonl"),
    limit: Annotated[int, typer.Option("--limit", min=1, help="most claims to ask about")] = 50,
    build: Build = None,
) -> None:
    """Decide on claims: walk the doubtful ones, or write one decision; lines go to the ledger."""
    from kg.build import load_claims, load_documents
    from kg.ledger import append, read, uncertain

    folder = settings(build=build).build
    if decision in ("merge", "split"):
        line = append(ledger, _on_names(decision, who, why, kind, name or []))
        typer.echo(f"{ledger}:{line.line}: {decision}")
        return
    documents, claims = load_documents(folder), load_claims(folder)
    if claim is not None:
        document, found = _claim(claim, documents, claims, folder)
        made = _decided(found, document, decision or "", who, why, becomes)
        typer.echo(f"{ledger}:{append(ledger, made).line}: {decision} {found.id}")
        return
    if decision is not None:
        raise LedgerError(f"--decision {decision}: on which claim? give its id (c-…)")
    doubts = uncertain(documents, claims, read(ledger).decisions)
    typer.echo(f"{len(doubts)} doubtful claims; a accept, r reject, c correct, s skip, q quit")
    curator = who or typer.prompt("Your name")
    for number, doubt in enumerate(doubts[:limit], start=1):
        _show(doubt, number, len(doubts))
        key = typer.prompt("a/r/c/s/q", default="s").strip().lower()[:1]
        if key == "q":
            return
        if key not in "arc":
            continue
        chosen = {"a": "accept", "r": "reject", "c": "correct"}[key]
        setting = typer.prompt("Set (JSON)") if key == "c" else ""
        reason = typer.prompt("Why")
        try:
            made = _decided(doubt.claim, doubt.document, chosen, curator, reason, setting)
            typer.echo(f"{ledger}:{append(ledger, made).line}: {chosen}")
        except LedgerError as error:  # a slip of the fingers ends no session
            typer.echo(f"kg: {error}", err=True)


def _show(doubt: Doubt, number: int, of: int) -> None:
    from kg.commands.claims import said

    found, text = doubt.claim, doubt.document.text
    before = " ".join(text[max(0, found.start - 60) : found.start].split())
    after = " ".join(text[found.end : found.end + 60].split())
    typer.echo("")
    typer.echo(
        f"{number}/{of}  {found.id}  {found.type}  {doubt.document.source.title}  {found.locator or ''}"
    )
    typer.echo(f"  …{before} 【{' '.join(found.quote.split())}】 {after}…")
    typer.echo(f"  {said(found)}  [{found.area or '?'}] [{found.assertion or '-'}] rule {found.rule}")
    typer.echo(f"  ? {'; '.join(doubt.reasons)}")


def _decided(claim: Claim, document: Document, decision: str, who: str, why: str, becomes: str) -> Any:
    import json

    from kg.ledger import decision_on

    try:
        values = json.loads(becomes) if becomes else None
    except ValueError as error:
        raise LedgerError(f'--set: not JSON ({error}); write it like {{"area": "浙江省"}}') from None
    if values is not None and not isinstance(values, dict):
        raise LedgerError('--set: an object of keys is wanted, like {"area": "浙江省"}')
    return decision_on(claim, document, decision, who=who, why=why, becomes=values)


def _on_names(decision: str, who: str, why: str, kind: str, names: list[str]) -> Any:
    from kg.ledger import Decision

    if len(names) != 2:
        raise LedgerError(
            f"--name: {decision} takes two names; give --name twice, like --name 科创十条@贵州省"
        )
    pairs = [tuple(n.rpartition("@")[::2]) if "@" in n else (n, "") for n in names]
    return Decision(
        decision, who, why, kind=kind, names=((pairs[0][0], pairs[0][1]), (pairs[1][0], pairs[1][1]))
    )


def _claim(
    wanted: str, documents: list[Document], claims: dict[str, list[Claim]], folder: str
) -> tuple[Document, Claim]:
    name = wanted.rsplit("/", 1)[-1]
    hits = [
        (d, c) for d in documents for c in claims[d.id] if name.startswith("c-") and c.id.startswith(name)
    ]
    if len(hits) != 1:
        what = f"{len(hits)} claims begin so" if hits else "no such claim"
        raise KgError(f"{wanted}: {what} in {folder}; `kg extract` and `kg ask` print ids (c-…)")
    return hits[0]


COMMANDS: tuple[Any, ...] = (explain, review)
