"""`kg build`: read → extract → link → graph → pictures, into a folder that is always complete.

Everything is written beside the output folder first and put in its place in one step (`kg.build.switch`), so that a
build that fails or is killed leaves the last complete one as it was. What a document gives is taken from the last
build where nothing it depends on has changed (`kg.build.kept`); the files depend on the bytes read, the rules, the
ledger and the ontology only, and are the same with and without a last build.
"""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

from kg import ids
from kg.build.files import document_row, json_line
from kg.build.kept import Kept, key, rules, version_of
from kg.build.report import report_row
from kg.build.sections import changes_since, keep_place, whole_store
from kg.build.stages import Extracted, extract_all, mentions_of, part_of, reader
from kg.build.switch import fresh_folder, make_safe, publish
from kg.config import CLAIMS, DOCUMENTS, GRAPH, REPORT, VIEWS, Limits, Settings
from kg.curation import Curation, curated_claims, curated_names, find_ledger, ledger_report, tampered
from kg.errors import KgError, RuleError
from kg.graph.build import shared_sections
from kg.graph.disk import write_store
from kg.graph.store import Store, load_store
from kg.graph.turtle import HEAD
from kg.link.link import join
from kg.manifest import MANIFEST, Manifest, checked_bytes, digest, load_manifest, manifest_bytes
from kg.model import Claim, Document
from kg.read import Outcome, collect
from kg.read.catalogue import load_catalogue
from kg.resources import data_dir

PICTURES = {
    "network": {"zh": "创新主体网络", "en": "Innovation actors"},
    "flows": {"zh": "创新资源流向", "en": "Flows of innovation resources"},
}
#: pictures of more claims than this are tens of megabytes, which no browser shows with pleasure
PICTURE_CLAIMS = Settings().picture_claims
#: files of a folder of rules
RULE_FILES = (
    *("enterprises.csv", "funding.csv", "organisations.csv", "platforms.csv", "talent.csv"),
    *("boundary-words.csv", "instrument_cues.tsv", "resource_cues.tsv", "beneficiary_categories.tsv"),
)
STAGES = ("read", "extract", "link", "graph", "pictures")

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What was built: where, how much, and what did not work.

    `again` says what was made anew and why, where there was a build before; it is no part of the files.
    """

    out: Path
    documents: int
    claims: int
    errors: tuple[str, ...]
    notes: tuple[str, ...]
    files: tuple[Outcome, ...] = ()
    conflicts: tuple[str, ...] = ()  # lines of the ledger that do not fit the texts as they are now
    again: tuple[str, ...] = ()


@contextmanager
def no_garbage() -> Iterator[None]:
    """Do not look for circles among the millions of small values that a build holds on to; there are hardly any."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


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
    pictures: int = PICTURE_CLAIMS,
    anew: bool = False,
    progress: Progress | None = None,
) -> Built:
    """Build the graph of the files and folders `paths` (the package's own sources without any) into `out`.

    `ledger` is a file of curators' decisions; without it, `ledger.jsonl` in one of the folders `paths`. Pictures are
    drawn of up to so many claims. `anew` takes nothing from the last build. `progress(stage, done, of)` is told how
    far it is, stages being `STAGES`. A file that cannot be read or extracted is reported in `errors` and the others
    go on. Raises `KgError` where nothing can be built, another build is writing to `out`, or `out` is a folder that
    holds something else; the folder is untouched then.
    """
    out = Path(out)
    _check_target(out)
    use_rules(rules)
    tell = progress or (lambda stage, done, of: None)
    limits = limits or Limits()
    processes = workers or os.cpu_count() or 1
    with fresh_folder(out) as fresh:
        kept = Kept(out if not anew else fresh)
        sources = data_dir("sources")
        read_anew: list[str] = []
        with no_garbage():
            found = collect(
                paths or [sources],
                load_catalogue(sources),
                limits=limits,
                ocr=ocr,
                progress=partial(tell, "read"),
                reader=reader(kept, limits, ocr, processes, read_anew),
            )
        if not found.documents:
            raise KgError("\n".join(found.errors) or "nothing to build: name files or folders")
        decisions = find_ledger(paths or [sources], ledger)
        documents, extracted, errors = extract_all(found.documents, workers, config, tell, kept)
        told = (*found.errors, *errors)
        return _assemble(
            fresh, out, kept, documents, extracted, decisions, told, found.notes, found.outcomes, tell, pictures, config, limits
        )


