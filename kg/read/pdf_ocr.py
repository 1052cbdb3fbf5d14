"""Characters of pages that are pictures, recognised by Tesseract (`tesseract` with the language `chi_sim`).

Each page is rendered by the worker process and recognised in a process of its own, with a time limit a page.
The words come with their boxes, so that columns, running titles and paragraphs are told as on any other page.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from statistics import median

from kg.errors import ReadError
from kg.read.pdf_worker import DOTS

SECONDS_TO_RENDER, SECONDS_TO_RECOGNISE = 60.0, 120.0
LANGUAGE = "chi_sim"
_INSTALL = "install it (Debian: apt-get install tesseract-ocr tesseract-ocr-chi-sim)"
#: words that Tesseract is less sure of are dirt, in per cent
_SURE = 20.0

#: text, x0, top, x1, bottom, size, in points: the fields of `kg.read.pdf_lines.Run`
Recognised = tuple[str, float, float, float, float, float]


def recognise(data: bytes, pages: Sequence[int], where: str) -> dict[int, list[Recognised]]:
    """The runs of text on each of `pages`. Raises `ReadError` without Tesseract or Chinese, or past its time."""
    from kg.read.pdf import ask_worker

    program = shutil.which("tesseract")
    if program is None:
        raise ReadError(f"{where}: --ocr needs tesseract with {LANGUAGE}, which is not there; {_INSTALL}")
    languages = _languages(program, where)
    out = {}
    for number in pages:
        request = {"render": number, "dots": DOTS}
        picture = ask_worker(data, request, where, seconds=SECONDS_TO_RENDER)
        out[number] = _words(_run(program, languages, picture, f"{where}: page {number}"))
    return out


def _languages(program: str, where: str) -> str:
    done = subprocess.run([program, "--list-langs"], capture_output=True, timeout=30, text=True)
    installed = done.stdout.split()
    if LANGUAGE not in installed:
        raise ReadError(f"{where}: tesseract has no Chinese ({LANGUAGE}); {_INSTALL}")
    return f"{LANGUAGE}+eng" if "eng" in installed else LANGUAGE


def _run(program: str, languages: str, picture: bytes, where: str) -> str:
    command = [program, "-", "-", "-l", languages, "--dpi", str(DOTS), "--psm", "3"]
    command += ["-c", "preserve_interword_spaces=1", "tsv"]
    try:
        done = subprocess.run(
            command,
            input=picture,
            capture_output=True,
            timeout=SECONDS_TO_RECOGNISE,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired:
        raise ReadError(
            f"{where} not recognised within {SECONDS_TO_RECOGNISE:g} s; leave the page out or scan it anew"
        ) from None
    if done.returncode != 0:
        told = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no reason given"]
        raise ReadError(f"{where}: tesseract failed ({told[-1][:120]}); leave the page out or scan it anew")
    return done.stdout.decode("utf-8", "replace")


def _words(tsv: str) -> list[Recognised]:
    """One run for each stretch of a line, all in the size of the page's text unless they are far from it."""
    lines: dict[tuple[str, ...], list[tuple[str, float, float, float, float]]] = {}
    for row in tsv.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != "5" or not cells[11].strip() or float(cells[10]) < _SURE:
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
    return text, words[0][1], top, words[-1][3], bottom, round(size, 1)
