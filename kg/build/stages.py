"""Reading, extraction and the parts of the graph, one document at a time: done, or taken from the last build."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from mmap import mmap
from pathlib import Path

from kg.build.files import claim_lines, claims_in, document_from, document_row, json_line
from kg.build.kept import Kept, key, rules, version_of
from kg.build.sections import section_at
from kg.config import Limits
from kg.errors import KgError, ReadError
from kg.graph.build import Part, part
from kg.link.linked import Linked
from kg.link.mentions import Mentions, mentions
from kg.model import Claim, Document, Source
from kg.read.documents import file_bytes, read_bytes
from kg.read.duplicates import Adds
from kg.read.folder import Reader

Progress = Callable[[str, int, int], None]
Read = tuple[Document, tuple[str, ...]]

_TYPES = re.compile(rb'^\{"type": "(\w+)"', re.M)
#: below this many bytes starting processes costs more than reading
WORTH_A_POOL = 4_000_000


# --- reading


def reader(kept: Kept, limits: Limits, ocr: bool, workers: int, made: list[str]) -> Reader:
    """A reader that takes what it can from the last build and reads the rest ahead in `workers` processes.

    Names of files that were read anew are added to `made`.
    """
    early: dict[str, Read | ReadError] = {}
    sums: dict[str, bytes] = {}
    how = key(version_of("read"), repr(limits), repr(ocr))

    def read(data: bytes, where: str, name: str, source: Source | None, limits: Limits, ocr: bool) -> Read:
        at = _read_key(how, data, name, source)
        if (row := kept.get("read", at)) is not None:
            found = json.loads(row)
            return document_from(found["document"]), tuple(found["notes"])
        made.append(name)
        done = early.pop(at, None)
        if isinstance(done, ReadError):
            raise done
        document, notes = done or read_bytes(data, where, name, source, limits=limits, ocr=ocr)
        row = json_line({"document": document_row(document), "notes": notes})
        kept.put("read", at, row.rstrip("\n").encode("utf-8", "surrogatepass"))
        return document, notes

    def ahead(files: list[tuple[str, str, Source | None]]) -> None:
        if workers > 1:
            early.update(_read_ahead(files, kept, how, limits, ocr, workers))

    def text_sum(document: Document) -> bytes:
        if document.id not in sums:
            sums[document.id] = hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).digest()
        return sums[document.id]

    def compare(new: Document, old: Document, make: Callable[[], Adds]) -> Adds:
        at = key(version_of("same"), text_sum(new), text_sum(old))
        if (row := kept.get("same", at)) is not None:
            adds = json.loads(row)
            return None if adds is None else (adds[0], adds[1])
        adds = make()
        kept.put("same", at, json.dumps(adds).encode())
        return adds

    return Reader(read, compare, ahead)


def _read_key(how: str, data: bytes, name: str, source: Source | None) -> str:
    row = json.dumps(asdict(source), ensure_ascii=False, sort_keys=True) if source else ""
    return key(how, hashlib.sha256(data).digest(), name, row)


def _read_ahead(
    files: list[tuple[str, str, Source | None]], kept: Kept, how: str, limits: Limits, ocr: bool, workers: int
) -> dict[str, Read | ReadError]:
    """What reading makes of those files that the last build does not know; archives are left to the walk."""
    wanted: dict[str, tuple[str, str, Source | None]] = {}
    size = 0
    for where, name, source in files:
        try:
            data = file_bytes(Path(where), limits.max_megabytes)
        except ReadError:
            continue
        at = _read_key(how, data, name, source)
        if not data.startswith(b"PK\x03\x04") and kept.get("read", at) is None:
            wanted[at] = (where, name, source)
            # a page of a PDF takes the time of many of text
            size += len(data) * (10 if data.startswith(b"%PDF") else 1)
    if len(wanted) < 2 or size < WORTH_A_POOL:
        return {}
    context = multiprocessing.get_context("spawn")
    if "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")  # type: ignore[assignment]
    with ProcessPoolExecutor(min(workers, len(wanted)), mp_context=context) as pool:
        jobs = [(*job, limits, ocr) for job in wanted.values()]
        chunk = max(1, len(jobs) // (workers * 8))
        return dict(zip(wanted, pool.map(_read_file, jobs, chunksize=chunk), strict=True))


def _read_file(job: tuple[str, str, Source | None, Limits, bool]) -> Read | ReadError:
    where, name, source, limits, ocr = job
    try:
        data = file_bytes(Path(where), limits.max_megabytes)
        return read_bytes(data, where, name, source, limits=limits, ocr=ocr)
    except ReadError as error:
        return error


# --- extraction


@dataclass
class Extracted(Mapping[str, list[Claim]]):
    """Claims by document id, kept as the lines of their files until somebody asks for them."""

    lines: dict[str, bytes]
    _counts: dict[str, dict[str, int]] = field(default_factory=dict)
    _made: dict[str, list[Claim]] = field(default_factory=dict)

    @classmethod
    def of(cls, claims: Mapping[str, Sequence[Claim]]) -> Extracted:
        if isinstance(claims, Extracted):
            return claims
        return cls({name: claim_lines(found) for name, found in claims.items()})

    def __getitem__(self, name: str) -> list[Claim]:
        if name not in self._made:
            self._made[name] = claims_in(self.lines[name])
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)

    def counts(self, name: str) -> dict[str, int]:
        """How many claims of each type a document has, sorted by type."""
        if name not in self._counts:
            self._counts[name] = _count(self.lines[name])
        return self._counts[name]

    def replaced(self, claims: Mapping[str, Sequence[Claim]]) -> Extracted:
        """The same with other claims for some documents."""
        fresh = {name: claim_lines(found) for name, found in claims.items()}
        counts, made = ({n: c for n, c in known.items() if n not in fresh} for known in (self._counts, self._made))
        return Extracted({**self.lines, **fresh}, counts, made)


def _count(lines: bytes) -> dict[str, int]:
    return dict(sorted(Counter(found.decode() for found in _TYPES.findall(lines)).items()))


def extract_all(
    documents: Sequence[Document], workers: int, config: Path | None, tell: Progress, kept: Kept | None = None
) -> tuple[list[Document], Extracted, list[str]]:
    """Documents with what they say of themselves, their claims by id, and messages on those that failed."""
    how = key(version_of("extract"), rules(config))
    keys = {d.id: key(how, json_line(document_row(d))) for d in documents}
    known = {d.id: row for d in documents if kept and (row := kept.get("extract", keys[d.id])) is not None}
    fresh = [d for d in documents if d.id not in known]
    done = len(known)

    def progress(_: Document) -> None:
        nonlocal done
        done += 1
        tell("extract", done, len(documents))

    tell("extract", done, len(documents))
    sources: dict[str, Source] = {}
    lines: dict[str, bytes] = {}
    counts: dict[str, dict[str, int]] = {}
    errors: list[str] = []
    for name, row in known.items():
        first, _, rest = row.replace(b"\0", b"\n").partition(b"\n")
        source, counts[name] = json.loads(first)
        sources[name], lines[name] = Source(**source), rest
    if fresh:
        from kg.extract.many import extract_many

        for document, found, error in extract_many(fresh, workers=workers, config=config, progress=progress):
            if error:
                errors.append(error)
                continue
            source = _source(document, found)
            sources[document.id], lines[document.id] = source, claim_lines(found)
            if kept:
                counts[document.id] = _count(lines[document.id])
                row = json_line((asdict(source), counts[document.id])).encode() + lines[document.id]
                kept.put("extract", keys[document.id], row.replace(b"\n", b"\0"))
    if not lines:
        raise KgError("\n".join(errors))
    # the order in which files were named is no fact
    good = sorted((d for d in documents if d.id in lines), key=lambda d: d.id)
    titled = [replace(d, source=sources[d.id]) for d in good]
    return titled, Extracted({d.id: lines[d.id] for d in good}, counts), errors


def _source(document: Document, claims: Sequence[Claim]) -> Source:
    """A document without a catalogue row takes the title, number and place that it gives itself."""
    source = document.source
    if source.id != document.id:
        return source
    own = next((c for c in claims if c.type == "policy" and c.values.get("self")), None)
    if own is None:
        return _described(document)
    values = own.values
    return replace(
        source,
        title=values["title"],
        author="、".join(values.get("issuers", ())),
        date=values.get("issued", ""),
        number=values.get("number", ""),
        area=own.area or "",
        kind="policy",
    )


def _described(document: Document) -> Source:
    """The row of a document that is no policy, with what the page or the article says of itself."""
    said: dict[str, list[str]] = {}
    for detail in document.details:
        said.setdefault(detail.key, []).append(detail.value)
    first = {name: values[0] for name, values in said.items()}
    return replace(
        document.source,
        author="、".join(said.get("author", ())),
        date=first.get("date", "") or first.get("published", ""),
        number=first.get("number", ""),
        published_in=first.get("source", "") or first.get("publisher", ""),
    )


# --- linking and the graph


def mentions_of(document: Document, claims: Extracted, kept: Kept) -> Mentions:
    """What a document's claims speak of."""
    at = key(version_of("mentions"), document.id, document.source.area, claims.lines[document.id])
    if (row := kept.get("mentions", at)) is not None:
        return Mentions.from_row(json.loads(row))
    found = mentions(document, claims[document.id])
    kept.put("mentions", at, json.dumps(found.to_row(), ensure_ascii=False).encode())
    return found


