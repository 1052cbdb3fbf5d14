"""The pages as text: whole, offline, escaped, the same bytes every time."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kg.analyse.evidence import Evidence
from kg.analyse.flows import Flow
from kg.analyse.network import Edge, Node, actor_network
from kg.model import BENEFICIARIES, RESOURCES, Amount
from kg.view import labels
from kg.view.pages import flows_page, network_page
from kg.view.parts import unwrap, wrapped
from kg.view.vis import script_json, vis_data

EVIL = "</script><img src=x onerror=alert(1)>{{ 7*7 }}"


def network():
    proof = Evidence("北陆省办法", 3, 9, "c-1", "设立\n\n样机中心", locator="第三条")
    nodes = [
        Node("area", "北陆省", "AdministrativeArea", "北陆省"),
        Node("plan", "北陆省扶持办法" + EVIL, "Policy", "北陆省", (proof,)),
        Node("lab", "样机中心", "Platform", "北陆省"),
        Node("who", "startup", "BeneficiaryCategory"),
        Node("alone", "孤点", "Platform"),
    ]
    edges = [
        Edge("plan", "area", "jurisdiction"),
        Edge("plan", "lab", "delivered_through", resource="funding", quote=EVIL, doc="文", claim="c-2"),
        Edge("lab", "who", "reaches", resource="funding", quote="给予", doc="文", assertion="in_force"),
    ]
    return actor_network(nodes, edges)


def flows() -> list[Flow]:
    return [
        Flow("北陆省", "funding", "startup", "c-1", province="北陆省", policy="办法" + EVIL,
             via=("样机中心",), amounts=(Amount(3e6, "CNY", "max", "award"),),
             assertion="in_force", quote=EVIL, document="文"),
        Flow("南陆省", "talent", "university", "c-2", province="南陆省", assertion="reported", quote="引才"),
    ]  # fmt: skip


PAGES = {
    "network": lambda **options: network_page(network(), **options),
    "flows": lambda **options: flows_page(flows(), **options),
    "paths": lambda **options: flows_page(flows(), drawing="paths", **options),
}


class Elements(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs) -> None:
        self.found.append((tag, dict(attrs)))


def data_of(page: str):
    return json.loads(
        re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S).group(1)
    )


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("language", labels.LANGUAGES)
def test_a_page_names_no_resource_outside_itself(kind: str, language: str) -> None:
    elements = Elements(PAGES[kind](title="图", language=language)).found
    assert not [(tag, a) for tag, a in elements if {"src", "href", "action", "srcset", "poster"} & a.keys()]
    assert not [tag for tag, _ in elements if tag in ("link", "iframe", "object", "embed", "base", "img")]
    policy = next(a["content"] for tag, a in elements if a.get("http-equiv") == "Content-Security-Policy")
    assert "default-src 'none'" in policy and "http" not in policy


@pytest.mark.parametrize("kind", PAGES)
def test_nothing_in_the_data_or_the_title_becomes_markup(kind: str) -> None:
    page = PAGES[kind](title=EVIL)
    assert "onerror=alert(1)>" not in page
    assert [tag for tag, _ in Elements(page).found].count("script") == 3
    assert EVIL in json.dumps(data_of(page), ensure_ascii=False)
    assert "49" not in re.search(r"<h1>(.*?)</h1>", page, re.S).group(1)


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_is_the_same_under_every_hash_seed(kind: str) -> None:
    code = (
        "import hashlib, test_pictures\n"
        f"page = test_pictures.PAGES[{kind!r}](title='图')\n"
        "print(hashlib.sha256(page.encode()).hexdigest())"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path]),
            },
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "42")
    }
    assert len(outputs) == 1


def test_the_network_page_draws_what_is_linked_and_counts_the_rest() -> None:
    page = network_page(network(), title="图")
    data = data_of(page)
    assert [node["id"] for node in data["nodes"]] == ["area", "lab", "plan", "who"]
    assert "另有 1 个没有任何连线的节点未画出" in page
    assert data["info"]["who"]["label"] == "初创企业"
    assert data["info"]["plan"]["area"] == "北陆省"


def test_a_quote_is_shown_unwrapped_with_its_document_place_and_claim() -> None:
    data = data_of(network_page(network(), title="图"))
    (index,) = data["info"]["plan"]["evidence"]
    assert data["evidence"][index] == {
        "quote": "设立样机中心",
        "document": "北陆省办法",
        "claim": "c-1",
        "assertion": "",
        "locator": "第三条",
    }


def test_the_flow_page_says_what_it_drew_together() -> None:
    given = [
        Flow("甲省", "funding", "startup", f"c{i}", province="甲省", policy=f"办法{i}", quote="给予")
        for i in range(60)
    ]
    page = flows_page(given, title="图", max_nodes=40)
    data = data_of(page)
    assert len(data["nodes"]) <= 40
    merged = 60 - sum(info["label"].startswith("办法") for info in data["info"])
    assert f"{merged} 项措施较少的政策按地区合并" in page
    assert len({flow["claim"] for flow in data["flows"]}) == 60


def test_paths_name_bars_by_column() -> None:
    data = data_of(flows_page(flows(), title="图"))
    for _, path in data["paths"]:
        assert [data["info"][n]["column"] for n in path] == [0, 1, 2, 3, 4]


def test_english_pages_speak_english() -> None:
    page = flows_page(flows(), title="Flows", language="en")
    assert '<html lang="en">' in page and "Universities" in page and "资源流向 · Resource flows" in page
    with pytest.raises(ValueError, match="fr"):
        flows_page(flows(), title="Flux", language="fr")


@pytest.mark.parametrize("kind", PAGES)
def test_an_empty_graph_still_makes_a_page(kind: str) -> None:
    page = (
        network_page(actor_network([], []), title="空") if kind == "network" else flows_page([], title="空")
    )
    assert data_of(page)["nodes"] == []


def test_every_code_of_the_contract_has_a_name() -> None:
    assert set(labels.RESOURCES) == set(RESOURCES) and set(labels.BENEFICIARIES) == set(BENEFICIARIES)
    assert set(labels.STYLES) == set(labels.CLASSES)


def test_every_kind_of_link_has_a_name() -> None:
    from kg.analyse.network import _LINKS

    assert set(_LINKS.values()) | {"delivered_through", "reaches", "responsible"} == set(labels.KINDS)


def test_vis_data_comes_from_pyvis_and_leaves_its_input_alone() -> None:
    node, edge = {"id": "a", "label": "甲", "x": 1, "y": 2}, {"from": "a", "to": "a", "width": 3}
    nodes, edges, options = vis_data([node], [edge])
    assert nodes == [
        {"id": "a", "label": "甲", "x": 1, "y": 2, "shape": "dot", "physics": False, "color": "#97c2fc"}
    ]
    assert edges[0]["width"] == 3 and not options["physics"]["enabled"]
    assert node == {"id": "a", "label": "甲", "x": 1, "y": 2} and edge == {"from": "a", "to": "a", "width": 3}


def test_script_json_keeps_the_value_and_no_angle_bracket() -> None:
    value = {"b": ["<!--", "</script>", "&\u2028"], "a": 1}
    text = script_json(value)
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text) == value


@pytest.mark.parametrize(
    ("quote", "read"),
    [("设立\n\n中心", "设立中心"), ("R&D\nfund", "R&D fund"), ("共\n3家", "共3家"), (" 无 ", "无")],
)
def test_layout_breaks_go_from_a_quote(quote: str, read: str) -> None:
    assert unwrap(quote) == read


def test_long_names_take_two_lines() -> None:
    assert wrapped("样机中心") == "样机中心"
    assert wrapped("一二三四五六七八九十") == "一二三四五六七八九\n十"
    lines = wrapped("一二三四五六七八九" * 3).split("\n")
    assert len(lines) == 2 and lines[1].endswith("…")
