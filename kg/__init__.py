"""kg: an open knowledge graph of innovation policies and actors, built from Chinese text."""

__version__ = "0.1.0"
