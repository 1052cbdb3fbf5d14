"""`kg build` as functions: `build` writes a build folder, `load_documents` and `load_claims` read one."""

from kg.build.files import document_row, load_claims, load_documents
from kg.build.make import (
    PICTURES,
    RULE_FILES,
    STAGES,
    Built,
    Progress,
    assemble,
    build,
    draw,
    extract_all,
    use_rules,
)
from kg.config import CLAIMS, DOCUMENTS, GRAPH, REPORT, VIEWS

__all__ = [
    "CLAIMS",
    "DOCUMENTS",
    "GRAPH",
    "PICTURES",
    "REPORT",
    "RULE_FILES",
    "STAGES",
    "VIEWS",
    "Built",
    "Progress",
    "assemble",
    "build",
    "document_row",
    "draw",
    "extract_all",
    "load_claims",
    "load_documents",
    "use_rules",
]
