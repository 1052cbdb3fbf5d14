"""Run one query within its limits: at most so many rows, at most so many seconds.

Oxigraph's queries cannot be cancelled, so the query runs in a forked process that is killed at its
limit; forking costs some milliseconds, as the graph is shared and not copied. For text from strangers
the process is also kept from opening anything: no file, no socket.
"""

from __future__ import annotations

import multiprocessing
import re
from contextlib import suppress
from typing import Any

from kg.errors import QueryError
from kg.query.rows import Store, read
from kg.query.table import Value

Answer = tuple[tuple[str, ...], tuple[tuple[Value, ...], ...], bool]

#: memory that a stranger's query may take on top of the graph, in bytes
EXTRA_MEMORY = 2 * 1024**3


def answer(
    store: Store, sparql: str, *, limit: int, timeout: float | None, where: str, untrusted: bool = False
) -> Answer:
    """Columns, rows and whether there were more than `limit`.

    Without a `timeout` (seconds) the query runs in this process. Raises `QueryError` where the text is
    not SPARQL, the time is up, or a process is needed and the system cannot fork.
    """
    if limit < 1:
        raise QueryError(f"{where}: limit {limit}; it must be at least 1")
    if timeout is not None and timeout <= 0:
        raise QueryError(f"{where}: time limit {timeout} s; it must be more than 0")
    can_fork = "fork" in multiprocessing.get_all_start_methods()
    if timeout is None or (not can_fork and not untrusted):
        return _evaluate(store, sparql, limit, where)
    if not can_fork:
        raise QueryError(
            f"{where}: this system cannot fork, so free queries cannot be limited; use the library"
        )
    return _in_child(store, sparql, limit, timeout, where, untrusted)


def _evaluate(store: Store, sparql: str, limit: int, where: str) -> Answer:
    try:
        return read(store.query(sparql), limit)
    except (SyntaxError, ValueError) as error:  # Oxigraph; it names line and column
        raise QueryError(syntax_message(error, sparql, where)) from None
    except QueryError:
        raise
    except (RuntimeError, OSError) as error:
        raise QueryError(f"{where}: the store could not answer: {one_line(error)}") from None


def _in_child(store: Store, sparql: str, limit: int, timeout: float, where: str, untrusted: bool) -> Answer:
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    child = context.Process(
        target=_child, args=(sending, store, sparql, limit, where, untrusted), daemon=True
    )
    child.start()
    sending.close()
    try:
        if not receiving.poll(timeout):
            raise QueryError(
                f"{where}: no answer within {timeout:g} s; narrow the question or raise the limit"
            )
        ok, payload = receiving.recv()
    except EOFError:
        raise QueryError(f"{where}: the query broke off (out of memory?); narrow the question") from None
    finally:
        receiving.close()
        child.kill()
        child.join()
    if not ok:
        raise QueryError(payload)
    return payload


def _child(sending: Any, store: Store, sparql: str, limit: int, where: str, untrusted: bool) -> None:
    try:
        if untrusted:
            close_the_doors()
        sending.send((True, _evaluate(store, sparql, limit, where)))
    except QueryError as error:
        sending.send((False, str(error)))
    except MemoryError:
        sending.send((False, f"{where}: the query takes too much memory; narrow the question"))
    except Exception as error:
        sending.send((False, f"{where}: the query failed: {one_line(error)}"))
    finally:
        sending.close()


def close_the_doors() -> None:
    """From here on the process opens no file and no socket, and takes only so much more memory."""
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError, ValueError):
        with open("/proc/self/statm", encoding="ascii") as statm:
            used = int(statm.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + EXTRA_MEMORY, used + EXTRA_MEMORY))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def syntax_message(error: Exception, sparql: str, where: str) -> str:
    """Where Oxigraph stumbled and on what; its list of all it would have accepted runs to a page."""
    found = re.search(r"at (\d+):(\d+)", str(error))
    if not found:
        return f"{where}: not valid SPARQL: {one_line(error)[:200]}; mend the query"
    line, column = int(found.group(1)), int(found.group(2))
    lines = sparql.splitlines() or [""]
    rest = lines[line - 1][column - 1 :].strip() if line <= len(lines) else ""
    near = f"near {rest[:40]!r}" if rest else "the text ends too early"
    return f"{where}:{line}:{column}: not valid SPARQL, {near}; mend the query"


def one_line(error: BaseException) -> str:
    return " ".join(str(error).split())
