"""One kind of support, place by place: the table that researchers make by hand.

A kind of support is a few words (高新技术企业认定奖励), codes, or both. A measure is of the kind where it has the
codes and the words: most of their pairs of characters, wherever they stand in its text or its headline. Words for
giving (奖励, 补助, 资助 …) stand for each other, and a kind of beneficiary for its code.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.analyse.amounts import figure_text
from kg.analyse.concepts import Concepts
from kg.analyse.likeness import pairs
from kg.analyse.measures import Measure
from kg.analyse.parameters import KINDS, NAMES, NOT_STATED, kind_of
from kg.model import ENTERPRISES, Amount
from kg.query.table import Table

#: words for giving; they differ from text to text for the same thing
_GIVING = re.compile(r"后补助|奖补|奖励|补助|补贴|资助|奖金|扶持|支持|给予|政策|措施|标准|力度")
#: asked for in one word, money is told in any of these
_ASKS_MONEY = re.compile(r"奖|补助|补贴|资助")
_MONEY = re.compile(r"奖|补助|补贴|资助|补偿|贴息|扶持|资金支持|万元|给予.{0,12}(?:元|%)")
_FIRM = re.compile(r"(?:中小|小微|中小微)?企业$")
_TITLE = re.compile(r"《[^》]*》")
#: share of the pairs of each word that a measure must hold
LEAST = 0.6
#: what a place is compared by
BY = ("province", "area", "policy")
#: quotes that a row of the wide table tells; the long form has all
QUOTED = 20
MORE = {"zh": "；另有 {count} 项，见 --long", "en": "; {count} more with --long"}
NOT_FOUND = {"zh": "未见", "en": "not found"}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of support; empty fields ask for nothing. `words` may hold alternatives, parted by |."""

    words: str = ""
    instruments: frozenset[str] = frozenset()
    resources: frozenset[str] = frozenset()
    beneficiaries: frozenset[str] = frozenset()
    via: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of one parameter: the amount, None for a condition, its text, and the measure that states it."""

    kind: str
    text: str
    amount: Amount | None
    measure: Measure


@dataclass(frozen=True, slots=True)
class Row:
    """A place (or policy): its measures of the kind, the most alike first, and their parameters by kind."""

    place: str
    measures: tuple[Measure, ...]
    cells: Mapping[str, tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Rows of places with such a measure, the names of those without, and the parameters that any row states."""

    rows: tuple[Row, ...]
    without: tuple[str, ...]
    kinds: tuple[str, ...]


def compare(
    measures: Iterable[Measure], kind: Kind, *, by: str = "province", parameters: Sequence[str] = ()
) -> Comparison:
    """The measures of one kind by place. Places without are the provinces of the other measures.

    `parameters` names the columns; without, all that some measure states. Raises ValueError for an unknown
    `by`.
    """
    if by not in BY:
        raise ValueError(f"by {by!r}: known: {', '.join(BY)}")
    groups: dict[str, list[tuple[float, Measure]]] = defaultdict(list)
    provinces, found = set(), set()
    for measure in measures:
        provinces.add(measure.province)
        score = fit(kind, measure)
        if score:
            groups[_place(measure, by)].append((score, measure))
            found.add(measure.province)
    rows = []
    for place, scored in sorted(groups.items()):
        chosen = tuple(
            m for _, m in sorted(scored, key=lambda s: (-s[0], s[1].document, s[1].start, s[1].claim))
        )
        rows.append(Row(place, chosen, _cells(chosen)))
    stated = tuple(k for k in KINDS if any(k in row.cells for row in rows))
    return Comparison(tuple(rows), tuple(sorted(provinces - found - {""})), tuple(parameters) or stated)


def _place(measure: Measure, by: str) -> str:
    if by == "policy" and measure.policy:
        return f"{measure.area}《{measure.policy}》"
    return measure.province if by == "province" else measure.area


def kind_of_words(words: str, beneficiaries: Mapping[str, str], kind: Kind | None = None) -> Kind:
    """The kind that words name. `beneficiaries` maps the parts of them that name receivers to categories: special
    enterprises are asked for by their code and by what makes them special (高新技术企业: 高新技术). `kind` holds what
    is asked for beside.
    """
    kind = kind or Kind()
    special = {text: code for text, code in beneficiaries.items() if code in ENTERPRISES[1:]}
    if kind.beneficiaries or "|" in words:
        special = {}
    for text in sorted(special, key=lambda text: (-len(text), text)):
        words = words.replace(text, f" {_FIRM.sub('', text)} ")
    return replace(kind, words=words, beneficiaries=kind.beneficiaries | frozenset(special.values()))


def fit(kind: Kind, measure: Measure) -> float:
    """How well a measure is of the kind: 0 where it is not, else the share of the words it holds (1 without
    words).
    """
    if (
        (kind.instruments and not kind.instruments & measure.instruments)
        or (kind.resources and not kind.resources & measure.resources)
        or (kind.beneficiaries and not kind.beneficiaries & measure.beneficiaries)
        or (kind.via and not any(kind.via in name for name in measure.via))
    ):
        return 0.0
    if not kind.words.strip():
        return 1.0
    return max(_holds(words, measure) for words in kind.words.split("|"))


def _holds(words: str, measure: Measure) -> float:
    if _ASKS_MONEY.search(words) and not _MONEY.search(_TITLE.sub("，", measure.text)):
        return 0.0
    # a headline of its own is as good as words of the measure; the title of its policy names other things too
    own = set(pairs(_TITLE.sub("，", measure.text)))
    told = own | set(pairs(measure.theme))
    shares = []
    for part in _GIVING.sub(" ", words).split():
        asked = set(pairs(part))
        if asked:
            shares.append((len(asked & told) / len(asked), len(asked & own) / len(asked)))
    if not shares:
        return 1.0  # words for giving only
    if min(share for share, _ in shares) < LEAST or not any(by_itself for _, by_itself in shares):
        return 0.0
    return sum(share + by_itself for share, by_itself in shares) / (2 * len(shares))


