"""What reading gives, and how fast, beside other readers in the same run.

Run it: `python tests/benchmarks/bench_reading.py [--digests N]`. The bundled digests are set as PDFs (one, two and
three columns, a long ruled table), Word files and web pages, and read again. Columns: pages, characters a second of
processor time (the process that opens PDFs and its start included), the share of the text's runs of five
characters that the reader gives (right) and the share of what it gives that the text has (clean), the share of
paragraphs that come out as one line, the share of table rows that come out cell by cell. Peers are taken where
they are installed: pdfplumber, pypdf, pdfminer.six for PDFs, trafilatura for pages.
"""

from __future__ import annotations

import argparse
import importlib
import io
import re
import resource
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "read")]

from reportlab.lib import colors  # noqa: E402
from reportlab.platypus import LongTable  # noqa: E402
from test_formats_same_claims import as_page, as_word  # noqa: E402
from typeset import BODY, SMALL, TITLE, FrameBreak, Paragraph, furniture, pdf  # noqa: E402

from kg.read.documents import read_bytes  # noqa: E402
from kg.resources import data_dir  # noqa: E402

#: text and tables of a file
Read = Callable[[bytes], tuple[str, list[list[list[str]]]]]
HEAD = ["序号", "项目", "对象", "标准（万元）"]
ROWS = [[str(n), f"省级重点实验室建设项目第{n}批", "高等学校", str(20 + n)] for n in range(1, 400)]


@dataclass(frozen=True)
class Sample:
    """A file made of `lines`, with the rows of its table."""

    name: str
    ending: str
    data: bytes
    lines: Sequence[str]
    rows: Sequence[Sequence[str]] = ()


def samples(digests: int) -> list[Sample]:
    files = sorted((data_dir("sources") / "documents").glob("*.md"))[:digests]
    text = [line for file in files for line in file.read_text("utf-8").split("\n")]
    lines = [line.lstrip("# ") for line in text if line.strip() and not line.startswith("|")]
    story = [Paragraph(line.replace("&", "&amp;").replace("<", "&lt;"), BODY) for line in lines]
    drawn = [furniture("示例公报　第3期")]
    made = [Sample("PDF, one column", "pdf", pdf(list(story), draw=drawn), lines)]
    for columns, name in ((2, "two"), (3, "three")):
        head = [Paragraph("示例公报", TITLE), FrameBreak()]
        made.append(Sample(f"PDF, {name} columns", "pdf", pdf([*head, *story], columns=columns, head=60, draw=drawn), ["示例公报", *lines]))
    cells = [[Paragraph(cell, SMALL) for cell in row] for row in (HEAD, *ROWS)]
    grid = LongTable(cells, [40, 200, 90, 90], repeatRows=1, style=[("GRID", (0, 0), (-1, -1), 0.5, colors.black)])
    made.append(Sample("PDF, a long table", "pdf", pdf([grid], draw=drawn), [], [HEAD, *ROWS]))
    made.append(Sample("Word", "docx", as_word(lines), lines))
    made.append(Sample("web page", "html", as_page(lines), lines))
    made.append(Sample("text in GB 18030", "txt", "\n".join(lines).encode("gb18030"), lines))
    return made


def kg(ending: str) -> Read:
    def read(data: bytes) -> tuple[str, list[list[list[str]]]]:
        text = read_bytes(data, f"a.{ending}", f"a.{ending}")[0].text
        rows = [[c.strip() for c in line.strip("|").split("|")] for line in text.split("\n") if re.match(r"\| ", line)]
        return text, [rows]

    return read


def peers(ending: str) -> dict[str, Read]:
    """The readers of that format that are installed."""
    found: dict[str, Read] = {}
    if ending == "pdf":
        if plumber := _module("pdfplumber"):

            def with_plumber(data: bytes) -> tuple[str, list[list[list[str]]]]:
                with plumber.open(io.BytesIO(data)) as document:
                    texts = [(page.extract_text() or "", page.extract_tables()) for page in document.pages]
                tables = [[[c or "" for c in row] for row in table] for _, found in texts for table in found]
                return "\n".join(text for text, _ in texts), tables

            found["pdfplumber"] = with_plumber
        if pypdf := _module("pypdf"):
            found["pypdf"] = lambda data: ("\n".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(data)).pages), [])
        if miner := _module("pdfminer.high_level"):
            found["pdfminer.six"] = lambda data: (miner.extract_text(io.BytesIO(data)), [])
    if ending == "html" and (trafilatura := _module("trafilatura")):
        found["trafilatura"] = lambda data: (trafilatura.extract(data, favor_recall=True) or "", [])
    return found


def _module(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def measured(sample: Sample, read: Read) -> dict[str, float]:
    began = _processor()
    text, tables = read(sample.data)
    seconds = _processor() - began
    wanted, given = _fives("".join(sample.lines) + "".join(map("".join, sample.rows))), _fives(re.sub(r"\|[-|]+\|", "", text).replace("|", ""))
    out = {
        "characters a second": len(text) / max(seconds, 1e-9),
        "right": len(wanted & given) / max(len(wanted), 1),
        "clean": len(wanted & given) / max(len(given), 1),
    }
    if sample.lines:
        had = {_squeezed(line) for line in text.split("\n")}
        out["paragraphs"] = sum(_squeezed(line) in had for line in sample.lines) / len(sample.lines)
    if sample.rows:
        rows = {tuple(map(_squeezed, row)) for table in tables for row in table}
        out["rows"] = sum(tuple(map(_squeezed, row)) in rows for row in sample.rows) / len(sample.rows)
    return out


def _processor() -> float:
    """Seconds of processor time of this process and of those it started."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


def _squeezed(text: str) -> str:
    return re.sub(r"[\s#|]", "", text)


def _fives(text: str) -> set[str]:
    text = _squeezed(text)
    return {text[n : n + 5] for n in range(len(text) - 4)}


def pages(sample: Sample) -> int:
    if sample.ending != "pdf":
        return 0
    import pypdfium2

    return len(pypdfium2.PdfDocument(sample.data))


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--digests", type=int, default=12)
    options = parser.parse_args(arguments)
    print(f"{'':20}{'':14}{'pages':>6}{'pages/s':>9}{'chars/s':>11}{'right':>8}{'clean':>8}{'whole':>8}{'rows':>7}")
    for sample in samples(options.digests):
        count = pages(sample)
        for name, read in {"kg": kg(sample.ending), **peers(sample.ending)}.items():
            got = measured(sample, read)
            speed = got["characters a second"]
            a_page = count * speed / max(len("".join(sample.lines)) + len("".join(map("".join, sample.rows))), 1)
            shares = "".join(f"{got[k]:{w}.1%}" if k in got else " " * w for k, w in (("right", 8), ("clean", 8), ("paragraphs", 8), ("rows", 7)))
            print(f"{sample.name:20}{name:14}{count or '':>6}{f'{a_page:.1f}' if count else '':>9}{speed:>11,.0f}{shares}")


if __name__ == "__main__":
    main()
