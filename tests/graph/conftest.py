import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from invented import corpus

from kg.graph.build import dataset
from kg.graph.store import OxigraphStore, load_store
from kg.link import link


@pytest.fixture(scope="session")
def trig() -> bytes:
    documents, claims = corpus()
    return dataset(documents, claims, link(documents, claims))


@pytest.fixture(scope="session")
def store(trig: bytes) -> OxigraphStore:
    return load_store(trig)
