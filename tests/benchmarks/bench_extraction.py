"""How fast extraction is, beside its peers in the same run.

    python tests/benchmarks/bench_extraction.py [FOLDER] [--repeats N] [--copies N]

FOLDER holds texts; without it `../shared/field/documents` is read where present, else our own sources. The peers run
over the same characters in the same process: `spacy.blank("zh")` with an EntityRuler that holds kg's own lexicon (it
finds names only, kg finds every kind of claim), and jieba's part-of-speech tagging, where jieba is installed. Times
are the least of N runs: processor time for the ratios, wall time beside it. Then one and two processes over N
copies of the texts, and the start-up of the commands. Nothing here is a test of speed.
"""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from kg.extract import extract
from kg.extract.lexicon import load_lexicon
from kg.extract.many import extract_many
from kg.model import Document
from kg.read import read_document
from kg.resources import data_dir
from kg.text.unwrap import unwrap

ROOT = Path(__file__).parents[2]
FIELD = ROOT.parent / "shared" / "field" / "documents"
#: the lexicons whose labels the entity finder looks for in running text
LEXICONS = ("platforms", "funding", "talent", "enterprises", "organisations")
QUESTION = "measures-by-assertion"


def read_corpus(folder: Path) -> list[Document]:
    """The texts of a folder in order of their names."""
    return [read_document(p) for p in sorted(folder.iterdir()) if p.suffix in (".txt", ".md")]


def least(run: Callable[[], object], repeats: int) -> tuple[float, float]:
    """Processor and wall seconds of the best of some runs."""
    cpu, wall = [], []
    for _ in range(repeats):
        c, w = time.process_time(), time.perf_counter()
        run()
        cpu.append(time.process_time() - c)
        wall.append(time.perf_counter() - w)
    return min(cpu), min(wall)


def kg_run(documents: Sequence[Document]) -> int:
    """Claims of all documents, from the text as read."""
    unwrap.cache_clear()
    return sum(len(extract(d)) for d in documents)


def entity_ruler() -> Callable[[Sequence[Document]], int]:
    """spaCy's blank Chinese pipeline (characters as tokens) with our lexicon as phrase patterns."""
    import spacy

    nlp = spacy.blank("zh")
    ruler = nlp.add_pipe("entity_ruler")
    entries = [e for name in LEXICONS for e in load_lexicon(name)]
    ruler.add_patterns([{"label": e.lexicon, "pattern": e.label, "id": e.id} for e in entries])  # type: ignore[attr-defined]
    return lambda documents: sum(len(nlp(d.text).ents) for d in documents)


def jieba_tags() -> Callable[[Sequence[Document]], int] | None:
    """jieba's tagger, None where it is not installed."""
    if importlib.util.find_spec("jieba") is None:
        return None
    import jieba
    import jieba.posseg

    jieba.setLogLevel("ERROR")
    return lambda documents: sum(len(jieba.posseg.lcut(d.text)) for d in documents)


def compare(documents: Sequence[Document], repeats: int) -> None:
    """Print characters a second of kg and its peers, and kg's ratio to each."""
    characters = sum(len(d.text) for d in documents)
    size = sum(len(d.text.encode()) for d in documents) / 1e6
    print(f"{len(documents)} texts, {characters:,} characters, {size:.2f} MB of UTF-8; best of {repeats}")
    runs = {"kg": kg_run, "spacy.blank('zh') + EntityRuler": entity_ruler(), "jieba part-of-speech tags": jieba_tags()}
    own = 0.0
    for name, run in runs.items():
        if run is None:
            print(f"{name:32} not installed (pip install jieba)")
            continue
        run(documents[:2])  # tables and automata are loaded
        cpu, wall = least(lambda run=run: run(documents), repeats)  # type: ignore[misc]
        own = own or cpu
        print(
            f"{name:32} {characters / cpu:>10,.0f} characters/s of processor ({size / cpu:.2f} MB/s), "
            f"{characters / wall:>10,.0f} of wall time; kg takes {own / cpu:.2f} times as long"
        )


def processes(documents: Sequence[Document], copies: int) -> None:
    """Print the wall time of one and of two processes over copies of the texts, start of the processes included."""
    many = [replace(d, id=f"{d.id}-{n}") for n in range(copies) for d in documents]
    characters = sum(len(d.text) for d in many)
    walls = []
    for workers in (1, 2):
        begun = time.perf_counter()
        claims = sum(len(c) for _, c, _ in extract_many(many, workers=workers))
        walls.append(time.perf_counter() - begun)
        print(f"{workers} process(es): {characters / walls[-1]:>10,.0f} characters/s of wall time, {claims:,} claims")
    print(f"two processes: {walls[0] / walls[1]:.2f} times as fast as one")


def start_up(repeats: int) -> None:
    """Print how long `kg --help` takes and `kg ask` on the graph of our own sources."""
    kg = [sys.executable, "-m", "kg"]

    def command(*words: str) -> Callable[[], object]:
        return lambda: subprocess.run([*kg, *words], cwd=ROOT, check=True, capture_output=True)

    print(f"kg --help  {least(command('--help'), repeats)[1]:.2f} s")
    with tempfile.TemporaryDirectory() as folder:
        command("build", str(data_dir("sources") / "documents"), "--out", folder)()
        print(f"kg ask     {least(command('ask', QUESTION, '--build', folder), repeats)[1]:.2f} s ({QUESTION})")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("folder", type=Path, nargs="?", default=FIELD if FIELD.is_dir() else data_dir("sources") / "documents")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--copies", type=int, default=8, help="for one and two processes; 0 leaves them and the start-up out")
    options = parser.parse_args(arguments)
    documents = read_corpus(options.folder)
    compare(documents, options.repeats)
    if options.copies:
        processes(documents, options.copies)
        start_up(options.repeats)


if __name__ == "__main__":
    main()
