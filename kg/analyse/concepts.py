"""Names of the codes in the graph's vocabularies, and the side of innovation that an instrument works on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.analyse.rows import Queryable, local_name, rows

#: Rothwell and Zegveld's sides
SIDES = ("supply", "environment", "demand")


@dataclass(frozen=True, slots=True)
class Concepts:
    """`names` maps (vocabulary, code) to the name in one language; `sides` an instrument to one of `SIDES`."""

    names: dict[tuple[str, str], str]
    sides: dict[str, str]

    def name(self, vocabulary: str, code: str) -> str:
        """The name, or the code where the graph has none."""
        return self.names.get((vocabulary, code), code)

    def join(self, vocabulary: str, codes: Iterable[str], separator: str = "、") -> str:
        """The names of several codes, in the order of the codes."""
        return separator.join(self.name(vocabulary, code) for code in sorted(codes))


def load_concepts(store: Queryable, language: str = "zh") -> Concepts:
    """All concepts of the graph. Instruments of either side (prizes and challenges) have none in `sides`."""
    names: dict[tuple[str, str], str] = {}
    for concept, scheme, label in rows(
        store,
        f"""SELECT DISTINCT ?c ?scheme ?l WHERE {{ ?c skos:inScheme ?scheme ; rdfs:label ?l .
              FILTER (LANG(?l) = "{language}") }} ORDER BY ?c ?scheme ?l""",
    ):
        names.setdefault((local_name(scheme), local_name(concept)), label)
    sides: dict[str, set[str]] = defaultdict(set)
    for instrument, side in rows(
        store,
        """SELECT DISTINCT ?i ?side WHERE { ?i skos:broadMatch ?side .
             FILTER (STRSTARTS(STR(?side), "https://w3id.org/innopolicy/vocab/typology/")) }
           ORDER BY ?i ?side""",
    ):
        if local_name(side) in SIDES:
            sides[local_name(instrument)].add(local_name(side))
    return Concepts(names, {i: min(found) for i, found in sides.items() if len(found) == 1})
