"""The network as an SVG file: well formed, every node and link in it, words as words, the same bytes every time."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest
from lxml import etree

from kg.view.svg import network_svg

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>alert(1)</script>\"'&\x00飞鸟计划"


@pytest.fixture
def graph() -> Any:
    made = nx.MultiDiGraph()
    for node, cls, area in (("a", "AdministrativeArea", "浙江省"), ("b", "FundingScheme", "浙江省"), ("c", "BeneficiaryCategory", ""), ("d", "Platform", "")):
        label = {"a": "浙江省", "b": HOSTILE, "c": "tech-sme", "d": "无人相连的平台"}[node]
        made.add_node(node, label=label, cls=cls, area=area, evidence=())
    for source, target, kind, resource in (("a", "b", "runs", ""), ("b", "c", "reaches", "funding"), ("b", "c", "reaches", "talent")):
        made.add_edge(source, target, kind=kind, resource=resource, claim="c-1", quote="", doc="", assertion="", area="")
    return made


def drawn(graph: Any, **options: Any) -> Any:
    return etree.fromstring(network_svg(graph, title=HOSTILE, **options), etree.XMLParser(resolve_entities=False))


def test_every_linked_node_is_drawn_with_its_name_and_the_others_counted(graph: Any) -> None:
    picture = drawn(graph)
    titles = [e.text for e in picture.iter(f"{SVG}title")]
    assert titles[0] == HOSTILE.replace("\x00", "\ufffd"), "the title of the picture"
    assert sorted(titles[1:]) == sorted(["浙江省", HOSTILE.replace("\x00", "\ufffd"), "科技型中小企业"])
    words = "".join(e.text or "" for e in picture.iter(f"{SVG}text"))
    assert "资助计划" in words and "资金" in words and "人才" in words, "the legend"
    assert "另有 1 个没有任何连线的节点未画出" in words
    assert len([e for e in picture.iter(f"{SVG}path") if e.get("stroke-opacity")]) == 2, "links of one kind are one line"


def test_labels_stay_text(graph: Any) -> None:
    raw = network_svg(graph, title=HOSTILE).decode()
    assert "<script" not in raw and "\x00" not in raw
    assert not [e for e in drawn(graph).iter() if not isinstance(e.tag, str) or e.tag.rsplit("}")[-1] not in ("svg", "title", "rect", "g", "circle", "path", "text")]


def test_places_and_bytes_are_always_the_same_and_everything_is_inside(graph: Any) -> None:
    assert network_svg(graph, title="t") == network_svg(graph.copy(), title="t")
    picture = drawn(graph, language="en")
    _, _, width, height = map(float, picture.get("viewBox").split())
    (shift,) = [g.get("transform") for g in picture.findall(f"{SVG}g")][:1]
    dx, dy = map(float, shift.removeprefix("translate(").rstrip(")").split())
    for circle in picture.iter(f"{SVG}circle"):
        if circle.get("stroke"):
            x, y, r = (float(circle.get(k)) for k in ("cx", "cy", "r"))
            assert r <= x + dx <= width - r and r <= y + dy <= height - r


def test_a_network_of_nothing_is_still_a_picture() -> None:
    assert "0 个节点" in "".join(drawn(nx.MultiDiGraph()).itertext())
