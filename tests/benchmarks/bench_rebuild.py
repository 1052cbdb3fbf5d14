"""What a rebuild after one changed text takes of a full build.

    python tests/benchmarks/bench_serve.py multiply FOLDER TEXTS [--documents 1000]
    python tests/benchmarks/bench_rebuild.py TEXTS [--changes 3]

Each build runs in a process of its own, as `kg build` does, with one worker; counted is processor time, of the process
and of those it started. The texts are copied first; they are not changed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]


def seconds_of_a_build(texts: Path, out: Path) -> float:
    """Processor time of `kg build`, with what the system did for it."""
    before = os.times()
    command = [sys.executable, "-m", "kg", "build", str(texts), "--out", str(out), "--workers", "1"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=out.parent, env=environment, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("texts", type=Path)
    parser.add_argument("--changes", type=int, default=3)
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as place:
        texts, out = Path(place) / "texts", Path(place) / "build"
        shutil.copytree(chosen.texts, texts)
        files = sorted(path for path in texts.rglob("*") if path.is_file())
        full = seconds_of_a_build(texts, out)
        print(f"{len(files)} texts, full build: {full:.1f} s of processor time", flush=True)
        took = []
        for number in range(chosen.changes):
            path = files[(number + 1) * len(files) // (chosen.changes + 1)]
            with path.open("a", encoding="utf-8") as handle:
                handle.write(f"\n对首次认定的高新技术企业给予一次性奖励{30 + number}万元。\n")
            took.append(seconds_of_a_build(texts, out))
            print(f"one text changed: {took[-1]:.2f} s, {100 * took[-1] / full:.1f} %", flush=True)
        print(f"median: {median(took):.2f} s, {100 * median(took) / full:.1f} % of a full build")
    return 0


if __name__ == "__main__":
    sys.exit(main())
