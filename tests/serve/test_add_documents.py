"""Documents dropped on the page: received within bounds, extracted in a process of their own, shown without a restart."""

from __future__ import annotations

import io
import re
import shutil
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from serving import serving

from kg.adding import add
from kg.build import build, load_documents
from kg.serve.adding import LONGEST_NAME, clean
from kg.serve.app import create_app
from kg.serve.limits import Limits

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FIRST = "甘肃省人民政府关于支持科技创新的若干措施\n甘政发〔2023〕12号\n\n第一条　设立飞天创新券，对科技型中小企业最高补助20万元。\n"
NEW = "青海省支持昆仑英才的若干措施\n青政发〔2024〕7号\n\n第一条　对首次认定的高新技术企业给予一次性奖励30万元。\n第二条　支持建设高原生态重点实验室。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "first.txt").write_text(FIRST, encoding="utf-8")
    build([tmp_path / "first.txt"], tmp_path / "build", workers=1)
    return tmp_path


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    limits = Limits(upload_files=4, upload_megabytes=0.5)
    app = create_app(folder / "build", curate=True, ledger=folder / "ledger.jsonl", added=folder / "added", limits=limits)
    with serving(app, lifespan="on") as address:
        yield address


def token(client: httpx.Client) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', client.get("/add").text)
    assert found
    return found[1]


def send(client: httpx.Client, *files: tuple[str, bytes], csrf: str | None = None, **headers: str) -> httpx.Response:
    """The form as a browser sends it: the token first, then the files."""
    parts: list[Any] = [("csrf", (None, token(client) if csrf is None else csrf))]
    parts += [("files", (name, data, "application/octet-stream")) for name, data in files]
    return client.post("/add", files=parts, headers=headers)


def finished(client: httpx.Client, seconds: float = 60) -> dict[str, Any]:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        said = client.get("/add.json").json()
        if not said["running"]:
            return said
        time.sleep(0.1)
    raise AssertionError(f"still running: {said}")


def test_files_become_documents_of_the_pages_without_a_restart(address: str, folder: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("里面.txt", NEW.replace("青海", "宁夏").replace("青政发", "宁政发"))
    with httpx.Client(base_url=address, trust_env=False) as client:
        answer = send(client, ("青海 措施.txt", NEW.encode()), ("坏.pdf", b"%PDF-1.7 broken"), ("again.txt", FIRST.encode()), ("包.zip", packed.getvalue()))
        assert (answer.status_code, answer.headers["location"]) == (303, "/add")
        said = finished(client)
        assert said["error"] == "" and said["documents"] == 3
        rows = {row["file"]: row for row in said["files"]}
        assert {name: row["result"] for name, row in rows.items()} == {
            **{"青海 措施.txt": "read", "包.zip/里面.txt": "read"},
            **{"坏.pdf": "failed", "again.txt": "same"},
        }
        assert rows["坏.pdf"]["why"] and "/" not in rows["坏.pdf"]["why"].split(";")[0]
        new = rows["青海 措施.txt"]
        assert new["claims"]["measure"] == 2
        assert "高原生态重点实验室" in client.get(f"/document/{new['document']}").text
        assert client.get("/search.json", params={"q": "高原"}).json()["total"] == 2, "both new texts have it"
        assert client.get("/sparql", params={"query": 'ASK { ?s ?p ?o FILTER(CONTAINS(STR(?o), "昆仑英才")) }'}).json()["boolean"] is True
        page = client.get("/add").text
        assert f'href="/document/{new["document"]}"' in page and "坏.pdf" in page
    kept = sorted(path.name for path in (folder / "added").iterdir())
    assert kept == ["包.zip", "青海 措施.txt"], "what was read is kept, nothing else"
    clean_build = build([folder / "first.txt", folder / "added"], folder / "again", workers=1)
    assert clean_build.documents == 3
    assert (folder / "again" / "graph.trig").read_bytes() == (folder / "build" / "graph.trig").read_bytes()


def test_a_build_from_the_command_line_is_shown_without_a_restart(address: str, folder: Path) -> None:
    with httpx.Client(base_url=address, trust_env=False) as client:
        (folder / "second.txt").write_text(NEW, encoding="utf-8")
        add([folder / "second.txt"], folder / "build", workers=1)
        until = time.monotonic() + 30
        while time.monotonic() < until:
            rows = client.get("/documents.json").json()
            if len(rows) == 2:
                break
            time.sleep(0.1)
        assert len(rows) == 2


def test_what_is_too_much_is_refused_and_nothing_is_written(address: str, folder: Path) -> None:
    before = (folder / "build" / "graph.trig").read_bytes()
    with httpx.Client(base_url=address, trust_env=False) as client:
        many = [(f"{n}.txt", b"a") for n in range(5)]
        answer = send(client, *many)
        assert answer.status_code == 413 and "最多 4 个文件" in answer.text
        big = send(client, ("big.txt", b"x" * 550_000))
        assert big.status_code == 400 and "0.5 MB" in big.text
        larger = send(client, ("larger.txt", b"x" * 700_000))
        assert larger.status_code == 413 and "at most" in larger.text
        assert send(client).status_code == 400, "no file"
        assert client.get("/add.json").json()["files"] == []
    assert (folder / "build" / "graph.trig").read_bytes() == before
    assert not (folder / "added").exists()


def test_strangers_cannot_add(address: str, folder: Path) -> None:
    with httpx.Client(base_url=address, trust_env=False) as client:
        assert send(client, ("a.txt", NEW.encode()), csrf="wrong").status_code == 403
        assert send(client, ("a.txt", NEW.encode()), origin="http://evil.example").status_code == 403
        assert send(client, ("a.txt", NEW.encode()), **{"sec-fetch-site": "cross-site"}).status_code == 403
        assert client.post("/add", files=[("files", ("a.txt", NEW.encode()))]).status_code == 403
        plain = client.post("/add", data={"csrf": token(client), "files": "x"})
        assert plain.status_code == 400
    assert len(load_documents(folder / "build")) == 1


def test_without_curate_there_is_no_such_page(client: Any) -> None:
    assert client.get("/add").status_code == 404 and client.post("/add").status_code in (403, 404, 405)
    assert "/add" not in client.get("/").text


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\win.ini", "win.ini"),
        (".hidden", "hidden"),
        ("a\x00b\nc.txt", "a_b_c.txt"),
        ("报告\u202etxt.exe", "报告_txt.exe"),
        ("...", "document"),
        ("科" * 300 + ".docx", "科" * 78 + ".docx"),
        ("a" * 300 + ".txt", "a" * (LONGEST_NAME - 4) + ".txt"),
    ],
)
def test_names_lead_nowhere_and_hide_nothing(given: str, written: str) -> None:
    assert clean(given) == written