def part_key(document: Document, line: bytes, claims: Extracted, mine: Mentions, linked: Linked) -> str:
    """A hash of all that the part of a document depends on: its `line` of documents.jsonl, its claims, and of the
    linking what its mentions mean.
    """
    meant = []
    named = mine.keys()
    for group, name, area in named:
        iri = linked.mentions[document.id, group, name, area]
        meant.append(f"{iri}\t{linked.things[iri].area}" if group == "Policy" else iri)
    return key(version_of("part"), line, claims.lines[document.id], "\n".join(meant))


def part_of(
    document: Document, line: bytes, claims: Extracted, mine: Mentions, linked: Linked, kept: Kept, graph: bytes | mmap
) -> tuple[str, Part, bool]:
    """The part of a document, the key it is kept under, and whether `graph`, the last build's, has its very section."""
    at = part_key(document, line, claims, mine, linked)
    row = kept.get("part", at)
    if row is not None and (section := section_at(kept, at, graph)) is not None:
        found = json.loads(row)
        flows, stated = (tuple(tuple(item) for item in found[name]) for name in ("flows", "stated"))
        return at, Part(section, flows, tuple(found["areas"]), stated), True
    made = part(document, claims[document.id], linked)
    row = {"flows": made.flows, "areas": made.areas, "stated": made.stated}
    kept.put("part", at, json.dumps(row, ensure_ascii=False).encode())
    return at, made, False
