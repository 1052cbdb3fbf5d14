"""axe-core on every page of the workbench that has an address of its own: nothing serious, in both languages, wide and narrow.

axe-core comes from npm: `npm install --no-save axe-core` in the project's folder, or KG_AXE names its axe.min.js.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from serving import serving

from kg.serve.app import create_app, pages

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
AXE = Path(os.environ.get("KG_AXE") or Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js")
PATHS = sorted(path for path in pages() if "{" not in path)
WIDTHS = {"wide": 1280, "narrow": 390}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM or not AXE.is_file():
        pytest.skip("Chromium or axe-core is missing")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def address(built: Path) -> Iterator[str]:
    with serving(create_app(built), lifespan="on") as address:
        yield address


@pytest.mark.parametrize(("language", "width"), [("zh", "wide"), ("en", "narrow")])
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_serious(browser, address, path, language, width):
    page = browser.new_page(viewport={"width": WIDTHS[width], "height": 900})
    try:
        page.goto(f"{address}{path}?language={language}", wait_until="load")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    finally:
        page.close()
    serious = [
        f"{v['id']}: {node['html'][:160]}"
        for v in found["violations"]
        if v["impact"] in ("serious", "critical")
        for node in v["nodes"][:3]
    ]
    assert serious == []


def test_axe_would_find_a_picture_without_words(browser):
    page = browser.new_page()
    page.set_content('<html lang="en"><title>t</title><img src="data:,"><button></button>')
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document)")
    page.close()
    assert {"image-alt", "button-name"} <= {v["id"] for v in found["violations"]}
