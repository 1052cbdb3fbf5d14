"""Terms as Turtle text, and a TriG writer whose output depends on nothing but the triples.

Triples are tuples of written terms, so that sorting them is sorting strings. Blank nodes do not occur.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from kg.model import plain_number
from kg.vocab import PREFIXES, TYPE, XSD

Triple = tuple[str, str, str]

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_CONTROL = re.compile(r'[\\"\x00-\x1f\x7f]')
_LOCAL = re.compile(r"^[A-Za-z_][A-Za-z0-9_-]*$")
#: namespaces shortened in the artefact; IRIs of things stay whole, they hold Chinese letters
_SHORTENED = tuple(
    sorted(
        ((space, prefix) for prefix, space in PREFIXES.items() if prefix not in ("ipid", "ipv")), reverse=True
    )
)
_FULL_DATE = re.compile(r"^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$")
_MONTH = re.compile(r"^\d{4}-(?:0[1-9]|1[0-2])$")
_YEAR = re.compile(r"^\d{4}$")


def iri(value: str) -> str:
    """An IRI, shortened where a prefix of the project covers it."""
    for space, prefix in _SHORTENED:
        if value.startswith(space) and _LOCAL.match(value[len(space) :]):
            return f"{prefix}:{value[len(space) :]}"
    return f"<{value}>"


def string(value: str, lang: str = "") -> str:
    """A literal, with a language tag where one is given."""
    escaped = _CONTROL.sub(lambda m: _ESCAPES.get(m[0]) or f"\\u{ord(m[0]):04X}", value)
    return f'"{escaped}"@{lang}' if lang else f'"{escaped}"'


def decimal(value: float) -> str:
    """An xsd:decimal, never in exponent notation: 3e8 → 300000000.0."""
    text = format(Decimal(str(plain_number(value))), "f")
    return text if "." in text else text + ".0"


def integer(value: int) -> str:
    return str(int(value))


def boolean(value: bool) -> str:
    return "true" if value else "false"


def date(value: str) -> str:
    """An ISO date, month or year with its datatype; anything else as a plain string."""
    for pattern, name in ((_FULL_DATE, "date"), (_MONTH, "gYearMonth"), (_YEAR, "gYear")):
        if pattern.match(value):
            return f'"{value}"^^{iri(XSD + name)}'
    return string(value)


def trig(graphs: Mapping[str, Iterable[Triple]]) -> bytes:
    """Named graphs as TriG: graphs, subjects, predicates and objects sorted, duplicates once, UTF-8, LF."""
    lines = [f"@prefix {prefix}: <{space}> ." for prefix, space in sorted(PREFIXES.items())]
    for name in sorted(graphs):
        lines += ["", f"<{name}> {{"]
        lines += _subjects(set(graphs[name]))
        lines.append("}")
    return ("\n".join(lines) + "\n").encode("utf-8")


def _subjects(triples: set[Triple]) -> Iterable[str]:
    kind = iri(TYPE)
    ordered = sorted(triples, key=lambda t: (t[0], t[1] != kind, t[1], t[2]))
    for index, (subject, predicate, value) in enumerate(ordered):
        verb = "a" if predicate == kind else predicate
        first = index == 0 or ordered[index - 1][0] != subject
        last = index + 1 == len(ordered) or ordered[index + 1][0] != subject
        yield f"  {subject + ' ' if first else '  '}{verb} {value} {'.' if last else ';'}"
