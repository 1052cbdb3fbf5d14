"""Every page speaks one language: no English of ours in the Chinese ones, no Chinese of ours in the English ones.

What documents and the graph hold (titles, names, quotes, SPARQL) keeps its language and is left out of the comparison.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from lxml import html

from kg.serve.app import create_app, pages
from kg.serve.texts import NAVIGATION, TEXTS
from kg.serve.wording import PAGES

HAN = re.compile(r"[\u3400-\u9fff]")
ENGLISH = re.compile(r"[A-Za-z]{3,}")
#: names that are the same in both languages
NAMES = {"JSON", "CSV", "XLSX", "PNG", "SVG", "GEXF", "GraphML", "SPARQL", "BibTeX", "RIS", "CSL-JSON", "English", "kg", "Markdown", "Word", "PDF", "zip"}
#: parts that are ours: headings of tables, labels, buttons, notes
OURS = "//th[@scope='col']|//label/span|//button|//legend|//summary|//dt|//nav//a|//p[contains(@class,'note') or contains(@class,'lead') or contains(@class,'files')]|//footer/p|//aside/h2"
PATHS = (
    *(path for path in pages() if "{" not in path and path not in ("/console", "/thing")),
    *("/?q=企业", "/?q=火星殖民地", "/document/{document}", "/claim/{claim}", "/province/浙江省", "/compare?words=认定奖励", "/compare?words=火星"),
    *("/precedents?q={claim}", "/flows?province=浙江省", "/network?q=企业", "/network?q=火星", "/basket?claims={claim}", "/claims?counted=1"),
    *("/question/joint-issuers?ask=1", "/question/who-gets-what?area=浙江", "/add", "/ledger", "/thing?node={node}"),
)


@pytest.fixture(scope="module")
def curated(built: Path) -> Iterator[Any]:
    from starlette.testclient import TestClient

    with TestClient(create_app(built, curate=True), base_url="http://127.0.0.1:8765") as client:
        yield client


@pytest.fixture(scope="module")
def known(curated: Any) -> dict[str, str]:
    claims = curated.app.state.served.state.claim_by_id.values()
    claim = next(c for c in claims if c.type == "measure" and c.values.get("amounts") and c.area)
    network = curated.app.state.served.state.network
    node = min(n for n, data in network.nodes(data=True) if data["cls"] == "Platform")
    return {"claim": claim.id, "document": claim.doc, "node": quote(node)}


def opened(client: Any, path: str, language: str) -> Any:
    answer = client.get(f"{path}{'&' if '?' in path else '?'}language={language}")
    assert answer.status_code == 200, path
    return html.fromstring(answer.text)


def texts_of(tree: Any) -> Iterator[str]:
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "pre", "textarea", "code"):
            continue
        for text in (element.text, *(child.tail for child in element)):
            if text and text.strip():
                yield " ".join(text.split())
        for name in ("aria-label", "placeholder", "title", "alt"):
            if element.get(name):
                yield " ".join(element.get(name).split())


@pytest.mark.parametrize("path", PATHS)
def test_chinese_pages_have_no_english_of_ours(curated: Any, known: dict[str, str], path: str) -> None:
    tree = opened(curated, path.format(**known), "zh")
    english = {pair[1] for pair in (*PAGES.values(), *TEXTS.values(), *NAVIGATION.values()) if pair[0] != pair[1] and ENGLISH.search(pair[1])} - NAMES
    assert not [text for text in texts_of(tree) if text in english]
    ours = [" ".join(e.text_content().split()) for e in tree.xpath(OURS)]
    foreign = [t for t in ours if not HAN.search(t) and set(ENGLISH.findall(re.sub("CSL-JSON|GraphML|BibTeX", "", t))) - NAMES]
    assert not foreign, "headings, labels and buttons without a Chinese word"


@pytest.mark.parametrize("path", PATHS)
def test_english_pages_have_no_chinese_of_ours(curated: Any, known: dict[str, str], path: str) -> None:
    tree = opened(curated, path.format(**known), "en")
    for quoted in tree.xpath("//*[@lang='zh-CN']"):
        quoted.clear()
    chinese = {pair[0] for pair in (*PAGES.values(), *TEXTS.values(), *NAVIGATION.values()) if pair[0] != pair[1] and HAN.search(pair[0]) and len(pair[0]) > 1}
    data = {"企业", "政策", "指标", "标题"}  # words that are also names in texts, or where a passage stands
    assert not [text for text in texts_of(tree) if text in chinese - data]
    ours = [" ".join(e.text_content().split()) for e in tree.xpath(OURS)]
    assert not [t for t in ours if HAN.search(re.sub("《[^》]*》|\\{.*\\}", "", t))], "Chinese in headings, labels or buttons"


def test_every_text_is_there_in_both_languages() -> None:
    for name, pair in {**PAGES, **TEXTS, **NAVIGATION}.items():
        assert len(pair) == 2 and all(pair), name
        placeholders = [sorted(re.findall(r"\{(\w+)\}", text)) for text in pair]
        assert placeholders[0] == placeholders[1], name
