"""Commands that make something of texts: build, extract, export, view."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.commands.interchange import FORMS, write_form
from kg.commands.output import (
    FORMATS,
    LANGUAGES,
    Answer,
    Build,
    Language,
    choice,
    echo_tables,
    progress_bar,
    settings,
    tell_errors,
    tells_errors,
)
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.model import Claim, Document

Workers = Annotated[
    int | None, typer.Option("--workers", min=0, help="processes for reading and extraction; 0: as many as processors")
]
Rules = Annotated[
    str | None, typer.Option("--rules", help="folder with your own lexicon entries and cues (see README)")
]
Ocr = Annotated[
    bool, typer.Option("--ocr", help="recognise scanned pages and pictures of pages (needs tesseract with chi_sim)")
]
Config = Annotated[
    Path | None, typer.Option("--config", help="your own pipeline configuration (spaCy config)")
]
EXPORTS = ("csv", "json", "graphml", "gexf", "trig", "nt", *FORMS)


@tells_errors
def build(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="files, folders and zip archives of text, Word, HTML, PDF", show_default="own sources")
    ] = None,
    out: Annotated[str | None, typer.Option("--out", help="folder to write", show_default="build")] = None,
    workers: Workers = None,
    rules: Rules = None,
    config: Config = None,
    ledger: Annotated[
        Path | None,
        typer.Option("--ledger", help="curators' decisions", show_default="ledger.jsonl in a folder named"),
    ] = None,
    ocr: Ocr = False,
    anew: Annotated[
        bool, typer.Option("--anew", help="take nothing from the last build, which changes no byte of the result")
    ] = False,
) -> None:
    """Read texts, extract claims, link them, write the graph and the pictures; what has not changed is taken over."""
    from kg.build import build as run

    chosen = settings(build=out, workers=workers, rules=rules)
    with progress_bar() as tell:
        built = run(
            paths or [],
            chosen.build,
            workers=chosen.workers,
            rules=chosen.rules,
            config=config,
            limits=chosen.limits,
            ledger=ledger,
            ocr=ocr,
            pictures=chosen.picture_claims,
            anew=anew,
            progress=tell,
        )
    if paths:
        from kg.commands.reading import files_tables

        for table in files_tables(built.files):
            echo_tables(Answer(table), "table", chosen.language)
    typer.echo(f"{built.documents} documents, {built.claims} claims → {built.out}")
    for line in built.again:
        typer.echo(line)
    for conflict in built.conflicts:
        typer.echo(f"conflict: {conflict}", err=True)
    tell_errors(built.errors)
    if built.errors:
        typer.echo(f"kg: {len(built.errors)} could not be used; the others are built", err=True)
        raise typer.Exit(1)


@tells_errors
def extract(
    files: Annotated[list[Path], typer.Argument(help="files, folders and zip archives of text, Word, HTML, PDF")],
    format: Annotated[
        str, typer.Option("--format", help="jsonl, table, json, csv or md", callback=choice(*FORMATS))
    ] = "jsonl",
    workers: Workers = None,
    rules: Rules = None,
    config: Config = None,
    ocr: Ocr = False,
    language: Language = "zh",
) -> None:
    """Print the claims of texts, one a line (JSON lines: the claim contract)."""
    import json

    from kg.build import use_rules
    from kg.extract.many import extract_many
    from kg.read import collect

    chosen = settings(workers=workers, rules=rules)
    use_rules(chosen.rules)
    found = collect(files, limits=chosen.limits, ocr=ocr)
    errors = list(found.errors)
    kept: list[tuple[Document, list[Claim]]] = []
    for document, claims, error in extract_many(found.documents, workers=chosen.workers, config=config):
        if error:
            errors.append(error)
        elif format == "jsonl":
            for claim in claims:
                typer.echo(json.dumps(claim.to_dict(), ensure_ascii=False))
        else:
            kept.append((document, claims))
    if format == "json":
        rows = [claim.to_dict() for _, claims in kept for claim in claims]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    elif format != "jsonl":
        from kg.commands.claims import claim_table

        echo_tables(Answer(claim_table(kept)), format, language)
    tell_errors(errors)
    if errors:
        raise typer.Exit(1)


@tells_errors
def export(
    format: Annotated[str, typer.Option("--format", help=", ".join(EXPORTS), callback=choice(*EXPORTS))],
    out: Annotated[Path, typer.Option("--out", help="file to write; for csv and crate a folder")],
    claim: Annotated[str | None, typer.Option("--claim", help="id of the claim, for nanopub")] = None,
    build: Build = None,
) -> None:
    """Write the graph for other tools: csv, json, graphml, gexf, trig, nt, nq, jsonld; crate; one claim."""
    from kg.build import CLAIMS, GRAPH

    folder = Path(settings(build=build).build)
    if not (folder / GRAPH).is_file() or not (folder / CLAIMS).is_dir():
        raise KgError(f"{folder}: no build here; run `kg build` first")
    try:
        forms = write_form(format, folder, out, claim) if format in FORMS else _exported(format, folder, out)
        for path in forms:
            typer.echo(str(path))
    except OSError as error:
        raise KgError(f"{error.filename or out}: {error.strerror}; give --out another place") from error


def _exported(fmt: str, folder: Path, out: Path) -> list[Path]:
    import json

    from kg.build import GRAPH, load_claims, load_documents

    graph = folder / GRAPH
    if fmt in ("trig", "nt"):
        from kg.graph.formats import as_ntriples

        return [_write(out, graph.read_bytes() if fmt == "trig" else as_ntriples(graph))]
    if fmt == "json":
        claims = load_claims(folder)
        rows = [claim.to_dict() for doc in sorted(claims) for claim in claims[doc]]
        return [_write(out, (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode())]
    from kg.analyse.layers import load_layers, measure
    from kg.export.graphs import edges_csv, gexf, graphml, nodes_csv
    from kg.graph.store import open_store

    store = open_store(graph)
    network = measure(load_layers(store))
    if fmt in ("graphml", "gexf"):
        return [_write(out, graphml(network) if fmt == "graphml" else gexf(network))]
    from kg.analyse.flows import flow_table, load_flows
    from kg.commands.claims import claim_table
    from kg.export.tables import render

    claims = load_claims(folder)
    table = claim_table([(d, claims[d.id]) for d in load_documents(folder)])
    if out.exists() and not out.is_dir():
        raise KgError(f"{out}: this is a file; csv needs a folder")
    out.mkdir(parents=True, exist_ok=True)
    return [
        _write(out / "claims.csv", render(table, "csv").encode("utf-8-sig")),
        _write(out / "flows.csv", render(flow_table(load_flows(store)), "csv").encode("utf-8-sig")),
        _write(out / "nodes.csv", nodes_csv(network)),
        _write(out / "edges.csv", edges_csv(network)),
    ]


def _write(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


@tells_errors
def view(
    picture: Annotated[str, typer.Argument(help="network or flows", callback=choice("network", "flows"))],
    out: Annotated[
        Path | None, typer.Option("--out", help="HTML file to write", show_default="<picture>.html")
    ] = None,
    build: Build = None,
    language: Annotated[str, typer.Option("--language", callback=choice(*LANGUAGES))] = "zh",
) -> None:
    """Draw the actor network or the resource flows as one HTML file that works offline."""
    from kg.build import GRAPH, draw

    graph = Path(settings(build=build).build) / GRAPH
    path = out or Path(f"{picture}.html")
    try:
        typer.echo(str(_write(path, draw(graph, picture, language=language).encode())))
    except OSError as error:
        raise KgError(f"{path}: {error.strerror}; give --out another place") from error


COMMANDS: tuple[Any, ...] = (build, extract, view, export)
