"""Places: a written name and its surroundings -> the place meant."""

import pytest

from kg.errors import KgError
from kg.text.areas import load_areas

AREAS = load_areas()


def names(text: str, within: str | None = None) -> list[str]:
    return [f"{text[start:end]}={area.name}" for start, end, area in AREAS.find(text, within)]


@pytest.mark.parametrize(
    ("written", "within", "code"),
    [
        ("广东", None, "440000"),
        ("广东省", None, "440000"),
        ("粤", None, "440000"),
        ("广 东 省", None, "440000"),
        ("吉林", None, "220000"),
        ("吉林市", None, "220200"),
        ("海南", None, "460000"),
        ("海南州", None, "632500"),
        ("恩施州", None, "422800"),
        ("广东省深圳市南山区", None, "440305"),
        ("浙江杭州", None, "330100"),
        ("朝阳区", "北京市", "110105"),
        ("朝阳区", "长春", "220104"),
        ("鼓楼区", "南京", "320106"),
        ("全省", "杭州市", "330000"),
        ("本市", "上海", "310000"),
        ("全区", "广西", "450000"),
        ("我国", None, "000000"),
        ("长三角地区", None, "yangtze-river-delta"),
        ("章丘", None, "370114"),
    ],
)
def test_a_written_name_means_one_place(written, within, code):
    assert AREAS.resolve(written, within).code == code


@pytest.mark.parametrize("written", ["朝阳区", "全省", "", "科技厅", "某某省"])
def test_what_names_no_one_place_is_not_resolved(written):
    assert AREAS.resolve(written) is None


def test_a_town_is_minted_within_its_place():
    town = AREAS.resolve("柳市镇", "乐清市")
    assert (town.level, town.parent, town.province) == ("town", "330382", "浙江省")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("江苏、山东和广东省", ["江苏=江苏省", "山东=山东省", "广东省=广东省"]),
        ("上海市场主体", ["上海=上海市"]),
        ("南京市鼓楼区", ["南京市=南京市", "鼓楼区=鼓楼区"]),
        ("京津冀与长三角", ["京津冀=京津冀", "长三角=长三角"]),
        ("昆山企业", ["昆山=昆山市"]),
        ("全国平均水平", ["全国=全国"]),
        ("浙江大学和北京银行", []),
        ("推广安全技术，推广西部经验", []),
        ("平衡水平，更新余额，担保定价", []),
        ("建设新乡村", []),
        ("全国重点实验室", []),
        ("朝阳产业与朝阳区域", []),
        ("西南通道和长白山", []),
    ],
)
def test_places_are_found_and_words_that_look_like_places_are_not(text, expected):
    assert names(text) == expected


def test_a_shared_county_name_is_taken_from_the_place_around():
    assert names("在鼓楼区落户") == []
    assert names("在鼓楼区落户", within="南京市") == ["鼓楼区=鼓楼区"]


def test_each_place_leads_up_to_the_nation():
    for area in AREAS.by_code.values():
        chain = AREAS.ancestors(area)
        assert area.code == "000000" or chain[-1].code == "000000"


def test_all_provinces_carry_an_english_name_and_an_abbreviation():
    provinces = [a for a in AREAS.by_code.values() if a.level == "province"]
    assert len(provinces) == 34
    assert all(a.english and a.aliases for a in provinces)


def test_a_row_with_an_unknown_parent_is_refused_with_its_line(tmp_path):
    table = tmp_path / "areas.csv"
    table.write_text(
        "code,name,short,aliases,english,level,parent,first_listed,last_listed\n"
        "000000,全国,,,,national,,,\n1,甲省,甲,,,province,9,,\n",
        encoding="utf-8",
    )
    with pytest.raises(KgError, match=r"areas.csv:3"):
        load_areas(table)
