"""Many files: folders and archives walked, each document once, what was not read named with its reason."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath

from kg.config import DOCUMENTS, GRAPH, Limits
from kg.errors import ReadError
from kg.model import Detail, Document, Source
from kg.read.archive import is_safe, open_zip
from kg.read.catalogue import CATALOGUE, document_path, load_catalogue
from kg.read.documents import file_bytes, read_bytes, written
from kg.read.duplicates import Compare, same_texts
from kg.read.formats import READABLE, SUFFIXES, format_of

READ, SAME, FAILED, SKIPPED = "read", "same", "failed", "skipped"
#: files beside documents that nobody misses
_SILENT = frozenset(("thumbs.db", "desktop.ini", "catalogue.csv", "ledger.jsonl"))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: `READ`, `SAME` (as another), `FAILED` or `SKIPPED`, and why."""

    where: str
    result: str
    format: str = ""
    why: str = ""
    document: str = ""  # id


@dataclass(frozen=True, slots=True)
class Collected:
    """What `collect` found: documents in a fixed order, what could not be read, what is worth knowing."""

    documents: tuple[Document, ...]
    errors: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True, slots=True)
class _Job:
    """A file or a member of an archive still to be read; `name` is what its document is called."""

    where: str
    name: str
    load: Callable[[], bytes]
    source: Source | None = None
    named: bool = False  # given by the user, not found in a folder
    depth: int = 0


def collect(
    paths: Iterable[str | Path],
    catalogue: Sequence[Source] = (),
    *,
    limits: Limits | None = None,
    ocr: bool = False,
    progress: Callable[[int, int], None] | None = None,
    reader: Reader | None = None,
) -> Collected:
    """Read the files, and the documents in the folders and zip archives, that `paths` name.

    A folder that holds a `catalogue.csv` gives exactly the documents its rows name. Elsewhere a document
    takes the row of `catalogue` that has its checksum. A file that cannot be read is an error and the others
    go on; the same bytes, and the same text (see `kg.read.duplicates`), are one document. Sorted by path within
    each of `paths`, in their order. `progress(done, of)` is told how far it is. `reader` reads in the place of
    `kg.read.documents.read_bytes`.
    """
    reader = reader or Reader()
    walk = _Walk(limits or Limits(), ocr, {s.sha256: s for s in catalogue if s.sha256}, reader)
    jobs: list[_Job] = []
    for path in map(Path, paths):
        try:
            jobs += walk.jobs(path)
        except ReadError as error:
            walk.fail(written(path), error)
    if reader.ahead is not None:
        reader.ahead([(job.where, job.name, job.source) for job in jobs])
    for number, job in enumerate(jobs):
        if progress is not None:
            progress(number, len(jobs))
        walk.read(job)
    if progress is not None:
        progress(len(jobs), len(jobs))
    return walk.collected()


def _is_part_of_page(file: Path, top: Path) -> bool:
    """Whether a file lies in the folder of pictures and frames that a browser saved beside a page."""
    for folder in file.parents:
        stem, mark, _ = folder.name.rpartition("_files")
        if mark and any(folder.with_name(stem + ending).is_file() for ending in READABLE["html"]):
            return True
        if folder == top:
            break
    return False


def _read(
    data: bytes, where: str, name: str, source: Source | None, limits: Limits, ocr: bool
) -> tuple[Document, tuple[str, ...]]:
    return read_bytes(data, where, name, source, limits=limits, ocr=ocr)


@dataclass(frozen=True, slots=True)
class Reader:
    """How `collect` reads (as `kg.read.documents.read_bytes`) and compares (as `same_texts`); another one may know
    the answers already. `ahead` is told before anything is read which files there are: (path, name of the
    document, row of a catalogue).
    """

    read: Callable[[bytes, str, str, Source | None, Limits, bool], tuple[Document, tuple[str, ...]]] = _read
    compare: Compare | None = None
    ahead: Callable[[list[tuple[str, str, Source | None]]], None] | None = None


