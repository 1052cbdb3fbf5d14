"""Claims of many documents, in one process or in several; the same claims in the same order either way."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing.context import BaseContext
from pathlib import Path

from kg.errors import KgError
from kg.model import Claim, Document

#: below this many characters starting processes costs more than it saves
WORTH_A_POOL = 1_000_000
#: characters that one process takes at a time, at most
LARGEST_PART = 200_000

Outcome = tuple[list[Claim], str]


def extract_many(
    documents: Sequence[Document],
    *,
    workers: int = 0,
    config: Path | None = None,
    progress: Callable[[Document], None] | None = None,
) -> Iterator[tuple[Document, list[Claim], str]]:
    """(document, claims, error) for each document, in order; the error is "" where all went well.

    `workers` 0 takes as many processes as there are processors when the texts are long enough to be worth
    it (this one is one of them), 1 stays in this process. `progress` is called after each document. A document on which extraction
    fails yields no claims and the message; the others go on.
    """
    count = workers or (os.cpu_count() or 1)
    if not workers and sum(len(d.text) for d in documents) < WORTH_A_POOL:
        count = 1
    job = partial(_claims, config=config)
    if count == 1 or len(documents) < 2:
        outcomes: Iterator[Outcome] = map(job, documents)
        yield from _told(documents, outcomes, progress)
        return
    context: BaseContext = multiprocessing.get_context("spawn")
    if "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
        # the server imports what extraction needs once; its children start with it
        context.set_forkserver_preload(["kg.extract.pipeline"])
    with ProcessPoolExecutor(min(count, len(documents)) - 1, mp_context=context) as pool:
        yield from _told(documents, _shared(pool, _parts(documents, count), job), progress)


def _parts(documents: Sequence[Document], count: int) -> list[list[Document]]:
    """The documents cut into parts of about as many characters, enough of them to keep `count` processes busy."""
    size = min(LARGEST_PART, sum(len(d.text) for d in documents) // (count * 16) + 1)
    parts: list[list[Document]] = [[]]
    held = 0
    for document in documents:
        if held >= size:
            parts.append([])
            held = 0
        parts[-1].append(document)
        held += len(document.text)
    return parts


def _shared(
    pool: ProcessPoolExecutor, parts: Sequence[list[Document]], job: Callable[[Document], Outcome]
) -> Iterator[Outcome]:
    """The outcomes in order. This process does its share: while the pool starts, and while the part that is due next
    is still read elsewhere, it takes the next part that nobody has begun."""
    futures = [pool.submit(_all, job, part) for part in parts]
    done: dict[int, list[Outcome]] = {}
    try:
        for n, future in enumerate(futures):
            while n not in done and not future.done():
                free = (k for k in range(n, len(parts)) if k not in done and futures[k].cancel())
                if (k := next(free, None)) is None:
                    break
                done[k] = _all(job, parts[k])
            yield from done.pop(n) if n in done else future.result()
    finally:
        for future in futures:
            future.cancel()


def _all(job: Callable[[Document], Outcome], documents: Sequence[Document]) -> list[Outcome]:
    return [job(document) for document in documents]


def _told(
    documents: Sequence[Document], outcomes: Iterator[Outcome], progress: Callable[[Document], None] | None
) -> Iterator[tuple[Document, list[Claim], str]]:
    for document, (claims, error) in zip(documents, outcomes, strict=True):
        if progress:
            progress(document)
        yield document, claims, error


def _claims(document: Document, config: Path | None) -> Outcome:
    where = document.source.path or document.id
    try:
        from kg.extract.pipeline import claims_of

        return claims_of(document, config), ""
    except KgError:
        raise  # a broken rule or configuration breaks every document
    except Exception as error:
        return (
            [],
            f"{where}: extraction failed ({type(error).__name__}: {error}); please report this as a bug",
        )
