"""The server's side of `kg.query.process`: queries go to a process of their own, at most so many at a time."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import kg
from kg.errors import KgError, QueryError


class TimeIsUp(KgError):
    """A query was stopped at its limit."""


class Busy(KgError):
    """All places are taken by running queries."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one query may take. `seconds` of time, `rows` and `bytes` of its answer, and how many run `at_once`."""

    seconds: float = 30.0
    rows: int = 10_000
    bytes: int = 64 * 1024**2
    at_once: int = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """The serialised answer; `truncated`: there were more rows than `rows`."""

    body: bytes
    rows: int
    truncated: bool


class Engine:
    """A graph file, asked in a process that is started with the first question and anew for a new file.

    The server stays responsive whatever is asked: it only waits for a socket.
    """

    def __init__(self, graph: Path, bounds: Bounds | None = None) -> None:
        self.graph = graph
        self.bounds = bounds or Bounds()
        self._places = asyncio.Semaphore(self.bounds.at_once)
        self._starting = asyncio.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._opened: tuple[int, int, int] | None = None

    async def ask(
        self,
        query: str,
        fmt: str,
        *,
        chooses_graphs: bool = False,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Answer:
        """The answer to a query that `kg.query.guard.refuse_unsafe` let pass, in a format of `kg.query.serialise`.

        Raises `QueryError` where the text is not SPARQL or the answer too large, `TimeIsUp`, `Busy`, and
        `KgError` where the graph cannot be opened.
        """
        try:
            await asyncio.wait_for(self._places.acquire(), self.bounds.seconds)
        except TimeoutError:
            raise Busy("query: other queries take all places; try again in a while") from None
        try:
            await self.start()
            request = {
                "query": query,
                "format": fmt,
                "limit": self.bounds.rows,
                "seconds": self.bounds.seconds,
                "chooses_graphs": chooses_graphs,
                "default_graphs": list(default_graphs),
                "named_graphs": list(named_graphs),
            }
            return await self._exchange(json.dumps(request).encode())
        finally:
            self._places.release()

    async def start(self) -> None:
        """Start the process where none runs on the file as it is now. Raises `KgError` where it cannot."""
        async with self._starting:
            signature = self._signature()
            running = self._process is not None and self._process.poll() is None
            if running and signature == self._opened:
                return
            self.close()
            ours, theirs = socket.socketpair()
            home = str(Path(kg.__file__).parents[1])
            path = os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH"))))
            with theirs:
                self._process = subprocess.Popen(
                    [sys.executable, "-m", "kg.query.process", str(self.graph), str(theirs.fileno())],
                    pass_fds=(theirs.fileno(),),
                    stdin=subprocess.DEVNULL,
                    env={**os.environ, "PYTHONPATH": path},
                )
            self._control, self._opened = ours, signature
            ours.setblocking(False)
            ready = await asyncio.get_running_loop().sock_recv(ours, 65536)
            ours.setblocking(True)
            if error := json.loads(ready or b'{"error": "the process ended"}').get("error"):
                self.close()
                raise KgError(f"{self.graph}: cannot be asked: {error}")

    def close(self) -> None:
        """End the process; running queries end with their limit."""
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._control = self._process = None

    def _signature(self) -> tuple[int, int, int]:
        try:
            found = self.graph.stat()
        except OSError:
            raise KgError(f"{self.graph}: no such graph; run `kg build` first") from None
        return found.st_mtime_ns, found.st_ino, found.st_size

    async def _exchange(self, request: bytes) -> Answer:
        assert self._control is not None
        began = time.monotonic()
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(self._control, [b"."], [theirs.fileno()])
            except OSError as error:
                ours.close()
                raise KgError(f"{self.graph}: the process that is asked is gone ({error}); ask again") from None
        reader, writer = await asyncio.open_unix_connection(sock=ours)
        try:
            with suppress(ConnectionError):
                writer.write(request)
                writer.write_eof()
            # the process ends itself; this is for a machine that has come to a halt
            received = await asyncio.wait_for(self._read(reader), self.bounds.seconds + 15)
        except TimeoutError:
            received = b""
        finally:
            writer.close()
        head, _, body = received.partition(b"\n")
        if not head:
            if time.monotonic() - began >= self.bounds.seconds:
                raise TimeIsUp(f"query: no answer within {self.bounds.seconds:g} s; narrow the question")
            raise QueryError("query: broke off (out of memory?); narrow the question")
        told = json.loads(head)
        if not told["ok"]:
            raise QueryError(told["error"])
        return Answer(body, told["rows"], told["truncated"])

    async def _read(self, reader: asyncio.StreamReader) -> bytes:
        parts, size = [], 0
        while part := await reader.read(1 << 20):
            size += len(part)
            if size > self.bounds.bytes:
                raise QueryError(f"query: the answer has more than {self.bounds.bytes} bytes; narrow the question")
            parts.append(part)
        return b"".join(parts)
