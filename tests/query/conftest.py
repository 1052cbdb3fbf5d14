import warnings
from pathlib import Path

import pytest

SMALL = Path(__file__).parents[1] / "fixtures" / "small.trig"


class Oxigraph:
    def __init__(self, path):
        import pyoxigraph

        self.store = pyoxigraph.Store()
        self.store.bulk_load(path=str(path), format=pyoxigraph.RdfFormat.TRIG)

    def query(self, sparql):
        return self.store.query(sparql, use_default_graph_as_union=True)


class Rdflib:
    def __init__(self, path):
        import rdflib

        warnings.filterwarnings("ignore", category=DeprecationWarning, module="rdflib")
        self.dataset = rdflib.Dataset(default_union=True)
        self.dataset.parse(str(path), format="trig")

    def query(self, sparql):
        return self.dataset.query(sparql)


@pytest.fixture(scope="session")
def oxigraph():
    return Oxigraph(SMALL)


@pytest.fixture(scope="session")
def rdflib_store():
    return Rdflib(SMALL)


@pytest.fixture(scope="session", params=["oxigraph", "rdflib_store"])
def engine(request):
    return request.getfixturevalue(request.param)
