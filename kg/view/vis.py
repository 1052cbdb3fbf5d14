"""The one place that knows pyvis: node and edge data in vis form, and the vis-network script it brings.

pyvis is used for data and script only. Its own pages load from content networks in every mode, take a raw
heading and are written in the platform's encoding; its `add_edge` is quadratic (pyvis issue 304).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import KgError

OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 7},
    "interaction": {
        "hover": True,
        "multiselect": False,
        "dragNodes": True,
        "hideEdgesOnDrag": False,
        "keyboard": {"enabled": True, "bindToWindow": False},
        "tooltipDelay": 250,
    },
    "edges": {"smooth": False, "selectionWidth": 1.5, "hoverWidth": 0.5},
    "nodes": {"borderWidth": 1, "borderWidthSelected": 3},
}


def vis_data(
    nodes: Iterable[Mapping[str, Any]],
    edges: Iterable[Mapping[str, Any]],
    options: Mapping[str, Any] | None = None,
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], dict[str, Any]]:
    """Nodes, edges and options as vis-network takes them, made by `pyvis.network.Network`.

    A node needs `id`, `label`, `x`, `y`; an edge `from`, `to`; other keys are vis options. The input stays.
    """
    from pyvis.edge import Edge
    from pyvis.network import Network

    net = Network(directed=True)
    for node in nodes:
        extra = {key: value for key, value in node.items() if key not in ("id", "label")}
        net.add_node(node["id"], label=node["label"], physics=False, **extra)
    for edge in edges:
        extra = {key: value for key, value in edge.items() if key not in ("from", "to")}
        net.edges.append(Edge(edge["from"], edge["to"], net.directed, **extra).options)
    net.set_options(json.dumps(dict(OPTIONS, **(options or {}))))
    data = net.get_network_data()
    return data[0], data[1], json.loads(data[-1])


@cache
def vis_script() -> str:
    """The vis-network library that pyvis ships, ready to stand inside a script element. Raises `KgError`."""
    import pyvis

    found = sorted(Path(pyvis.__file__).parent.glob("**/vis-9.1*/vis-network.min.js"))
    if not found:
        raise KgError("pyvis: the package brings no vis-network 9.1; reinstall pyvis 0.3.2")
    script = found[0].read_text(encoding="utf-8")
    # the source map is not there, and a browser with open tools would ask for it; not by splitlines, which
    # also cuts at the odd separators that the script holds in its strings
    return re.sub(r"\n//# sourceMappingURL=.*", "", script).replace("</script", "<\\/script")


def script_json(value: Any) -> str:
    """JSON that may stand in a script element, whatever texts it holds; the same bytes for the same value."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text
