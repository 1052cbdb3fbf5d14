"""What a curator decides on claims and names goes to the ledger; only with `--curate`."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from kg.errors import KgError, LedgerError
from kg.model import ASSERTIONS
from kg.serve.asked import Asked, asked
from kg.serve.reading import claim_of
from kg.serve.shown import failed

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from kg.serve.served import Served
    from kg.serve.state import State

LONGEST = 20_000  # bytes of a form
ON_CLAIMS = ("accept", "reject", "correct")
ON_NAMES = ("merge", "split")


def decide(served: Served, write: Callable[[State, Asked, Mapping[str, str]], str]) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint that appends the decision of a form and leads where `write` says. The guard has checked where
    the form came from.
    """
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import RedirectResponse

    async def answer(request: Request) -> Response:
        state = served.now()
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > LONGEST:
                return failed(state, request, KgError(f"form: more than {LONGEST} bytes; write less"), 413)
        try:
            ask = asked(request, state)
            to = await run_in_threadpool(write, state, ask, _form(body))
        except KgError as error:
            return failed(state, request, error)
        return RedirectResponse(to, 303)

    return answer


def _form(body: bytes) -> dict[str, str]:
    try:
        return {k: v[0] for k, v in parse_qs(body.decode(), max_num_fields=20).items()}
    except ValueError as error:
        raise KgError(f"form: cannot be read ({error}); send it again") from None


def on_claim(state: State, ask: Asked, form: Mapping[str, str]) -> str:
    """Append a decision on a claim; the address of its page. Raises `KgError`, `LedgerError`."""
    from kg.ledger import append, decision_on

    claim = claim_of(replace(ask, key=ask.key.removesuffix("/decide")))
    decision = form.get("decision", "")
    if decision not in ON_CLAIMS:
        raise LedgerError(f"decision {decision[:20]!r}: unknown; known: {', '.join(ON_CLAIMS)}")
    becomes = _becomes(form) if decision == "correct" else None
    made = decision_on(claim, state.documents[claim.doc], decision, who=_who(form), why=_why(form), becomes=becomes)
    return ask.href(f"/claim/{claim.id}", written=append(state.ledger, made).line)


def _becomes(form: Mapping[str, str]) -> dict[str, Any]:
    try:
        becomes = json.loads(form.get("becomes", "").strip() or "{}")
    except ValueError as error:
        raise LedgerError(f'becomes: not JSON ({error}); write it like {{"area": "浙江省"}}') from None
    if not isinstance(becomes, dict):
        raise LedgerError('becomes: an object of keys is wanted, like {"area": "浙江省"}')
    if form.get("set_assertion") and form["set_assertion"] not in ASSERTIONS:
        raise LedgerError(f"assertion {form['set_assertion'][:20]!r}: unknown; known: {', '.join(ASSERTIONS)}")
    for key in ("area", "assertion"):
        if value := form.get(f"set_{key}", "").strip():
            becomes[key] = value
    return becomes


def on_names(state: State, ask: Asked, form: Mapping[str, str]) -> str:
    """Append a merge or a split of two names; the address of the thing's page. Raises `KgError`, `LedgerError`."""
    from kg.ledger import Decision, append
    from kg.serve.things import kind_of

    node, decision = form.get("node", ""), form.get("decision", "")
    if decision not in ON_NAMES:
        raise LedgerError(f"decision {decision[:20]!r}: unknown; known: {', '.join(ON_NAMES)}")
    kind = kind_of(node)
    names = [(form.get(name, "").strip()[:200], form.get(area, "").strip()[:40]) for name, area in (("name", "area"), ("other", "other_area"))]
    if not kind or not all(name for name, _ in names):
        raise LedgerError("names: two are wanted, of a policy, organisation, platform, programme or scheme; open its page")
    if decision == "merge" and names[0] == names[1]:
        raise LedgerError(f"names: {names[0][0]} twice; give the other name that means the same")
    made = Decision(decision, _who(form), _why(form), kind=kind, names=(names[0], names[1]))
    return ask.href("/thing", node=node, written=append(state.ledger, made).line)


def _who(form: Mapping[str, str]) -> str:
    return form.get("who", "").strip()[:80]


def _why(form: Mapping[str, str]) -> str:
    return form.get("why", "").strip()[:400]
