"""Properties that Hypothesis tries with strings of its own, smallest first; each returns how many it tried and what failed."""

from __future__ import annotations

import json
from collections.abc import Callable

from fuzz import library
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import LedgerError, QueryError, ReadError
from kg.extract import extract
from kg.ledger.lines import _check
from kg.model import Claim, Document, Source
from kg.query.bind import bind
from kg.read import decode
from kg.text.unwrap import unwrap

_CHINESE = st.text(st.sampled_from("对企业给予奖励最高不超过100万元第一条。，；《》〔〕（）\n 　|—至省市年月日建设重点实验室３％%亿.·第条项研发投入增长居全国位"), max_size=120)
_ANY = st.one_of(st.text(max_size=120), _CHINESE)


def _tried(check: Callable[..., None], number: int, *given_by: st.SearchStrategy[object]) -> tuple[int, list[str]]:
    seen = 0

    def counted(values: tuple[object, ...]) -> None:
        nonlocal seen
        seen += 1
        check(*values)

    made = settings(
        max_examples=number, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )(given(st.tuples(*given_by))(counted))
    try:
        made()
    except Exception as error:
        return seen, [f"{type(error).__name__}: {str(error)[:300]}"]
    return seen, []


def unwrapping(number: int) -> tuple[int, list[str]]:
    def check(text: str) -> None:
        shadow = unwrap(text)
        assert len(shadow.text) == len(shadow.plain)
        for at in range(len(shadow.text)):
            start, end = shadow.to_source(at, at + 1)
            assert 0 <= start < end <= len(text)

    return _tried(check, number, _ANY)


def extracting(number: int) -> tuple[int, list[str]]:
    def check(text: str) -> None:
        for claim in extract(Document("d-0", text, Source("d-0"))):
            assert text[claim.start : claim.end] == claim.quote
            assert Claim.from_dict(json.loads(json.dumps(claim.to_dict()))).id == claim.id

    return _tried(check, number, _CHINESE)


def binding(number: int) -> tuple[int, list[str]]:
    questions = [(q, p) for q in library() for p in q.params]

    def check(asked: tuple[object, object], value: str) -> None:
        question, param = asked
        try:
            bound = bind(question, {param.name: value})  # type: ignore[arg-type,attr-defined]
        except QueryError:
            return
        assert bound.count("\n") == bind(question, {}).count("\n")  # type: ignore[arg-type]

    return _tried(check, number, st.sampled_from(questions), st.text(max_size=40))


def decoding(number: int) -> tuple[int, list[str]]:
    def check(data: bytes) -> None:
        try:
            assert isinstance(decode(data, "x")[0], str)
        except ReadError as error:
            assert str(error).startswith("x")

    return _tried(check, number, st.binary(max_size=200))


def deciding(number: int) -> tuple[int, list[str]]:
    rows = st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(("decision", "who", "why", "claim", "names", "class", "becomes", "type", "start")), inner, max_size=6),
        max_leaves=12,
    )

    def check(row: object) -> None:
        try:
            _check(row, "x:1")
        except LedgerError as error:
            assert str(error).startswith("x:1")

    return _tried(check, number, rows)


PROPERTIES: dict[str, Callable[[int], tuple[int, list[str]]]] = {
    "unwrapping": unwrapping,
    "extracting": extracting,
    "binding": binding,
    "decoding": decoding,
    "deciding": deciding,
}
