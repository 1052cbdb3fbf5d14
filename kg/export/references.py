"""How to cite the work behind a claim: GB/T 7714—2015 and —2025.

Neither edition names a type for policy texts. Here a policy is cited as its issuers, its title with the document
number after a colon (as the numbers of reports are given), then `EB/OL` with date and address where an address
is known and `Z` with the date where none is. The text of the 2025 edition is not public; its form follows what
implementations agree on: full-width punctuation, no date of access but for web pages, surnames not in capitals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import Document, Source

EDITIONS = (2025, 2015)
_ADDRESS = re.compile(r"https?://\S+")
#: 科技管理研究, 2024, 44(3): 1-10
_JOURNAL = re.compile(
    r"(?P<name>[^,，]+)[,，]\s*(?P<year>\d{4})(?:[,，]\s*(?P<volume>\d+))?"
    r"(?:\s*[(（](?P<issue>[^)）]+)[)）])?(?:\s*[:：]\s*(?P<pages>[\w.-]+))?\.?"
)
_LATIN = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Work:
    """A work as its reference needs it; "" where the catalogue does not know. `key` is unique in a build."""

    key: str
    kind: str  # policy, article, report or page
    title: str
    authors: tuple[str, ...] = ()
    number: str = ""
    date: str = ""  # ISO
    journal: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    address: str = ""
    #: title and licence of the digest through which the work is known
    digest: str = ""
    digest_licence: str = ""

    @property
    def year(self) -> str:
        """The year, "" where there is no date."""
        return self.date[:4]


def works(document: Document) -> tuple[Work, ...]:
    """What to cite for a claim of the document: the document, or the works that a digest restates."""
    source = document.source
    if not source.digest_of_title:
        return (_own(source),)
    titles = [title.strip().removeprefix("《").removesuffix("》") for title in source.digest_of_title.split("；")]
    columns = [source.digest_of_issuer, source.digest_of_date, source.digest_of_number]
    issuers, dates, numbers = (_spread(column, len(titles)) for column in columns)
    many = len(titles) > 1
    return tuple(
        Work(
            key=f"{source.id}-{n}" if many else source.id,
            kind=source.kind or "page",
            title=title,
            authors=_names(issuers[n - 1]),
            number=numbers[n - 1],
            date=dates[n - 1],
            digest=source.title,
            digest_licence=source.licence,
        )
        for n, title in enumerate(titles, 1)
    )


def _spread(column: str, count: int) -> list[str]:
    """One value for each of several works: the only one for all, or in order, or unknown."""
    values = [value.strip() for value in column.split("；")]
    if len(values) == 1:
        return values * count
    return values if len(values) == count else [""] * count


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in re.split("[、；;]", text) if name.strip())


def _own(source: Source) -> Work:
    address = _ADDRESS.search(source.published_in)
    journal = _JOURNAL.fullmatch(_ADDRESS.sub("", source.published_in).strip(" ;；.。"))
    found = {k: v or "" for k, v in journal.groupdict().items()} if journal else {}
    kind = source.kind or ("article" if journal else "page")
    return Work(
        key=source.id,
        kind=kind,
        title=source.title.strip().removeprefix("《").removesuffix("》"),
        authors=_names(source.author),
        number=source.number,
        date=source.date or found.get("year", ""),
        journal=found.get("name", "").strip(),
        volume=found.get("volume", ""),
        issue=found.get("issue", ""),
        pages=found.get("pages", ""),
        address=address.group().rstrip(".,;；。") if address else "",
    )


def reference(work: Work, edition: int = 2025, *, accessed: str = "") -> str:
    """The reference in one of `EDITIONS`. `accessed` is the ISO date on which the address was opened.

    What the catalogue does not know is left out; `missing` names it.
    """
    comma, colon, opening, closing = ("，", "：", "（", "）") if edition == 2025 else (", ", ": ", "(", ")")
    title = work.title + (colon + work.number if work.number else "")
    code = {"policy": "EB" if work.address else "Z", "article": "J", "report": "R"}.get(
        work.kind, "EB" if work.address else "Z"
    )
    others = "等" if re.search("[\u4e00-\u9fff]", work.title) else "et al"
    head = f"{_people(work.authors, edition, comma, others)}{title}[{code}{'/OL' if work.address else ''}]."
    if work.kind == "article":
        volume = work.volume + (f"{opening}{work.issue}{closing}" if work.issue else "")
        year = work.year + (f"{opening}{work.issue}{closing}" if work.issue and not work.volume else "")
        parts = [work.journal, year, volume if work.volume else ""]
        where = comma.join(part for part in parts if part) + (colon + work.pages if work.pages else "")
        visit = f"[{accessed}]" if accessed and work.address and edition == 2015 else ""
        return _sentences(head, where + visit, work.address)
    if not work.address:
        return _sentences(head, work.date)
    web = code == "EB"
    # reports on the web: 2025 gives the bare date, without brackets and without the date of access
    date = work.date if edition == 2025 and not web else f"{opening}{work.date}{closing}"
    visit = f"[{accessed}]" if accessed and (web or edition == 2015) else ""
    return _sentences(head, (date if work.date else "") + visit, work.address)


def _sentences(head: str, *rest: str) -> str:
    return " ".join([head, *(part + "." for part in rest if part)])


def _people(names: tuple[str, ...], edition: int, comma: str, others: str) -> str:
    """Three authors, then `others`; surnames in capitals in 2015 and not in 2025."""
    shown = [_person(name, edition) for name in names[:3]]
    if len(names) > 3:
        shown.append(others)
    text = comma.join(shown)
    return f"{text}{'' if text.endswith('.') else '.'} " if text else ""


def _person(name: str, edition: int) -> str:
    first, space, rest = name.partition(" ")
    if space and first.isupper() and len(first) > 1 and _LATIN.match(rest):
        return f"{first if edition == 2015 else first.capitalize()} {rest}"
    return name


def missing(work: Work) -> tuple[str, ...]:
    """Which parts a full reference would have and the catalogue does not know."""
    wanted = {"authors": work.authors, "date": work.date}
    if work.kind == "article":
        wanted |= {"journal": work.journal, "pages": work.pages}
    elif not work.address:
        wanted["address"] = work.address
    return tuple(name for name, value in wanted.items() if not value)
