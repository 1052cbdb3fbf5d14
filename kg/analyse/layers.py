"""The actor network by layers, in time, projected and measured.

A layer says what part a node plays (issuer, policy, programme …). Dates are those of policies: a link holds from
the date of its policy on, until the end of its validity where one is stated.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import combinations
from typing import TYPE_CHECKING, Any

from kg.analyse.network import actor_network, load_network, network_metrics
from kg.analyse.rows import Queryable, local_name, rows
from kg.model import ENTERPRISES
from kg.query.table import Table

if TYPE_CHECKING:
    import networkx as nx

#: layer → name in Chinese and English
LAYERS = {
    "area": ("地区", "Places"),
    "issuer": ("发文机关", "Issuers"),
    "policy": ("政策", "Policies"),
    "programme": ("计划与专项", "Programmes and schemes"),
    "platform": ("平台", "Platforms"),
    "enterprise-category": ("企业类别", "Enterprise categories"),
    "university": ("高校院所", "Universities and institutes"),
    "firm": ("企业", "Firms"),
    "organisation": ("其他机构", "Other organisations"),
    "beneficiary": ("其他受益者", "Other beneficiaries"),
}
_LAYER_OF = {
    "AdministrativeArea": "area",
    "Policy": "policy",
    "TalentProgramme": "programme",
    "FundingScheme": "programme",
    "Platform": "platform",
    "EnterpriseCategory": "enterprise-category",
    "University": "university",
    "ResearchInstitute": "university",
    "Enterprise": "firm",
}
#: what each measure says, in Chinese and English
METRICS = {
    "degree": (
        "度：与多少个不同节点直接相连。高者牵涉面广。",
        "Degree: how many different nodes it touches. High: it is involved in much.",
    ),
    "betweenness": (
        "中介中心性：其他节点两两之间的最短路径有多大比例经过它，0 至 1。高者是桥梁。",
        "Betweenness: the share of shortest paths between others that pass through it, 0 to 1. High: a bridge.",
    ),
    "pagerank": (
        "PageRank：沿箭头随机行走停留于此的概率，合计为 1。高者为许多（重要的）节点所指向。",
        "PageRank: the chance that a walk along the arrows is here; all add to 1. High: much points to it.",
    ),
    "community": (
        "社群：内部联系多于外部联系的一组（Louvain，种子固定），1 为最大。",
        "Community: a group with more links inside than outside (Louvain, seeded), 1 the largest.",
    ),
}
#: projection → (what its nodes are, what ties them), in Chinese and English
PROJECTIONS = {
    "joint-issuers": (
        "发文机关；联合发布过政策者相连，权重为政策数",
        "issuers, tied where they issued policies together; weight: how many",
    ),
    "shared-policy": (
        "发文机关、计划、平台、企业类别、高校院所与企业；同一政策涉及者相连，权重为政策数",
        "issuers, programmes, platforms, enterprise categories, universities and firms, tied where one policy "
        "involves both; weight: how many",
    ),
}
_ACTORS = frozenset(
    ("issuer", "programme", "platform", "enterprise-category", "university", "firm", "organisation")
)


def load_layers(store: Queryable) -> nx.MultiDiGraph:
    """The network of the graph in `store`. Node data as in `actor_network`, plus `layer`, and `start`, `end` where
    dates are known; edges have `start` and `end` too.
    """
    graph = actor_network(*load_network(store))
    kinds: dict[str, str] = {}
    for thing, cls in rows(store, "SELECT ?t ?c WHERE { ?t a ?c } ORDER BY ?t ?c"):
        if local_name(cls) in _LAYER_OF:
            kinds.setdefault(thing, local_name(cls))
    issuers = {issuer for (issuer,) in rows(store, "SELECT DISTINCT ?o WHERE { ?p eli:passed_by ?o } ORDER BY ?o")}
    times: dict[str, dict[str, str]] = defaultdict(dict)
    for name, prop in (("start", "eli:date_document"), ("start", "ip:validFrom"), ("end", "ip:validUntil")):
        for policy, date in rows(store, f"SELECT ?p ?d WHERE {{ ?p {prop} ?d }} ORDER BY ?p ?d"):
            times[policy].setdefault(name, full_date(date, last=name == "end"))
    for node, data in graph.nodes(data=True):
        data["layer"] = layer_of(data["cls"], kinds.get(node, ""), node, issuers)
        data.update(_span(times.get(node, {})))
    for source, target, data in graph.edges(data=True):
        found = [times[end] for end in (source, target) if times.get(end, {}).get("start")]
        if found:
            data["start"] = max(time["start"] for time in found)
            ends = [time["end"] for time in found if time.get("end", "") > data["start"]]
            if ends:
                data["end"] = min(ends)
    return graph


def _span(times: dict[str, str]) -> dict[str, str]:
    """Start and end; an end before the start is left out."""
    if times.get("start", "") > times.get("end", "9999"):
        return {"start": times["start"]}
    return times


def full_date(date: str, *, last: bool = False) -> str:
    """A day for a year or a month: its first, or its last (28th of a month, to be safe)."""
    parts = date.split("-")
    if len(parts) == 1:
        return f"{parts[0]}-12-31" if last else f"{parts[0]}-01-01"
    return date if len(parts) > 2 else f"{date}-{'28' if last else '01'}"


def layer_of(cls: str, kind: str, node: str, issuers: Iterable[str]) -> str:
    """The layer of a node from its class, its narrower class and whether it issued a policy."""
    if cls == "BeneficiaryCategory":
        if local_name(node) in ("university", "research-institute"):
            return "university"
        return "enterprise-category" if local_name(node) in ENTERPRISES else "beneficiary"
    if cls == "Organisation" and node in issuers:
        return "issuer"
    return _LAYER_OF.get(kind) or _LAYER_OF.get(cls, "organisation")


def only(graph: nx.MultiDiGraph, layers: Iterable[str]) -> nx.MultiDiGraph:
    """The nodes of some layers and the links between them; all without any."""
    chosen = set(layers)
    if not chosen:
        return graph
    return graph.subgraph(n for n, data in graph.nodes(data=True) if data["layer"] in chosen).copy()


def project(graph: nx.MultiDiGraph, projection: str) -> nx.Graph:
    """One of `PROJECTIONS`: an undirected graph, edges with `weight`, `policies` (titles), `claim`, and dates."""
    import networkx as nx

    keeps: Callable[[str], bool] = (
        (lambda layer: layer == "issuer") if projection == "joint-issuers" else (lambda layer: layer in _ACTORS)
    )
    out = nx.Graph()
    titles: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for policy, data in sorted(graph.nodes(data=True)):
        if data["layer"] != "policy":
            continue
        links = [*graph.out_edges(policy, data=True), *graph.in_edges(policy, data=True)]
        if projection == "joint-issuers":
            links = [link for link in links if link[2]["kind"] == "passed_by"]
        actors: dict[str, str] = {}
        for source, target, link in links:
            other = target if source == policy else source
            if keeps(graph.nodes[other]["layer"]):
                actors[other] = actors.get(other) or link["claim"]
        # a measure's channel reaches its receivers on behalf of the policy
        if projection == "shared-policy":
            claims = {link["claim"] for _, _, link in links if link["claim"]}
            for channel in sorted(actors):
                for _, receiver, link in graph.out_edges(channel, data=True):
                    if link["claim"] in claims and keeps(graph.nodes[receiver]["layer"]):
                        actors[receiver] = actors.get(receiver) or link["claim"]
        for a, b in combinations(sorted(actors), 2):
            titles[a, b].append((data["label"], actors[a] or actors[b], data.get("start", "")))
    for (a, b), found in sorted(titles.items()):
        for node in (a, b):
            if node not in out:
                out.add_node(node, **{k: v for k, v in graph.nodes[node].items() if k not in ("start", "end")})
        data = {
            "kind": projection,
            "weight": len(found),
            "policies": "；".join(title for title, _, _ in found),
            "claim": next((claim for _, claim, _ in found if claim), ""),
        }
        dates = sorted(date for _, _, date in found if date)
        out.add_edge(a, b, **data, **({"start": dates[0]} if dates else {}))
    return out


def measure(graph: nx.Graph, *, seed: int = 7) -> nx.Graph:
    """A copy with degree, betweenness, pagerank and community written to every node (see `METRICS`)."""
    import networkx as nx

    out = graph.copy()
    directed = graph if graph.is_directed() else graph.to_directed()
    for row in network_metrics(nx.MultiDiGraph(directed), seed=seed).records():
        out.nodes[row["id"]].update({name: row[name] for name in METRICS})
    return out


_HEADINGS = {
    "zh": ("名称", "层", "地区", "度", "中介中心性", "PageRank", "社群", "始于", "一例陈述", "编号"),
    "en": ("Name", "Layer", "Area", "Degree", "Betweenness", "PageRank", "Community", "From", "A claim", "Id"),
}


def actor_table(
    graph: nx.Graph, names: Mapping[str, str] | None = None, *, language: str = "zh"
) -> Table:
    """One row a node of a measured network, most connected first, with a claim that proves it.

    `names` gives the names of beneficiary categories, which the graph knows by their codes.
    """
    index = {"zh": 0, "en": 1}[language]
    table = []
    for node, data in sorted(graph.nodes(data=True)):
        proofs = data.get("evidence") or ()
        claim = proofs[0].claim if proofs else _edge_claim(graph, node)
        numbers = [data[name] for name in METRICS]
        label = data["label"]
        if data["cls"] == "BeneficiaryCategory":
            label = (names or {}).get(label, label)
        table.append(
            (label, LAYERS[data["layer"]][index], data["area"], *numbers, data.get("start"), claim, node)
        )
    table.sort(key=lambda row: (-row[3], -row[4], row[9]))
    columns = ("label", "layer", "area", *METRICS, "start_date", "claim", "id")
    title = {"zh": "行动者网络", "en": "Actor network"}[language]
    return Table(columns, tuple(table), title=title, labels=_HEADINGS[language])


def _edge_claim(graph: nx.Graph, node: str) -> str | None:
    links: list[dict[str, Any]] = [data for *_, data in graph.edges(node, data=True)]
    if graph.is_directed():
        links += [data for *_, data in graph.in_edges(node, data=True)]
    return min((data["claim"] for data in links if data.get("claim")), default=None)
