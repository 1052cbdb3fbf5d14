"""What one server may be asked for: every limit is an option of `kg serve`."""

from __future__ import annotations

from dataclasses import dataclass

from kg.errors import KgError
from kg.serve.engine import Bounds

NODES = 300  # of a network nobody asked more of


@dataclass(frozen=True, slots=True)
class Limits:
    """`seconds`, `rows` and `at_once` of queries, `nodes` of a network, `body_kilobytes` of a request, and
    `upload_files` and `upload_megabytes` of the documents added at one time. Kilobytes are 1000 bytes.
    """

    seconds: float = 30.0
    rows: int = 10_000
    at_once: int = 4
    nodes: int = 1000
    body_kilobytes: int = 1000
    upload_files: int = 100
    upload_megabytes: float = 64.0

    @property
    def bounds(self) -> Bounds:
        """Those of queries."""
        return Bounds(seconds=self.seconds, rows=self.rows, at_once=self.at_once)

    @property
    def body(self) -> int:
        """Bytes of a request that is no upload."""
        return self.body_kilobytes * 1000

    @property
    def upload(self) -> int:
        """Bytes of an upload, the form around its files included."""
        return int(self.upload_megabytes * 1_000_000) + 100_000


def checked(limits: Limits) -> Limits:
    """The limits, none of which may be zero. Raises `KgError` naming the option."""
    for name in Limits.__slots__:
        if getattr(limits, name) <= 0:
            raise KgError(f"--{name.replace('_', '-')} {getattr(limits, name)}: give more than 0")
    return limits
