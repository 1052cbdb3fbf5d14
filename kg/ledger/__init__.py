"""The curator's ledger: decisions about claims and names, kept in a plain file, applied on every build."""

from kg.ledger.apply import Applied, Conflict, apply, concerned
from kg.ledger.lines import Decision, Ledger, append, decision_on, read
from kg.ledger.review import Doubt, uncertain

__all__ = [
    "Applied",
    "Conflict",
    "Decision",
    "Doubt",
    "Ledger",
    "append",
    "apply",
    "concerned",
    "decision_on",
    "read",
    "uncertain",
]
