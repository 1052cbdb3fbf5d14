"""Commands for writers: cite, memo."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.commands.output import (
    Answer,
    Bom,
    Build,
    Language,
    Out,
    TableFormat,
    choice,
    echo_tables,
    file_format,
    settings,
    table_bytes,
    tells_errors,
    write_file,
)
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.export.citing import Cited
    from kg.export.memo import Point
    from kg.model import Claim

Claims = Annotated[list[str], typer.Argument(metavar="CLAIM…", help="ids of claims (c-…), may be cut short")]
Edition = Annotated[
    str, typer.Option("--edition", help="GB/T 7714: 2025 or 2015", callback=choice("2025", "2015"))
]
Accessed = Annotated[str, typer.Option("--accessed", help="date (2026-11-23) on which addresses were opened")]
BIBLIOGRAPHIES = ("bibtex", "ris", "csl")
GROUPS = ("province", "theme", "document")


@tells_errors
def cite(
    claims: Claims,
    edition: Edition = "2025",
    accessed: Accessed = "",
    form: Annotated[
        str | None,
        typer.Option(
            "--as", help="bibtex, ris or csl (CSL-JSON) for reference managers", callback=choice(*BIBLIOGRAPHIES)
        ),
    ] = None,
    out: Out = None,
    bom: Bom = False,
    build: Build = None,
    format: TableFormat = None,
    language: Language = "zh",
) -> None:
    """Cite claims: quote, page or 条, and the reference after GB/T 7714, or for a reference manager."""
    from kg.export import bibliography
    from kg.export.citing import cite_table

    items = _cited(claims, build, accessed)
    if form:
        write = {"bibtex": bibliography.bibtex, "ris": bibliography.ris, "csl": bibliography.csl_json}[form]
        text = write(work for item in items for work in item.works)
        if out is None:
            typer.echo(text, nl=False)
        else:
            typer.echo(str(write_file(out, text.encode())))
        return
    fmt = file_format(format, out)
    answer = Answer(cite_table(items, edition=int(edition), accessed=accessed, language=language))
    if out is None:
        echo_tables(answer, fmt, language, bom=bom)
    else:
        typer.echo(str(write_file(out, table_bytes(answer, fmt, language, bom=bom, build=build))))


@tells_errors
def memo(
    claims: Claims,
    out: Annotated[Path | None, typer.Option("--out", help="memo.docx or memo.md; printed without")] = None,
    group: Annotated[
        str, typer.Option("--group", help="headings: province, theme or document", callback=choice(*GROUPS))
    ] = "province",
    title: Annotated[str, typer.Option("--title", help="title of the memo")] = "",
    edition: Edition = "2025",
    accessed: Accessed = "",
    build: Build = None,
    language: Language = "zh",
) -> None:
    """Write chosen claims into a Word or Markdown memo with numbered references."""
    from kg.export.memo import memo_docx, memo_markdown

    points = memo_points(_cited(claims, build, accessed), group, language)
    title = title or {"zh": "资料摘录", "en": "Memo"}[language]
    if out is None or out.suffix.lower() in (".md", ".markdown"):
        text = memo_markdown(points, title=title, edition=int(edition), accessed=accessed, language=language)
        if out is None:
            typer.echo(text, nl=False)
            return
        data = text.encode()
    elif out.suffix.lower() == ".docx":
        data = memo_docx(points, title=title, edition=int(edition), accessed=accessed, language=language)
    else:
        raise KgError(f"--out {out}: give a file that ends in .docx or .md")
    typer.echo(str(write_file(out, data)))


def _cited(claims: Sequence[str], build: str | None, accessed: str) -> list[Cited]:
    from kg.commands.claims import chosen
    from kg.export.citing import cited

    if accessed and not re.fullmatch(r"\d{4}-\d\d-\d\d", accessed):
        raise KgError(f"--accessed {accessed}: write it as 2026-11-23")
    return [cited(document, claim) for document, claim in chosen(Path(settings(build=build).build), claims)]


def memo_points(items: Sequence[Cited], group: str, language: str = "zh") -> list[Point]:
    """Claims with what they say and the heading they stand under: one of `GROUPS`."""
    from kg.commands.claims import said
    from kg.export.memo import Point
    from kg.text.areas import load_areas

    areas = load_areas()
    other = {"zh": "其他", "en": "Other"}[language]

    def heading(item: Cited) -> str:
        if group == "document":
            return item.document.source.title or item.document.id
        if group == "theme":
            return theme(item.claim, language) or other
        name = item.claim.area or item.document.source.area
        found = areas.resolve(name) if name else None
        place = (areas.province_of(found) or found) if found else None
        return (place.english or place.name if language == "en" else place.name) if place else name or other

    return [Point(heading(item), _in_words(item.claim, language, said(item.claim)), item) for item in items]


def _in_words(claim: Claim, language: str, said: str) -> str:
    """What a claim says, codes of instruments and resources as names."""
    from kg.view import labels

    if claim.type not in ("measure", "recommendation"):
        return said if claim.type == "observation" else ""
    names = labels.names(labels.RESOURCES, language)
    resources = "、".join(names.get(r, r) for r in claim.values.get("resources", ()))
    rest = said.partition("；")[2] if claim.values.get("instruments") or resources else said
    return "；".join(part for part in (resources, rest) if part)


def theme(claim: Claim, language: str = "zh") -> str:
    """The resource that a measure provides first, the indicator of a figure, else the type of claim."""
    from kg.view import labels

    if claim.type == "observation":
        return {"zh": "指标", "en": "Indicators"}[language]
    resources = claim.values.get("resources") or ()
    if resources:
        return labels.names(labels.RESOURCES, language).get(resources[0], resources[0])
    kinds = {
        "policy": ("政策", "Policies"),
        "policy_link": ("政策", "Policies"),
        "entity": ("主体与平台", "Actors and platforms"),
        "relation": ("主体与平台", "Actors and platforms"),
        "gap": ("不足", "Gaps"),
        "measure": ("措施", "Measures"),
        "recommendation": ("建议", "Recommendations"),
    }
    return kinds[claim.type][language == "en"]


COMMANDS: tuple[Any, ...] = (cite, memo)
