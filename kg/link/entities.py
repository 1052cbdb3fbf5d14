"""Which place a named thing belongs to, and its one name there."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.link.ladder import TIER_OF, TIERS
from kg.link.names import abbreviated_area, is_national, leading_area, relative_area, tidy
from kg.link.office_changes import tax_office, todays_office
from kg.link.offices import MINISTRIES, NATIONAL_SHORT, full_bank, full_office, is_office, organisation_class
from kg.link.short_names import park, programme, university
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
#: a second name of an office in brackets: 市场监督管理局（知识产权局）
_SECOND_NAME = re.compile(r"(?<=[厅局委办])[（(][^（）()]{2,12}[厅局委办会][）)]$")
#: committees of the youth league: 团省委, 共青团湖北省委
_LEAGUE = re.compile(r"^(?:团(?P<unit>[省市区县])委|共青团(?P<place>[\u4e00-\u9fff]{2,8}?)委(?:员会)?)$")
#: rules of the nation's tax laws, wherever they are named
_NATIONAL_RULE = re.compile(r"^(?:企业)?(?:研发|研究开发)费用(?:税前)?加计扣除(?:政策|优惠政策)?$")


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
    how: str = ""  # concept of ontology/vocab/link-reason.ttl


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
        return Placed(tier, label, "", kind, reason, "same-tier")
    if kind == "Organisation":
        return _organisation(name, claimed, areas)
    national = programme(name) if kind in ("TalentProgramme", "FundingScheme") else ""
    if national:
        reason = f"“{name}” is what {national} is called"
        return Placed(f"{NATION}-{national}", national, NATION, kind, reason, "usual-short-name")
    if kind == "Platform" and park(name) != name:
        found = place(kind, park(name), claimed, areas)
        reason = f"“{name}” is {found.label}, its kind in full" + (f"; {found.reason}" if found.reason else "")
        return replace(found, reason=reason, how=found.how or "usual-short-name")
    if is_national(name):
        return Placed(f"{NATION}-{name}", name, NATION, kind)
    if _NATIONAL_RULE.match(name):
        return Placed(f"{NATION}-{name}", name, NATION, kind, f"“{name}” is a rule of the nation's tax law")
    relative = relative_area(name, areas, claimed)
    if relative:
        area, rest = relative
        full = area.name + rest
        reason = f"“{name}” said of {area.name} is {full}"
        return Placed(f"{area.code}-{full}", full, area.code, kind, reason, "relative-place")
    leading = leading_area(name, areas, claimed)
    if leading:
        area, rest = leading
        rest = (
            re.sub(r"^(?:省级|市级|省|市)(?=.{2})", "", rest) if area.level in ("province", "city") else rest
        )
        full = area.name + rest
        same = name.startswith((area.short, *area.aliases))
        reason = f"“{name}” opens with {'a shorter' if same else 'another'} name of {area.name}: {full}"
        how = "short-place" if same else "renamed"
        return Placed(
            f"{area.code}-{full}",
            name if same else full,
            area.code,
            kind,
            "" if name == full else reason,
            how,
        )
    if kind == "EnterpriseCategory":
        return Placed(name, name, "", kind)
    if claimed is None:
        return Placed(f"unplaced-{name}", name, "", kind)
    return Placed(f"{claimed.code}-{name}", name, claimed.code, kind)


def _organisation(name: str, claimed: Area | None, areas: Areas) -> Placed:
    if claimed and claimed.level == "national" and "国家" + name in MINISTRIES:
        name = "国家" + name  # 发展改革委 in a text of the centre
    bare = name.removeprefix("中华人民共和国")
    for table in (MINISTRIES, NATIONAL_SHORT):
        if bare in table or bare in table.values():
            full = table.get(bare, bare)
            reason = f"“{name}” is the usual short name of {full}" if full != name else ""
            kind = "GovernmentOrganisation" if table is MINISTRIES else organisation_class(full)
            return Placed(f"{NATION}-{full}", full, NATION, kind, reason, "usual-short-name")
    full = university(name, claimed)
    if full:
        kind, reason = organisation_class(full), f"“{name}” is the usual short name of {full}"
        leading = leading_area(full, areas)
        key = f"{leading[0].code}-{full}" if leading else full
        return Placed(key, full, leading[0].code if leading else "", kind, reason, "usual-short-name")
    league = _LEAGUE.match(name)
    found = relative_area(f"{league['unit']}委办公室", areas, claimed) if league and league["unit"] else None
    found = found or (leading_area(f"{league['place']}委员会", areas) if league and league["place"] else None)
    if found:
        full = f"共青团{found[0].name}委员会"
        reason = f"“{name}” said of {found[0].name} is {full}" if name != full else ""
        return Placed(f"{found[0].code}-{full}", full, found[0].code, "Organisation", reason, "relative-place")
    if full_bank(name) != name:
        branch, reason = full_bank(name), f"“{name}” is {full_bank(name)}"
        return Placed(branch, branch, "", organisation_class(branch), reason, "usual-short-name")
    office = _office(name, claimed, areas)
    if office:
        return office
    kind = organisation_class(name)
    relative = relative_area(name, areas, claimed)
    if relative:
        area, rest = relative
        full = area.name + full_office(rest)
        reason = f"“{name}” said of {area.name} is {full}"
        return Placed(f"{area.code}-{full}", full, area.code, kind, reason, "relative-place")
    leading = leading_area(name, areas, claimed)
    if leading:
        return Placed(f"{leading[0].code}-{name}", name, leading[0].code, kind)
    if is_national(name):
        return Placed(f"{NATION}-{name}", name, NATION, kind)
    return Placed(name, name, "", kind)


def _office(name: str, claimed: Area | None, areas: Areas) -> Placed | None:
    """An office of a government or party committee under its one name of today, None for other names."""
    inner = tax_office(name)
    party = name.removeprefix("中共")
    written = f"{inner}税务局" if inner else party if party != name else _SECOND_NAME.sub("", name)
    how = "usual-short-name"
    found = relative_area(written, areas, claimed)
    if found:
        how = "relative-place"
    else:
        found = _committee(written, areas, claimed) or leading_area(written, areas, claimed)
        found = found or abbreviated_area(written, areas)
    if found and not is_office(found[1]):
        return None
    if not found:
        if not (is_office(written) and claimed and claimed.level != "national" and inner is None):
            return None
        if is_national(written):
            return None
        found, how = (claimed, written), "relative-place"
    area, rest = found
    province = areas.province_of(area)
    official = full_office(rest)
    later, change = todays_office(official, area, province.code if province else "")
    full = f"国家税务总局{area.name}税务局" if later == "税务局" else _in_full(area, later)
    reason = f"“{name}” said of {area.name} is {full}" if name != full else ""
    if change:
        reason, how = f"{reason}: {change}", "renamed"
    spoken = name if not change and later == rest and name.startswith(area.short) else full
    return Placed(f"{area.code}-{full}", spoken, area.code, "GovernmentOrganisation", reason, how)


def _committee(name: str, areas: Areas, claimed: Area | None) -> tuple[Area, str] | None:
    """浙江省委 → (浙江省, 委): what follows the place is a single character."""
    found = leading_area(name + "员会", areas, claimed) if name.endswith("委") else None
    return (found[0], "委") if found and found[1] == "委员会" else None


def _in_full(area: Area, office: str) -> str:
    return f"中共{area.name}{office}" if office.startswith("委员会") else area.name + office
