"""One task of each of the three users, from start to finish, in a browser that can reach this server alone."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
playwright = pytest.importorskip("playwright.sync_api", reason="no Playwright: pip install playwright")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: apt-get install chromium"),
    pytest.mark.slow,
]


@pytest.fixture(scope="module")
def address(built: Path) -> Iterator[str]:
    import uvicorn

    from kg.serve.app import create_app

    bound = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(built), log_level="error"))
    running = threading.Thread(target=lambda: server.run(sockets=[bound]), daemon=True)
    running.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    server.should_exit = True
    running.join(10)
    bound.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """A page whose requests to anything but this server are refused and fail the test, as its own errors do."""
    context = browser.new_context(accept_downloads=True, permissions=["clipboard-read", "clipboard-write"])
    strangers: list[str] = []
    errors: list[str] = []

    def only_here(route: Any) -> None:
        if route.request.url.startswith((address, "data:", "blob:")):
            route.continue_()
        else:
            strangers.append(route.request.url)
            route.abort()

    context.route("**/*", only_here)
    opened = context.new_page()
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.goto(address)
    yield opened
    context.close()
    assert not strangers and not errors


def test_a_researcher_compares_recognition_awards_in_three_provinces(page: Any, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    page.get_by_role("link", name="比较", exact=True).click()
    page.get_by_label("支持的名称").fill("认定奖励")
    provinces = ("吉林省", "广东省", "浙江省")
    for name in provinces:
        page.get_by_label(name, exact=True).check()
    page.get_by_role("button", name="比较").click()
    table = page.locator("table.grid")
    shown = [text.strip() for text in table.locator("tbody tr:not(.soft) th").all_inner_texts()]
    assert sorted(shown) == sorted(provinces)
    value = table.locator("tbody a").first
    said = value.inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="XLSX", exact=True).click()
    download.value.save_as(tmp_path / "table.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "table.xlsx").worksheets[0]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert all(any(name in cell for cell in cells) for name in provinces)
    assert any(said.rstrip("…")[:8] in cell for cell in cells), "the value on the page is in the file"
    value.click()
    assert page.locator("#quote").inner_text().strip(), "a value leads to its quote"


def test_the_three_tasks_need_no_mouse(page: Any, tmp_path: Path) -> None:
    def press(selector: str, name: str, key: str = "Tab") -> None:
        """Go on with Tab, or back with Shift+Tab, until the element is reached, which shows that it has the focus; press Enter."""
        for _ in range(80):
            page.keyboard.press(key)
            found = page.evaluate(
                "wanted => { const e = document.activeElement; const s = getComputedStyle(e); return [e.matches('a,button,input,select,textarea,summary'), (e.getAttribute('aria-label') || e.innerText || '').trim(), s.outlineStyle !== 'none' || e.matches('.skip'), e.matches(wanted)]; }",
                selector,
            )
            assert not found[0] or found[2], f"{found[1]}: the focus is not seen"
            if found[3] and found[1].startswith(name):
                page.keyboard.press("Enter")
                return
        raise AssertionError(f"{name}: not reached")

    def into(name: str, text: str) -> None:
        for _ in range(80):
            page.keyboard.press("Tab")
            if page.evaluate("name => (document.activeElement.labels?.[0]?.innerText || '').trim().startsWith(name)", name):
                page.keyboard.type(text)
                return
        raise AssertionError(f"{name}: not reached")

    # compare and download
    page.keyboard.press("Tab")
    page.evaluate("document.activeElement.blur()")
    press("header a", "比较")
    page.wait_for_url("**/compare")
    into("支持的名称", "认定奖励")
    page.keyboard.press("Enter")
    page.wait_for_url("**words=**")
    with page.expect_download() as download:
        press(".files a", "XLSX")
    assert download.value.suggested_filename.endswith(".xlsx")
    # a neighbourhood as a file
    press("header a", "网络", "Shift+Tab")
    page.wait_for_url("**/network")
    into("从谁出发", "科技型中小企业创新能力提升工程")
    page.keyboard.press("Enter")
    page.wait_for_url("**/network?q=**")
    with page.expect_download() as download:
        press(".files a", "GEXF")
    assert download.value.suggested_filename == "network.gexf"
    # a precedent, copied
    press("header a", "先例", "Shift+Tab")
    page.wait_for_url("**/precedents")
    into("句子或", "建议设立科技成果转化引导基金")
    press("button", "检索")
    page.wait_for_url("**/precedents?q=**")
    press("button", "复制引用")
    page.wait_for_function("document.getElementById('said').textContent === '已复制'")
    assert "[" in page.evaluate("navigator.clipboard.readText()")


def test_an_analyst_opens_a_neighbourhood_and_takes_it_to_gephi(page: Any, tmp_path: Path) -> None:
    import networkx as nx

    name = "科技型中小企业创新能力提升工程"
    page.get_by_role("link", name="网络", exact=True).click()
    page.get_by_label("从谁出发（名称的一部分）").fill(name)
    page.get_by_role("button", name="应用").click()
    assert name in page.locator("h1").inner_text()
    frame = page.frame_locator("iframe.picture")
    frame.locator("html[data-ready]").wait_for(timeout=20_000)
    before = page.locator("main > .scroll tbody tr").count()
    page.get_by_label("受益者", exact=True).check()
    page.get_by_role("button", name="应用").click()
    frame.locator("html[data-ready]").wait_for(timeout=20_000)
    rows = page.locator("main > .scroll tbody tr")
    assert 1 < rows.count() < before
    frame.locator("#table tbody button").first.click()
    frame.locator("#panel blockquote a").first.wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="GEXF").click()
    download.value.save_as(tmp_path / "near.gexf")
    graph = nx.read_gexf(tmp_path / "near.gexf")
    assert graph.number_of_nodes() == rows.count()
    assert name in {data["label"] for _, data in graph.nodes(data=True)}
    pillow = pytest.importorskip("PIL.Image")
    for name_, button in (("SVG", page.get_by_role("link", name="SVG")), ("PNG", page.get_by_role("button", name="PNG"))):
        with page.expect_download() as download:
            button.click()
        download.value.save_as(tmp_path / f"near.{name_.lower()}")
    assert name in (tmp_path / "near.svg").read_text(encoding="utf-8")
    picture = pillow.open(tmp_path / "near.png")
    assert picture.format == "PNG" and min(picture.size) > 400
    assert len(picture.convert("RGB").getcolors(1 << 24)) > 20, "not an empty sheet"
    frame.locator("#panel blockquote a").first.click()
    page.wait_for_url("**/claim/c-*")


def test_a_writer_finds_the_precedent_of_a_recommendation_and_cites_it(page: Any) -> None:
    page.get_by_role("searchbox").fill("建议引导")
    page.get_by_role("button", name="检索").click()
    page.locator("a.on-recommendation").first.click()
    page.get_by_role("link", name="找先例").click()
    first = page.locator("ol.hits > li").first
    quote = first.locator("blockquote").inner_text()
    first.get_by_role("button", name="复制引用").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert quote[:12] in copied and "[" in copied, "the quote and a reference with its document type"
    first.get_by_role("button", name="放入资料篮").click()
    page.get_by_role("link", name="资料篮 (1)").click()
    assert quote[:12] in page.locator("ol.hits").inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="备忘录 Word").click()
    assert download.value.suggested_filename == "basket.docx"
