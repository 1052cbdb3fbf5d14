"""Characters of pages that are pictures, recognised by Tesseract (`tesseract` with the language `chi_sim`).

Each page is rendered by the worker process and recognised in a process of its own, with a time limit a page.
The words come with their boxes, so that columns, running titles and paragraphs are told as on any other page.
What Tesseract writes for Chinese marks and figures (spaces, half-width marks, ] for 1) is set right where only one
reading makes sense; a wrong character stays wrong, as nobody knows which is meant.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from statistics import median

from kg.errors import ReadError
from kg.read.pdf_worker import DOTS

SECONDS_TO_RENDER, SECONDS_TO_RECOGNISE = 60.0, 120.0
LANGUAGE = "chi_sim"
_INSTALL = "install it (Debian: apt-get install tesseract-ocr tesseract-ocr-chi-sim)"
#: words that Tesseract is less sure of are dirt where their line is no better than `_LEGIBLE`, in per cent; a
#: doubtful figure in a good line stays, since a sentence without it would say something else
_SURE, _LEGIBLE = 20.0, 60.0
MEMORY = 3 * 1024**3
_HAN = "[\u3400-\u9fff]"
_FULL = str.maketrans(":;,?!", "：；，？！")
_MARK = re.compile(rf"(?<={_HAN})[:;,?!]|(?<=[》）〕”%\d])[:;,?!](?={_HAN}|《|“|（)")
_OPEN, _CLOSE = "(（〈<", ")）〉>"
_BRACKETS = re.compile(rf"[{_OPEN}]([^{_OPEN}{_CLOSE}\n]*{_HAN}[^{_OPEN}{_CLOSE}\n]*)[{_CLOSE}]")
_NUMBER = re.compile(r"[\[【〔(（{]\s*((?:19|20)\d\d)\s*[\]】〕)）}]\s*(第?\d{1,4}\s*号)")
_PER_MILLE = re.compile(r"(?<=\d)\s*%[oO]")
#: % is read as %6, and nothing is written 5%6
_PER_CENT = re.compile(r"(?<=\d)%\d(?!\d)")
_ONE = re.compile(rf"(?<={_HAN}|、)[\]|lI](?=[万亿]?元|[%万亿年月日])")

#: text, x0, top, x1, bottom, size, in points: the fields of `kg.read.pdf_lines.Run`
Recognised = tuple[str, float, float, float, float, float]


def recognise(data: bytes, pages: Sequence[int], where: str) -> dict[int, list[Recognised]]:
    """The runs of text on each of `pages`. Raises `ReadError` without Tesseract or Chinese, or past its time."""
    from kg.read.pdf import ask_worker

    program = _program(where)
    out = {}
    for number in pages:
        request = {"render": number, "dots": DOTS}
        picture = ask_worker(data, request, where, seconds=SECONDS_TO_RENDER)
        out[number] = _words(_run(program, picture, f"{where}: page {number}"))
    return out


def recognise_picture(
    data: bytes, where: str
) -> tuple[dict[int, list[Recognised]], dict[int, tuple[float, float]]]:
    """(runs, width and height in points) of each page of a picture file, as if scanned at `DOTS`. Raises
    `ReadError` as `recognise`."""
    tsv = _run(_program(where), data, where)
    rows = [row.split("\t") for row in tsv.splitlines()[1:]]
    sizes = {int(r[1]): (float(r[8]) * 72 / DOTS, float(r[9]) * 72 / DOTS) for r in rows if r[0] == "1"}
    runs = {n: _words("\n".join(["", *("\t".join(r) for r in rows if r[1] == str(n))])) for n in sizes}
    return runs, sizes


def _program(where: str) -> str:
    program = shutil.which("tesseract")
    if program is None:
        raise ReadError(f"{where}: --ocr needs tesseract with {LANGUAGE}, which is not there; {_INSTALL}")
    done = subprocess.run([program, "--list-langs"], capture_output=True, timeout=30, text=True)
    if LANGUAGE not in done.stdout.split():
        raise ReadError(f"{where}: tesseract has no Chinese ({LANGUAGE}); {_INSTALL}")
    return program


def _run(program: str, picture: bytes, where: str) -> str:
    # English beside Chinese makes words of Latin letters out of bold characters
    command = [program, "-", "-", "-l", LANGUAGE, "--dpi", str(DOTS), "--psm", "3", "tsv"]
    pipe = subprocess.PIPE
    process = subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=pipe, env={**os.environ, "OMP_THREAD_LIMIT": "1"}
    )
    _limit(process.pid)
    try:
        answer, told = process.communicate(picture, timeout=SECONDS_TO_RECOGNISE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise ReadError(
            f"{where} not recognised within {SECONDS_TO_RECOGNISE:g} s; leave the page out or scan it anew"
        ) from None
    if process.returncode != 0:
        last = (told.decode("utf-8", "replace").strip().splitlines() or ["no reason given"])[-1]
        raise ReadError(f"{where}: tesseract failed ({last[:120]}); leave the page out or scan it anew")
    return answer.decode("utf-8", "replace")


def _limit(process: int) -> None:
    """Keep a small file that says it is a huge picture from taking the machine's memory."""
    try:
        import resource

        resource.prlimit(process, resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, AttributeError, OSError, ValueError):  # not on this system, or the process has ended
        pass


