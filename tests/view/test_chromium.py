"""The pages in a real browser, network off: they draw, answer clicks and search, and throw no errors."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess

import pytest
from test_pictures import EVIL, PAGES

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]

DRIVE = {
    "network": """
      pickNode('plan', true);
      report.panel = document.getElementById('panel').textContent;
      report.near = [...picked.near].sort();
      document.getElementById('search').value = '样机';
      document.getElementById('search').dispatchEvent(new Event('input'));
      report.hits = document.querySelectorAll('#hits button').length;
      document.getElementById('province').value = '北陆省'; applyFilters('province');
      report.province = shownNodes.size;
      document.querySelector('#classes input[value=Platform]').checked = false; applyFilters('classes');
      report.without = [...shownNodes].sort();
    """,
    "flows": """
      pickBar(order.indexOf('via|样机中心'));
      report.panel = document.getElementById('panel').textContent;
      report.parts = picked.parts.length;
      document.getElementById('search').value = '南陆';
      document.getElementById('search').dispatchEvent(new Event('input'));
      report.hits = document.querySelectorAll('#hits button').length;
      document.getElementById('resource').value = 'talent'; applyFilters('resource');
      report.rows = document.querySelectorAll('#table tbody tr').length;
      const box = bands[0], x = (bars.get(box.from).x + bars.get(box.to).x) / 2;
      const at = bandAt({x: bars.get(box.from).x + 8, y: box.y0 + box.thick / 2});
      report.hit = at === box;
    """,
    "paths": """
      pickBox(order.indexOf('via|样机中心'));
      report.panel = document.getElementById('panel').textContent;
      report.parts = picked.steps.size;
      report.boxes = picked.boxes.size;
      document.getElementById('search').value = '南陆';
      document.getElementById('search').dispatchEvent(new Event('input'));
      report.hits = document.querySelectorAll('#hits button').length;
      document.getElementById('resource').value = 'talent'; applyFilters('resource');
      report.rows = document.querySelectorAll('#table tbody tr').length;
      report.dashes = edges.get().map(edge => edge.dashes);
    """,
}


def drive(page: str, kind: str, tmp_path, size: str) -> tuple[str, dict]:
    """The page's DOM after its own script and ours ran, and what ours reported."""
    probe = (
        "<script>setTimeout(() => { const report = {};"
        f"try {{ {DRIVE[kind]} }} catch (error) {{ report.error = String(error); }}"
        "report.wide = document.documentElement.scrollWidth <= window.innerWidth;"
        "document.documentElement.dataset.report = JSON.stringify(report); }, 1500)</script>"
    )
    path = tmp_path / "page.html"
    path.write_text(page.replace("</body>", probe + "</body>"), encoding="utf-8")
    done = subprocess.run(
        [
            CHROMIUM,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            f"--user-data-dir={tmp_path / 'profile'}",
            "--virtual-time-budget=8000",
            f"--window-size={size}",
            "--enable-logging=stderr",
            "--dump-dom",
            path.as_uri(),
        ],
        capture_output=True,
        timeout=120,
    )
    dom = done.stdout.decode("utf-8")
    errors = [line for line in done.stderr.decode("utf-8", "replace").splitlines() if "CONSOLE" in line]
    assert not errors
    root = re.search(r"<html[^>]*>", dom).group(0)
    assert "data-error" not in root
    return root + dom, json.loads(html.unescape(re.search(r'data-report="([^"]*)"', root).group(1)))


@pytest.mark.parametrize("size", ["1280,900", "390,844"])
@pytest.mark.parametrize("kind", PAGES)
def test_the_page_draws_and_answers_offline(kind: str, size: str, tmp_path) -> None:
    dom, report = drive(PAGES[kind](title="图"), kind, tmp_path, size)
    assert 'data-ready="1"' in dom
    assert "<canvas" in dom
    assert "error" not in report, report
    assert report["wide"], "the page scrolls sideways"
    assert report["hits"] == 1
    assert EVIL in report["panel"]
    if kind == "network":
        assert "第三条" in report["panel"] and "c-1" in report["panel"]
        assert report["near"] == ["area", "lab", "plan"]
        assert report["province"] == 4
        assert report["without"] == ["area", "plan"]
    elif kind == "paths":
        assert "最高300万元" in report["panel"]
        assert (report["parts"], report["boxes"], report["rows"]) == (4, 5, 1)
        assert report["dashes"] == [False] * 4, "what is delivered is drawn through"
    else:
        assert "最高300万元" in report["panel"]
        assert (report["parts"], report["rows"], report["hit"]) == (4, 1, True)
