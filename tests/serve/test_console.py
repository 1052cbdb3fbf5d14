"""The console in headless Chromium with every other server out of reach."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from serving import serving

import kg.serve
from kg.query.library import load_library
from kg.serve.console import FIRST, example, prefixes_of

VENDOR = Path(kg.serve.__file__).parent / "static" / "vendor" / "yasgui"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def test_vendored_files_are_those_of_the_note():
    sums = [line.split() for line in (VENDOR / "SHA256SUMS").read_text().splitlines()]
    assert {name for _, name in sums} == {path.name for path in VENDOR.glob("*.min.*")}
    for digest, name in sums:
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == digest, name
    assert "MIT" in (VENDOR / "LICENSE").read_text() and "4.6.2" in (VENDOR / "README.md").read_text()


def test_the_first_query_and_the_examples_are_legal_sparql():
    import pyoxigraph

    store = pyoxigraph.Store()
    store.query(f"{prefixes_of(FIRST)}\n{FIRST}")
    for question in load_library().values():
        text = example(question, "zh")
        store.query(text)
        assert text.startswith(f"# {question.question['zh']}\n") and "#+" not in text


def test_the_console_s_files_hold_the_library(client):
    assert len(client.get("/console.json").json()) == len(load_library())


@pytest.fixture(scope="module")
def address(built):
    from kg.serve.app import create_app

    with serving(create_app(built), lifespan="on") as address:
        yield address


@pytest.fixture
def page():
    playwright = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM:
        pytest.skip("Chromium is missing")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser.new_page()
        browser.close()


def test_a_query_is_asked_and_shown_without_any_other_server(page, address):
    elsewhere: list[str] = []

    def let(route):
        if route.request.url.startswith((address, "data:")):
            route.continue_()
        else:
            elsewhere.append(route.request.url)
            route.abort()

    page.route("**/*", let)
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.goto(f"{address}/console")
    page.click(".yasqe_queryButton")
    page.wait_for_selector(".yasr table tbody tr")
    assert page.locator(".yasr table tbody tr").count() > 3

    title = load_library()["claim-evidence"].title["zh"]
    page.select_option("#examples", label=title)
    assert page.locator(".tab.active").inner_text().startswith(title)
    with page.expect_response("**/sparql") as answered:
        page.click(".tabPanel.active .yasqe_queryButton")
    assert answered.value.status == 200
    assert json.loads(answered.value.text())["results"]["bindings"]

    page.goto(f"{address}/console?query=ASK%20%7B%20%3Fs%20%3Fp%20%3C%3E%20")
    with page.expect_response("**/sparql") as refused:
        page.click(".tabPanel.active .yasqe_queryButton")
    assert refused.value.status == 400
    page.wait_for_selector(".yasr >> text=not valid SPARQL")
    assert page.locator(".CodeMirror textarea").first.get_attribute("aria-label")
    assert (elsewhere, broken) == ([], [])
