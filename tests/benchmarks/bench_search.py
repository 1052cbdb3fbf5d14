"""How long searching and asking take with a thousand documents.

Run it: `python tests/benchmarks/bench_search.py BUILD [--documents N]`. The documents of the build folder are
multiplied, each copy under other names: characters of its text are exchanged for rarer ones here and there, so
that copies hold words of their own. Prints the time to build the index, the times of searches of several kinds,
and what asking in a process of its own adds to a query.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from kg.build import load_claims, load_documents
from kg.config import GRAPH
from kg.model import Claim, Document
from kg.serve.search import Index

QUERIES = {
    "one character": ["奖", "的", "税"],
    "two characters": ["企业", "创新", "博士", "专利"],
    "a name": ["高新技术企业", "院士工作站", "科技局", "国家实验室"],
    "several words": ["企业 奖励 认定", "人才 住房", "研发费用 加计扣除"],
    "a phrase": ["“研究开发费用”", "“科技成果转化”"],
    "taken apart": ["高新技术企业认定补助资金", "科技人才住房补贴标准"],
    "no words": [""],
}


def multiplied(
    documents: Sequence[Document], claims: dict[str, list[Claim]], number: int
) -> tuple[list[Document], dict[str, list[Claim]]]:
    """`number` documents with their claims, copies told apart by a changed name, number, date and characters."""
    out, held = [], {}
    for copy in range(-(-number // len(documents))):
        changed = str.maketrans({a: chr(0x4E00 + (ord(a) * 31 + copy * 97) % 20_000) for a in "岳峰霞泉"})
        for document in documents[: number - len(out)]:
            name = f"{document.id}-{copy}"
            source = replace(document.source, title=f"{document.source.title}（{copy}）", date=str(2000 + copy % 25))
            out.append(replace(document, id=name, text=document.text.translate(changed), source=source))
            held[name] = [replace(c, doc=name) for c in claims[document.id]]
    return out, held


def timed(call: Callable[[], object], repeats: int) -> list[float]:
    """Milliseconds of each run."""
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        call()
        times.append(1000 * (time.perf_counter() - began))
    return times


async def overhead(graph: Path, repeats: int) -> list[float]:
    """Milliseconds of the smallest question over the process of its own."""
    from kg.serve.engine import Engine

    engine = Engine(graph)
    try:
        await engine.start()
        times = []
        for _ in range(repeats):
            began = time.perf_counter()
            await engine.ask("ASK {}", "json")
            times.append(1000 * (time.perf_counter() - began))
        return times
    finally:
        engine.close()


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("build", type=Path)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--repeats", type=int, default=5)
    chosen = parser.parse_args(arguments)
    documents, claims = multiplied(load_documents(chosen.build), load_claims(chosen.build), chosen.documents)
    began = time.perf_counter()
    index = Index.from_build(documents, claims)
    took = time.perf_counter() - began
    characters = sum(len(d.text) for d in documents)
    print(f"{len(documents)} documents, {characters:,} characters, {len(index.passages):,} passages: index in {took:.1f} s")
    every = []
    for kind, queries in QUERIES.items():
        times = [t for query in queries for t in timed(lambda q=query: index.search(q), chosen.repeats)]
        every += times
        print(f"{kind:16} median {statistics.median(times):7.1f} ms  worst {max(times):7.1f} ms")
    print(f"{'all':16} median {statistics.median(every):7.1f} ms  worst {max(every):7.1f} ms")
    narrowed = timed(lambda: index.search("企业", {"assertion": ["in_force"], "resource": ["funding"]}), chosen.repeats)
    print(f"{'with filters':16} median {statistics.median(narrowed):7.1f} ms")
    asked = asyncio.run(overhead(chosen.build / GRAPH, 10 * chosen.repeats))
    print(f"{'smallest SPARQL':16} median {statistics.median(asked):7.1f} ms  worst {max(asked):7.1f} ms")


if __name__ == "__main__":
    main()