class _Walk:
    """The state of one `collect`: documents by id, where each was read first, what went wrong."""

    def __init__(self, limits: Limits, ocr: bool, by_sum: dict[str, Source], reader: Reader) -> None:
        self.limits, self.ocr, self.by_sum, self.reader = limits, ocr, by_sum, reader
        self.documents: dict[str, Document] = {}
        self.first: dict[str, str] = {}
        self.errors: list[str] = []
        self.notes: list[str] = []
        self.outcomes: list[Outcome] = []

    def jobs(self, path: Path) -> list[_Job]:
        if not path.is_dir():
            return [self._file(path, path.name, named=True)]
        if (path / CATALOGUE).is_file():
            rows = [(document_path(s, path), s) for s in load_catalogue(path)]
            return [self._file(p, p.name, source=s, named=True) for p, s in rows]
        found: list[_Job] = []
        for file in self._files(path):
            relative = file.relative_to(path)
            if any(part.startswith((".", "~$")) for part in relative.parts) or _is_part_of_page(file, path):
                continue
            if file.is_file():
                found.append(self._file(file, relative.as_posix()))
            elif file.suffix.lower() in (*SUFFIXES, ".zip"):
                why = "a link that leads nowhere" if file.is_symlink() and not file.exists() else "a pipe or device"
                self.outcomes.append(Outcome(written(file), SKIPPED, "", f"{why}; not read"))
        if not found:
            raise ReadError(f"{written(path)}: no file in this folder; name one that has documents")
        return found

    def _files(self, top: Path) -> list[Path]:
        """What lies in a folder and in those below it, links to folders apart, in a fixed order."""

        def refused(error: OSError) -> None:
            where = written(error.filename or top)
            self.fail(where, ReadError(f"{where}: {error.strerror}; make the folder readable"))

        found: list[Path] = []
        for folder, below, names in os.walk(top, onerror=refused):
            if Path(folder) != top and {GRAPH, DOCUMENTS} <= set(names):  # else a build would read the last one
                self.outcomes.append(Outcome(written(Path(folder)), SKIPPED, "", "a build of kg; not read"))
                below.clear()
                continue
            found += [Path(folder, name) for name in names]
            for link in (Path(folder, name) for name in sorted(below) if not name.startswith(".")):
                if link.is_symlink():
                    why = "a link to a folder; name the folder itself to have it read"
                    self.outcomes.append(Outcome(written(link), SKIPPED, "", why))
        return sorted(found, key=lambda p: p.relative_to(top).as_posix())

    def _file(self, path: Path, name: str, *, source: Source | None = None, named: bool = False) -> _Job:
        return _Job(written(path), written(name), lambda: file_bytes(path, self.limits.max_megabytes), source, named)

    def read(self, job: _Job) -> None:
        try:
            if not job.named and not self._is_wanted(job):
                return
            data = job.load()
            suffix = PurePosixPath(job.name.lower()).suffix
            kind = format_of(data, job.where, suffix, pictures=self.ocr)
            if kind == "text" and not job.named and suffix not in SUFFIXES:
                self._skip(
                    job,
                    f"{suffix or 'a file without an ending'}: not read as a document; name it to have it read as text",
                )
                return
            if kind == "zip":
                self._archive(job, data)
                return
            document, notes = self.reader.read(data, job.where, job.name, job.source, self.limits, self.ocr)
        except ReadError as error:
            # in a folder, what is no document by its name and its bytes is no mistake
            if not job.named and PurePosixPath(job.name.lower()).suffix not in (*SUFFIXES, ".zip"):
                self._skip(job, str(error).removeprefix(f"{job.where}: "))
            else:
                self.fail(job.where, error)
            return
        if document.id in self.documents:
            self._same(job.where, document, f"the same bytes as {self.documents[document.id].source.path}; read once")
            return
        row = self.by_sum.get(document.source.sha256)
        if job.source is None and row is not None:
            document = replace(document, source=row)
        self.documents[document.id] = document
        self.first[document.id] = job.where
        self.notes += [f"{job.where}: {note}" for note in notes]
        self.outcomes.append(Outcome(job.where, READ, kind, "; ".join(notes), document.id))

    def _is_wanted(self, job: _Job) -> bool:
        return PurePosixPath(job.name).name.lower() not in _SILENT

    def _archive(self, job: _Job, data: bytes) -> None:
        if job.depth >= self.limits.archive_depth:
            raise ReadError(
                f"{job.where}: archives nested more than {self.limits.archive_depth} deep; unpack it, or raise archive_depth in kg.toml"
            )
        with open_zip(data, job.where, self.limits) as package:
            before = len(self.outcomes)
            for name in sorted(package.names):
                where = f"{job.where}/{name}"
                if name.startswith("__MACOSX/") or any(
                    p.startswith((".", "~$")) and p != ".." for p in name.split("/")
                ):
                    continue
                if not is_safe(name):
                    self.fail(
                        where,
                        ReadError(
                            f"{job.where}/{name.encode('unicode_escape').decode()}: a name that leads out of the archive; not read"
                        ),
                    )
                    continue
                load = partial(package.read, name)
                self.read(_Job(where, f"{job.name}/{name}", load, depth=job.depth + 1))
            if all(o.result == SKIPPED for o in self.outcomes[before:]):
                raise ReadError(f"{job.where}: no document in this archive; give one that has some")

    def fail(self, where: str, error: ReadError) -> None:
        self.errors.append(str(error))
        self.outcomes.append(Outcome(where, FAILED, "", str(error).removeprefix(f"{where}: ")))

    def _skip(self, job: _Job, why: str) -> None:
        self.outcomes.append(Outcome(job.where, SKIPPED, "", why))

    def _same(self, where: str, document: Document, why: str) -> None:
        self.notes.append(f"{where}: {why}")
        self.outcomes.append(Outcome(where, SAME, "", why, document.id))

    def collected(self) -> Collected:
        documents = list(self.documents.values())
        same = same_texts(documents, self.reader.compare)
        dropped = {a: b for a, b in same if documents[a].source.id == documents[a].id}
        for a, b in dropped.items():
            document, kept = documents[a], documents[b]
            where = self.first[document.id]
            why = f"the same text as {kept.source.path} but for what stands around it; read once"
            self.notes.append(f"{where}: {why}")
            self.outcomes = [
                replace(o, result=SAME, why=why) if o.where == where and o.result == READ else o
                for o in self.outcomes
            ]
            place = next((d.value for d in document.details if d.key == "url"), document.source.path)
            documents[b] = replace(kept, details=(*kept.details, Detail("also_published", place)))
        kept_documents = tuple(d for n, d in enumerate(documents) if n not in dropped)
        return Collected(kept_documents, tuple(self.errors), tuple(self.notes), tuple(self.outcomes))