def test_names_are_merged_and_decisions_applied_without_a_restart(address: str, folder: Path) -> None:
    with httpx.Client(base_url=address, trust_env=False) as client:
        send(client, ("new.txt", NEW.encode()))
        finished(client)
        nodes = {row["name"]: row["node"] for row in client.get("/network.json").json()["nodes"]}
        node = nodes["飞天创新券"]
        page = client.get("/thing", params={"node": node})
        assert page.status_code == 200 and "飞天创新券" in page.text and 'value="merge"' in page.text
        form = {"csrf": token(client), "node": node, "name": "飞天创新券", "area": "甘肃省", "who": "审校人", "why": "同一计划"}
        done = client.post("/names/decide", data=form | {"other": "没有这个名称", "decision": "merge"})
        assert done.status_code == 303 and "written=1" in done.headers["location"]
        assert client.post("/names/decide", data=form | {"other": "", "decision": "merge"}).status_code == 409
        assert client.post("/names/decide", data=form | {"other": "x", "decision": "burn"}).status_code == 409
        assert client.post("/names/decide", data=form | {"other": "x", "decision": "merge", "node": "urn:x"}).status_code == 409
        (measure,) = [c for c in client.get("/claims.json", params={"type": "measure"}).json() if "飞天创新券" in c["quote"]]
        said = {"csrf": form["csrf"], "decision": "correct", "who": "审校人", "why": "尚未实施", "set_assertion": "planned"}
        assert client.post(f"/claim/{measure['claim']}/decide", data=said).status_code == 303
        waiting = client.get("/ledger.json").json()
        assert [row["status"] for row in waiting] == ["waiting", "waiting"]
        assert client.post("/ledger/apply", data={"csrf": token(client)}).status_code == 303
        assert {line.split(":")[0] for line in finished(client)["conflicts"]} == {"ledger line 1"}
        one, two = client.get("/ledger.json").json()
        assert (one["status"], two["status"]) == ("conflict", "applied") and "nothing goes by it" in one["problem"]
        assert "没有这个名称" in client.get("/ledger").text
        assert "nothing goes by it" in client.get("/thing", params={"node": node}).text, "conflicts stand where they were made"
        modes = {c["assertion"] for c in client.get("/claims.json", params={"type": "measure"}).json() if "飞天创新券" in c["quote"]}
        assert modes == {"planned"}


@pytest.mark.slow
@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_a_curator_adds_files_in_a_browser(address: str, folder: Path, script: bool) -> None:
    playwright = pytest.importorskip("playwright.sync_api", reason="no Playwright")
    if not CHROMIUM:
        pytest.skip("no Chromium: apt-get install chromium")
    (folder / "新的.txt").write_text(NEW, encoding="utf-8")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(java_script_enabled=script).new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address)
        page.get_by_role("link", name="添加文献").click()
        if script:  # dropped
            given = page.evaluate_handle(
                "text => { const t = new DataTransfer(); t.items.add(new File([text], '新的.txt')); return t; }", NEW
            )
            page.dispatch_event("#drop", "drop", {"dataTransfer": given})
            assert "新的.txt" in page.locator("#chosen").inner_text()
        else:
            page.set_input_files("#files", folder / "新的.txt")
        page.get_by_role("button", name="添加").click()
        page.get_by_role("heading", name="结果").wait_for(timeout=60_000)
        assert "现有 2 份文献" in page.locator("#addstate").inner_text()
        page.get_by_role("link", name="青海省支持昆仑英才的若干措施").click()
        assert "高原生态重点实验室" in page.locator(".text").inner_text()
        browser.close()
        assert errors == []
