"""The long suite: `python tests/long/run.py [--cases 20000] [--kills 200] [--seed 0]`.

Seeded mutation over readers, text, extraction, questions, ledger and pages, the same over Hypothesis' own strings, and
builds killed at seeded moments. Prints a line for each with its figures; the exit code is 0 where nothing failed.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS.parent), str(Path(__file__).parent)]

import fuzz  # noqa: E402
from kills import Killer  # noqa: E402
from properties import PROPERTIES  # noqa: E402


def kills(number: int, seed: int) -> tuple[int, list[str]]:
    """Kill builds at seeded moments, one half at a touch of the file system, one half after a time; how many of them
    were killed before their end, and where what was left was not whole.
    """
    from test_rebuild import text
    from test_whole_build import digest

    from kg.build import build
    from kg.build.whole import file_problems
    from kg.graph.store import open_store

    chance = random.Random(seed)
    failures: list[str] = []
    killed = 0
    with tempfile.TemporaryDirectory() as place:
        folder, out = Path(place) / "texts", Path(place) / "build"
        folder.mkdir()
        for n in range(3):
            (folder / f"{n}.txt").write_text(text(n, 0), encoding="utf-8")
        build([folder], out, workers=1)
        with Killer(folder, out) as killer:
            began = time.monotonic()
            (folder / "1.txt").write_text(text(1, 1), encoding="utf-8")
            last = int(killer.ask("count"))
            took = time.monotonic() - began
            for step in range(number):
                before = digest(out)
                (folder / "1.txt").write_text(text(1, step + 2), encoding="utf-8")
                late = chance.random() < 0.3  # where the build is put in its place
                moment = f"event {chance.randint(last - 20, last) if late else chance.randint(1, last)}"
                if chance.random() < 0.5:
                    moment = f"after {chance.uniform(0, 1.1 * took):.4f}"
                killed += killer.ask(moment) == "killed"
                new = digest(out) != before
                problems = file_problems(out)
                if problems or not open_store(out / "graph.trig").inner:
                    failures.append(f"{step} {moment}: {problems}")
                if step % 20 == 19 or new:
                    build([folder], out, workers=1)
                    build([folder], Path(place) / "clean", workers=1, anew=True)
                    if digest(out) != digest(Path(place) / "clean"):
                        failures.append(f"{step} {moment}: the next build is not the clean one")
        build([folder], out, workers=1)
        left = sorted(p.name for p in Path(place).iterdir())
        if left not in (["build", "texts"], ["build", "clean", "texts"]):
            failures.append(f"left beside the build: {left}")
    return killed, failures


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default="", help="one of the runs: " + ", ".join((*fuzz.RUNS, *PROPERTIES, "kills")))
    chosen = parser.parse_args(arguments)
    total, bad = 0, 0
    for name, (_, share) in fuzz.RUNS.items():
        if chosen.only in ("", name):
            total, bad = _told(name, fuzz.run, name, max(1, round(chosen.cases * share)), chosen.seed, total=total, bad=bad)
    for name, check in PROPERTIES.items():
        if chosen.only in ("", name):
            total, bad = _told(name, check, max(1, chosen.cases // 40), total=total, bad=bad)
    print(f"{total} cases, {bad} failed")
    if chosen.kills and chosen.only in ("", "kills"):
        _, bad = _told("kills", kills, chosen.kills, chosen.seed, total=0, bad=bad)
    return 1 if bad else 0


def _told(label: str, what, *args: object, total: int, bad: int) -> tuple[int, int]:  # type: ignore[no-untyped-def]
    began = time.process_time()
    number, failures = what(*args)
    print(f"{label:12} {number:6} cases {len(failures):4} failed {time.process_time() - began:8.1f} s of processor time", flush=True)
    for failure in failures[:10]:
        print(f"    {failure}", flush=True)
    return total + number, bad + len(failures)


if __name__ == "__main__":
    sys.exit(main())
