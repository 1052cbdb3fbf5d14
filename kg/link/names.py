"""Written names brought to one form: quotation marks, spaces, the place a name opens with."""

from __future__ import annotations

import re
import unicodedata

from kg.text.areas import Area, Areas
from kg.text.places import current

_SPACES = re.compile(r"[\s\u3000]+")
_QUOTED = re.compile(r'^[“"‘「]([^“”"‘’「」]+)[”"’」]$')
_NATIONAL = re.compile(r"^(?:国家|全国|中央|国务院|中共中央|中华人民共和国|我国)")
#: 省, 我省, 本市, 全市, 省级: a place that only the surroundings name. 省会, 市场, 区域, 县域 are words
_RELATIVE = re.compile(
    r"^(?:全|本|我)?(省|市|区|县|自治区)(?:级|本级)?(?!内|外(?!办|事)|会|场|域|块|长|民|值|政建|区链|级层)(?=.{2})"
)
_SMALL_OFFICE = re.compile(r"^(?:委|政府|府办|厅)")
_QUOTES = str.maketrans(dict.fromkeys("“”\"‘’'「」"))


def tidy(name: str) -> str:
    """Without spaces and quotation marks around the whole; widths of Latin letters and digits folded."""
    name = _SPACES.sub("", name)
    name = "".join(unicodedata.normalize("NFKC", c) if "！" <= c <= "～" and c.isalnum() else c for c in name)
    whole = _QUOTED.match(name)
    return whole[1] if whole else name


def is_national(name: str) -> bool:
    """Whether a name says of itself that it is the centre's: 国家重点研发计划, 全国重点实验室."""
    return bool(_NATIONAL.match(name))


def leading_area(name: str, areas: Areas, within: Area | None = None) -> tuple[Area, str] | None:
    """The place a name opens with and what follows: 浙江省技术创新中心 → (浙江省, 技术创新中心).

    A place under an earlier name is the one of today: 襄樊市… → 襄阳市.
    """
    hits = areas.find(name[:16], within.name if within else None)
    if not hits or hits[0][0] != 0 or hits[0][2].level == "national":
        return None
    end, area = hits[0][1], hits[0][2]
    for start, stop, inner in hits[1:]:
        if start == end and areas.contains(area, inner):
            end, area = stop, inner
    rest = name[end:]
    return (current(area)[0], rest) if len(rest) >= 2 else None


def relative_area(name: str, areas: Areas, within: Area | None) -> tuple[Area, str] | None:
    """The place that 省…, 我市… stands for inside `within`, and what follows; None where it has none."""
    match = _RELATIVE.match(name)
    rest = name[match.end() :] if match else ""
    if not match and len(name) >= 2 and name[0] in "省市区县" and _SMALL_OFFICE.match(name[1:]):
        rest, unit = name[1:], name[0]
    elif match:
        unit = match[1]
    else:
        return None
    if within is None:
        return None
    area = areas.resolve("全" + unit, within.name)
    return (current(area)[0], rest) if area else None


def abbreviated_area(name: str, areas: Areas) -> tuple[Area, str] | None:
    """The province that one character stands for before an office: 粤科技厅 → (广东省, 科技厅)."""
    if len(name) < 3 or leading_area(name + "委员会", areas):
        return None
    area = areas.resolve(name[0])
    return (area, name[1:]) if area and area.level == "province" else None


def unquoted(name: str) -> str:
    """Without quotation marks anywhere, for comparing: “秦创原”平台 → 秦创原平台."""
    return name.translate(_QUOTES)
