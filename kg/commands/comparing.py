"""Commands that set places beside each other: precedents, compare."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.commands.asking import known, open_graph
from kg.commands.output import Build, prints_table, settings
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.analyse.measures import Measure
    from kg.query.table import Table


def build_themes(build: str | None) -> dict[str, str]:
    """Claim id → headline, from the texts of a build folder."""
    from kg.analyse.themes import themes
    from kg.build import load_claims, load_documents

    folder = Path(settings(build=build).build)
    return themes(load_documents(folder), load_claims(folder))


@prints_table
def precedents(
    what: Annotated[str, typer.Argument(metavar="TEXT|CLAIM", help="a sentence, or the id of a claim")],
    area: Annotated[str, typer.Option("--area", help="only precedents of this place")] = "",
    home: Annotated[
        str, typer.Option("--home", help="place the sentence is for; its own measures are left out")
    ] = "",
    earliest: Annotated[bool, typer.Option("--earliest", help="oldest first")] = False,
    limit: Annotated[int, typer.Option("--limit", min=1)] = 10,
    build: Build = None,
    language: str = "zh",
) -> Table:
    """Find measures of other places that already do what a sentence or a recommendation proposes."""
    from kg.analyse.concepts import load_concepts
    from kg.analyse.precedents import find_precedents, load_corpus, load_question, precedent_table

    store = open_graph(build)
    themes = build_themes(build)
    if what.startswith("c-") or "/id/claim/" in what:
        question = load_question(store, what, themes)
        if question is None:
            raise KgError(f"{what}: no measure or recommendation has this claim id; `kg ask` prints ids")
    else:
        question = question_of_text(what, home)
    corpus = load_corpus(store, themes)
    hits = find_precedents(question, corpus.index, area=area, limit=limit, earliest=earliest)
    table = precedent_table(hits, question, load_concepts(store, language), language)
    if hits:
        return table
    none = {
        "zh": f"这 {corpus.documents} 份文献（{corpus.provinces} 个省份）中没有先例",
        "en": f"None in these {corpus.documents} documents of {corpus.provinces} provinces",
    }
    return replace(table, title=none[language])


def question_of_text(text: str, home: str = "") -> Measure:
    """A sentence as what to look for: its own words, and what the extractor reads in them."""
    from kg.analyse.measures import Measure
    from kg.analyse.places import named
    from kg.model import Amount

    if len(text.strip()) < 4:
        raise KgError("precedents: this is too short to search for; give a sentence")
    found = named(home) if home else None
    if home and found is None:
        raise KgError(f"--home {home}: no such place; give a province, city or county")
    values = _provisions(text)
    return Measure(
        text=text.strip(),
        province=(found.province or found.name) if found else "",
        instruments=frozenset(code for v in values for code in v.get("instruments", ())),
        resources=frozenset(code for v in values for code in v.get("resources", ())),
        beneficiaries=frozenset(b["category"] for v in values for b in v.get("beneficiaries", ())),
        via=frozenset(name for v in values for name in v.get("via", ())),
        amounts=tuple(dict.fromkeys(Amount(**a) for v in values for a in v.get("amounts", ()))),
        conditions=tuple(dict.fromkeys(v["condition"] for v in values if v.get("condition"))),
    )


def receivers(words: str) -> dict[str, str]:
    """Parts of the words that name a kind of receiver → its category: 对高新技术企业的奖励 → 高新技术企业."""
    return {
        b["text"]: b["category"]
        for values in _provisions(f"支持{words.strip()}")
        for b in values.get("beneficiaries", ())
        if b["text"] in words
    }


def _provisions(text: str) -> list[dict[str, Any]]:
    """What a sentence would provide, were it an article of a policy: the values of its measures."""
    from kg.extract import extract
    from kg.model import Document, Source

    # a line of its own would be taken for the title
    article = f"若干措施\n\n第一条　{' '.join(text.split()).rstrip('。')}。\n"
    claims = extract(Document("d-question", article, Source(id="d-question", kind="policy")))
    return [c.values for c in claims if c.type in ("measure", "recommendation")]


@prints_table
def compare(
    words: Annotated[
        str, typer.Argument(help="the kind of support; alternatives with |, e.g. 租金补贴|房租减免")
    ] = "",
    instrument: Annotated[list[str] | None, typer.Option("--instrument", help="code, e.g. PI008")] = None,
    resource: Annotated[list[str] | None, typer.Option("--resource", help="funding, space …")] = None,
    beneficiary: Annotated[
        list[str] | None, typer.Option("--beneficiary", help="category, e.g. high-tech-enterprise")
    ] = None,
    via: Annotated[str, typer.Option("--via", help="part of a channel's name")] = "",
    by: Annotated[str, typer.Option("--by", help="province, area or policy")] = "province",
    parameter: Annotated[
        list[str] | None,
        typer.Option("--parameter", help="columns: award, rate, cap, total, duration, count, condition"),
    ] = None,
    long: Annotated[bool, typer.Option("--long", help="one row a value, for statistics")] = False,
    build: Build = None,
    language: str = "zh",
) -> Table:
    """Set the parameters of one kind of support side by side: a row a province, with the quote of each."""
    from kg import model
    from kg.analyse.compare import BY, Kind, comparison_table, kind_of_words, value_table
    from kg.analyse.compare import compare as run
    from kg.analyse.concepts import load_concepts
    from kg.analyse.measures import load_measures
    from kg.analyse.parameters import KINDS
    from kg.analyse.precedents import corpus_size

    if not (words.strip() or instrument or resource or beneficiary or via):
        raise KgError("compare: of what? Give words (高新技术企业认定奖励) or --instrument, --resource …")
    for option, given, allowed in (
        ("--instrument", instrument, model.INSTRUMENTS),
        ("--resource", resource, model.RESOURCES),
        ("--beneficiary", beneficiary, model.BENEFICIARIES),
        ("--parameter", parameter, KINDS),
        ("--by", [by], BY),
    ):
        for value in given or ():
            known(option, value, allowed)
    store = open_graph(build)
    kind = Kind("", frozenset(instrument or ()), frozenset(resource or ()), frozenset(beneficiary or ()), via)
    if words.strip():
        kind = kind_of_words(words, receivers(words), kind)
    measures = load_measures(store, build_themes(build))
    found = run(measures, kind, by=by, parameters=tuple(parameter or ()))
    concepts = load_concepts(store, language)
    said = [words, *(concepts.name("instrument", c) for c in instrument or ())]
    said += [concepts.name("resource", c) for c in resource or ()]
    said += [*(concepts.name("beneficiary", c) for c in beneficiary or ()), via]
    title = {"zh": "各地比较：", "en": "Compared: "}[language] + " × ".join(part for part in said if part)
    if not found.rows:
        documents, provinces = corpus_size(store, measures)
        title += {
            "zh": f"（这 {documents} 份文献、{provinces} 个省份中没有）",
            "en": f" (none in these {documents} documents of {provinces} provinces)",
        }[language]
    if long:
        return value_table(found, concepts, language=language, title=title)
    return comparison_table(found, by=by, language=language, title=title)


COMMANDS: tuple[Any, ...] = (precedents, compare)
