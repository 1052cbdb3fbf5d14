"""The spaCy pipeline: a thin layer that runs the finders over a document and keeps their findings as span groups.

Each component writes one span group named after its claim type. A group is the contract between components: spans
that another component, a trained model or a user's rule puts there (start_char, end_char, label) are taken as
findings too, so any component of `config.cfg` can be exchanged for another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import load_config, load_model_from_config

from kg.errors import RuleError
from kg.extract.attributes import complete_measures
from kg.extract.context import read_context
from kg.extract.entities import find_entities
from kg.extract.gaps import find_gaps
from kg.extract.measures import find_measures
from kg.extract.observations import find_observations
from kg.extract.policies import find_policies, find_policy_links
from kg.extract.reading import Finding, Reading
from kg.extract.relations import find_relations
from kg.model import Claim, Document
from kg.text.structure import outline
from kg.text.unwrap import unwrap

CONFIG = Path(__file__).with_name("config.cfg")
_FINDINGS = "kg_findings"
_READING = "kg_reading"


def findings(doc: Doc, group: str) -> list[Finding]:
    """The findings of a span group; a span that came without one (from another component) becomes one."""
    known: dict[tuple[int, int], list[Finding]] = {}
    for f in doc.user_data.get(_FINDINGS, {}).get(group, ()):
        known.setdefault((f.start, f.end), []).append(f)
    out: list[Finding] = []
    seen: set[tuple[int, int]] = set()
    for span in doc.spans.get(group, ()):
        key = (span.start_char, span.end_char)
        if key in seen:
            continue
        seen.add(key)
        out.extend(known.get(key) or [_from_span(span, group)])
    return out


def _from_span(span: Span, group: str) -> Finding:
    rule = span.id_ or f"span:{group}"
    values: dict[str, Any] = {}
    if group == "entity":
        values = {"class": span.label_, "name": span.text}
    elif group == "policy":
        values = {"title": span.text.strip("《》")}
    elif group == "gap":
        values = {"topic": span.label_}
    return Finding(group, span.start_char, span.end_char, rule, values)


def write_findings(doc: Doc, group: str, found: Iterable[Finding]) -> None:
    """Make `found` the findings of a group, as spans and with their values."""
    kept = list(found)
    spans = []
    of_characters = len(doc) == len(reading_of(doc).shadow.text)  # tokens are characters, as `process` makes them
    for f in kept:
        if of_characters:
            spans.append(Span(doc, f.start, f.end, label=_label(f), span_id=f.rule))
            continue
        span = doc.char_span(f.start, f.end, label=_label(f), span_id=f.rule, alignment_mode="expand")
        if span is not None and (span.start_char, span.end_char) == (f.start, f.end):
            spans.append(span)
    doc.spans[group] = spans
    doc.user_data.setdefault(_FINDINGS, {})[group] = kept


def _label(f: Finding) -> str:
    return str(f.values.get("class") or f.values.get("topic") or f.values.get("relation") or f.type)


def reading_of(doc: Doc) -> Reading:
    return doc.user_data[_READING]


def _component(group: str, find: Callable[[Doc], Iterable[Finding]]) -> Callable[[Doc], Doc]:
    def component(doc: Doc) -> Doc:
        own = list(find(doc))
        write_findings(doc, group, [*findings(doc, group), *own])
        return doc

    return component


def register_factories() -> None:
    """Register the components with spaCy under the names that `config.cfg` uses. Calling it again changes nothing."""
    finders: dict[str, tuple[str, Callable[[Doc], Iterable[Finding]]]] = {
        "kg_policies": ("policy", lambda doc: find_policies(reading_of(doc))),
        "kg_entities": ("entity", lambda doc: find_entities(reading_of(doc))),
        "kg_measures": ("measure", lambda doc: find_measures(reading_of(doc))),
        "kg_observations": ("observation", lambda doc: find_observations(reading_of(doc))),
        "kg_gaps": ("gap", lambda doc: find_gaps(reading_of(doc))),
        "kg_policy_links": (
            "policy_link",
            lambda doc: find_policy_links(reading_of(doc), findings(doc, "policy")),
        ),
        "kg_relations": (
            "relation",
            lambda doc: find_relations(reading_of(doc), findings(doc, "policy"), findings(doc, "entity")),
        ),
    }
    for name, (group, find) in finders.items():
        if not Language.has_factory(name):
            _register(name, group, find)
    if not Language.has_factory("kg_attributes"):
        Language.factory("kg_attributes", assigns=["doc.spans"], requires=["doc.spans"])(_make_attributes)


def _register(name: str, group: str, find: Callable[[Doc], Iterable[Finding]]) -> None:
    def make(nlp: Language, name: str) -> Callable[[Doc], Doc]:
        return _component(group, find)

    Language.factory(name, assigns=["doc.spans"])(make)


def _make_attributes(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    def component(doc: Doc) -> Doc:
        completed = complete_measures(
            reading_of(doc), findings(doc, "measure"), findings(doc, "policy"), findings(doc, "entity")
        )
        write_findings(doc, "measure", completed)
        return doc

    return component


def load_pipeline(config: Path | None = None) -> Language:
    """The pipeline of a config file. Raises `RuleError` naming the file where spaCy refuses it."""
    register_factories()
    path = config or CONFIG
    try:
        return load_model_from_config(load_config(path), auto_fill=True)
    except (ValueError, OSError, KeyError, ImportError) as error:
        first = str(error).strip().split("\n")[0]
        raise RuleError(f"{path}: spaCy cannot build this pipeline ({first}); see {CONFIG.name} for the default") from error


@lru_cache(maxsize=4)
def _pipeline(config: Path | None) -> Language:
    return load_pipeline(config)


def process(document: Document, config: Path | None = None) -> Doc:
    """The spaCy Doc of a document's shadow text with all span groups filled."""
    nlp = _pipeline(config)
    shadow = unwrap(document.text)
    structure = outline(shadow)
    # one token for each character; their ids are looked up once for each, not once for each place
    ids = {c: nlp.vocab.strings.add(c) for c in set(shadow.text)}
    doc = Doc(nlp.vocab, words=list(map(ids.__getitem__, shadow.text)), spaces=[False] * len(shadow.text))
    doc.user_data[_READING] = Reading(document, shadow, structure, read_context(document, shadow, structure))
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def claims_of(document: Document, config: Path | None = None) -> list[Claim]:
    """The claims of a document in reading order, each with exact source offsets and quote.

    What a list of references says is said by the works it lists: no claims are taken from it.
    """
    doc = process(document, config)
    reading = reading_of(doc)
    claims: list[Claim] = []
    alike: dict[tuple[str, int, int, str | None], list[Claim]] = {}  # ids are dear: only claims alike compare them
    for group in doc.spans:
        for f in findings(doc, group):
            claim = _claim(reading, f)
            if any(a <= claim.start < b for a, b in document.references):
                continue
            others = alike.setdefault((claim.type, claim.start, claim.end, claim.area), [])
            if not others or claim.id not in [c.id for c in others]:
                others.append(claim)
                claims.append(claim)
    # stable: provisions of several places stay in the order in which the text names the places
    return sorted(claims, key=lambda c: (c.start, c.end, c.type))


def _claim(reading: Reading, f: Finding) -> Claim:
    shadow = reading.shadow
    start, end = f.start, f.end
    while end > start + 1 and shadow.text[end - 1] in "。\n ":
        end -= 1
    a, b = shadow.to_source(start, end)
    area, assertion = f.area, f.assertion
    if f.type not in ("policy_link",):
        area = area or (reading.context.area if f.type != "entity" or f.values.get("specific") else None)
    if assertion is None:
        assertion = "in_force" if reading.context.kind == "policy" else "reported"
    return Claim(
        type=f.type,
        doc=reading.document.id,
        start=a,
        end=b,
        quote=shadow.source[a:b],
        rule=f.rule,
        area=area,
        assertion=assertion,
        locator=reading.locator_at(f.start),
        values=f.values,
    )


