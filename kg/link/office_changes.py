"""Offices under earlier names, and the one office that different governments call differently. Public facts.

The reform of party and state organs of 2018 renamed offices of every level; where it merged several into one
(工商、质监 → 市场监督管理), the earlier ones stay things of their own. The year of a rename is that of the reform,
places followed within a year.
"""

from __future__ import annotations

from kg.text.areas import Area

#: earlier name without its place and kind (厅, 局 …) → later one; the kind stays, see `_kind`
_STEMS: dict[str, str] = {
    "环境保护": "生态环境",
    "环保": "生态环境",
    "国土资源": "自然资源",
    "农业": "农业农村",
    "卫生和计划生育": "卫生健康",
    "卫计": "卫生健康",
    "粮食": "粮食和物资储备",
}
#: whole names whose kind changed too, with the year
_WHOLE: dict[str, tuple[str, int]] = {
    "金融工作办公室": ("地方金融监督管理局", 2018),
    "金融办": ("地方金融监督管理局", 2018),
    "地方金融管理局": ("地方金融监督管理局", 2018),
}
_MUNICIPALITIES = ("110000", "120000", "310000", "500000")
#: commissions that are departments or bureaus today but in these places
_COMMISSIONS = {"科学技术": ("110000", "310000"), "教育": _MUNICIPALITIES}
#: places whose office for industry is the one 经济和信息化, with its kind; their cities and counties follow
_ECONOMY = {
    "110000": "局",
    "310000": "委员会",
    "330000": "厅",
    "420000": "厅",
    "500000": "委员会",
    "510000": "厅",
}
_INDUSTRY = ("工业和信息化", "经济和信息化")
_KINDS = ("委员会", "厅", "局")
_TAX = "国家税务总局"


def todays_office(office: str, area: Area, province: str) -> tuple[str, str]:
    """The name today of an office of `area` (without the place) and why it is the same office.

    `office` is in its official form (`full_office`), `province` the code of the province around. The reason
    is "" where the name did not change.
    """
    for stem in _INDUSTRY:
        for kind in _KINDS:
            if office == stem + kind:
                return _industry(office, area, province)
    stem = office.removesuffix("委员会")
    if stem != office and stem in _COMMISSIONS and area.code not in _COMMISSIONS[stem]:
        later = stem + ("厅" if area.level == "province" and area.code not in _MUNICIPALITIES else "局")
        return later, f"the commission {office} of {area.name} is {later} today"
    if office in _WHOLE:
        later, year = _WHOLE[office]
        return later, f"{office} and {later} are one office before and after the reform of {year} or a later one"
    for kind in _KINDS:
        stem = office.removesuffix(kind)
        if stem != office and stem in _STEMS:
            later = _STEMS[stem] + _kind(stem, kind, area)
            return later, f"{office} became {later} in the reform of 2018"
    return office, ""


def _industry(office: str, area: Area, province: str) -> tuple[str, str]:
    """A government has one office for industry: 工业和信息化 or 经济和信息化, a commission until 2018."""
    stem = _INDUSTRY[1] if province in _ECONOMY else _INDUSTRY[0]
    kind = _ECONOMY.get(area.code) or ("厅" if area.level == "province" else "局")
    later = stem + kind
    if later == office:
        return office, ""
    return later, f"{area.name} has one office for industry, {later} since the reform of 2018 or later"


def _kind(stem: str, kind: str, area: Area) -> str:
    """A commission for farming became a department or bureau outside the municipalities; others kept theirs."""
    if stem != "农业" or kind != "委员会" or area.code in _MUNICIPALITIES:
        return kind
    return "厅" if area.level == "province" else "局"


def tax_office(name: str) -> str | None:
    """The place inside 国家税务总局…税务局, "" where none stands there; None for other names."""
    if name.startswith(_TAX) and name.endswith("税务局") and len(name) > len(_TAX) + 3:
        return name[len(_TAX) : -len("税务局")]
    return None
