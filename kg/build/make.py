"""`kg build`: read → extract → link → graph → pictures, into a folder that is always complete.

Everything is written beside the output folder first and put in its place in one step, so that a build that
fails or is interrupted leaves the last complete one as it was. The files depend on the bytes read, the rules
and the ontology only.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from kg.config import CLAIMS, DOCUMENTS, GRAPH, REPORT, VIEWS, Limits
from kg.curation import Curation, curated_claims, curated_names, find_ledger, ledger_report
from kg.errors import KgError, RuleError
from kg.model import Claim, Detail, Document, Source
from kg.read import Outcome, collect
from kg.read.catalogue import load_catalogue
from kg.resources import data_dir

PICTURES = {
    "network": {"zh": "创新主体网络", "en": "Innovation actors"},
    "flows": {"zh": "创新资源流向", "en": "Flows of innovation resources"},
}
#: files of a folder of rules
RULE_FILES = (
    *("enterprises.csv", "funding.csv", "organisations.csv", "platforms.csv", "talent.csv"),
    *("boundary-words.csv", "instrument_cues.tsv", "resource_cues.tsv", "beneficiary_categories.tsv"),
)
STAGES = ("read", "extract", "link", "graph", "pictures")

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What was built: where, how much, and what did not work."""

    out: Path
    documents: int
    claims: int
    errors: tuple[str, ...]
    notes: tuple[str, ...]
    files: tuple[Outcome, ...] = ()
    conflicts: tuple[str, ...] = ()  # lines of the ledger that do not fit the texts as they are now


def build(
    paths: Sequence[str | Path],
    out: str | Path,
    *,
    workers: int = 0,
    rules: str = "",
    config: Path | None = None,
    limits: Limits | None = None,
    ocr: bool = False,
    ledger: str | Path | None = None,
    progress: Progress | None = None,
) -> Built:
    """Build the graph of the files and folders `paths` (the package's own sources without any) into `out`.

    `ledger` is a file of curators' decisions; without it, `ledger.jsonl` in one of the folders `paths`.
    `progress(stage, done, of)` is told how far it is, stages being `STAGES`. A file that cannot be read or
    extracted is reported in `errors` and the others go on. Raises `KgError` where nothing can be built or
    `out` is a folder that holds something else; the folder is untouched then.
    """
    out = Path(out)
    _check_target(out)
    use_rules(rules)
    tell = progress or (lambda stage, done, of: None)
    sources = data_dir("sources")
    found = collect(paths or [sources], load_catalogue(sources), limits=limits, ocr=ocr, progress=partial(tell, "read"))
    if not found.documents:
        raise KgError("\n".join(found.errors) or "nothing to build: name files or folders")
    decisions = find_ledger(paths or [sources], ledger)
    documents, extracted, errors = extract_all(found.documents, workers, config, tell)
    told = (*found.errors, *errors)
    return assemble(out, documents, extracted, decisions, told, found.notes, found.outcomes, tell)


def assemble(
    out: Path,
    documents: Sequence[Document],
    extracted: dict[str, list[Claim]],
    decisions: Path | None,
    problems: Sequence[str],
    notes: Sequence[str],
    outcomes: Sequence[Outcome],
    tell: Progress,
) -> Built:
    """Apply the ledger `decisions`, link and write what was extracted, and put it in the place of `out` in one step.

    `problems`, `notes` and `outcomes` are told in the report.
    """
    tell("link", 0, 1)
    curation = curated_claims(decisions, documents, extracted)
    claims = curation.claims
    trig, conflicts = _graph(documents, curation, tell)
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{out.name}-new-", dir=out.parent))
    try:
        fresh.chmod(0o755)
        _write_claims(fresh, documents, claims)
        (fresh / GRAPH).write_bytes(trig)
        (fresh / VIEWS).mkdir()
        for number, picture in enumerate(PICTURES):
            tell("pictures", number, len(PICTURES))
            _write_text(fresh / VIEWS / f"{picture}.html", draw(fresh / GRAPH, picture))
        tell("pictures", len(PICTURES), len(PICTURES))
        report = _report(documents, claims, problems, notes)
        report["files"] = sorted((_file_row(o) for o in outcomes), key=lambda row: sorted(row.items()))
        if decisions:
            report["ledger"] = ledger_report(curation, conflicts)
        _write_json(fresh / REPORT, report)
        publish(fresh, out)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    total = sum(map(len, claims.values()))
    return Built(out, len(documents), total, tuple(problems), tuple(notes), tuple(outcomes), conflicts)


