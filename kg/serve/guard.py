"""What every request passes first: the right host, no stranger's page behind it, a body of bounded size.

A server on loopback is open to every page in the user's browser: a page can send forms to it, and with a
name that it re-points to 127.0.0.1 (DNS rebinding) even read the answers. So the Host header must be a name
of this machine, requests that change something must come from a page of this server and carry its token, and
answers say what browsers may do with them.
"""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
import re
import secrets
import sys
import time
from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlsplit

LOOPBACK = ("localhost", "127.0.0.1", "::1")
SAFE = ("GET", "HEAD", "OPTIONS")
TOKEN_FIELD, TOKEN_HEADER = "csrf", "x-csrf-token"
MAX_BODY = 1_000_000
#: how much of an upload is looked at for the token, which must be its first field
_PEEK = 8192
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: sent with every answer; an answer that brings its own keeps it
HEADERS = {
    "content-security-policy": CONTENT_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


class Guard:
    """ASGI middleware: `Guard(app, hosts=["127.0.0.1"])`.

    `hosts` are names the server may be reached by beside those of loopback. `bodies` maps the beginnings of
    paths to the bytes a request there may send (uploads), elsewhere `max_body`. `without_token` are paths that
    change nothing and take POST from programs; pages of strangers are kept out there too. Pages put
    `request.scope["csrf_token"]` into the first field, `csrf`, of their forms, scripts into `X-CSRF-Token`.
    With `log_times` each answer's path, status and milliseconds go to stderr.
    """

    def __init__(
        self,
        app: App,
        *,
        hosts: Sequence[str] = (),
        max_body: int = MAX_BODY,
        bodies: Mapping[str, int] | None = None,
        without_token: Sequence[str] = ("/sparql",),
        log_times: bool = False,
    ) -> None:
        self.app = app
        self.hosts = frozenset(host.lower().strip("[]") for host in (*LOOPBACK, *hosts))
        self.max_body = max_body
        self.bodies = dict(bodies or {})
        self.without_token = frozenset(without_token)
        self.log_times = log_times
        self.token = secrets.token_urlsafe(32)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        guarded = _Sending(send)
        began = time.perf_counter()
        scope["csrf_token"] = self.token
        try:
            await self._pass(scope, receive, guarded)
        finally:
            if self.log_times:
                took = 1000 * (time.perf_counter() - began)
                print(f"{scope['method']} {scope['path']!a} {guarded.status} {took:.1f} ms", file=sys.stderr)

    async def _pass(self, scope: Scope, receive: Receive, send: _Sending) -> None:
        headers = _headers(scope)
        limit = self._limit(scope["path"])
        refused = self._refusal(scope["method"], headers, limit)
        if refused:
            large = refused[0] == 413
            await send.refuse(*refused, rest=partial(_let_out, receive, 4 * limit) if large else None)
            return
        receiving = _Receiving(receive, send, limit)
        if scope["method"] not in SAFE and scope["path"] not in self.without_token:
            given = headers.get(TOKEN_HEADER) or await _token_in_body(receiving, headers.get("content-type", ""))
            if send.over:
                return
            if not hmac.compare_digest(given.encode(), self.token.encode()):
                await send.refuse(403, "token: missing or from another run of the server; reload the page and try again")
                return
        try:
            await self.app(scope, receiving, send)
        except Exception:
            if not send.over:  # else the application only says that the body it waited for never came
                raise

    def _is_ours(self, name: str) -> bool:
        """A server on all addresses is reached by any number: only names can be re-pointed."""
        return name in self.hosts or (bool(self.hosts & {"0.0.0.0", "::"}) and _is_address(name))

    def _limit(self, path: str) -> int:
        fitting = [prefix for prefix in self.bodies if path.startswith(prefix)]
        return self.bodies[max(fitting, key=len)] if fitting else self.max_body

    def _refusal(self, method: str, headers: Mapping[str, str], limit: int) -> tuple[int, str] | None:
        host = headers.get("host", "")
        if not self._is_ours(_name(host)):
            return 421, f"host {host[:80]!a}: not a name of this server; open it by the address it printed"
        length = headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit():
            return 400, "content-length: not a number; send the length of the body in bytes"
        if len(length) > 15 or int(length) > limit:
            return 413, f"body: {length[:20]} bytes; at most {limit} are taken here"
        if method in SAFE:
            return None
        origin = headers.get("origin")
        if origin is not None and origin_host(origin) != host.lower():
            return 403, f"origin {origin[:80]!a}: only pages of this server may send here"
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return 403, "sec-fetch-site: only pages of this server may send here"
        return None


def origin_host(origin: str) -> str:
    """Host and port of an http origin, in small letters; the empty string for others (`null`, `file:`)."""
    try:
        parts = urlsplit(origin)
    except ValueError:
        return ""
    return parts.netloc.lower() if parts.scheme in ("http", "https") else ""


def _headers(scope: Scope) -> dict[str, str]:
    out: dict[str, str] = {}
    for raw, value in scope["headers"]:
        name = raw.decode("latin-1").lower()
        # two Host headers are a trick; together they are the name of no machine
        out[name] = f"{out[name]}, {value.decode('latin-1')}" if name in out else value.decode("latin-1")
    return out


def _name(host: str) -> str:
    """The name in a Host header, without port and brackets; empty where it is malformed."""
    found = re.fullmatch(r"(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(?::\d{1,5})?", host)
    return found[1].strip("[]").lower().rstrip(".") if found else ""


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


async def _let_out(receive: Receive, most: int) -> None:
    """Read a body that is not wanted, in bounds: a browser that is cut off while it sends shows no answer."""
    size = 0
    with suppress(TimeoutError):
        async with asyncio.timeout(20):
            while size <= most:
                message = await receive()
                size += len(message.get("body", b""))
                if message["type"] != "http.request" or not message.get("more_body"):
                    return


async def _token_in_body(receiving: _Receiving, content_type: str) -> str:
    """The token of a form: anywhere in a plain one, in the first field of one with files; else empty."""
    kind = content_type.split(";")[0].strip().lower()
    if kind == "application/x-www-form-urlencoded":
        body = await receiving.peek(None)
        try:
            return parse_qs(body.decode("ascii"), max_num_fields=1000).get(TOKEN_FIELD, [""])[0]
        except ValueError:
            return ""
    if kind == "multipart/form-data":
        body = await receiving.peek(_PEEK)
        found = re.match(
            rb'--[^\r\n]{1,100}\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n([\w-]{1,100})\r\n', body, re.I
        )
        return found[1].decode("ascii", "replace") if found else ""
    return ""


class _Sending:
    """Adds the headers; `over`: the guard has answered itself, the application's answer is dropped."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status = 0
        self.over = False

    async def __call__(self, message: Message) -> None:
        if self.over:
            return
        if message["type"] == "http.response.start":
            self.status = message["status"]
            given = list(message.get("headers", ()))
            brought = {name.lower() for name, _ in given}
            given += [(k.encode(), v.encode()) for k, v in HEADERS.items() if k.encode() not in brought]
            message = {**message, "headers": given}
        await self._send(message)

    async def refuse(self, status: int, text: str, rest: Callable[[], Awaitable[None]] | None = None) -> None:
        """Answer with an error; `rest` is awaited between the answer and the end of the connection."""
        body = (text + "\n").encode()
        headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
        if status == 413:  # what is left of the body is not read
            headers.append((b"connection", b"close"))
        await self({"type": "http.response.start", "status": status, "headers": headers})
        await self({"type": "http.response.body", "body": body, "more_body": rest is not None})
        if rest is not None:
            await rest()
            await self({"type": "http.response.body", "body": b""})
        self.over = True


class _Receiving:
    """Counts the body, refuses the request past the limit, and hands on what was looked at before."""

    def __init__(self, receive: Receive, send: _Sending, limit: int) -> None:
        self._receive, self._send, self._limit = receive, send, limit
        self._size = 0
        self._seen: list[Message] = []

    async def __call__(self) -> Message:
        return self._seen.pop(0) if self._seen else await self._next()

    async def peek(self, enough: int | None) -> bytes:
        """The first `enough` bytes of the body or some more, all with None; they are still to be received."""
        while sum(len(m.get("body", b"")) for m in self._seen) < (enough or self._limit + 1):
            message = await self._next()
            self._seen.append(message)
            if message["type"] != "http.request" or not message.get("more_body"):
                break
        return b"".join(m.get("body", b"") for m in self._seen)

    async def _next(self) -> Message:
        if self._send.over:
            return {"type": "http.disconnect"}
        message = await self._receive()
        self._size += len(message.get("body", b""))
        if self._size > self._limit and not self._send.status:
            await self._send.refuse(413, f"body: more than the {self._limit} bytes taken here")
            return {"type": "http.disconnect"}
        return message
