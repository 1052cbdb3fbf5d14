"""Whatever befalls a build, the last complete one stays readable and the next one finishes."""

from __future__ import annotations

import http.client
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from kills import Killer
from test_rebuild import text
from test_whole_build import ROOT, digest

from kg.build import assemble, build, load_claims, load_documents
from kg.build.switch import fresh_folder
from kg.build.whole import file_problems
from kg.errors import KgError
from kg.graph.store import open_store
from kg.manifest import load_manifest

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(text(number, 0), encoding="utf-8")
    return folder


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forks")
def test_a_build_killed_at_any_moment_leaves_the_last_one_and_the_next_one_finishes(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "build"
    build([texts], out, workers=1)
    before = digest(out)
    (texts / "1.txt").write_text(text(1, 5), encoding="utf-8")
    build([texts], tmp_path / "clean", workers=1)
    after = digest(tmp_path / "clean")
    with Killer(texts, tmp_path / "counted") as killer:
        last = int(killer.ask("count"))
    chance = random.Random(1)
    # the last touches are the ones that put the build in its place
    moments = [*chance.sample(range(1, last - 12), 4), *range(last - 11, last, 3)]
    killed = 0
    with Killer(texts, out) as killer:
        for moment in moments:
            killed += killer.ask(f"event {moment}") == "killed"
            assert digest(out) in (before, after), moment
            assert file_problems(out) == [] and open_store(out / "graph.trig").inner
    assert killed >= 6
    build([texts], out, workers=1)
    assert digest(out) == after
    assert sorted(p.name for p in tmp_path.iterdir()) == ["build", "clean", "counted", "texts"], "nothing is left beside it"


def test_two_builds_at_once_one_waits_for_nobody_and_says_so(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "build"
    build([texts], out, workers=1)
    before = digest(out)
    with fresh_folder(out):
        command = [sys.executable, "-m", "kg", "build", str(texts), "--out", str(out)]
        done = subprocess.run(command, env=ENVIRONMENT, cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 1
        assert f"another build (process {os.getpid()}) is writing there" in done.stderr
    assert digest(out) == before
    build([texts], out, workers=1)


def test_the_lock_of_a_killed_build_holds_nobody_up(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "build"
    code = f"import os, signal, time\nfrom pathlib import Path\nfrom kg.build.switch import fresh_folder\nwith fresh_folder(Path({str(out)!r})) as f:\n    (f / 'half').write_text('x'); print('in', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code], env=ENVIRONMENT, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == "in\n"
        with pytest.raises(KgError, match=f"process {holder.pid}"):
            build([texts], out, workers=1)
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    assert len([p for p in tmp_path.iterdir() if p.name.startswith(".build")]) == 2
    build([texts], out, workers=1)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["build", "texts"]


def test_a_build_that_was_moved_aside_and_not_replaced_comes_back(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "build"
    build([texts], out, workers=1)
    before = digest(out)
    aside = tmp_path / ".build-old-abcd1234"
    aside.mkdir()
    out.rename(aside / "build")  # killed between two renames, where the system cannot exchange
    with fresh_folder(out):
        assert digest(out) == before
    assert not aside.exists()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "small"
    place.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root on Linux")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=9m", "tmpfs", str(place)], capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False)


def test_on_a_full_disk_the_last_build_stays_and_the_next_one_finishes(texts: Path, small_disk: Path) -> None:
    out = small_disk / "build"
    build([texts], out, workers=1)
    before = digest(out)
    filler = small_disk / "filler"
    free = os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_frsize
    told = []
    for left in (0, 60_000, 300_000, 700_000):
        filler.write_bytes(bytes(max(0, free - left)))
        (texts / "1.txt").write_text(text(1, left), encoding="utf-8")
        with pytest.raises(KgError) as error:
            build([texts], out, workers=1, anew=True)
        told.append(str(error.value))
        assert digest(out) == before and file_problems(out) == []
        assert [p.name for p in small_disk.iterdir() if "-new-" in p.name] == []
    assert all("the disk is full; free some space" in message for message in told), told
    filler.unlink()
    build([texts], out, workers=1)
    assert digest(out) != before


def test_a_place_that_cannot_be_written_is_named(texts: Path, tmp_path: Path) -> None:
    place = tmp_path / "readonly"
    place.mkdir()
    mounted = False
    if os.name == "posix" and os.geteuid() == 0:  # root writes to any folder, but not to a read-only disk
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", str(place)], capture_output=True).returncode:
            pytest.skip("no disk can be mounted here")
        mounted = True
    else:
        place.chmod(0o555)
    try:
        with pytest.raises(KgError, match=r"cannot be written .*give --out another place"):
            build([texts], place / "build", workers=1)
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(place)], check=False)
        else:
            place.chmod(0o755)


def test_a_server_answers_whole_through_builds_and_readers_keep_what_they_opened(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "build"
    build([texts], out, workers=1)
    opened = open_store(out / "graph.trig")
    number = len(opened.inner)
    command = [sys.executable, "-m", "kg", "serve", "--port", "0", "--build", str(out)]
    with subprocess.Popen(command, env=ENVIRONMENT, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            found = re.search(r"http://([^/]+)/", server.stdout.readline())
            assert found
            pages = ["/", "/documents", "/provinces", "/sparql?query=SELECT%20(COUNT(*)%20AS%20%3Fn)%20%7B%3Fs%20%3Fp%20%3Fo%7D"]
            for step in range(4):
                (texts / "1.txt").write_text(text(1, step + 1), encoding="utf-8")
                build([texts], out, workers=1)
                for page in pages:
                    client = http.client.HTTPConnection(found[1], timeout=60)
                    client.request("GET", page)
                    answer = client.getresponse()
                    assert answer.status == 200 and answer.read(), (step, page)
                    client.close()
        finally:
            server.terminate()
    assert len(opened.inner) == number, "an opened store outlives the builds after it"


def test_a_reader_never_sees_half_of_one_build_and_half_of_another(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "build"
    build([texts], out, workers=1)
    code = f"""
import time
from kg.build import load_claims, load_documents
end = time.monotonic() + 6
seen = 0
while time.monotonic() < end:
    documents = {{d.id: d.text for d in load_documents({str(out)!r})}}
    claims = load_claims({str(out)!r})
    seen += 1
print(seen)
"""
    with subprocess.Popen([sys.executable, "-c", code], env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as reader:
        end = time.monotonic() + 5
        step = 0
        while time.monotonic() < end:
            step += 1
            (texts / "1.txt").write_text(text(1, step), encoding="utf-8")
            build([texts], out, workers=1)
        said, errors = reader.communicate(timeout=60)
    assert reader.returncode == 0, errors
    assert int(said) > 1 and step > 1
    assert len(load_documents(out)) == 3


def test_what_rests_on_a_build_that_was_replaced_meanwhile_is_not_written(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "build"
    build([texts], out, workers=1)
    since = load_manifest(out).id
    documents, claims = load_documents(out), load_claims(out)
    (texts / "1.txt").write_text(text(1, 3), encoding="utf-8")
    build([texts], out, workers=1)
    later = digest(out)
    with pytest.raises(KgError, match="another build took its place meanwhile"):
        assemble(out, documents, claims, None, (), (), (), lambda *_: None, since=since)
    assert digest(out) == later