def use_rules(folder: str) -> None:
    """Add the lexicon entries and cues of a folder to the package's own, here and in worker processes.

    Raises `KgError` where there is no such folder or a file in it is none of `RULE_FILES`; malformed entries
    are refused with file and line when the lexicons are loaded. The first folder given stays in force.
    """
    if not folder:
        return
    if not Path(folder).is_dir():
        raise KgError(f"{folder}: no such folder; --rules takes a folder of lexicon files")
    for path in sorted(Path(folder).iterdir()):
        if path.name not in RULE_FILES and not path.name.startswith("."):
            raise RuleError(f"{path}: not a file of rules; known: {', '.join(RULE_FILES)}")
    os.environ["KG_RULES"] = os.path.abspath(folder)


def _check_target(out: Path) -> None:
    if out.is_dir() and any(out.iterdir()) and not (out / GRAPH).is_file():
        raise KgError(f"{out}: this folder holds something else than a build; give --out another folder")
    if out.exists() and not out.is_dir():
        raise KgError(f"{out}: this is a file; give --out a folder")


def extract_all(
    documents: Sequence[Document], workers: int, config: Path | None, tell: Progress
) -> tuple[list[Document], dict[str, list[Claim]], list[str]]:
    """Documents with what they say of themselves, their claims by id, and messages on those that failed."""
    from kg.extract.many import extract_many

    done = 0

    def progress(_: Document) -> None:
        nonlocal done
        done += 1
        tell("extract", done, len(documents))

    tell("extract", 0, len(documents))
    kept: list[Document] = []
    claims: dict[str, list[Claim]] = {}
    errors: list[str] = []
    for document, found, error in extract_many(documents, workers=workers, config=config, progress=progress):
        if error:
            errors.append(error)
            continue
        kept.append(_titled(document, found))
        claims[document.id] = found
    if not kept:
        raise KgError("\n".join(errors))
    # the order in which files were named is no fact
    return sorted(kept, key=lambda d: d.id), dict(sorted(claims.items())), errors


def _titled(document: Document, claims: Iterable[Claim]) -> Document:
    """A document without a catalogue row takes the title, number and place that it gives itself."""
    source = document.source
    if source.id != document.id:
        return document
    own = next((c for c in claims if c.type == "policy" and c.values.get("self")), None)
    if own is None:
        return replace(document, source=_described(document))
    values = own.values
    return replace(
        document,
        source=replace(
            source,
            title=values["title"],
            author="、".join(values.get("issuers", ())),
            date=values.get("issued", ""),
            number=values.get("number", ""),
            area=own.area or "",
            kind="policy",
        ),
    )


def _described(document: Document) -> Source:
    """The row of a document that is no policy, with what the page or the article says of itself."""
    said: dict[str, list[str]] = {}
    for detail in document.details:
        said.setdefault(detail.key, []).append(detail.value)
    first = {key: values[0] for key, values in said.items()}
    return replace(
        document.source,
        author="、".join(said.get("author", ())),
        date=first.get("date", "") or first.get("published", ""),
        number=first.get("number", ""),
        published_in=first.get("source", "") or first.get("publisher", ""),
    )


def _graph(
    documents: Sequence[Document], curation: Curation, tell: Progress
) -> tuple[bytes, tuple[str, ...]]:
    from kg.graph.build import dataset
    from kg.link.link import link

    linked, decided, conflicts = curated_names(curation, link(documents, curation.claims))
    tell("link", 1, 1)
    tell("graph", 0, 1)
    trig = dataset(documents, curation.claims, linked, decided)
    tell("graph", 1, 1)
    return trig, tuple(conflicts)


def draw(graph: Path, picture: str, *, language: str = "zh") -> str:
    """One of `PICTURES` of a graph file as an HTML page. Raises `KgError` where there is no graph."""
    from kg.analyse.flows import load_flows
    from kg.analyse.network import actor_network, load_network
    from kg.graph.store import open_store
    from kg.view.pages import flows_page, network_page

    store = open_store(graph)
    title = PICTURES[picture][language]
    if picture == "network":
        return network_page(actor_network(*load_network(store)), title=title, language=language)
    return flows_page(load_flows(store), title=title, language=language)


def _write_claims(folder: Path, documents: Sequence[Document], claims: dict[str, list[Claim]]) -> None:
    lines = [_json_line(document_row(d)) for d in documents]
    _write_text(folder / DOCUMENTS, "".join(lines))
    (folder / CLAIMS).mkdir()
    for document in documents:
        rows = "".join(_json_line(c.to_dict()) for c in claims[document.id])
        _write_text(folder / CLAIMS / f"{document.id}.jsonl", rows)