def assemble(
    out: Path,
    documents: Sequence[Document],
    extracted: Mapping[str, Sequence[Claim]],
    decisions: Path | None,
    problems: Sequence[str],
    notes: Sequence[str],
    outcomes: Sequence[Outcome],
    tell: Progress,
    *,
    pictures: int = PICTURE_CLAIMS,
    since: str = "",
    limits: Limits | None = None,
) -> Built:
    """Apply the ledger `decisions`, link and write what was extracted, and put it in the place of `out` in one step.

    `problems`, `notes` and `outcomes` are told in the report. With `since`, the id of the manifest of the build that
    all this rests on, another build that took its place meanwhile is a `KgError` and stays.
    """
    with fresh_folder(out) as fresh:
        if since and load_manifest(out).id != since:
            raise KgError(f"{out}: another build took its place meanwhile; nothing was written, try again")
        claims, kept = Extracted.of(extracted), Kept(out)
        kept.carry("read", "same", "extract")
        return _assemble(
            fresh, out, kept, documents, claims, decisions, problems, notes, outcomes, tell, pictures, None, limits
        )


@no_garbage()
def _assemble(
    fresh: Path,
    out: Path,
    kept: Kept,
    documents: Sequence[Document],
    extracted: Extracted,
    decisions: Path | None,
    problems: Sequence[str],
    notes: Sequence[str],
    outcomes: Sequence[Outcome],
    tell: Progress,
    pictures: int,
    config: Path | None,
    limits: Limits | None,
) -> Built:
    tell("link", 0, 1)
    curation = curated_claims(decisions, documents, extracted, (limits or Limits()).ledger_megabytes)
    claims = extracted.replaced(curation.claims)
    write = _Writer(fresh)
    lines = {d.id: json_line(document_row(d)).encode() for d in documents}
    write.file(DOCUMENTS, b"".join(lines.values()))
    for document in documents:
        write.file(f"{CLAIMS}/{document.id}.jsonl", claims.lines[document.id])
    conflicts = _write_graph(write, out, kept, documents, lines, claims, curation, tell)
    total = sum(claims.lines[d.id].count(b"\n") for d in documents)
    notes = (*notes, *_draw(write, out, kept, total, pictures, tell))
    report = report_row(documents, claims, problems, notes, outcomes)
    if decisions:
        report["ledger"] = ledger_report(curation, conflicts)
    write.file(REPORT, (json.dumps(report, ensure_ascii=False, indent=1) + "\n").encode())
    conflicts = (*conflicts, *tampered(curation, _last_head(out)))
    (fresh / MANIFEST).write_bytes(manifest_bytes(write.files))
    again = _again(kept, len(documents), config)
    kept.write(fresh, _about(config))
    make_safe(fresh)
    publish(fresh, out)
    return Built(out, len(documents), total, tuple(problems), tuple(notes), tuple(outcomes), conflicts, again)


def _last_head(out: Path) -> str:
    """The hash of the last line of the ledger that the last build applied, "" without one."""
    try:
        report = json.loads(checked_bytes(out, REPORT, load_manifest(out)))
    except KgError:
        return ""
    return str(report.get("ledger", {}).get("head", ""))


