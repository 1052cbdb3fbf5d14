"""A network as files that Gephi, Cytoscape, yEd and spreadsheets open: GraphML, GEXF, node and edge CSV.

The same graph gives the same bytes: nodes and edges are sorted, GEXF's date of writing is left out.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, is_dataclass
from typing import TYPE_CHECKING, Any

from kg.export.tables import safe_cell

if TYPE_CHECKING:
    import networkx as nx

#: characters that XML 1.0 cannot hold, not even escaped
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def graphml(graph: nx.Graph) -> bytes:
    """GraphML, UTF-8. Data that is not text, number or truth value is written as JSON text."""
    import networkx as nx

    out = io.BytesIO()
    nx.write_graphml_xml(_plain(graph), out, encoding="utf-8", prettyprint=True, named_key_ids=True)
    return out.getvalue() + b"\n"


def gexf(graph: nx.Graph) -> bytes:
    """GEXF 1.2, UTF-8, without the date that networkx writes. Node data `label` becomes the GEXF label.

    Where nodes or edges have `start` or `end` (days), the file is dynamic: Gephi shows its time line.
    """
    import networkx as nx

    out = io.BytesIO()
    plain = _plain(graph)
    everything = [data for _, data in plain.nodes(data=True)] + [data for *_, data in plain.edges(data=True)]
    if any("start" in data or "end" in data for data in everything):
        plain.graph.update(mode="dynamic", timeformat="date")
    nx.write_gexf(plain, out, encoding="utf-8", prettyprint=True, version="1.2draft")
    text = re.sub(r'<meta lastmodifieddate="[^"]*">', "<meta>", out.getvalue().decode("utf-8"), count=1)
    return text.encode("utf-8") + b"\n"


def nodes_csv(graph: nx.Graph) -> bytes:
    """One row a node: `id`, then every data key. UTF-8 with byte order mark, so that Excel reads Chinese."""
    plain = _plain(graph)
    return _csv(("id",), [({"id": node}, data) for node, data in plain.nodes(data=True)])


def edges_csv(graph: nx.Graph) -> bytes:
    """One row an edge: `source`, `target`, then every data key. UTF-8 with byte order mark."""
    plain = _plain(graph)
    return _csv(
        ("source", "target"),
        [({"source": source, "target": target}, data) for source, target, data in plain.edges(data=True)],
    )


def gephi_csv(graph: nx.Graph) -> tuple[bytes, bytes]:
    """Nodes and edges as Gephi's spreadsheet import names their columns: Id, Label, … and Source, Target, Type,
    Weight, …; evidence stays behind. UTF-8 with byte order mark.
    """
    plain = _plain(graph)
    kind = "Directed" if graph.is_directed() else "Undirected"
    nodes = [
        ({"Id": node, "Label": str(data.get("label", node))}, _but(data, ("label", "evidence")))
        for node, data in plain.nodes(data=True)
    ]
    edges = [
        (
            {"Source": source, "Target": target, "Type": kind, "Weight": data.get("weight", 1)},
            _but(data, ("weight", "name", "label")),
        )
        for source, target, data in plain.edges(data=True)
    ]
    return _csv(("Id", "Label"), nodes), _csv(("Source", "Target", "Type", "Weight"), edges)


def _but(data: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name not in names}


def _plain(graph: nx.Graph) -> nx.Graph:
    """A copy in sorted order that holds only text, numbers and truth values; the graph is not touched."""
    plain = graph.__class__()
    for node in sorted(graph.nodes, key=str):
        plain.add_node(_text(str(node)))
        plain.nodes[_text(str(node))].update(_values(graph.nodes[node]))
    rows: list[tuple[str, str, str, dict[str, Any]]] = []
    for source, target, *key, data in graph.edges(
        data=True, **({"keys": True} if graph.is_multigraph() else {})
    ):
        ends = (str(source), str(target)) if graph.is_directed() else sorted((str(source), str(target)))
        rows.append((_text(ends[0]), _text(ends[1]), _text(str(key[0])) if key else "", _values(data)))
    rows.sort(key=lambda row: (row[:3], _json(row[3])))
    for number, (source, target, name, data) in enumerate(rows):
        if graph.is_multigraph():
            plain.add_edge(source, target, key=number)
            plain.edges[source, target, number].update({"name": name, **data})
        else:
            plain.add_edge(source, target)
            plain.edges[source, target].update(data)
    return plain


def _values(data: Mapping[str, Any]) -> dict[str, str | int | float | bool]:
    values: dict[str, str | int | float | bool] = {}
    for name, value in sorted(data.items()):
        if isinstance(value, bool | int | float):
            values[name] = value
        elif value is not None:
            values[name] = _text(value if isinstance(value, str) else _json(value))
    return values


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=_bare)


def _bare(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, set | frozenset):
        return sorted(value, key=str)
    return str(value)


def _text(value: str) -> str:
    return _NOT_XML.sub("\ufffd", value)


def _csv(first: tuple[str, ...], rows: Iterable[tuple[dict[str, Any], dict[str, Any]]]) -> bytes:
    table = list(rows)
    names = sorted({name for _, data in table for name in data} - set(first))
    out = io.StringIO()
    writer = csv.DictWriter(out, [*first, *names], lineterminator="\n", restval="")
    writer.writeheader()
    for ends, data in table:
        writer.writerow({name: safe_cell(value) for name, value in {**data, **ends}.items()})
    return out.getvalue().encode("utf-8-sig")
