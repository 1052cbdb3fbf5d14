"""How the workbench bears a thousand documents and fifty users.

    python tests/benchmarks/bench_serve.py multiply FOLDER OUT [--documents 1000]
    kg build OUT --out BUILD
    python tests/benchmarks/bench_serve.py load BUILD [--users 50] [--seconds 20]

`multiply` writes the texts of a folder again and again, names of provinces exchanged and numbers changed, so that
copies are documents of their own. `load` starts a server on the build on a free port of loopback, waits until
the first page answers, and prints the time until then, the times of the pages one by one, and what fifty users
at once see.
"""

from __future__ import annotations

import argparse
import http.client
import re
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

PROVINCES = ["浙江", "江苏", "广东", "山东", "四川", "湖北", "河南", "福建", "湖南", "安徽", "河北", "陕西", "辽宁", "江西", "云南", "贵州", "山西", "吉林", "甘肃", "海南"]
WORDS = ("企业", "奖", "高新技术企业 认定 奖励", "院士工作站", "“科技成果”", "博士后")
PAGES = {
    "first page": "/",
    **{f"search {word}": f"/?q={quote(word)}" for word in WORDS},
    "provinces": "/provinces",
    "province": f"/province/{quote('浙江省')}",
    "comparison": f"/compare?words={quote('认定奖励')}",
    "precedents": f"/precedents?q={quote('建议设立科技成果转化引导基金，支持中小企业')}",
    "flows, form and table": f"/flows?province={quote('浙江省')}",
    "network, form and table": f"/network?q={quote('浙江省')}",
    "question": f"/question/who-gets-what?area={quote('浙江省')}",
    "documents": "/documents",
    "search, as JSON": f"/search.json?q={quote('创新')}",
    "smallest SPARQL": "/sparql?query=ASK%7B%7D",
}


def multiply(folder: Path, out: Path, number: int) -> int:
    """Write `number` texts to `out`; returns how many there are."""
    texts = [(path.stem, path.read_text(encoding="utf-8", errors="replace")) for path in sorted(folder.rglob("*.txt"))]
    out.mkdir(parents=True, exist_ok=True)
    place = re.compile("|".join(PROVINCES))
    for n in range(number):
        copy, (name, text) = n // len(texts), texts[n % len(texts)]
        # provinces move on by one with every copy, numbers of documents rise
        other = {a: PROVINCES[(i + copy) % len(PROVINCES)] for i, a in enumerate(PROVINCES)}
        changed = place.sub(lambda m, other=other: other[m[0]], text)
        changed = re.sub(r"(\d+)号", lambda m, copy=copy: f"{int(m[1]) + 300 * copy}号", changed)
        # what names no province is another text by its sums
        changed = re.sub(r"(?<![\d.])(\d{1,5})(?=万元|亿元|%)", lambda m, copy=copy: f"{int(m[1]) + copy}", changed)
        place_ = PROVINCES[(n + copy) % len(PROVINCES)]
        changed += f"\n{place_}省设立第{copy + 1}批科技创新专项资金{copy + 100}万元，支持高新技术企业和科技型中小企业建设研发平台。\n"
        (out / f"{name}-{copy:03}.txt").write_text(changed + "\n" * copy, encoding="utf-8")
    return number


def fetch(address: str, path: str, timeout: float = 120) -> tuple[int, float]:
    """Status and milliseconds of one answer, its body read."""
    began = time.perf_counter()
    client = http.client.HTTPConnection(address, timeout=timeout)
    try:
        client.request("GET", path)
        answer = client.getresponse()
        answer.read()
        return answer.status, 1000 * (time.perf_counter() - began)
    except OSError:
        return 0, 1000 * (time.perf_counter() - began)
    finally:
        client.close()


def load(build: Path, users: int, seconds: float) -> bool:
    """Print the figures; False where an answer was an error."""
    command = [sys.executable, "-m", "kg", "serve", "--port", "0", "--build", str(build)]
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            found = re.search(r"http://([^/]+)/", server.stdout.readline())
            if not found:
                raise SystemExit("the server did not start")
            address = found[1]
            fetch(address, "/")
            print(f"{'first page after':28} {time.perf_counter() - began:7.1f} s")
            for path in PAGES.values():  # each makes what it needs once
                fetch(address, path, 600)
            print(f"{'all pages after':28} {time.perf_counter() - began:7.1f} s")
            print(f"{'memory of the server':28} {_memory(server.pid):7.0f} MB")
            return _alone(address) and _together(address, users, seconds)
        finally:
            server.terminate()


def _memory(process: int) -> float:
    """Megabytes that a process holds; 0 where the system does not tell."""
    try:
        found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{process}/status").read_text())
    except OSError:
        return 0.0
    return int(found[1]) / 1000 if found else 0.0


def _alone(address: str) -> bool:
    good = True
    for name, path in PAGES.items():
        answers = [fetch(address, path) for _ in range(11)]
        statuses = {status for status, _ in answers}
        good &= statuses == {200}
        print(f"{name:28} median {statistics.median(t for _, t in answers):7.1f} ms  status {sorted(statuses)}")
    return good


def _together(address: str, users: int, seconds: float) -> bool:
    end = time.perf_counter() + seconds
    times: list[float] = []
    statuses: Counter[int] = Counter()
    paths = list(PAGES.values())

    def user(number: int) -> None:
        step = number
        while time.perf_counter() < end:
            status, took = fetch(address, paths[step % len(paths)])
            statuses[status] += 1
            times.append(took)
            step += 1

    threads = [threading.Thread(target=user, args=(n,)) for n in range(users)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times.sort()
    print(
        f"{users} users for {seconds:g} s: {len(times)} answers, {len(times) / seconds:.0f}/s, median "
        f"{statistics.median(times):.0f} ms, 95 % within {times[int(0.95 * (len(times) - 1))]:.0f} ms, "
        f"statuses {dict(sorted(statuses.items()))}"
    )
    return set(statuses) == {200}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    acts = parser.add_subparsers(dest="act", required=True)
    one = acts.add_parser("multiply")
    one.add_argument("folder", type=Path)
    one.add_argument("out", type=Path)
    one.add_argument("--documents", type=int, default=1000)
    two = acts.add_parser("load")
    two.add_argument("build", type=Path)
    two.add_argument("--users", type=int, default=50)
    two.add_argument("--seconds", type=float, default=20)
    chosen = parser.parse_args(arguments)
    if chosen.act == "multiply":
        print(f"{multiply(chosen.folder, chosen.out, chosen.documents)} texts in {chosen.out}")
        return 0
    return 0 if load(chosen.build, chosen.users, chosen.seconds) else 1


if __name__ == "__main__":
    sys.exit(main())
