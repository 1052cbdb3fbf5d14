"""Documents that restate a policy: they speak for that policy, not for themselves.

A digest names the text it restates in a line 来源文件：《…》; where it restates several, each section has such a
line. Number, issuer and date of a single restated text come from the catalogue.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.reading import Context, Reading
from kg.model import Source
from kg.text.shadow import Shadow

_RESTATES = re.compile(r"(?:^|\n)来源文件：《([^《》\n]{3,120})》")


def as_digest(context: Context, source: Source, shadow: Shadow) -> Context:
    """The context of a digest of policies; other documents keep theirs.

    Its policy is the restated text, its title stands where the digest names that text. A digest of several
    texts has no policy of its own; see `restated`.
    """
    if context.kind != "policy" or not source.digest_of_title:
        return context
    if "；" in source.digest_of_title:
        return replace(context, policy="", title_span=None, aliases=(), number="", issuers=(), issued="")
    m = _RESTATES.search(shadow.text)
    if m is None:
        return context
    date = source.digest_of_date
    return replace(
        context,
        policy=shadow.value(m.start(1), m.end(1)),
        title_span=(m.start(1), m.end(1)),
        aliases=(),
        number=source.digest_of_number,
        issuers=tuple(filter(None, source.digest_of_issuer.split("、"))),
        issued=date,
        year=int(date[:4]) if date[:4].isdigit() else context.year,
    )


def restated(reading: Reading, position: int) -> str:
    """The title of the text that a digest of several texts restates at a shadow offset; "" elsewhere."""
    if "；" not in reading.document.source.digest_of_title:
        return ""
    titles = [m for m in _RESTATES.finditer(reading.shadow.text) if m.start() <= position]
    return reading.shadow.value(titles[-1].start(1), titles[-1].end(1)) if titles else ""
