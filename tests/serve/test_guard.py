"""What the guard lets pass, asked over real sockets with headers as an attacker's browser would send them."""

from __future__ import annotations

import http.client
from collections.abc import Iterator

import pytest
from serving import serving
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from kg.serve.guard import Guard

FORM = "application/x-www-form-urlencoded"


async def echo(request: Request) -> Response:
    return PlainTextResponse(await request.body())


async def token(request: Request) -> Response:
    return PlainTextResponse(request.scope["csrf_token"])


async def own_policy(request: Request) -> Response:
    return HTMLResponse("<p>", headers={"Content-Security-Policy": "default-src 'self'"})


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    methods = ["GET", "POST"]
    paths = {"/echo": echo, "/sparql": echo, "/upload": echo, "/token": token, "/own": own_policy}
    app = Starlette(routes=[Route(path, page, methods=methods) for path, page in paths.items()])
    with serving(Guard(app, hosts=["desk.local"], max_body=1000, bodies={"/upload": 20_000})) as address:
        yield address.removeprefix("http://")


def send(address: str, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> tuple[int, str, dict]:
    client = http.client.HTTPConnection(address, timeout=10)
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    try:
        client.request(method, path, body=body, headers=named)
        answer = client.getresponse()
        return answer.status, answer.read().decode(), {k.lower(): v for k, v in answer.getheaders()}
    finally:
        client.close()


@pytest.fixture
def secret(address: str) -> str:
    return send(address, "/token")[1]


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1:1", "[::1]:8000", "desk.local"])
def test_names_of_this_machine_are_let_in(address, host):
    assert send(address, "/token", Host=host)[0] == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8000", "evil.example:127.0.0.1", "", "a b",
     "localhost@evil.example", "0.0.0.0", "192.168.0.1"],
)  # fmt: skip
def test_a_name_that_was_pointed_here_is_not_answered(address, host):
    status, text, _ = send(address, "/token", Host=host)
    assert status in (400, 421) and "csrf" not in text and len(text) < 200


def test_a_server_on_all_addresses_is_reached_by_number_but_by_no_strange_name():
    async def page(scope, receive, send):
        await PlainTextResponse("ok")(scope, receive, send)

    with serving(Guard(page, hosts=["0.0.0.0"])) as address:
        address = address.removeprefix("http://")
        assert [send(address, "/", Host=h)[0] for h in ("192.168.0.7:80", "evil.example", "localhost")] == [200, 421, 200]


def test_two_host_headers_are_no_name(address):
    client = http.client.HTTPConnection(address, timeout=10)
    client.putrequest("GET", "/token", skip_host=True)
    client.putheader("Host", "localhost")
    client.putheader("Host", "evil.example")
    client.endheaders()
    assert client.getresponse().status in (400, 421)
    client.close()


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://localhost:1", "https://evil.example", "file://", "http://["]
)
def test_pages_of_others_may_not_send(address, secret, origin):
    for path in ("/echo", "/sparql"):
        body = f"csrf={secret}".encode()
        assert send(address, path, "POST", body, Origin=origin, Content_Type=FORM)[0] == 403


def test_browsers_that_name_another_site_may_not_send(address, secret):
    for site in ("cross-site", "same-site"):
        assert send(address, "/echo", "POST", b"", X_CSRF_Token=secret, Sec_Fetch_Site=site)[0] == 403


def test_a_form_with_the_token_passes_whole(address, secret):
    body = f"a=1&csrf={secret}&b=%E4%B8%AD".encode()
    status, text, _ = send(address, "/echo", "POST", body, Content_Type=FORM, Origin=f"http://{address}")
    assert (status, text) == (200, body.decode())


@pytest.mark.parametrize("body", ["", "csrf=", "csrf=wrong", "csrf=%E4%B8%AD", "token={secret}", "csrf=x&csrf={secret}"])
def test_a_form_without_the_token_does_not(address, secret, body):
    status, text, _ = send(address, "/echo", "POST", body.format(secret=secret).encode(), Content_Type=FORM)
    assert status == 403 and "reload the page" in text


def test_scripts_send_the_token_in_a_header(address, secret):
    assert send(address, "/echo", "POST", b"{}", X_CSRF_Token=secret, Content_Type="application/json")[1] == "{}"
    assert send(address, "/echo", "POST", b"{}", Content_Type="application/json")[0] == 403
    assert send(address, "/echo", "POST", b"{}", X_CSRF_Token="wrong")[0] == 403


def upload(secret: str, size: int, first: str = "csrf") -> bytes:
    return (
        f'--xyz\r\nContent-Disposition: form-data; name="{first}"\r\n\r\n{secret}\r\n'
        f'--xyz\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\n{"y" * size}\r\n--xyz--\r\n'
    ).encode()


def test_an_upload_carries_the_token_in_its_first_field(address, secret):
    kind = "multipart/form-data; boundary=xyz"
    body = upload(secret, 15_000)
    assert send(address, "/upload", "POST", body, Content_Type=kind)[1].encode() == body
    assert send(address, "/upload", "POST", upload("wrong", 10), Content_Type=kind)[0] == 403
    assert send(address, "/upload", "POST", upload(secret, 10, first="other"), Content_Type=kind)[0] == 403


def test_programs_may_ask_without_a_token(address):
    assert send(address, "/sparql", "POST", b"ASK {}")[:2] == (200, "ASK {}")


@pytest.mark.parametrize(("path", "limit"), [("/sparql", 1000), ("/upload", 20_000)])
def test_a_body_may_be_as_long_as_its_path_allows(address, secret, path, limit):
    assert send(address, path, "POST", b"x" * limit, X_CSRF_Token=secret)[0] == 200
    assert send(address, path, "POST", b"x" * (limit + 1), X_CSRF_Token=secret)[0] == 413


def test_a_body_of_unknown_length_is_counted(address, secret):
    for path, headers in (("/sparql", {}), ("/echo", {"X-CSRF-Token": secret}), ("/echo", {"Content-Type": FORM})):
        client = http.client.HTTPConnection(address, timeout=10)
        chunks = iter([b"x" * 600, b"y" * 600])
        client.request("POST", path, body=chunks, headers=headers, encode_chunked=True)
        answer = client.getresponse()
        assert (answer.status, path) == (413, path) and b"1000 bytes" in answer.read()
        client.close()


def test_every_answer_says_what_browsers_may_do(address):
    for path in ("/token", "/no-such-page"):
        headers = send(address, path)[2]
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy and "http" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
    assert send(address, "/token", Host="evil.example")[2]["x-content-type-options"] == "nosniff"


def test_a_page_may_bring_its_own_policy(address):
    client = http.client.HTTPConnection(address, timeout=10)
    client.request("GET", "/own")
    policies = [v for k, v in client.getresponse().getheaders() if k.lower() == "content-security-policy"]
    client.close()
    assert policies == ["default-src 'self'"]


def test_every_server_has_a_token_of_its_own():
    assert Guard(echo).token != Guard(echo).token


def test_times_are_told_when_asked_for(capsys):
    async def page(scope, receive, send):
        await PlainTextResponse("ok")(scope, receive, send)

    with serving(Guard(page, log_times=True)) as address:
        send(address.removeprefix("http://"), "/a%0Ab")
    assert r"'/a\nb' 200 " in capsys.readouterr().err
    with serving(Guard(page)) as address:
        send(address.removeprefix("http://"), "/a")
    assert "/a" not in capsys.readouterr().err
