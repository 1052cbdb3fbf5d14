"""axe-core on every kind of page of the workbench, pictures and errors included: nothing serious, in both languages, wide and narrow.

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
PATHS = sorted(path for path in pages() if "{" not in path and path != "/thing")
#: pages with something in them; {claim}, {document} and {area} are filled in
FULL = (
    *("/?q=企业&resource=funding", "/?q=火星殖民地", "/document/{document}", "/document/{document}?claim={claim}", "/claim/{claim}"),
    *("/province/{area}", "/compare?words=认定奖励", "/precedents?q={claim}", "/flows?province={area}", "/network?q=企业"),
    *("/network?q=火星殖民地", "/question/joint-issuers?ask=1", "/question/who-gets-what", "/question/claim-evidence?claim=x"),
    *("/basket?claims={claim}", "/add", "/ledger", "/thing?node={node}", "/nowhere", "/claim/c-0", "/network.picture?q=企业", "/flows.picture?province={area}"),
)
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
    with serving(create_app(built, curate=True), lifespan="on") as address:
        yield address


@pytest.fixture(scope="module")
def known(built: Path) -> dict[str, str]:
    from kg.build import load_claims

    claim = next(c for found in load_claims(built).values() for c in found if c.type == "measure" and c.area)
    node = "https://w3id.org/innopolicy/id/organisation/500000-重庆市人民政府"
    return {"claim": claim.id, "document": claim.doc, "area": "浙江省", "node": node}


@pytest.mark.parametrize(("language", "width"), [("zh", "wide"), ("en", "narrow")])
@pytest.mark.parametrize("path", (*PATHS, *FULL))
def test_axe_finds_nothing_serious(browser, address, known, path, language, width):
    page = browser.new_page(viewport={"width": WIDTHS[width], "height": 900})
    path = path.format(**known)
    try:
        page.goto(f"{address}{path}{'&' if '?' in path else '?'}language={language}", wait_until="load")
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
