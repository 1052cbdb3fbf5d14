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
    it, 1 stays in this process. `progress` is called after each document. A document on which extraction
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
    with ProcessPoolExecutor(min(count, len(documents)), mp_context=context) as pool:
        chunk = max(1, len(documents) // (count * 8))
        yield from _told(documents, pool.map(job, documents, chunksize=chunk), progress)


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