def _words(tsv: str) -> list[Recognised]:
    """One run for each stretch of a line, all in the size of the page's text unless they are far from it."""
    lines: dict[tuple[str, ...], list[tuple[str, float, float, float, float]]] = {}
    rows = [row.split("\t") for row in tsv.splitlines()[1:]]
    rows = [c for c in rows if len(c) >= 12 and c[0] == "5" and c[11].strip()]
    sure: dict[tuple[str, ...], list[float]] = {}
    for cells in rows:
        sure.setdefault(tuple(cells[1:5]), []).append(float(cells[10]))
    for cells in rows:
        if float(cells[10]) < _SURE and median(sure[tuple(cells[1:5])]) < _LEGIBLE:
            continue
        x, y, wide, high = (float(c) * 72 / DOTS for c in cells[6:10])
        lines.setdefault(tuple(cells[1:5]), []).append((cells[11].strip(), x, y, x + wide, y + high))
    if not lines:
        return []
    heights = {key: max(w[4] for w in words) - min(w[2] for w in words) for key, words in lines.items()}
    usual = median(heights.values())
    out: list[Recognised] = []
    for key, words in lines.items():
        size = usual if 0.6 * usual < heights[key] < 1.5 * usual else heights[key]
        top, bottom = min(w[2] for w in words), max(w[4] for w in words)
        stretch = [words[0]]
        for word in words[1:]:
            if word[1] - stretch[-1][3] > 1.5 * size:
                out.append(_stretch(stretch, top, bottom, size))
                stretch = []
            stretch.append(word)
        out.append(_stretch(stretch, top, bottom, size))
    return out


def _stretch(
    words: list[tuple[str, float, float, float, float]], top: float, bottom: float, size: float
) -> Recognised:
    text = ""
    for word, *_ in words:
        text += " " + word if text and text[-1].isascii() and word[0].isascii() else word
    return tidy(text), words[0][1], top, words[-1][3], bottom, round(size, 1)


def tidy(text: str) -> str:
    """Recognised words with the marks of Chinese and the figures that only one reading makes sense of.

    >>> tidy("国发【2018]19号)规定:奖励]万元,给予8%o")
    '国发〔2018〕19号)规定：奖励1万元，给予8‰'
    """
    text = _NUMBER.sub(r"〔\1〕\2", text)
    text = _ONE.sub("1", _PER_CENT.sub("%", _PER_MILLE.sub("‰", text)))
    text = _MARK.sub(lambda m: m[0].translate(_FULL), text)
    return _BRACKETS.sub(r"（\1）", text)
