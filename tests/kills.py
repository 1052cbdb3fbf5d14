"""Builds that are killed at a moment named beforehand: `python kills.py TEXTS OUT` forks them, one for each line it reads.

`count` builds and answers how often the file system was touched; `event N` kills the build at its N-th touch, `after S`
after S seconds; both answer `killed` or `finished`. The process itself never builds: a store's threads outlive no fork.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]


class Killer:
    """The process that forks builds of `texts` into `out`; `with Killer(texts, out) as killer: killer.ask("event 7")`."""

    def __init__(self, texts: Path, out: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, __file__, str(texts), str(out)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

    def __enter__(self) -> Killer:
        return self

    def __exit__(self, *_: object) -> None:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()

    def ask(self, order: str) -> str:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(order + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().strip()
        assert answer and not answer.startswith("failed"), f"{order}: {answer or 'no answer'}"
        return answer


def main(texts: str, out: str) -> None:
    __import__("pyvis.network")
    import kg.analyse.network
    import kg.graph.check
    import kg.view.pages
    from kg.extract import extract
    from kg.graph.store import load_store
    from kg.model import Document, Source

    kg.analyse.network.actor_network(*kg.analyse.network.load_network(load_store(b"")))
    extract(Document("d-0", "对企业给予奖励。", Source("d-0")))  # what it needs is loaded once; forks begin with it
    for line in sys.stdin:
        order, _, number = line.strip().partition(" ")
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            _build(texts, out, writing, int(number) if order == "event" else 0)
        os.close(writing)
        if order == "after":
            time.sleep(float(number))
            os.kill(child, signal.SIGKILL)
        with os.fdopen(reading) as pipe:
            said = pipe.read()
        _, status = os.waitpid(child, 0)
        print("killed" if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL else said, flush=True)


def _build(texts: str, out: str, writing: int, at_event: int) -> None:
    from kg.build import build

    signal.alarm(120)
    seen = 0

    def hook(event: str, _: object) -> None:
        nonlocal seen
        if event == "open" or event.startswith(("os.", "shutil.", "ctypes.dlsym")):
            seen += 1
            if seen == at_event:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    try:
        build([texts], out, workers=1)
        said = str(seen) if not at_event else "finished"
    except BaseException as error:
        said = f"failed: {type(error).__name__}: {error}".replace("\n", " ")
    os.write(writing, said.encode())
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
