"""The model of the innovation chain, filled: which resources move between which actors in a place.

Four roles (government, universities and institutes, enterprises, service agencies) and four resources (talent,
projects, funds, platforms) as the ontology has them (`ontology/vocab/innovation-chain.ttl`). A measure moves its
resources from the government to those who may get it, unless its words name another giver before 向, 为, 面向 …
and a taker after it. A measure for two roles at once also ties them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from kg.analyse.flows import STANDINGS, Flow
from kg.analyse.places import is_in
from kg.analyse.rows import Queryable, local_name, rows
from kg.model import ENTERPRISES
from kg.query.table import Table

#: the resources of the model, in the order in which they are drawn
RESOURCES = ("talent", "project", "funding", "platform")
#: stands in the place of a resource where a measure ties two roles
TOGETHER = "together"
#: roles by the concept that names them, in the order in which they are drawn
ROLES = ("organiser", "knowledge-creator", "technology-innovator", "transfer-agent")
#: who plays each role
ACTORS = {
    "organiser": ("政府", "Government"),
    "knowledge-creator": ("高校院所", "Universities and institutes"),
    "technology-innovator": ("企业", "Enterprises"),
    "transfer-agent": ("服务机构", "Service agencies"),
}
#: categories that the ontology does not give a role to, and whose part they play here
_COUNTED_AS = {"financial-institution": "transfer-agent", "association": "transfer-agent"} | dict.fromkeys(
    ENTERPRISES, "technology-innovator"
)
_WORDS = {
    "knowledge-creator": r"高等院校|高等学校|高校院所|高校|科研院所|科研机构|科研单位|研究机构|研究院所|院所|大学",
    "technology-innovator": r"企业|公司",
    "transfer-agent": r"服务机构|中介机构|金融机构|银行|担保机构|保险机构|孵化器|众创空间|转移机构|创投机构|基金管理机构",
}
_ANY = "|".join(f"(?P<{role.replace('-', '_')}{{n}}>{words})" for role, words in _WORDS.items())
_MOVES = re.compile(
    f"(?:{_ANY.format(n=1)})[^，。；、]{{0,16}}?(?:向|面向|为(?!主|支撑|依托|引导|核心)|到|赴|进入|派驻)[^，。；]{{0,12}}?(?:{_ANY.format(n=2)})"
    "(?!创新能力|家精神)"
)


@dataclass(frozen=True, slots=True)
class Role:
    """A role of the model: its code, names by language, the stages in which it acts (names by language)."""

    code: str
    names: tuple[str, str]
    stages: tuple[tuple[str, str], ...]
    categories: frozenset[str]


@dataclass(frozen=True, slots=True)
class Chain:
    """The model of one place. `arrows` maps (giver, taker, resource) to its measures, one flow each."""

    area: str
    arrows: dict[tuple[str, str, str], tuple[Flow, ...]]
    #: measures of the place with a resource of the model that reach none of the roles (people, unstated)
    beside: tuple[Flow, ...]


def load_roles(store: Queryable) -> tuple[Role, ...]:
    """The roles of the model as the graph has them, in the order of `ROLES`; stages along the chain."""
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for thing, label, language in rows(
        store,
        """SELECT ?t ?label ?language WHERE { VALUES ?c { ip:InnovationRole ip:InnovationStage }
             ?t a ?c ; rdfs:label ?label . BIND(LANG(?label) AS ?language) } ORDER BY ?t ?label""",
    ):
        names[thing][language] = label
    following = {a: b for a, b in rows(store, "SELECT ?a ?b WHERE { ?a ip:leadsTo ?b } ORDER BY ?a ?b")}
    order = _in_order(following)
    acts: dict[str, list[str]] = defaultdict(list)
    played: dict[str, set[str]] = defaultdict(set)
    for role, stage in rows(store, "SELECT ?r ?s WHERE { ?r ip:actsIn ?s } ORDER BY ?r ?s"):
        acts[local_name(role)].append(stage)
    for role, category in rows(store, "SELECT ?r ?c WHERE { ?r ip:isPlayedBy ?c } ORDER BY ?r ?c"):
        played[local_name(role)].add(local_name(category))
    for category, role in _COUNTED_AS.items():
        played[role].add(category)
    by_code = {local_name(thing): (text.get("zh", ""), text.get("en", "")) for thing, text in names.items()}
    return tuple(
        Role(
            code,
            by_code.get(code, (code, code)),
            tuple(by_code[local_name(s)] for s in sorted(acts[code], key=order.index)),
            frozenset(played[code]),
        )
        for code in ROLES
    )


def _in_order(following: dict[str, str]) -> list[str]:
    """The stages from the making of knowledge on."""
    start = next((s for s in sorted(following) if local_name(s) == "knowledge-creation"), "")
    order = [start]
    while following.get(order[-1], start) not in order:
        order.append(following[order[-1]])
    return order


def pairs() -> list[tuple[str, str]]:
    """(giver, taker) of every arrow that the model may have."""
    others = ROLES[1:]
    return [(ROLES[0], role) for role in others] + [(a, b) for a in others for b in others if a != b]


def chain(flows: Iterable[Flow], roles: Sequence[Role], area: str) -> Chain:
    """The model of a province or place, by any of its names, with what lies in it."""
    role_of = {category: role.code for role in roles for category in role.categories}
    measures: dict[str, list[Flow]] = defaultdict(list)
    for flow in flows:
        if is_in(area)(flow.area, flow.province):
            measures[flow.claim].append(flow)
    arrows: dict[tuple[str, str, str], dict[str, Flow]] = defaultdict(dict)
    beside: dict[str, Flow] = {}
    for claim, members in sorted(measures.items()):
        resources = [r for r in RESOURCES if any(f.resource == r for f in members)]
        first = members[0]
        moved = _moved(first.quote)
        takers = list(dict.fromkeys(role_of[f.beneficiary] for f in members if f.beneficiary in role_of))
        takers = [role for role in takers if role != ROLES[0]]
        if not moved and not takers:
            if resources:
                beside[claim] = first
            continue
        ends = moved or [(ROLES[0], taker) for taker in takers]
        for giver, taker in ends:
            for resource in resources:
                arrows[giver, taker, resource][claim] = first
        if not moved:
            for a, b in combinations(sorted(takers, key=ROLES.index), 2):
                arrows[a, b, TOGETHER][claim] = first

    def sort(found: dict[str, Flow]) -> tuple[Flow, ...]:
        return tuple(sorted(found.values(), key=lambda f: (f.document, f.start, f.claim)))

    return Chain(area, {key: sort(found) for key, found in sorted(arrows.items())}, sort(beside))


def _moved(quote: str) -> list[tuple[str, str]]:
    """(giver, taker) where the words name both: 高校向企业开放仪器."""
    text = re.sub(r"\s+", "", quote)
    found = []
    for m in _MOVES.finditer(text):
        ends = {int(name[-1]): name[:-1].replace("_", "-") for name, value in m.groupdict().items() if value}
        if ends[1] != ends[2]:
            found.append((ends[1], ends[2]))
    return list(dict.fromkeys(found))


_HEADINGS = {
    "zh": {
        "giver": "自",
        "taker": "至",
        "resource": "资源",
        "measures": "{}举措数",
        "missing": "缺失于",
        "claim": "{}一例陈述",
        "title": "创新资源集聚模型",
    },
    "en": {
        "giver": "From",
        "taker": "To",
        "resource": "Resource",
        "measures": "Measures, {}",
        "missing": "Missing in",
        "claim": "A claim, {}",
        "title": "Model of the innovation chain",
    },
}


def chain_table(chains: Sequence[Chain], resources: Mapping[str, str], *, language: str = "zh") -> Table:
    """One row an arrow that the model may have, with its measures in each place, and where it is missing.

    `resources` names the resources (and `TOGETHER`) in the language. Ties are listed where there are any.
    """
    words, index = _HEADINGS[language], {"zh": 0, "en": 1}[language]
    name = {code: pair[index] for code, pair in ACTORS.items()}
    keys = [(a, b, r) for a, b in pairs() for r in RESOURCES]
    keys += [(a, b, TOGETHER) for a, b in combinations(ROLES[1:], 2)]
    table = []
    for key in keys:
        found = [one.arrows.get(key, ()) for one in chains]
        if key[2] == TOGETHER and not any(found):
            continue
        missing = [one.area for one, flows in zip(chains, found, strict=True) if not flows]
        row: list[str | int | None] = [name[key[0]], name[key[1]], resources.get(key[2], key[2])]
        for flows in found:
            counts = [sum(f.standing == s for f in flows) for s in STANDINGS]
            row += [len(flows), *counts, flows[0].claim if flows else None]
        table.append((*row, "、".join(missing) or None))
    columns = ["giver", "taker", "resource"]
    labels = [words["giver"], words["taker"], words["resource"]]
    standing = {"zh": ("承诺", "转述", "落实"), "en": ("promised", "quoted", "delivered")}[language]
    for n, one in enumerate(chains, 1):
        end = "" if n == 1 else f"_{n}"
        columns += [f"measures{end}", *(f"{s}{end}" for s in STANDINGS), f"claim{end}"]
        labels += [
            words["measures"].format(one.area),
            *(f"{one.area} {s}" for s in standing),
            words["claim"].format(one.area),
        ]
    title = f"{words['title']}：{'、'.join(one.area for one in chains)}"
    return Table((*columns, "missing_in"), tuple(table), title=title, labels=(*labels, words["missing"]))
