"""Documents dropped on a page become part of the build: received, read and extracted in a process of their own,
watched while that goes on; the pages then show the new build."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import kg
from kg.errors import KgError
from kg.query.table import Table
from kg.serve.asked import Asked, asked
from kg.serve.shown import Shown, failed, respond
from kg.serve.texts import texts
from kg.serve.wording import TYPES

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from kg.serve.served import Served

STAGES = ("read", "extract", "link", "graph", "pictures", "open")
_UNFIT = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]+')
LONGEST_NAME = 120  # characters; bytes of a name are bounded by the file system
_SECONDS_TO_OPEN = 1800.0


@dataclass(frozen=True, slots=True)
class Job:
    """How far the adding of some files is; `files` are rows of what became of each, when it is done."""

    names: tuple[str, ...] = ()
    stage: str = ""
    done: int = 0
    of: int = 0
    running: bool = False
    error: str = ""
    documents: int = 0
    claims: int = 0
    files: tuple[dict[str, Any], ...] = ()
    conflicts: tuple[str, ...] = ()


class Adding:
    """One job at a time; the last one stays to be seen."""

    def __init__(self, served: Served) -> None:
        self.served = served
        self.job = Job()
        self._starting = threading.Lock()
        self._process: subprocess.Popen[str] | None = None

    def show(self, ask: Asked) -> Shown:
        """The form, how far the files are, and what came out; as JSON what a script watches."""
        return self._shown(ask)

    def _shown(self, ask: Asked, message: str = "", status: int = 200) -> Shown:
        t, job, english = texts(ask.language), self.job, ask.language == "en"
        columns = ("file", "result", "why", "document", "title", *TYPES)
        rows = tuple(
            (row["file"], row["result"], row["why"], row["document"], row["title"], *(row["claims"].get(kind, 0) for kind in TYPES))
            for row in job.files
        )
        words = [(kind, pair[english]) for kind, pair in TYPES.items() if any(row["claims"].get(kind) for row in job.files)]
        limits = ask.state.limits
        context = {
            "job": job,
            "kinds": words,
            "message": message,
            "limit": t["add_limit"].format(files=limits.upload_files, megabytes=f"{limits.upload_megabytes:g}"),
            "kept": t["add_kept"].format(folder=ask.state.added),
            "most_files": limits.upload_files,
            "most_bytes": int(limits.upload_megabytes * 1_000_000),
            "stages": STAGES,
        }
        data = {
            **{"running": job.running, "stage": job.stage, "done": job.done, "of": job.of, "error": job.error},
            **{"documents": job.documents, "claims": job.claims, "files": list(job.files), "conflicts": list(job.conflicts)},
        }
        return Shown("add.html.j2", t["add"], Table(columns, rows), context, data=data, scripts=("add.js",), status=status)

    async def receive(self, request: Request) -> Response:
        """Take the files of a form and begin; leads to the page that shows how far they are. The guard has checked
        where the form came from and how large it is.
        """
        from starlette.concurrency import run_in_threadpool
        from starlette.exceptions import HTTPException
        from starlette.responses import RedirectResponse

        state = self.served.now()
        try:
            ask = asked(request, state)
        except KgError as error:
            return failed(state, request, error)
        limits, t = state.limits, texts(ask.language)
        form = None
        try:
            if self.job.running:
                return await run_in_threadpool(lambda: respond(self._shown(ask, t["add_running"], 409), ask))
            form = await request.form(max_files=limits.upload_files, max_fields=20)
            parts = [part for part in form.getlist("files") if not isinstance(part, str) and part.filename]
            if sum(part.size or 0 for part in parts) > limits.upload_megabytes * 1_000_000:
                raise KgError(t["add_limit"].format(files=limits.upload_files, megabytes=f"{limits.upload_megabytes:g}"))
            if not parts:
                raise KgError(t["add_none"])
            await run_in_threadpool(self._begin, [(str(part.filename), part.file) for part in parts])
        except KgError as error:
            message = str(error)
            return await run_in_threadpool(lambda: respond(self._shown(ask, message, 400), ask))
        except HTTPException:  # the form is malformed or has more files than it may
            limit = t["add_limit"].format(files=limits.upload_files, megabytes=f"{limits.upload_megabytes:g}")
            return await run_in_threadpool(lambda: respond(self._shown(ask, limit, 413), ask))
        finally:
            if form is not None:
                await form.close()
        return RedirectResponse(ask.href("/add"), 303)

    async def again(self, request: Request) -> Response:
        """Build again what is there, so that the decisions of the ledger hold."""
        from starlette.concurrency import run_in_threadpool
        from starlette.responses import RedirectResponse

        state = self.served.now()
        try:
            ask = asked(request, state)
            await run_in_threadpool(self._begin, [])
        except KgError as error:
            return failed(state, request, error, 409)
        return RedirectResponse(ask.href("/add"), 303)

    def close(self) -> None:
        """End a job that runs; the build stays as it was."""
        if self._process is not None:
            self._process.kill()

    def _begin(self, uploads: Sequence[tuple[str, Any]]) -> None:
        """Keep the files and start. Raises `KgError` where a job runs or nothing can be written."""
        state = self.served.state
        if not self._starting.acquire(blocking=False):
            raise KgError("another upload is being received; wait for it")
        try:
            if self.job.running:
                raise KgError("another job runs; wait for it")
            try:
                state.added.mkdir(parents=True, exist_ok=True)
                incoming = Path(tempfile.mkdtemp(prefix=".incoming-", dir=state.added.resolve()))
                paths = [_kept(name, file, incoming, state.added) for name, file in uploads]
            except OSError as error:
                raise KgError(f"{state.added}: {error.strerror}; give --added another folder") from None
            self.job = Job(tuple(path.name for path in paths), "read", running=True, of=len(paths))
            threading.Thread(target=self._work, args=(incoming, paths), daemon=True).start()
        finally:
            self._starting.release()

    def _work(self, incoming: Path, paths: Sequence[Path]) -> None:
        try:
            told = self._run(paths)
            if "built" in told:
                built = told["built"]
                _keep(paths, {row["file"] for row in built["files"] if row["result"] == "read"}, self.served.state.added)
                self.job = replace(self.job, stage="open", done=0, of=1)
                self.served.wait(_SECONDS_TO_OPEN)
                self.job = replace(
                    self.job,
                    **{"documents": built["documents"], "claims": built["claims"], "files": tuple(built["files"])},
                    conflicts=tuple(built["conflicts"]),
                    error="; ".join(e for e in built["errors"] if not any(row["result"] == "failed" and row["why"] in e for row in built["files"])),
                )
            else:
                self.job = replace(self.job, error=told.get("error", "the process ended; its messages are in the terminal"))
        except Exception as error:  # a thread has nobody to raise to
            self.job = replace(self.job, error=f"{type(error).__name__}: {error}")
        finally:
            shutil.rmtree(incoming, ignore_errors=True)
            self.job = replace(self.job, running=False)

    def _run(self, paths: Sequence[Path]) -> dict[str, Any]:
        """What the process told last: `built` or `error`."""
        state = self.served.state
        ledger = str(state.ledger) if state.ledger.is_file() else ""
        home = str(Path(kg.__file__).parents[1])
        path = os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH"))))
        command = [sys.executable, "-m", "kg.serve.adder", str(state.build), ledger, *map(str, paths)]
        last: dict[str, Any] = {}
        with subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, encoding="utf-8", env={**os.environ, "PYTHONPATH": path}
        ) as process:
            self._process = process
            for line in process.stdout or ():
                last = json.loads(line)
                if "stage" in last:
                    self.job = replace(self.job, stage=last["stage"], done=last["done"], of=last["of"])
        self._process = None
        return last


def clean(name: str) -> str:
    """A file's name as a browser gave it, as one that may be written: no folders, no signs that turn or hide it."""
    plain = _UNFIT.sub("_", name.replace("\\", "/").rsplit("/", 1)[-1]).strip(" .") or "document"
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 10:
        stem, dot, ending = plain, "", ""
    stem = stem[: LONGEST_NAME - len(ending) - 1]
    while len(f"{stem}{dot}{ending}".encode()) > 240:
        stem = stem[:-1]
    return f"{stem}{dot}{ending}"


def _kept(name: str, file: Any, incoming: Path, added: Path) -> Path:
    """Write an upload under a name that no other file of the folder has, unless that file is the same."""
    data = file.read()
    plain = Path(clean(name))
    number, target = 1, incoming / plain
    while target.exists() or ((there := added / target.name).is_file() and there.read_bytes() != data):
        number += 1
        target = incoming / f"{plain.stem}-{number}{plain.suffix}"
    target.write_bytes(data)
    return target


def _keep(paths: Sequence[Path], read: set[str], added: Path) -> None:
    """Move the files that were read, archives of which something was, to where they stay."""
    for path in paths:
        if any(name == path.name or name.startswith(f"{path.name}/") for name in read):
            os.replace(path, added / path.name)
