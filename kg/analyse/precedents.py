"""Precedents: who already does what a recommendation (or any sentence) proposes.

Likeness of two provisions is the cosine of their character pairs, weighted by how rare a pair is among all
provisions (TF-IDF), raised where they share instrument, resource, beneficiary or channel.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kg.analyse.amounts import amount_text
from kg.analyse.evidence import load_provinces
from kg.analyse.flows import load_flows
from kg.analyse.rows import Queryable, local_name, rows
from kg.query.table import Table

#: what a shared feature adds to the cosine, at most; set on the recommendations of one research article
WEIGHTS = {"instruments": 0.2, "resources": 0.06, "beneficiaries": 0.1, "via": 0.18}
#: below this a provision is no precedent
THRESHOLD = 0.1
#: where no provision's words are as like as this, and none shares a phrase, there is no precedent at all:
#: codes alone are too coarse
LEAST_COSINE = 0.1
_NOISE = re.compile(r"[\s，。、；：,.;:（）()“”\"《》]+")
#: verbs and adverbs of every provision
_COMMON = re.compile(
    r"进一步|积极|加快|大力|着力|深入|持续|全面|充分|探索性?|支持|鼓励|引导|推动|促进|推进|加强|提升|完善|健全|优化|强化|"
    r"开展|实施|建立|提出|方面|通过|以及"
)


@dataclass(frozen=True, slots=True)
class Provision:
    """A measure as a possible precedent, or what is asked for (then `claim` may be empty)."""

    text: str
    claim: str = ""
    area: str = ""
    province: str = ""
    instruments: frozenset[str] = frozenset()
    resources: frozenset[str] = frozenset()
    beneficiaries: frozenset[str] = frozenset()
    via: frozenset[str] = frozenset()
    amounts: str = ""
    policy: str = ""
    number: str = ""
    date: str = ""
    assertion: str = ""
    document: str = ""
    locator: str = ""
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Precedent:
    """A provision of another place, how like it is, and what the two share in words and codes."""

    provision: Provision
    score: float
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """What was searched: provisions, and of how many documents and provinces they are."""

    provisions: tuple[Provision, ...]
    documents: int
    provinces: int


def load_corpus(store: Queryable) -> Corpus:
    """All measures of the graph, in a fixed order."""
    policies = {
        title: (number, date)
        for title, number, date in rows(
            store,
            """SELECT ?title (MIN(?n) AS ?number) (MIN(STR(?d)) AS ?date) WHERE {
                 ?p a ip:Policy ; dcterms:title ?title .
                 OPTIONAL { ?p eli:number ?n } OPTIONAL { ?p eli:date_document ?d }
               } GROUP BY ?title ORDER BY ?title""",
        )
    }
    by_claim: dict[str, Provision] = {}
    for flow in load_flows(store):
        known = by_claim.get(flow.claim)
        if known is None:
            if not flow.instruments and not flow.policy and flow.beneficiary_text and not flow.resource:
                continue
            number, date = policies.get(flow.policy, ("", ""))
            known = Provision(
                text=flow.quote,
                claim=flow.claim,
                area=flow.area,
                province=flow.province,
                instruments=frozenset(flow.instruments),
                via=frozenset(flow.via),
                amounts="；".join(map(amount_text, flow.amounts)),
                policy=flow.policy,
                number=number,
                date=date,
                assertion=flow.assertion,
                document=flow.document,
                locator=flow.locator,
                start=flow.start,
                end=flow.end,
            )
        by_claim[flow.claim] = replace(
            known,
            resources=known.resources | ({flow.resource} - {""}),
            beneficiaries=known.beneficiaries | ({flow.beneficiary} - {""}),
        )
    provisions = tuple(by_claim[claim] for claim in sorted(by_claim))
    documents = rows(store, "SELECT (COUNT(DISTINCT ?d) AS ?n) WHERE { ?d a ip:SourceDocument }")
    provinces = {p.province for p in provisions if p.province and p.province != "全国"}
    return Corpus(provisions, int(documents[0][0] or 0), len(provinces))


def load_question(store: Queryable, claim: str) -> Provision | None:
    """The recommendation or measure that a claim id states, as what to search for; None for other claims."""
    known = claim.rsplit("/", 1)[-1]
    if not re.fullmatch(r"c-[0-9a-f]{16}", known):
        return None
    found: dict[str, set[str]] = defaultdict(set)
    provinces = load_provinces(store)
    for quote, area, instrument, resource, category, via in rows(
        store,
        f"""SELECT ?quote ?area ?instrument ?resource ?category ?via WHERE {{
              BIND(<https://w3id.org/innopolicy/id/claim/{known}> AS ?claim)
              ?m ip:isEvidencedBy ?claim ; a ?kind . FILTER (?kind IN (ip:Recommendation, ip:Measure))
              ?claim oa:hasSelector/oa:exact ?quote .
              OPTIONAL {{ ?m ip:appliesIn ?area }} OPTIONAL {{ ?m ip:usesInstrument ?instrument }}
              OPTIONAL {{ ?m ip:providesResource ?resource }}
              OPTIONAL {{ ?m ip:hasBeneficiary/ip:hasCategory ?category }}
              OPTIONAL {{ ?m ip:isDeliveredThrough/rdfs:label ?via }}
            }} ORDER BY ?quote ?area ?instrument ?resource ?category ?via""",
    ):
        values = {
            "quote": quote,
            "province": provinces.get(area, ""),
            "instruments": local_name(instrument),
            "resources": local_name(resource),
            "beneficiaries": local_name(category),
            "via": via,
        }
        for key, value in values.items():
            if value:
                found[key].add(value)
    if not found["quote"]:
        return None
    return Provision(
        min(found["quote"]),
        known,
        province=min(found["province"], default=""),
        instruments=frozenset(found["instruments"]),
        resources=frozenset(found["resources"]),
        beneficiaries=frozenset(found["beneficiaries"]),
        via=frozenset(found["via"]),
    )


def find_precedents(
    question: Provision,
    corpus: Corpus,
    *,
    area: str = "",
    limit: int = 10,
    earliest: bool = False,
    threshold: float = THRESHOLD,
) -> list[Precedent]:
    """The provisions most like the question, best first; with `earliest`, the oldest of them first.

    Provisions of the question's own province and the question itself are left out; `area` keeps one place.
    Empty where the best is below `threshold` or none is like the question in words.
    """
    candidates = [
        p
        for p in corpus.provisions
        if p.claim != question.claim
        and not (question.province and p.province == question.province)
        and (not area or area in p.area or area in p.province)
    ]
    weigh = _weights([p.text for p in corpus.provisions])
    asked = _vector(question.text, weigh)
    hits = []
    in_words = False
    for provision in candidates:
        score, shared, told = _likeness(question, asked, provision, weigh)
        if score >= threshold:
            hits.append(Precedent(provision, round(score, 4), shared))
            in_words = in_words or told
    if not in_words:
        return []
    hits.sort(key=lambda h: (-h.score, h.provision.claim))
    best = hits[:limit]
    if earliest:
        best.sort(key=lambda h: (h.provision.date or "9999", -h.score, h.provision.claim))
    return best


def _likeness(
    question: Provision, asked: dict[str, float], provision: Provision, weigh: dict[str, float]
) -> tuple[float, tuple[str, ...], bool]:
    """Score, what is shared, and whether the words themselves are alike."""
    theirs = _vector(provision.text, weigh)
    common = asked.keys() & theirs.keys()
    score = sum(asked[g] * theirs[g] for g in sorted(common))
    shared = [*_phrases(question.text, provision.text)]
    told = bool(shared) or score >= LEAST_COSINE
    for name, weight in WEIGHTS.items():
        ours, other = getattr(question, name), getattr(provision, name)
        both = ours & other
        if both:
            score += weight * len(both) / len(ours | other)
            shared += sorted(both)
    return score, tuple(shared), told


def _phrases(a: str, b: str, least: int = 3) -> list[str]:
    """The longest runs of characters that both texts hold, at most four, longest first."""
    x, y = _clean(a), _clean(b)
    runs: set[str] = set()
    i = 0
    while i < len(x):
        size = 0
        while i + size < len(x) and x[i : i + size + 1] in y:
            size += 1
        if size >= least:
            runs.add(x[i : i + size].strip("\x00"))
        i += max(1, size)
    kept = [r for r in runs if len(r) >= least and "\x00" not in r]
    return sorted(kept, key=lambda r: (-len(r), r))[:4]


def _clean(text: str) -> str:
    return _COMMON.sub("\x00", _NOISE.sub("", text))


def _grams(text: str) -> Counter[str]:
    clean = _clean(text)
    pairs = (clean[i : i + 2] for i in range(len(clean) - 1))
    return Counter(p for p in pairs if "\x00" not in p)


def _weights(texts: Sequence[str]) -> dict[str, float]:
    seen: Counter[str] = Counter()
    for text in texts:
        seen.update(_grams(text).keys())
    return {gram: math.log((1 + len(texts)) / (1 + count)) + 0.1 for gram, count in seen.items()}


def _vector(text: str, weigh: dict[str, float]) -> dict[str, float]:
    rare = max(weigh.values(), default=1.0)
    raw = {g: (1 + math.log(n)) * weigh.get(g, rare) for g, n in _grams(text).items()}
    length = math.sqrt(sum(v * v for v in raw.values())) or 1.0
    return {g: v / length for g, v in raw.items()}


def precedent_table(hits: Iterable[Precedent]) -> Table:
    """One row a precedent."""
    columns = (
        *("score", "shared", "area", "policy", "number", "date", "amounts", "assertion"),
        *("quote", "document", "locator", "claim"),
    )
    return Table(
        columns,
        tuple(
            (
                *(h.score, "、".join(h.shared), h.provision.area, h.provision.policy, h.provision.number),
                *(h.provision.date, h.provision.amounts, h.provision.assertion, h.provision.text),
                *(h.provision.document, h.provision.locator, h.provision.claim),
            )
            for h in hits
        ),
        title="先例 Precedents",
    )
