"""What can go wrong, said so that the reader knows what, where and what to do.

Every error of the project is a `KgError`; the command line prints its text, without a traceback, and exits
with `exit_code`. A message has the form `where: what happened; what to do`.
"""

from __future__ import annotations


class KgError(Exception):
    """Base of all errors that are the input's fault or the user's to mend."""

    exit_code = 1


class ReadError(KgError):
    """A file cannot be read as a document (missing, empty, binary, unknown encoding, too large)."""


class RuleError(KgError):
    """A rule, lexicon or pipeline configuration is malformed (names file and line)."""


class GraphError(KgError):
    """Claims, ontology or a store cannot be used as a graph."""


class QueryError(KgError):
    """A query file or its parameters are malformed, or a query ran past its limits."""


class GoldError(KgError):
    """A gold file does not agree with its text (names file, line and offset)."""


class LedgerError(KgError):
    """A curator's ledger is malformed or its chain of hashes is broken (names file and line)."""
