"""What a curator decides on a claim goes to the ledger; only with `--curate`."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from kg.errors import KgError, LedgerError
from kg.serve.asked import asked
from kg.serve.reading import claim_of
from kg.serve.shown import failed

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from kg.serve.served import Served
    from kg.serve.state import State

LONGEST = 20_000  # bytes of a form
DECISIONS = ("accept", "reject", "correct")


def decide(served: Served) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint that appends one decision and leads back to the claim. The guard has checked where it came from."""
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
            line = await run_in_threadpool(write, state, request, body)
        except KgError as error:
            return failed(state, request, error)
        return RedirectResponse(ask.href(f"/claim/{ask.key}", written=line), 303)

    return answer


def write(state: State, request: Request, body: bytes) -> int:
    """Append the decision of a form; the number of its line. Raises `KgError`, `LedgerError`."""
    from kg.ledger import append, decision_on

    try:
        form = {k: v[0] for k, v in parse_qs(body.decode(), max_num_fields=20).items()}
    except ValueError as error:
        raise KgError(f"form: cannot be read ({error}); send it again") from None
    claim = claim_of(asked(request, state))
    decision = form.get("decision", "")
    if decision not in DECISIONS:
        raise LedgerError(f"decision {decision[:20]!r}: unknown; known: {', '.join(DECISIONS)}")
    becomes = None
    if decision == "correct":
        try:
            becomes = json.loads(form.get("becomes", ""))
        except ValueError as error:
            raise LedgerError(f'becomes: not JSON ({error}); write it like {{"area": "浙江省"}}') from None
        if not isinstance(becomes, dict):
            raise LedgerError('becomes: an object of keys is wanted, like {"area": "浙江省"}')
    made = decision_on(
        claim,
        state.documents[claim.doc],
        decision,
        who=form.get("who", "").strip()[:80],
        why=form.get("why", "").strip()[:400],
        becomes=becomes,
    )
    return append(state.ledger, made).line