def document_row(document: Document) -> dict[str, Any]:
    """A line of `documents.jsonl`: id, the catalogue's words under `source`, encoding, text.

    A document with pages has `pages`, pairs of the offset where a page begins and its number; one with a list
    of references has its start and end under `references`. What it says about itself stands under `details`,
    with start and end where the text says it.
    """
    source = {k: v for k, v in asdict(document.source).items() if v}
    row: dict[str, Any] = {"id": document.id, "source": source, "encoding": document.encoding}
    for key in ("pages", "references"):
        if pairs := getattr(document, key):
            row[key] = pairs
    if document.details:
        row["details"] = [_detail_row(d) for d in document.details]
    return {**row, "text": document.text}


def load_documents(folder: str | Path) -> list[Document]:
    """The documents of a build folder. Raises `KgError` where there is no build."""
    path = Path(folder) / DOCUMENTS
    return [_document(row) for row in _rows(path)]


def _document(row: dict[str, Any]) -> Document:
    pages, references = (tuple((a, b) for a, b in row.get(key, ())) for key in ("pages", "references"))
    details = tuple(
        Detail(d["key"], d["value"], (d["start"], d["end"]) if "start" in d else None)
        for d in row.get("details", ())
    )
    return Document(row["id"], row["text"], Source(**row["source"]), row["encoding"], pages, references, details)


def _detail_row(detail: Detail) -> dict[str, Any]:
    place = {} if detail.span is None else {"start": detail.span[0], "end": detail.span[1]}
    return {"key": detail.key, "value": detail.value, **place}


def load_claims(folder: str | Path) -> dict[str, list[Claim]]:
    """Document id → claims of a build folder. Raises `KgError` where there is no build."""
    folder = Path(folder)
    return {
        document.id: [Claim.from_dict(row) for row in _rows(folder / CLAIMS / f"{document.id}.jsonl")]
        for document in load_documents(folder)
    }


def _rows(path: Path) -> list[dict[str, Any]]:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise KgError(f"{path}: no build here; run `kg build` first") from error
    # not splitlines: texts hold line separators of other kinds
    return [json.loads(line) for line in text.split("\n") if line]


def _report(
    documents: Sequence[Document],
    claims: dict[str, list[Claim]],
    errors: Sequence[str],
    notes: Sequence[str],
) -> dict[str, Any]:
    total: Counter[str] = Counter()
    rows = []
    for document in documents:
        counts = Counter(claim.type for claim in claims[document.id])
        total += counts
        rows.append(
            {
                "id": document.id,
                "title": document.source.title,
                "source": document.source.id,
                "area": document.source.area,
                "characters": len(document.text),
                "claims": dict(sorted(counts.items())),
            }
        )
    return {
        "documents": rows,
        "characters": sum(len(d.text) for d in documents),
        "claims": dict(sorted(total.items())),
        "errors": [_bare(message) for message in errors],
        "notes": [_bare(message) for message in notes],
    }


def _file_row(outcome: Outcome) -> dict[str, str]:
    row = {key: value for key, value in asdict(outcome).items() if value}
    return {**row, "where": Path(outcome.where).name}


def _bare(message: str) -> str:
    """The message with file names instead of paths, so that the report is the same on every machine."""
    where, colon, rest = message.partition(": ")
    return f"{Path(where).name}{colon}{rest}" if colon else message


def _json_line(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False) + "\n"


def _write_json(path: Path, value: Any) -> None:
    _write_text(path, json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def _write_text(path: Path, text: str) -> Path:
    path.write_bytes(text.encode("utf-8"))
    return path


def publish(fresh: Path, out: Path) -> None:
    """Put the folder `fresh` in the place of `out` in one step; what was there is deleted.

    On Linux the two names are exchanged by the kernel; elsewhere two renames leave a moment without `out`.
    """
    if not out.exists():
        os.rename(fresh, out)
        return
    if not _exchange(fresh, out):
        old = Path(tempfile.mkdtemp(prefix=f".{out.name}-old-", dir=out.parent))
        os.rename(out, old / "build")
        try:
            os.rename(fresh, out)
        except OSError:
            os.rename(old / "build", out)
            raise
        finally:
            shutil.rmtree(old, ignore_errors=True)


def _exchange(a: Path, b: Path) -> bool:
    """Exchange two names (renameat2 with RENAME_EXCHANGE); False where the system cannot."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    here = -100  # AT_FDCWD
    return renameat2(here, os.fsencode(a), here, os.fsencode(b), 2) == 0
