"""The documentation of the ontology as two HTML pages without scripts, one a language."""

from __future__ import annotations

from typing import Any

from kg import vocab

LANGUAGES = ("zh", "en")
#: file of each language
FILES = {"zh": "index.html", "en": "index.en.html"}
_WORDS = {
    "zh": {
        "contents": "目录",
        "version": "版本",
        "licence": "许可",
        "creator": "编制",
        "citation": "引用",
        "other": "English",
        "example": "例",
        "links": "关系",
        "alignments": "对齐",
        "constraints": "约束",
        "iri": "标识",
        "status": "这些标识目前尚不能解析。",
        "subClassOf": "子类于",
        "subPropertyOf": "子属性于",
        "domain": "定义域",
        "range": "值域",
        "broader": "上位",
        "broadMatch": "宽对应",
        "relatedMatch": "相关对应",
        "closeMatch": "近对应",
        "type": "性质",
        "taxonomy": "词表",
    },
    "en": {
        "contents": "Contents",
        "version": "Version",
        "licence": "Licence",
        "creator": "Creator",
        "citation": "Cite as",
        "other": "中文",
        "example": "Example",
        "links": "Relations",
        "alignments": "Alignments",
        "constraints": "Constraints",
        "iri": "IRI",
        "status": "These IRIs do not resolve yet.",
        "subClassOf": "subclass of",
        "subPropertyOf": "subproperty of",
        "domain": "domain",
        "range": "range",
        "broader": "broader",
        "broadMatch": "broad match",
        "relatedMatch": "related match",
        "closeMatch": "close match",
        "type": "nature",
        "taxonomy": "Taxonomy",
    },
}
_PREFIXES = {
    **vocab.PREFIXES,
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "eurio": "http://data.europa.eu/s66#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "frapo": "http://purl.org/cerif/frapo/",
    "locn": "http://www.w3.org/ns/locn#",
    "sdmx-attribute": "http://purl.org/linked-data/sdmx/2009/attribute#",
    "sdmx-measure": "http://purl.org/linked-data/sdmx/2009/measure#",
}


def ontology_pages(ontology: Any) -> dict[str, str]:
    """File name → HTML of a `kg.graph.terms.Ontology`: every term with definition, example and its contrary."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    env = Environment(
        loader=PackageLoader("kg.view"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = env.get_template("ontology.html.j2")
    known = {term.iri: term for section in ontology.sections for term in section.terms}
    return {
        FILES[language]: template.render(
            o=ontology,
            lang=language,
            w=_WORDS[language],
            other=FILES["en" if language == "zh" else "zh"],
            known=known,
            anchor=anchor,
            short=short,
        )
        for language in LANGUAGES
    }


def anchor(name: str) -> str:
    """The id of a term's place on the page."""
    return name.replace("/", "-")


def short(iri: str) -> str:
    """An IRI with its usual prefix, `prov:Entity`; whole where none is known."""
    for prefix, space in sorted(_PREFIXES.items(), key=lambda item: -len(item[1])):
        if iri.startswith(space) and len(iri) > len(space):
            return f"{prefix}:{iri[len(space) :]}"
    return iri
