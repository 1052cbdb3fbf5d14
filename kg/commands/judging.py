"""Commands that judge the extraction: evaluate, coverage."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from kg.commands.making import Config, Rules, Workers
from kg.commands.output import Answer, Build, prints_table, settings
from kg.errors import GoldError, ReadError


@prints_table
def evaluate(
    gold: Annotated[
        list[Path] | None, typer.Argument(help="gold files (.jsonl) and folders of them")
    ] = None,
    texts: Annotated[
        Path | None, typer.Option("--texts", help="folder of the texts", show_default="beside the gold")
    ] = None,
    pairs: Annotated[
        Path | None, typer.Option("--pairs", help="score the linker instead: a CSV of pairs of names")
    ] = None,
    by_rule: Annotated[bool, typer.Option("--by-rule", help="true and false positives of each rule")] = False,
    misses: Annotated[
        bool, typer.Option("--misses", help="list gold claims missed and claims that are wrong")
    ] = False,
    precedents: Annotated[
        bool, typer.Option("--precedents", help="score the finder of precedents on --build instead")
    ] = False,
    home: Annotated[str, typer.Option("--home", help="with --precedents: place of the questions")] = "",
    build: Build = None,
    workers: Workers = None,
    rules: Rules = None,
    config: Config = None,
    language: str = "zh",
) -> Answer:
    """Score the extraction against gold claims: precision, recall, F1 by claim type, key and document.

    csv, json and jsonl hold the scores, or with --by-rule the rules, or with --misses the misses.
    With --precedents the gold holds recommendations and the precedents a reader found for them.
    """
    if precedents:
        return _score_precedents(gold or [], build, home, misses, language)
    if pairs is not None:
        return _linking(pairs, misses)
    from kg.build import use_rules
    from kg.evaluate.gold import documents_of, load_gold
    from kg.evaluate.report import evaluate as run
    from kg.evaluate.report import key_table, miss_table, rule_table, score_table
    from kg.extract.many import extract_many

    chosen = settings(workers=workers, rules=rules)
    use_rules(chosen.rules)
    loaded = load_gold(gold or [], texts)
    if not loaded.passages:
        raise GoldError("\n".join(loaded.errors) or "no gold claims; name a file or folder")
    errors = list(loaded.errors)
    claims = {}
    for document, found, error in extract_many(
        documents_of(loaded.passages), workers=chosen.workers, config=config
    ):
        claims[document.id] = found
        if error:
            errors.append(error)
    results = run(loaded.passages, claims)
    tables = [score_table(results), key_table(results)]
    if by_rule:
        tables.append(rule_table(results))
    if misses:
        tables.append(miss_table(results))
    if not (by_rule or misses):  # the scores are what machines get
        return Answer(tables[0], before=(tables[1],), errors=tuple(errors))
    return Answer(tables[-1], before=tuple(tables[:-1]), errors=tuple(errors))


def _score_precedents(gold: list[Path], build: str | None, home: str, misses: bool, language: str) -> Answer:
    """Recall and reciprocal rank, as set and with each question left out of the setting of the weights."""
    from kg.analyse.likeness import DEFAULT, Weights
    from kg.analyse.precedents import find_precedents, load_corpus
    from kg.commands.asking import open_graph
    from kg.commands.comparing import build_themes, question_of_text
    from kg.evaluate.precedents import (
        STRONG,
        leave_one_out,
        load_precedents,
        measure_precedents,
        rank_table,
    )
    from kg.query.table import Table

    rows = [row for path in gold for row in load_precedents(path)]
    if not rows:
        raise GoldError("no recommendations; name a file of precedents (.jsonl)")
    index = load_corpus(open_graph(build), build_themes(build)).index
    asked = {row["recommendation"]: question_of_text(row["recommendation"], home) for row in rows}

    def search(text: str, weights: Weights = DEFAULT) -> list[dict[str, Any]]:
        found = find_precedents(asked[text], index, weights=weights)
        return [{"area": h.measure.area, "start": h.measure.start, "end": h.measure.end} for h in found]

    grid = [Weights(h, 0.25, c) for h in (0, 0.25, 0.5, 1) for c in (0, 0.05, 0.1, 0.2, 0.4)]
    scores: list[tuple[str, str, int, int, float | None, float | None]] = []
    for name, strengths in (("verbatim … strong", STRONG), ("all", None)):
        settings_of = (
            ("as set", measure_precedents(rows, search, strengths=strengths)),
            (
                "without headlines",
                measure_precedents(
                    rows, lambda text: search(text, Weights(0, 0, DEFAULT.codes)), strengths=strengths
                ),
            ),
            ("left out of the setting", leave_one_out(rows, search, grid, strengths=strengths)),
        )
        scores += [
            (name, how, f.questions, f.precedents, round(f.recall, 3), round(f.mrr, 3))
            for how, f in settings_of
        ]
    none = [row for row in rows if not row["precedents"]]
    quiet = sum(not search(row["recommendation"]) for row in none)
    scores.append(("none", f"rightly silent: {quiet}", len(none), 0, None, None))
    table = Table(
        ("precedents", "weights", "questions", "links", "recall@5", "mrr"), tuple(scores), title="Precedents"
    )
    return Answer(rank_table(rows, search), before=(table,)) if misses else Answer(table)


def _linking(path: Path, misses: bool) -> Answer:
    from kg.evaluate.linking import faults_table, load_pairs, pairs_table, score_pairs

    scores, faults = score_pairs(load_pairs(path))
    if misses:
        return Answer(faults_table(faults), before=(pairs_table(scores),))
    return Answer(pairs_table(scores))


@prints_table
def coverage(
    files: Annotated[list[Path], typer.Argument(help="files and folders (.txt, .md)")],
    spots: Annotated[
        bool, typer.Option("--list/--no-list", help="list the places that no claim accounts for")
    ] = True,
    workers: Workers = None,
    rules: Rules = None,
    config: Config = None,
) -> Answer:
    """Show blind spots: sentences of support, sums, percentages, names and titles without a claim."""
    from kg.build import use_rules
    from kg.evaluate.coverage import blind_spots, coverage_table
    from kg.evaluate.coverage import spots as find
    from kg.extract.many import extract_many
    from kg.read import collect

    chosen = settings(workers=workers, rules=rules)
    use_rules(chosen.rules)
    collected = collect(files, limits=chosen.limits)
    if not collected.documents:
        raise ReadError("\n".join(collected.errors))
    errors = list(collected.errors)
    found = []
    for document, claims, error in extract_many(collected.documents, workers=chosen.workers, config=config):
        found += find(document, claims)
        if error:
            errors.append(error)
    table = coverage_table(found)
    if not spots:
        return Answer(table, errors=tuple(errors))
    return Answer(blind_spots(found), before=(table,), errors=tuple(errors))


COMMANDS: tuple[Any, ...] = (evaluate, coverage)
