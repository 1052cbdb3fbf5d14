"""Which place a named thing belongs to, and its one name there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.link.ladder import TIER_OF, TIERS
from kg.link.names import is_national, leading_area, relative_area, tidy
from kg.link.offices import MINISTRIES, full_office, is_office, organisation_class
from kg.text.areas import NATION, Area, Areas

#: endings that tell a thing's class where no entity claim does
_CLASS_BY_ENDING: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("EnterpriseCategory", re.compile(r"(?:企业|独角兽|瞪羚|小巨人|单项冠军|链主)$")),
    ("TalentProgramme", re.compile(r"人才|英才|院士|副总师|特派员|工程师|经纪人|千人|万人|学者")),
    (
        "FundingScheme",
        re.compile(
            r"(?:基金|资金|专项|券|贷|贴息|补贴|补助|保险|补偿|担保|计划|工程|行动|项目|扣除|减免|加计扣除|资金池|奖励|后补助)$"
        ),
    ),
    (
        "Organisation",
        re.compile(
            r"(?:厅|局|委|委员会|政府|部|大学|学院|公司|集团|银行|协会|学会|商会|研究所|科学院|国务院)$"
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A name with its place: `key` is unique in its class, `reason` says why it is not as written.

    `label` is the name to show; where written forms of one key disagree, the longest is shown.
    """

    key: str
    label: str
    area: str
    kind: str
    reason: str = ""


def guess_class(name: str) -> str:
    """Entity class of a name that no entity claim covers, by its ending; Platform where nothing else fits."""
    for kind, pattern in _CLASS_BY_ENDING:
        if pattern.search(name):
            return kind
    return "Platform"


def place(kind: str, written: str, claimed: Area | None, areas: Areas) -> Placed:
    """The one name and place of an entity as written in a claim about `claimed`.

    省… and 市… are read inside `claimed`; a name that opens with a place belongs there; 国家… to the centre.
    What is left belongs to `claimed` itself, except enterprise categories and proper names of organisations,
    which mean the same everywhere.
    """
    name = tidy(written)
    if kind == "EnterpriseCategory" and name in TIER_OF:
        tier = TIER_OF[name]
        label = TIERS[tier][0]
        reason = f"“{name}” is another name of {label}" if name != label else ""
        return Placed(tier, label, "", kind, reason)
    if kind == "Organisation":
        return _organisation(name, claimed, areas)
    if is_national(name):
        return Placed(f"{NATION}-{name}", name, NATION, kind)
    relative = relative_area(name, areas, claimed)
    if relative:
        area, rest = relative
        full = area.name + rest
        return Placed(f"{area.code}-{full}", full, area.code, kind, f"“{name}” said of {area.name} is {full}")
    leading = leading_area(name, areas, claimed)
    if leading:
        area, rest = leading
        rest = (
            re.sub(r"^(?:省级|市级|省|市)(?=.{2})", "", rest) if area.level in ("province", "city") else rest
        )
        full = area.name + rest
        reason = "" if name == full else f"“{name}” is {full} with a shorter name of the place"
        return Placed(f"{area.code}-{full}", name, area.code, kind, reason)
    if kind == "EnterpriseCategory":
        return Placed(name, name, "", kind)
    if claimed is None:
        return Placed(f"unplaced-{name}", name, "", kind)
    return Placed(f"{claimed.code}-{name}", name, claimed.code, kind)


def _organisation(name: str, claimed: Area | None, areas: Areas) -> Placed:
    if claimed and claimed.level == "national" and "国家" + name in MINISTRIES:
        name = "国家" + name  # 发展改革委 in a text of the centre
    if name in MINISTRIES:
        full = MINISTRIES[name]
        reason = f"“{name}” is the usual short name of {full}" if full != name else ""
        return Placed(f"{NATION}-{full}", full, NATION, "GovernmentOrganisation", reason)
    found = relative_area(name, areas, claimed) or leading_area(name, areas, claimed)
    if found and is_office(found[1]):
        area, rest = found
        full = _in_full(area, full_office(rest))
        reason = f"“{name}” said of {area.name} is {full}" if name != full else ""
        label = name if full_office(rest) == rest and name.startswith(area.short) else full
        return Placed(f"{area.code}-{full}", label, area.code, "GovernmentOrganisation", reason)
    kind = organisation_class(name)
    relative = relative_area(name, areas, claimed)
    if relative:
        area, rest = relative
        full = area.name + rest
        return Placed(f"{area.code}-{full}", full, area.code, kind, f"“{name}” said of {area.name} is {full}")
    if found:
        return Placed(f"{found[0].code}-{name}", name, found[0].code, kind)
    if is_national(name):
        return Placed(f"{NATION}-{name}", name, NATION, kind)
    if is_office(name) and claimed and claimed.level != "national":
        full = _in_full(claimed, full_office(name))
        return Placed(
            f"{claimed.code}-{full}", full, claimed.code, kind, f"“{name}” said of {claimed.name} is {full}"
        )
    return Placed(name, name, "", kind)


def _in_full(area: Area, office: str) -> str:
    return f"中共{area.name}{office}" if office.startswith("委员会") else area.name + office
