"""Which written titles mean one policy: with or without issuer, by nickname, by document number.

Titles are compared inside one jurisdiction only. Each union keeps the reason in words.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from kg.link.names import leading_area, relative_area, tidy
from kg.text.areas import NATION, Area, Areas

_WRAPPED = re.compile(r"(?:印发|发布|公布|转发|颁布)[《〈](?P<inner>[^》〉]+)[》〉]的(?:通知|通告|公告|函)$")
_WRAPPED_BARE = re.compile(r"关于(?:印发|发布|公布|转发)(?P<inner>.{4,}?)的(?:通知|通告|公告)$")
_WRAPPED_BY = re.compile(
    r"^.{1,30}?(?:人民政府|办公厅|办公室|委员会|厅|局|委|部)(?:印发|发布|公布)(?:关于)?(?P<inner>.{6,}?)的(?:通知|通告|公告)$"
)
#: a possessive before the kind of act is written or not: …的若干措施, …若干措施
_OF = re.compile(r"的(?=(?:若干|实施|指导)?(?:意见|措施|办法|规定|政策|决定|方案|举措)$)")
_ISSUER = re.compile(
    r"^.{0,30}?(?:省委省政府|市委市政府|区党委政府|人民政府办公厅|人民政府办公室|人民政府|办公厅|办公室|委员会|厅|局|委|部|国务院|中共中央)(?:等.{1,6}部门)?关于(?=.{4,})"
)
_NATIONAL_TITLE = re.compile(r"^(?:中华人民共和国|国务院|国家|中共中央|全国人民代表大会|全国人大|中国共产党)")
_EDITION = re.compile(
    r"[（(](?:试行|暂行|草案|征求意见稿|(?:\d{4}年)?(?:第[一二三四五六]次)?(?:修订|修正|修改)(?:版|稿|本)?)[）)]$"
)
#: laws are the nation's; 办法, 方法, 做法 end alike
_LAW = re.compile(r"^[\u4e00-\u9fff]{2,20}(?<![办方做看想用执司立说书])法$")
_REGARDING = re.compile(r"^关于")
#: the place that the surroundings name; a title of a province's own is compared without it
_OWN_PLACE = re.compile(
    r"^(?:全|本|我)?(?:省|市|区|县|自治区)(?:级|本级)?(?!内|外|会|场|域|块|长|民|值|政(?!府)|区链|级|层|城|直|位|间|属)(?=.{2})"
)
_FOLDED = str.maketrans({**dict.fromkeys("《》〈〉“”\"‘’'「」"), "(": "（", ")": "）"})
_DASH = re.compile(r"(?<=\d)[-－–—~～至]+(?=\d)")
_DIGIT_BRACKETS = str.maketrans("[]［］【】()（）", "〔〕〔〕〔〕〔〕〔〕")


_TITLE_END = re.compile(
    r"(?:意见|办法|措施|方案|规划|计划|通知|通告|公告|决定|决议|批复|条例|规定|细则|规则|纲要|政策|指引|指南|目录|名录|清单|要点|举措|函|令|法)(?:[（(][^（）()]*[）)])*$"
)


def is_nickname(name: str) -> bool:
    """Whether another name of a policy is what it is called (科创十条) rather than a title of it (关于印发…的通知)."""
    return not _TITLE_END.search(name)


@dataclass(frozen=True, slots=True)
class Title:
    """A title as a document writes it: its place (see `jurisdiction`) and what it is compared by (see `core`)."""

    written: str
    tidy: str
    scope: str
    core: str


def read_title(title: str, claimed: Area | None, doc: str, areas: Areas) -> Title:
    """A title of a policy in a claim about `claimed`."""
    return Title(title, tidy(title), jurisdiction(title, claimed, doc, areas), core(title, areas))


def jurisdiction(title: str, claimed: Area | None, doc: str, areas: Areas) -> str:
    """Code of the place whose policy it is; `unknown-<doc>` keeps unplaced titles apart."""
    title = tidy(title).lstrip("《〈")
    if _NATIONAL_TITLE.match(title) or _LAW.search(title):
        return NATION
    relative = relative_area(_REGARDING.sub("", title), areas, claimed)
    if relative:
        return relative[0].code
    leading = leading_area(title, areas, claimed)
    if leading:
        return leading[0].code
    return claimed.code if claimed else f"unknown-{doc}"


def core(title: str, areas: Areas) -> str:
    """A title without wrapping notice, issuer, 关于, place and edition mark; for comparison only."""
    title = tidy(title)
    for pattern in (_WRAPPED, _WRAPPED_BARE, _WRAPPED_BY):
        match = pattern.search(title)
        if match:
            title = match["inner"]
            break
    title = title.translate(_FOLDED)
    title = _DASH.sub("—", title)
    shorter = _ISSUER.sub("", title)
    shorter = _REGARDING.sub("", shorter)
    leading = leading_area(shorter, areas)
    if leading and len(leading[1]) >= 4:
        shorter = leading[1]
    elif shorter.startswith("中华人民共和国") and len(shorter) > 10:
        shorter = shorter.removeprefix("中华人民共和国")
    else:
        relative = _OWN_PLACE.match(shorter)
        if relative and len(shorter) - relative.end() >= 6:
            shorter = shorter[relative.end() :]
    shorter = _REGARDING.sub("", shorter)
    return _OF.sub("", _EDITION.sub("", shorter)) or title


@dataclass(slots=True)
class PolicyGroups:
    """Union-find over (jurisdiction code, core title); `number` nodes stand for document numbers."""

    areas: Areas
    parent: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    titles: dict[tuple[str, str], Counter[str]] = field(default_factory=dict)
    reasons: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    #: (document, core) -> node, so that later mentions in a document reach the title it introduced
    seen: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    numbers: dict[tuple[str, str], str] = field(default_factory=dict)
    #: number -> its nodes, one a jurisdiction that uses it
    numbered: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    #: (document, number) -> the first title that the document gives the number to
    bearers: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    #: node -> short names that a text says are its own
    nicknames: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    #: tidy title -> what it is compared by
    cores: dict[str, str] = field(default_factory=dict)

    def core(self, title: str) -> str:
        """`core` of a title, looked up where a document wrote it."""
        if title not in self.cores:
            self.cores[title] = core(title, self.areas)
        return self.cores[title]

    def add(
        self,
        doc: str,
        title: Title,
        *,
        aliases: tuple[Title, ...] = (),
        number: str = "",
        weight: int = 1,
    ) -> tuple[str, str]:
        """Record one mention and what it says of itself; returns its node."""
        node = self._node((title.scope, title.core), title.tidy, weight)
        self.cores.setdefault(title.tidy, title.core)
        self.seen.setdefault((doc, title.core), node)
        for alias in aliases:
            other = self._node((title.scope, alias.core), "", 0)
            self.cores.setdefault(alias.tidy, alias.core)
            self.nicknames.setdefault(other, set()).add(alias.tidy)
            self.titles[other][alias.tidy] += 0
            self.seen.setdefault((doc, alias.core), node)
            self._union(node, other, f"the text names “{alias.tidy}” and 《{title.tidy}》 as one")
        if number:
            self.number(node, number, doc)
        return node

    def number(self, node: tuple[str, str], number: str, doc: str = "") -> None:
        """Record the document number of a title: one number is one policy, in a place and those around it.

        A text that gives one number to two titles speaks of a notice that issues both: they stay two.
        """
        plain = re.sub(r"\s+", "", number).translate(_DIGIT_BRACKETS)
        numbered = (node[0], "#" + plain)
        bearer = self.bearers.setdefault((doc, plain), node)
        if doc and self.root(bearer) != self.root(node):
            return  # one text gives two titles one number: a notice that issues both, and no reason to merge
        known = [
            n for n in sorted(self.numbered.get(plain, ())) if n == numbered or self._around(n[0], node[0])
        ]
        self._node(numbered, "", 0)
        for other in known or (numbered,):
            self._union(node, other, f"same document number {plain}" if known else "")
            self._union(numbered, other, "")
        self.numbered.setdefault(plain, set()).add(numbered)
        self.numbers[numbered] = plain

    def mention(self, doc: str, title: Title, times: int = 1) -> tuple[str, str]:
        """Node of a title used `times` somewhere in `doc`.

        It is the one of its own jurisdiction if that is known, else the one the document introduced for a
        place around or inside, else new. A place elsewhere is never reached by its title alone.
        """
        introduced = self.seen.get((doc, title.core))
        own = (title.scope, title.core)
        if own in self.parent or introduced is None or not self._related(title.scope, introduced[0]):
            return self.add(doc, title, weight=times)
        self.cores.setdefault(title.tidy, title.core)
        self.titles[introduced][title.tidy] += times
        return introduced

    def _around(self, one: str, two: str) -> bool:
        """Whether both places are known and one lies in the other."""
        return one in self.areas.by_code and two in self.areas.by_code and self._related(one, two)

    def _related(self, one: str, two: str) -> bool:
        first, second = self.areas.by_code.get(one), self.areas.by_code.get(two)
        if first is None or second is None:
            return True
        return self.areas.contains(first, second) or self.areas.contains(second, first)

    def _node(self, node: tuple[str, str], title: str, weight: int) -> tuple[str, str]:
        self.parent.setdefault(node, node)
        self.titles.setdefault(node, Counter())
        self.reasons.setdefault(node, set())
        if title:
            if self.titles[node] and title not in self.titles[node]:
                self.reasons[node].add(
                    f"《{title}》 is the same title without issuer, place or wrapping notice"
                )
            self.titles[node][title] += weight
        return node

    def root(self, node: tuple[str, str]) -> tuple[str, str]:
        while self.parent[node] != node:
            node = self.parent[node]
        return node

    def _union(self, one: tuple[str, str], two: tuple[str, str], reason: str) -> None:
        first, second = sorted((self.root(one), self.root(two)))
        if one != two and reason:
            self.reasons[one].add(reason)
        if first != second:
            self.parent[second] = first

    def groups(self) -> dict[tuple[str, str], list[tuple[str, str]]]:
        """Root -> its nodes, both sorted."""
        out: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for node in sorted(self.parent):
            out.setdefault(self.root(node), []).append(node)
        return dict(sorted(out.items()))

    def title_of(self, nodes: list[tuple[str, str]]) -> tuple[str, list[str]]:
        """The title to show (most often said, then longest) and the other written forms."""
        counts: Counter[str] = Counter()
        for node in nodes:
            counts.update({title: n for title, n in self.titles[node].items()})
        if not counts:
            return nodes[0][1], []
        best = min(counts, key=lambda title: (-counts[title], -len(title), title))
        return best, sorted(set(counts) - {best})

    def why(self, nodes: list[tuple[str, str]], written: str, label: str) -> tuple[str, str]:
        """(concept of `link-reason`, words) for taking `written` for the policy labelled `label`."""
        for one, other in ((written, label), (label, written)):
            wrapped = _WRAPPED.search(one) or _WRAPPED_BARE.search(one)
            if wrapped and self.core(wrapped["inner"]) == self.core(other):
                return "wrapping-notice", f"《{one}》 is the notice that issues 《{other}》"
        if any(written in self.nicknames.get(node, ()) for node in nodes):
            return "named-in-text", f"a text names “{written}” and 《{label}》 as one"
        if self.core(written) == self.core(label):
            return "same-title", f"《{written}》 and 《{label}》 differ in issuer, place, edition mark or 的 only"
        numbers = sorted({self.numbers[node] for node in nodes if node in self.numbers})
        if numbers:
            return "document-number", f"《{written}》 and 《{label}》 bear the number {numbers[0]}"
        return "named-in-text", f"a text names 《{written}》 and 《{label}》 as one"
