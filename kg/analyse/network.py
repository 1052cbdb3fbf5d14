"""The network of actors: who passes, runs, leads, hosts, and whom it reaches; with its measures.

Nodes and edges are plain values, so that a network can be built from a store (`load_network`) or by hand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.analyse.evidence import Evidence, load_evidence, load_provinces
from kg.analyse.rows import Queryable, local_name, rows
from kg.query.table import Table

if TYPE_CHECKING:
    import networkx as nx

#: classes of nodes; the subclasses of Organisation count as Organisation
NODE_CLASSES = (
    "AdministrativeArea",
    "Policy",
    "Organisation",
    "Platform",
    "TalentProgramme",
    "FundingScheme",
    "EnterpriseCategory",
    "BeneficiaryCategory",
)
_ORGANISATIONS = (
    "Organisation",
    "GovernmentOrganisation",
    "Enterprise",
    "University",
    "ResearchInstitute",
    "Intermediary",
    "FinancialInstitution",
)
#: direct properties that become edges: property → kind
_LINKS = {
    "eli:jurisdiction": "jurisdiction",
    "eli:passed_by": "passed_by",
    "eli:based_on": "based_on",
    "eli:implements": "implements",
    "eli:amends": "amends",
    "eli:repeals": "repeals",
    "ip:runs": "runs",
    "ip:isLedBy": "led_by",
    "ip:isHostedBy": "hosted_by",
    "ip:isPartOf": "part_of",
    "ip:isLocatedIn": "located_in",
    "ip:cooperatesWith": "cooperates_with",
    "ip:hasNextTier": "next_tier",
}


@dataclass(frozen=True, slots=True)
class Node:
    """An actor or thing. `area` is the name of its province, "" where it belongs to none."""

    id: str
    label: str
    cls: str
    area: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """One stated link. `resource` is set where a measure makes the link; `quote`, `doc`, `claim` prove it."""

    source: str
    target: str
    kind: str
    label: str = ""
    resource: str = ""
    area: str = ""
    quote: str = ""
    doc: str = ""
    claim: str = ""
    assertion: str = ""


def actor_network(nodes: Iterable[Node], edges: Iterable[Edge]) -> nx.MultiDiGraph:
    """The network, nodes and edges in sorted order. Edges whose ends are unknown are left out.

    Node data: label, cls, area, evidence. Edge key: kind, resource and claim; edge data: the fields of
    `Edge`.
    """
    import networkx as nx

    graph = nx.MultiDiGraph()
    for node in sorted(nodes, key=lambda node: node.id):
        graph.add_node(node.id, label=node.label, cls=node.cls, area=node.area, evidence=node.evidence)
    for edge in sorted(edges, key=lambda e: (e.source, e.target, e.kind, e.resource, e.claim)):
        if edge.source in graph and edge.target in graph and edge.source != edge.target:
            graph.add_edge(
                edge.source,
                edge.target,
                key=f"{edge.kind}|{edge.resource}|{edge.claim}",
                kind=edge.kind,
                label=edge.label,
                resource=edge.resource,
                area=edge.area,
                quote=edge.quote,
                doc=edge.doc,
                claim=edge.claim,
                assertion=edge.assertion,
            )
    return graph


def load_network(store: Queryable) -> tuple[list[Node], list[Edge]]:
    """Nodes and edges of the graph in `store` (named graphs seen as one)."""
    evidence = load_evidence(store)
    provinces = load_provinces(store)
    proofs: dict[str, list[Evidence]] = defaultdict(list)
    for thing, claim in rows(store, "SELECT ?t ?c WHERE { ?t ip:isEvidencedBy ?c } ORDER BY ?t ?c"):
        if claim in evidence:
            proofs[thing].append(evidence[claim])
    nodes = _load_nodes(store, provinces, proofs)
    edges = _load_links(store, nodes, proofs) + _load_measures(store, nodes, provinces, evidence)
    return list(nodes.values()), edges


def _load_nodes(
    store: Queryable, provinces: dict[str, str], proofs: dict[str, list[Evidence]]
) -> dict[str, Node]:
    places: dict[str, list[str]] = defaultdict(list)
    for pattern in (
        "?t eli:jurisdiction ?a",
        "?t ip:isLocatedIn ?a",
        "?a ip:runs ?t",
        "?m ip:isDeliveredThrough ?t ; ip:appliesIn ?a",
        "?p eli:passed_by ?t ; eli:jurisdiction ?a",
    ):
        found: dict[str, set[str]] = defaultdict(set)
        for thing, area in rows(store, f"SELECT DISTINCT ?t ?a WHERE {{ {pattern} }} ORDER BY ?t ?a"):
            if area in provinces:
                found[thing].add(provinces[area])
        for thing, names in found.items():
            # more than one province: shared, unless a more specific statement came before
            places[thing].append(next(iter(names)) if len(names) == 1 else "")
    labels: dict[str, tuple[str, str]] = {}
    classes = [*NODE_CLASSES[:2], *_ORGANISATIONS, *NODE_CLASSES[3:7]]
    for thing, cls, label in rows(
        store,
        f"""SELECT ?t ?class ?label WHERE {{
              VALUES ?class {{ {" ".join("ip:" + name for name in classes)} }}
              ?t a ?class .
              {{ ?t rdfs:label ?label }} UNION {{ ?t dcterms:title ?label }}
              FILTER (LANG(?label) IN ("zh", ""))
            }} ORDER BY ?t ?class ?label""",
    ):
        name = local_name(cls)
        labels.setdefault(thing, ("Organisation" if name in _ORGANISATIONS else name, label))
    nodes = {}
    for thing, (cls, label) in sorted(labels.items()):
        area = provinces.get(thing) or next(iter(places.get(thing, ())), "")
        nodes[thing] = Node(thing, label, cls, area, tuple(sorted(proofs.get(thing, ()))))
    for (thing,) in rows(
        store, "SELECT DISTINCT ?c WHERE { ?m ip:hasBeneficiary ?b . ?b ip:hasCategory ?c } ORDER BY ?c"
    ):
        nodes.setdefault(thing, Node(thing, local_name(thing), "BeneficiaryCategory"))
    return nodes


def _load_links(store: Queryable, nodes: dict[str, Node], proofs: dict[str, list[Evidence]]) -> list[Edge]:
    edges = []
    for prop, kind in sorted(_LINKS.items()):
        for source, target in rows(store, f"SELECT DISTINCT ?s ?o WHERE {{ ?s {prop} ?o }} ORDER BY ?s ?o"):
            if source not in nodes or target not in nodes:
                continue
            proof = _proof(proofs.get(source, []), proofs.get(target, []), nodes[source], nodes[target])
            edges.append(
                Edge(
                    source,
                    target,
                    kind,
                    area=nodes[source].area or nodes[target].area,
                    quote=proof.quote if proof else "",
                    doc=proof.document if proof else "",
                    claim=proof.claim if proof else "",
                    assertion=proof.assertion if proof else "",
                )
            )
    return edges


def _proof(
    of_source: list[Evidence], of_target: list[Evidence], source: Node, target: Node
) -> Evidence | None:
    """The claim that best proves a link: one that both ends share, else one whose quote names the other."""
    shared = set(of_source) & set(of_target)
    if not shared:
        shared = {e for e in of_source if target.label in e.quote}
        shared |= {e for e in of_target if source.label in e.quote}
    if not shared and source.cls == "Policy":  # area and issuer are part of what a policy claim says
        shared = {e for e in of_source if e.type == "policy"}
    best = ("relation", "policy_link", "policy")
    return min(shared, key=lambda e: (best.index(e.type) if e.type in best else len(best), e), default=None)


def _load_measures(
    store: Queryable, nodes: dict[str, Node], provinces: dict[str, str], evidence: dict[str, Evidence]
) -> list[Edge]:
    """Policy (or area) → platform, programme or scheme → beneficiary category, one edge for each resource;
    and policy → responsible body.
    """
    policy: dict[str, str] = {}
    area: dict[str, str] = {}
    measures: dict[str, tuple[str, str]] = {}
    for measure, claim, assertion, of_policy, in_area in rows(
        store,
        """SELECT ?m ?claim ?assertion ?policy ?area WHERE {
             ?m a ip:Measure ; ip:isEvidencedBy ?claim .
             OPTIONAL { ?m ip:hasAssertion ?assertion }
             OPTIONAL { ?m ip:isProvidedBy ?policy }
             OPTIONAL { ?m ip:appliesIn ?area }
           } ORDER BY ?m ?claim ?policy ?area""",
    ):
        measures.setdefault(measure, (claim, local_name(assertion)))
        policy.setdefault(measure, of_policy)
        area.setdefault(measure, in_area)
    resources = _many(store, "?m ip:providesResource ?v")
    through = _many(store, "?m ip:isDeliveredThrough ?v")
    bodies = _many(store, "?m ip:hasResponsibleBody ?v")
    reaches = _many(store, "?m ip:hasBeneficiary ?b . ?b ip:hasCategory ?v")
    edges = []
    for measure, (claim, assertion) in measures.items():
        proof = evidence.get(claim)
        origin = policy[measure] if policy[measure] in nodes else area[measure]
        if proof is None or origin not in nodes:
            continue
        channels = [thing for thing in through.get(measure, []) if thing in nodes]
        links = [(origin, thing, "delivered_through") for thing in channels]
        for start in channels or [origin]:
            links += [(start, category, "reaches") for category in reaches.get(measure, [])]
        links += [(origin, body, "responsible") for body in bodies.get(measure, []) if body in nodes]
        for source, target, kind in links:
            for resource in resources.get(measure, [""]) if kind != "responsible" else [""]:
                edges.append(
                    Edge(
                        source,
                        target,
                        kind,
                        resource=local_name(resource),
                        area=provinces.get(area[measure], nodes[origin].area),
                        quote=proof.quote,
                        doc=proof.document,
                        claim=proof.claim,
                        assertion=assertion,
                    )
                )
    return edges


def _many(store: Queryable, pattern: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for measure, value in rows(
        store, f"SELECT DISTINCT ?m ?v WHERE {{ ?m a ip:Measure . {pattern} }} ORDER BY ?m ?v"
    ):
        found[measure].append(value)
    return found


def network_metrics(graph: nx.MultiDiGraph, *, seed: int = 7) -> Table:
    """Degree (distinct neighbours), betweenness, PageRank and community of each node, most central first.

    Betweenness is exact to 1,000 nodes and a seeded sample of 200 above. Communities (Louvain, seeded) are
    numbered from the largest, 1. Parallel edges count once.
    """
    import networkx as nx

    order = sorted(graph.nodes)
    number = {node: i for i, node in enumerate(order)}
    # whole numbers as nodes: sets of them iterate alike under every hash seed
    plain = nx.Graph()
    plain.add_nodes_from(range(len(order)))
    plain.add_edges_from(sorted({tuple(sorted((number[u], number[v]))) for u, v in graph.edges() if u != v}))
    sample = None if len(order) <= 1000 else 200
    between = nx.betweenness_centrality(plain, k=sample, seed=seed)
    rank = _pagerank([sorted({number[v] for v in graph.successors(node)}) for node in order])
    groups = nx.community.louvain_communities(plain, seed=seed) if order else []
    community = {}
    for name, group in enumerate(sorted(groups, key=lambda g: (-len(g), min(g))), start=1):
        community.update(dict.fromkeys(group, name))
    table = []
    for i, node in enumerate(order):
        data = graph.nodes[node]
        table.append(
            (
                data["label"],
                data["cls"],
                data["area"],
                plain.degree(i),
                round(between[i], 6),
                round(rank[i], 6),
                community[i],
                node,
            )
        )
    table.sort(key=lambda row: (-row[3], -row[4], row[7]))
    columns = ("label", "class", "area", "degree", "betweenness", "pagerank", "community", "id")
    return Table(columns, tuple(table), title="行动者网络 Actor network")


def _pagerank(successors: list[list[int]], damping: float = 0.85, rounds: int = 100) -> list[float]:
    """Power iteration; networkx's own needs scipy, which nothing else here does."""
    size = len(successors)
    rank = [1 / size] * size if size else []
    for _ in range(rounds):
        dangling = sum(rank[i] for i in range(size) if not successors[i])
        base = (1 - damping + damping * dangling) / size if size else 0.0
        fresh = [base] * size
        for i, targets in enumerate(successors):
            for j in targets:
                fresh[j] += damping * rank[i] / len(targets)
        moved = sum(abs(a - b) for a, b in zip(rank, fresh, strict=True))
        rank = fresh
        if moved < 1e-12 * max(size, 1):
            break
    return rank
