"""Damaged and hostile files: each a document or one message, in bounded time and memory, and the batch goes on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hostile import cases

from kg.read import collect

ROOT = Path(__file__).parents[2]
SECONDS, MEGABYTES = 10, 900

#: reads a folder and prints what became of each file; the limit on memory ends the process, not the test
_PROBE = """
import json, resource, sys, time
resource.setrlimit(resource.RLIMIT_AS, (3_000_000_000, 3_000_000_000))
from kg.read import collect
times = []
found = collect([sys.argv[1]], progress=lambda done, of: times.append(time.perf_counter()))
print(json.dumps({
    "seconds": [b - a for a, b in zip(times, times[1:])],
    "outcomes": [(o.where[len(sys.argv[1]) + 1:], o.result, o.why) for o in found.outcomes],
    "errors": found.errors,
    "texts": [d.text for d in found.documents if len(d.text) < 2000],
    "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
}))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict:
    pytest.importorskip("resource", reason="this system sets no limits on memory")
    folder = tmp_path_factory.mktemp("hostile")
    for name, data in cases():
        (folder / name).write_bytes(data)
    # without LibreOffice: what it does to damaged files takes seconds each
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PATH": "/nowhere"}
    command = [sys.executable, "-c", _PROBE, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, env=environment, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def test_each_of_more_than_two_hundred_has_an_outcome(told: dict) -> None:
    names = sorted(name for name, _ in cases())
    assert len(set(names)) == len(names) == len(told["seconds"]) >= 250
    seen = {where.split("/")[0] for where, _, _ in told["outcomes"]}
    assert seen == set(names)
    alone = [where for where, _, _ in told["outcomes"] if ".zip" not in where and not where.startswith("bits")]
    assert len(alone) == len(set(alone)), "one outcome each"


def test_messages_are_one_line_that_says_where_what_and_what_to_do(told: dict) -> None:
    failed = [(where, why) for where, result, why in told["outcomes"] if result == "failed"]
    assert len(failed) == len(told["errors"]) > 80
    for message in told["errors"]:
        assert message.isprintable() and ": " in message and "; " in message, message
        assert "no reader knows" not in message, "damage that a reader should name itself"


def test_none_takes_long_or_much_memory(told: dict) -> None:
    assert max(told["seconds"]) < SECONDS
    assert told["megabytes"] < MEGABYTES


def test_nothing_is_read_from_elsewhere_and_no_entity_is_expanded(told: dict) -> None:
    why = {where: why for where, _, why in told["outcomes"]}
    for name in ("laughs.docx", "outside.docx"):
        assert "document type declaration" in why[name]
    assert "bomb" in why["bomb.zip/a.txt"] and "bomb" in why["bomb.docx"]
    assert not any("root:" in text or "ha ha ha ha" * 3 in text for text in told["texts"])


def test_what_is_sound_among_them_is_read(told: dict) -> None:
    result = {where: result for where, result, _ in told["outcomes"]}
    for name in ("one-line.txt", "unclosed.html", "nested-tables.docx", "style-loop.docx", "spans.html", "long-paragraph.docx"):
        assert result[name] == "read", name


def test_a_line_of_a_hundred_megabytes_is_refused_and_one_of_ten_read(tmp_path: Path) -> None:
    path = tmp_path / "line.txt"
    line = "支持企业，给予奖励".encode()
    path.write_bytes(line * 4_000_000)
    assert "over the limit of 64 MB" in collect([path]).errors[0]
    path.write_bytes(line * 400_000)
    assert len(collect([path]).documents) == 1