class _Writer:
    """Writes files of a build and notes their checksums."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, tuple[int, str]] = {}
        self.made: set[Path] = set()

    def file(self, name: str, data: bytes) -> None:
        path = self.folder / name
        if "/" in name and path.parent not in self.made:
            path.parent.mkdir(exist_ok=True)
            self.made.add(path.parent)
        path.write_bytes(data)
        self.files[name] = digest(data)


def _write_graph(
    write: _Writer,
    out: Path,
    kept: Kept,
    documents: Sequence[Document],
    lines: Mapping[str, bytes],
    claims: Extracted,
    curation: Curation,
    tell: Progress,
) -> tuple[str, ...]:
    """Link everything and write the graph; lines of the ledger that do not fit."""
    mine = {d.id: mentions_of(d, claims, kept) for d in documents}
    linked, decided, conflicts = curated_names(curation, join(mine.values()))
    tell("link", 1, 1)
    with _last_graph(out) as last:
        sections: dict[str, bytes] = {}
        keys: dict[str, str] = {}
        parts = []
        same = set()
        for number, document in enumerate(documents):
            tell("graph", number, len(documents))
            at, own, taken = part_of(document, lines[document.id], claims, mine[document.id], linked, kept, last)
            name = ids.graph(document.id)
            if taken:
                same.add(name)
            keys[name], sections[name] = at, own.section
            parts.append(own)
        shared = shared_sections(documents, parts, linked, decided)
        sections |= shared
        changes = changes_since(last, same, sections, frozenset(shared), kept)
        pieces, offset = [HEAD], len(HEAD)
        for name in sorted(sections):
            keep_place(kept, keys.get(name) or key(name), offset, sections[name], moved=name in same)
            pieces.append(sections[name])
            offset += len(sections[name])
        write.file(GRAPH, b"".join(pieces))
    tell("graph", len(documents), len(documents))
    last_store = whole_store(out) if changes is not None and changes.bytes * 4 < offset else None
    write_store(write.folder, write.folder / GRAPH, write.files[GRAPH][1], last_store, changes)
    return tuple(conflicts)


@contextmanager
def _last_graph(out: Path) -> Iterator[bytes | mmap]:
    """The graph file of the last build, empty without one."""
    try:
        handle = (out / GRAPH).open("rb")
    except OSError:
        yield b""
        return
    with handle:
        if not os.fstat(handle.fileno()).st_size:
            yield b""
            return
        with mmap(handle.fileno(), 0, access=ACCESS_READ) as found:
            yield found


def _draw(write: _Writer, out: Path, kept: Kept, total: int, most: int, tell: Progress) -> list[str]:
    """Draw the pictures, or take them over where the graph is the same; what is not drawn, and why."""
    if total > most:
        return [f"pictures: not drawn, {total} claims are over picture_claims = {most}; `kg view` draws them"]
    (write.folder / VIEWS).mkdir()
    before = _same_pictures(out, kept, write.files[GRAPH])
    store = load_store((write.folder / GRAPH).read_bytes()) if before is None else None
    for number, picture in enumerate(PICTURES):
        tell("pictures", number, len(PICTURES))
        name = f"{VIEWS}/{picture}.html"
        if before is not None:
            write.file(name, checked_bytes(out, name, before))
        elif store is not None:
            write.file(name, picture_page(store, picture).encode())
    tell("pictures", len(PICTURES), len(PICTURES))
    return []


def _same_pictures(out: Path, kept: Kept, graph: tuple[int, str]) -> Manifest | None:
    """The manifest of the last build where its pictures show this very graph and are whole."""
    if kept.about.get("pictures") != version_of("pictures"):
        return None
    try:
        found = load_manifest(out)
        if found.files.get(GRAPH) != graph:
            return None
        for picture in PICTURES:
            checked_bytes(out, f"{VIEWS}/{picture}.html", found)
    except KgError:
        return None
    return found


def _about(config: Path | None) -> dict[str, str]:
    kinds = ("read", "extract", "part", "pictures")
    return {**{kind: version_of(kind) for kind in kinds}, "rules": rules(config)}


def _again(kept: Kept, documents: int, config: Path | None) -> tuple[str, ...]:
    """What the build took from the last one, and what was made anew for another reason than a changed text."""
    if not kept.about:
        return ()
    now, out = _about(config), []
    for kind, what in (("read", "read"), ("extract", "extracted"), ("part", "written to the graph")):
        if kept.about.get(kind) != now[kind]:
            out.append(f"kg itself changed since the last build: all texts were {what} again")
    if kept.about.get("rules") != now["rules"]:
        out.append("rules changed since the last build: all texts were extracted again")
    taken = len(kept.taken["extract"])
    out.append(f"{taken} of {documents} texts were as in the last build, the others were read and extracted")
    return tuple(out)


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


def draw(graph: Path, picture: str, *, language: str = "zh") -> str:
    """One of `PICTURES` of a graph file as an HTML page. Raises `KgError` where there is no graph."""
    from kg.graph.store import open_store

    return picture_page(open_store(graph, often=True), picture, language=language)


def picture_page(store: Store, picture: str, *, language: str = "zh") -> str:
    """One of `PICTURES` as an HTML page."""
    from kg.analyse.flows import load_flows
    from kg.analyse.network import actor_network, load_network
    from kg.view.pages import flows_page, network_page

    title = PICTURES[picture][language]
    if picture == "network":
        return network_page(actor_network(*load_network(store)), title=title, language=language)
    return flows_page(load_flows(store), title=title, language=language)


__all__: list[Any] = ["Built", "Progress", "assemble", "build", "draw", "extract_all", "use_rules"]
