"""One build folder, opened once: graph, documents, claims, and what pages derive from them, each made when first
asked for and kept."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from kg.config import GRAPH
from kg.errors import KgError
from kg.serve.limits import Limits

if TYPE_CHECKING:
    import networkx as nx

    from kg.analyse.concepts import Concepts
    from kg.analyse.flows import Flow
    from kg.analyse.indicators import Figure
    from kg.analyse.measures import Measure
    from kg.analyse.precedents import Corpus
    from kg.graph.store import OxigraphStore
    from kg.model import Claim, Document
    from kg.query.library import Query
    from kg.serve.engine import Engine

T = TypeVar("T")
LIMITS = Limits()


@dataclass
class State:
    """What all pages of one server share. Read-only after `open_state`, apart from what is kept."""

    build: Path
    store: OxigraphStore
    documents: dict[str, Document]
    claims: dict[str, list[Claim]]
    curate: bool = False
    language: str = "zh"
    ledger: Path = Path("ledger.jsonl")
    added: Path = Path("added")
    limits: Limits = LIMITS
    engine: Engine | None = None  # what questions are put to, in a process of its own
    kept: dict[Any, Any] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)
    making: dict[Any, threading.RLock] = field(default_factory=dict)

    def keep(self, key: Any, make: Callable[[], T]) -> T:
        """What `make` returns, made once for each key; who asks for another key does not wait."""
        if key not in self.kept:
            with self.lock:
                mine = self.making.setdefault(key, threading.RLock())
            with mine:
                if key not in self.kept:
                    self.kept[key] = make()
        found: T = self.kept[key]
        return found

    @cached_property
    def claim_by_id(self) -> dict[str, Claim]:
        return {claim.id: claim for found in self.claims.values() for claim in found}

    def concepts(self, language: str) -> Concepts:
        from kg.analyse.concepts import load_concepts

        return self.keep(("concepts", language), lambda: load_concepts(self.store, language))

    @property
    def themes(self) -> dict[str, str]:
        from kg.analyse.themes import themes

        return self.keep("themes", lambda: themes(list(self.documents.values()), self.claims))

    @property
    def measures(self) -> tuple[Measure, ...]:
        return self.corpus.measures

    @property
    def corpus(self) -> Corpus:
        from kg.analyse.precedents import load_corpus

        return self.keep("corpus", lambda: load_corpus(self.store, self.themes))

    @property
    def flows(self) -> list[Flow]:
        from kg.analyse.flows import load_flows

        return self.keep("flows", lambda: load_flows(self.store))

    @property
    def figures(self) -> list[Figure]:
        from kg.analyse.indicators import load_figures

        return self.keep("figures", lambda: load_figures(self.store))

    @property
    def network(self) -> nx.MultiDiGraph:
        from kg.analyse.network import actor_network, load_network

        return self.keep("network", lambda: actor_network(*load_network(self.store)))

    @property
    def library(self) -> dict[str, Query]:
        from kg.query.library import load_library

        return self.keep("library", load_library)

    @property
    def provinces(self) -> list[str]:
        """Names of the provinces that measures speak of, most measures first; the nation is one of them.

        From the claims, not the graph: forms on every page have them, and the first page waits for nothing else.
        """

        def make() -> list[str]:
            from collections import Counter

            from kg.text.areas import load_areas

            areas, found = load_areas(), Counter(c.area for of in self.claims.values() for c in of if c.type == "measure" and c.area)
            counts: Counter[str] = Counter()
            for name, number in found.items():
                if area := areas.resolve(name):
                    counts[area.province or (area.name if area.level == "national" else "")] += number
            del counts[""]
            return sorted(counts, key=lambda name: (-counts[name], name))

        return self.keep("provinces", make)


def open_state(build: Path, **settings: Any) -> State:
    """Open the folder that `kg build` wrote; `settings` are fields of `State`. Raises `KgError` where there is none."""
    from kg.build import load_claims, load_documents
    from kg.graph.store import open_store
    from kg.manifest import of_one_build

    if not (build / GRAPH).is_file():
        raise KgError(f"{build}: no build here; run `kg build` first, or name another folder with --build")
    folder = build.resolve()  # should the name change its meaning meanwhile, all is of one build


    def load() -> State:
        store = open_store(folder / GRAPH, often=True)
        documents = {d.id: d for d in load_documents(folder)}
        return State(build, store, documents, load_claims(folder), **settings)

    return of_one_build(folder, load)
