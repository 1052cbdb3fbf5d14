"""The build that requests are answered from: exchanged for a new one, whole, when there is one."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from kg.config import GRAPH
from kg.errors import KgError
from kg.serve.state import State

Signature = tuple[int, int, int]


class Served:
    """One opened build at a time. `now()` is the one to answer from, from the first line of an answer to its last.

    When the files of the build are others than those opened, `reopen` is called in a thread; until it is done
    the old state answers. A build that cannot be opened is told on stderr and the old one stays.
    """

    def __init__(self, state: State, reopen: Callable[[State], State]) -> None:
        self.state = state
        self._reopen = reopen
        self._seen = signature(state.build)
        self._lock = threading.Lock()
        self._opening: threading.Thread | None = None

    def now(self) -> State:
        """The state to answer from; looks whether there is a newer build."""
        with suppress(KgError):
            found = signature(self.state.build)
            if found != self._seen:
                self._open(found)
        return self.state

    def wait(self, seconds: float) -> bool:
        """Look for a newer build and wait until it is opened; False where that takes longer."""
        self.now()
        opening = self._opening
        if opening is not None:
            opening.join(seconds)
            return not opening.is_alive()
        return True

    def _open(self, found: Signature) -> None:
        with self._lock:
            if found == self._seen or (self._opening is not None and self._opening.is_alive()):
                return
            self._seen = found
            self._opening = threading.Thread(target=self._exchange, daemon=True)
            self._opening.start()

    def _exchange(self) -> None:
        try:
            self.state = self._reopen(self.state)
        except Exception as error:  # a thread has nobody to raise to
            print(f"kg: the new build cannot be opened, the old one stays: {error}", file=sys.stderr)


def signature(build: Path) -> Signature:
    """What tells one build in a folder from the next. Raises `KgError` where there is none."""
    try:
        found = (build / GRAPH).stat()
    except OSError:
        raise KgError(f"{build}: no build here; run `kg build` first") from None
    return found.st_mtime_ns, found.st_ino, found.st_size
