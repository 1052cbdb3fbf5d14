"""What became of the files that were given: the table at the end of `kg build`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kg.query.table import Table
from kg.read.folder import FAILED, READ, SAME, SKIPPED, Outcome

#: most files that are listed; report.json has all
MOST = 60
_WORDS = {READ: "read", SAME: "left out: read already", SKIPPED: "skipped", FAILED: "failed"}


def files_tables(outcomes: Sequence[Outcome]) -> list[Table]:
    """How many files were read, by format, and how many not; then each that was not, or has a warning, and why."""
    counts = Counter((o.result, o.format) for o in outcomes)
    order = list(_WORDS)
    rows = [
        (_WORDS[result], form or None, counts[result, form])
        for result, form in sorted(counts, key=lambda key: (order.index(key[0]), key[1]))
    ]
    out = [Table(("result", "format", "files"), tuple(rows), "files")]
    told = [o for o in outcomes if o.why]
    if told:
        lines = tuple(
            ("warning" if o.result == READ else _WORDS[o.result], o.where, o.why) for o in told[:MOST]
        )
        out.append(
            Table(("result", "file", "why"), lines, "not read, or with a warning", truncated=len(told) > MOST)
        )
    return out
