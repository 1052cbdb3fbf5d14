"""The spaCy pipeline: a thin layer that runs the stages of `kg.extract.stages` over a document and keeps their findings as
span groups.

Each component writes one span group named after its claim type. A group is the contract between components: spans
that another component, a trained model or a user's rule puts there (start_char, end_char, label) are taken as
findings too, so any component of `config.cfg` can be exchanged for another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import load_config, load_model_from_config

from kg.errors import RuleError
from kg.extract.reading import Finding, Reading
from kg.extract.stages import STAGES, Stage, claims_from, read
from kg.model import Claim, Document

CONFIG = Path(__file__).with_name("config.cfg")
_FINDINGS = "kg_findings"
_READ = "kg_read"
_READING = "kg_reading"
_GROUPS = sorted({s.group for s in STAGES})


def findings(doc: Doc, group: str) -> list[Finding]:
    """The findings of a span group; a span that came without one (from another component) becomes one.

    What our own components wrote is not read back from the spans until another component had its turn, see `process`.
    """
    read: dict[str, list[Finding]] = doc.user_data.setdefault(_READ, {})
    if group not in read:
        read[group] = _from_group(doc, group)
    return read[group]


def _from_group(doc: Doc, group: str) -> list[Finding]:
    known = _by_span(doc.user_data.get(_FINDINGS, {}).get(group, ()))
    out: list[Finding] = []
    seen: set[tuple[int, int]] = set()
    for span in doc.spans.get(group, ()):
        key = (span.start_char, span.end_char)
        if key in seen:
            continue
        seen.add(key)
        out.extend(known.get(key) or [_from_span(span, group)])
    return out


def _by_span(found: Iterable[Finding]) -> dict[tuple[int, int], list[Finding]]:
    known: dict[tuple[int, int], list[Finding]] = {}
    for f in found:
        known.setdefault((f.start, f.end), []).append(f)
    return known


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
    read = doc.user_data.setdefault(_READ, {})
    read.pop(group, None)
    if of_characters:  # every finding has its span; those of one span stand together, as they are read back
        read[group] = [f for alike in _by_span(kept).values() for f in alike]


def _label(f: Finding) -> str:
    return str(f.values.get("class") or f.values.get("topic") or f.values.get("relation") or f.type)


def reading_of(doc: Doc) -> Reading:
    return doc.user_data[_READING]


def register_factories() -> None:
    """Register the stages with spaCy under the names that `config.cfg` uses. Calling it again changes nothing."""
    for stage in STAGES:
        if not Language.has_factory(stage.name):
            _register(stage)


@dataclass(frozen=True, slots=True)
class _Component:
    """A stage as a component: finds on, and in, the span groups of a Doc."""

    stage: Stage

    def __call__(self, doc: Doc) -> Doc:
        stage = self.stage
        own = stage.find(reading_of(doc), {group: findings(doc, group) for group in _GROUPS})
        write_findings(doc, stage.group, own if stage.replaces else [*findings(doc, stage.group), *own])
        return doc


def _register(stage: Stage) -> None:
    def make(nlp: Language, name: str) -> Callable[[Doc], Doc]:
        return _Component(stage)

    Language.factory(stage.name, assigns=["doc.spans"], requires=["doc.spans"] if stage.replaces else [])(make)


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
    reading = read(document)
    text = reading.shadow.text
    # one token for each character; their ids are looked up once for each, not once for each place
    ids = _ids(nlp)
    words: list[Any] = [*map(ids.__getitem__, text)]  # a Doc takes ids as well as words
    doc = Doc(nlp.vocab, words=words, spaces=[False] * len(text))
    doc.user_data[_READING] = reading
    for _, component in nlp.pipeline:
        doc = component(doc)
        if not isinstance(component, _Component):  # it may have changed any group
            doc.user_data.pop(_READ, None)
    return doc


class _Ids(dict[str, int]):
    """The characters that a pipeline has met, and their ids in its store of strings."""

    def __init__(self, nlp: Language) -> None:
        self._add = nlp.vocab.strings.add

    def __missing__(self, character: str) -> int:
        found: int = self._add(character)
        self[character] = found
        return found


_ids = lru_cache(maxsize=4)(_Ids)


def claims_of(document: Document, config: Path | None = None) -> list[Claim]:
    """The claims of a document in reading order; see `kg.extract.stages.claims_from`."""
    doc = process(document, config)
    return claims_from(reading_of(doc), [findings(doc, group) for group in doc.spans])