def _cells(measures: Sequence[Measure]) -> dict[str, tuple[Cell, ...]]:
    found: dict[str, list[Cell]] = defaultdict(list)
    for measure in measures:
        for amount in measure.amounts:
            kind = kind_of(amount)
            found[kind].append(Cell(kind, figure_text(amount), amount, measure))
        for condition in measure.conditions:
            found["condition"].append(Cell("condition", condition, None, measure))
    return {kind: tuple(cells) for kind, cells in found.items()}


_PLACE = {"province": ("省份", "Province"), "area": ("地区", "Area"), "policy": ("政策", "Policy")}


def comparison_table(
    comparison: Comparison, *, by: str = "province", language: str = "zh", title: str = ""
) -> Table:
    """A row a place. Values carry the number of the measure that states them; `sources` tells quote, policy,
    document and claim of each number.
    """
    names, missing, nothing = NAMES[language], NOT_STATED[language], NOT_FOUND[language]
    kinds = comparison.kinds
    rows: list[tuple[str | int, ...]] = []
    for row in comparison.rows:
        number = {m.claim: n for n, m in enumerate(row.measures, 1)}
        marked = len(number) > 1
        cells = []
        for kind in kinds:
            where: dict[str, list[int]] = defaultdict(list)
            for cell in row.cells.get(kind, ()):
                where[cell.text].append(number[cell.measure.claim])
            cells.append(
                "；".join(
                    text + (f"[{','.join(map(str, sorted(set(n))))}]" if marked else "")
                    for text, n in where.items()
                )
                or missing
            )
        sources = "；".join(
            (f"[{n}] " if marked else "") + f"“{_one_line(m.text)}”（{_cite(m)}，{m.claim}）"
            for n, m in enumerate(row.measures[:QUOTED], 1)
        )
        if len(row.measures) > QUOTED:
            sources += MORE[language].format(count=len(row.measures) - QUOTED)
        rows.append((row.place, len(row.measures), *cells, sources))
    rows += [(place, 0, *(nothing for _ in kinds), "") for place in comparison.without]
    labels = {
        "zh": (_PLACE[by][0], "举措数", *(names[k] for k in kinds), "原文与出处"),
        "en": (_PLACE[by][1], "Measures", *(names[k] for k in kinds), "Quotes and sources"),
    }[language]
    return Table(("place", "measures", *kinds, "sources"), tuple(rows), title=title, labels=labels)


def _one_line(quote: str) -> str:
    """The quote without the line breaks of the page: none between Chinese characters, else a space."""
    line = re.sub(r"(?<=[^\x00-\x7f])\s*[\r\n]\s*|\s*[\r\n]\s*(?=[^\x00-\x7f])", "", quote)
    return " ".join(line.split())


def _cite(m: Measure) -> str:
    parts = [m.area, f"《{m.policy}》" if m.policy else m.document, m.date, m.locator]
    return "，".join(part for part in parts if part)


_LONG: dict[str, tuple[str, str]] = {
    "place": ("地区", "Place"),
    "area": ("适用地区", "Area"),
    "parameter": ("参数", "Parameter"),
    "text": ("取值", "Value as text"),
    "value": ("数值", "Value"),
    "upper": ("上值", "Upper value"),
    "unit": ("单位", "Unit"),
    "bound": ("界限", "Bound"),
    "per": ("每", "Per"),
    "basis": ("基数", "Basis"),
    "item": ("对象或事项", "Item"),
    "condition": ("条件", "Condition"),
    "policy": ("政策", "Policy"),
    "number": ("文号", "Number"),
    "date": ("日期", "Date"),
    "assertion": ("陈述方式", "Assertion"),
    "quote": ("原文", "Quote"),
    "document": ("文献", "Document"),
    "locator": ("位置", "Locator"),
    "claim": ("陈述", "Claim"),
}


def value_table(
    comparison: Comparison, concepts: Concepts, *, language: str = "zh", title: str = ""
) -> Table:
    """A row a value, for statistics: a parameter that a measure does not state has a row with `text` alone
    (未写明), a place without such a measure one row (未见).
    """
    names = NAMES[language]
    wanted = [kind for kind in comparison.kinds if kind != "condition"]
    table: list[tuple[str | float | None, ...]] = []
    for row in comparison.rows:
        for m in row.measures:
            own = [a for a in m.amounts if kind_of(a) in wanted]
            told = (
                *("；".join(m.conditions), m.policy, m.number, m.date),
                *(concepts.name("assertion", m.assertion), m.text, m.document, m.locator, m.claim),
            )
            for a in own:
                figure = (figure_text(a), a.value, a.upper, a.unit, concepts.name("bound", a.bound))
                detail = (a.per, a.basis, a.of)
                table.append((row.place, m.area, names[kind_of(a)], *figure, *detail, *told))
            for kind in wanted:
                if kind not in map(kind_of, own):
                    blank = (NOT_STATED[language], *[None] * 7)
                    table.append((row.place, m.area, names[kind], *blank, *told))
            if not wanted:
                table.append((row.place, m.area, "", *[None] * 8, *told))
    table += [
        (place, place, "", NOT_FOUND[language], *[None] * (len(_LONG) - 4)) for place in comparison.without
    ]
    labels = tuple(pair[language == "en"] for pair in _LONG.values())
    return Table(tuple(_LONG), tuple(table), title=title, labels=labels)
