"""Put a user's values into a query's slots, safely: literals escaped, IRIs validated or refused.

`VALUES ?x { UNDEF } #@param name` becomes `VALUES ?x { "value" } #@param name`; several values stand
side by side and mean any of them. Lines stay where they are, so that an engine's line numbers are the
file's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Any

from kg import model
from kg.errors import KgError, QueryError
from kg.query.library import LANGUAGE_SLOT, LANGUAGES, SLOT, Param, Query
from kg.text.areas import load_areas
from kg.vocab import BASE

#: schemes whose codes are closed; in others any well-formed code is accepted
SCHEMES: dict[str, tuple[str, ...]] = {
    "instrument": model.INSTRUMENTS,
    "resource": model.RESOURCES,
    "beneficiary": model.BENEFICIARIES,
    "assertion": model.ASSERTIONS,
    "gap-topic": model.GAP_TOPICS,
    "amount-role": model.ROLES,
    "bound": model.BOUNDS,
    "typology": ("supply", "environment", "demand"),
}

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\x00-\x20<>\"{}|^`\\]+")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_\-]*")
_CLAIM = re.compile(r"c-[A-Za-z0-9\-]+")
_ON_CLAIMS = ("claim", "measure", "recommendation", "gap", "observation")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_MULTIPLES = {"万": 10_000, "亿": 100_000_000}


def bind(
    query: Query,
    values: Mapping[str, Any] | None = None,
    *,
    language: str = "zh",
    concept: Callable[[str, str], str | None] | None = None,
) -> str:
    """The query's text with its slots filled.

    `values` maps parameter names to a value or a list of values; None leaves a parameter open even where
    it has a default. `concept(scheme, label)` may turn the label of a concept (高新技术企业) into its
    IRI. Raises `QueryError` for an unknown parameter, a value that its type refuses, or an unknown
    language.
    """
    if language not in LANGUAGES:
        raise QueryError(f"{query.id}: no labels in language {language}; choose {' or '.join(LANGUAGES)}")
    given = dict(values or {})
    params = {param.name: param for param in query.params}
    for name in given:
        if name not in params:
            raise QueryError(f"{query.id}: unknown parameter {name}; {_known(name, list(params))}")
    bound: dict[str, str] = {}
    for name, param in params.items():
        chosen = given.get(name, param.default)
        if chosen is None:
            continue
        many = chosen if isinstance(chosen, Sequence) and not isinstance(chosen, str) else [chosen]
        if many:
            bound[name] = " ".join(_term(query, param, item, concept) for item in many)

    def fill(match: re.Match[str]) -> str:
        terms = bound.get(match.group(2))
        return match.group() if terms is None else match.group().replace("UNDEF", terms, 1)

    text = SLOT.sub(fill, query.text)
    return LANGUAGE_SLOT.sub(lambda m: m.group().replace('"zh"', f'"{language}"', 1), text)


def literal(text: str) -> str:
    """A text as a SPARQL string, quotes included. Raises ValueError for characters that no text should
    hold.
    """
    for character in text:
        if (character < " " and character not in _ESCAPES) or "\ud800" <= character <= "\udfff":
            raise ValueError(f"holds the control character {character!a}")
    return '"' + "".join(_ESCAPES.get(character, character) for character in text) + '"'


def iri(text: str) -> str:
    """An absolute IRI in angle brackets. Raises ValueError where the text is none; nothing is repaired."""
    if not _IRI.fullmatch(text):
        raise ValueError("is not an absolute IRI")
    return f"<{text}>"


def number(value: Any) -> str:
    """A SPARQL number; 万 and 亿 may follow the digits. Raises ValueError for anything that is not finite."""
    text = str(value).strip().replace(",", "")
    times = _MULTIPLES.get(text[-1:], 1)
    try:
        parsed = Decimal(text.rstrip("万亿") if times > 1 else text) * times
    except InvalidOperation:
        raise ValueError("is not a number") from None
    if isinstance(value, bool) or not parsed.is_finite() or abs(parsed.adjusted()) > 30:
        raise ValueError("is not a number")
    return format(parsed.quantize(Decimal(1)) if parsed == parsed.to_integral_value() else parsed, "f")


def _term(query: Query, param: Param, value: Any, concept: Callable[[str, str], str | None] | None) -> str:
    try:
        if param.type == "number":
            return number(value)
        text = str(value).strip()
        if not text:
            raise ValueError("is empty")
        if param.type == "area":
            return literal(_full_area_name(text))
        if param.type == "iri":
            return iri(text)
        if param.type == "claim":
            return iri(_claim(text))
        if param.type.startswith("concept:"):
            return iri(_concept(param.type.partition(":")[2], text, concept))
        return literal(text)
    except ValueError as error:
        raise QueryError(f"{query.id}: {param.name}={value} {error}; expected {_expected(param)}") from None


def _claim(text: str) -> str:
    local = text.removeprefix(BASE + "id/").removeprefix("ipid:")
    kind, slash, rest = local.partition("/")
    name = rest if slash and kind in _ON_CLAIMS else local
    if not _CLAIM.fullmatch(name):
        raise ValueError("is not a claim")
    return f"{BASE}id/claim/{name}"


def _concept(scheme: str, text: str, look_up: Callable[[str, str], str | None] | None) -> str:
    base = f"{BASE}vocab/{scheme}/"
    code = text.removeprefix(base)
    known = SCHEMES.get(scheme)
    if _CODE.fullmatch(code) and (known is None or code in known):
        return base + code
    found = look_up(scheme, text) if look_up else None
    if found:
        return found
    raise ValueError(f"is not in the scheme {scheme}; {_known(text, list(known or ()))}")


def _full_area_name(name: str) -> str:
    """广东 → 广东省 where the table of areas knows it; queries match short names too, so no harm without
    it.
    """
    try:
        area = load_areas().resolve(name)
    except KgError:  # an installation without the table
        return name
    return area.name if area else name


def _known(name: str, names: list[str]) -> str:
    if not names:
        return "it takes none"
    close = get_close_matches(name, names, n=1)
    return (f"did you mean {close[0]}? " if close else "") + f"known: {', '.join(names)}"


def _expected(param: Param) -> str:
    return {
        "number": "a number such as 500000, 50万 or 1.5亿",
        "area": "the name of a place",
        "iri": "an IRI such as https://…",
        "claim": "a claim's id such as c-0123456789abcdef",
        "text": "a text without control characters",
    }.get(param.type, f"a code or label of the scheme {param.type.partition(':')[2]}")
