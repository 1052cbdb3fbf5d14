"""The linker on pairs of names, and what became of places."""

from pathlib import Path

import pytest

from kg.errors import GoldError, KgError
from kg.evaluate.linking import COLUMNS, Pair, PairScore, is_merged, load_pairs, pairs_table, score_pairs
from kg.link import link
from kg.link.short_names import park
from kg.model import Claim, Document, Source
from kg.text.areas import load_areas
from kg.text.places import current, load_changes, load_members, within

HERE = Path(__file__).parent
PAIRS = load_pairs(HERE / "pairs.csv")
AREAS = load_areas()


def test_the_pairs_are_many_balanced_and_said_once():
    assert len(PAIRS) >= 150
    assert sum(pair.same for pair in PAIRS) > 50 < sum(not pair.same for pair in PAIRS)
    keys = [(p.kind, p.a, p.area_a, p.said_a, p.b, p.area_b, p.said_b) for p in PAIRS]
    assert len(keys) == len(set(keys)) and all(pair.why for pair in PAIRS)


@pytest.mark.parametrize("name", ["pairs.csv", "pairs-unseen.csv", "pairs-second.csv"])
def test_pairs_are_merged_where_they_are_one(name):
    scores, faults = score_pairs(load_pairs(HERE / name))
    total = scores[-1]
    assert total.kind == "all"
    assert total.precision >= 0.98 and total.recall >= 0.9, faults


def test_nothing_of_two_provinces_is_merged_because_it_reads_alike():
    for kind, name in (("Policy", "关于加快创新的意见"), ("Platform", "创新中心"), ("FundingScheme", "科技贷")):
        assert not is_merged(Pair(kind, name, "浙江省", "", name, "广东省", "", False, ""))


def test_two_titles_that_one_text_gives_one_number_stay_two():
    number = "number=国科发火〔2016〕32号"
    pair = Pair("Policy", "企业认定管理办法", "全国", number, "重点支持的技术领域", "全国", number, False, "")
    assert is_merged(pair)  # two documents: the number is all there is
    policies = [
        Claim("policy", "d-1", i, i + 2, "字字", "t", area="全国", values={"title": t, "number": number[7:]})
        for i, t in ((0, pair.a), (9, pair.b))
    ]
    linked = link([Document("d-1", "字" * 40, Source("d-1"))], {"d-1": policies})
    one, two = (linked.thing("d-1", "Policy", title, "全国").iri for title in (pair.a, pair.b))
    assert one != two


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("中共浙江省委", "中共浙江省委员会"),
        ("浙江省委", "中共浙江省委员会"),
        ("粤科技厅", "广东省科学技术厅"),
        ("吉林省委组织部", "中共吉林省委员会组织部"),
    ],
)
def test_a_committee_is_named_in_full(name, full):
    claim = Claim("entity", "d-1", 0, 2, "字字", "t", values={"class": "Organisation", "name": name})
    linked = link([Document("d-1", "字" * 40, Source("d-1"))], {"d-1": [claim]})
    assert linked.thing("d-1", "Organisation", name, None).label == full


def test_the_order_of_a_pair_does_not_matter():
    for pair in PAIRS:
        if "doc=same" not in pair.said_b:
            turned = Pair(
                pair.kind, pair.b, pair.area_b, pair.said_b, pair.a, pair.area_a, pair.said_a, pair.same, ""
            )
            assert is_merged(turned) == is_merged(pair), pair


def test_scores_are_those_of_the_counts():
    score = PairScore("all", right=3, wrong=1, missed=2, apart=4)
    assert (score.precision, score.recall) == (0.75, 0.6)
    assert (PairScore("x", 0, 0, 0, 1).precision, PairScore("x", 0, 0, 0, 1).recall) == (1.0, 1.0)
    assert pairs_table([score]).rows == (("all", 3, 1, 2, 4, 0.75, 0.6),)


@pytest.mark.parametrize("row", ["Policy,甲,,,乙,,,maybe,", "Ship,甲,,,乙,,,yes,", "Policy,,,,乙,,,yes,"])
def test_a_malformed_pair_is_refused_by_line(tmp_path, row):
    path = tmp_path / "p.csv"
    path.write_text(",".join(COLUMNS) + "\n" + row + "\n", encoding="utf-8")
    with pytest.raises(GoldError, match=r"p\.csv:2:"):
        load_pairs(path)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("襄樊市", "襄阳市"),
        ("思茅市", "普洱市"),
        ("毕节地区", "毕节市"),
        ("伊克昭盟", "鄂尔多斯市"),
        ("楚州区", "淮安区"),
        ("密云县", "密云区"),
        ("莱芜市", "莱芜市"),
        ("杭州市", "杭州市"),
    ],
)
def test_a_place_that_was_renamed_is_the_one_of_today_and_a_dissolved_one_is_not(before, now):
    area, reason = current(AREAS.resolve(before))
    assert area.name == now
    assert (reason != "") == (before != now)


def test_a_dissolved_place_names_its_successors():
    changes = load_changes()
    assert [AREAS.by_code[code].name for code in changes["341400"].successors] == ["合肥市", "芜湖市", "马鞍山市"]
    assert changes["371200"].kind == "merged" and changes["371200"].year == 2019


def test_every_change_leads_to_places_in_use_and_says_where_it_is_from():
    for change in load_changes().values():
        assert AREAS.by_code[change.code].name == change.name and change.source
        assert not AREAS.by_code[change.code].current
        for code in change.successors:
            assert AREAS.by_code[code].current, change
        assert 1980 <= change.year <= 2023


def test_a_place_lies_in_its_parents_and_in_the_regions_of_each():
    codes = within(AREAS.resolve("杭州市"), AREAS)
    assert {"330000", "000000", "yangtze-river-delta", "yangtze-economic-belt", "east-china"} <= codes
    assert "330100" not in codes and "west-china" not in codes
    assert "greater-bay-area" in within(AREAS.resolve("深圳市"), AREAS)
    assert "greater-bay-area" not in within(AREAS.resolve("汕头市"), AREAS)
    assert len(load_members()["yangtze-economic-belt"]) == 11


def test_a_table_of_changes_that_speaks_of_unknown_codes_is_refused(tmp_path):
    path = tmp_path / "c.csv"
    path.write_text(
        "code,name,year,kind,successors,successor_names,source\n999999,甲,2000,renamed,110000,北京市,x\n",
        encoding="utf-8",
    )
    with pytest.raises(KgError, match=r"c\.csv:2"):
        load_changes(path)


@pytest.mark.parametrize(
    ("name", "area", "full"),
    [
        ("山大", "山西省", "山西大学"),
        ("山大", "青岛市", "山东大学"),
        ("山大", "浙江省", "山大"),
        ("北大", "", "北京大学"),
        ("市科委", "天津市", "天津市科学技术局"),
        ("市科委", "上海市", "上海市科学技术委员会"),
        ("省科委", "湖北省", "湖北省科学技术厅"),
        ("市科委", "宁波市", "宁波市科学技术局"),
        ("市教委", "重庆市", "重庆市教育委员会"),
        ("团市委", "宁波市", "共青团宁波市委员会"),
        ("工商银行杭州分行", "浙江省", "中国工商银行杭州分行"),
        ("省外", "浙江省", "省外"),
    ],
)
def test_short_names_of_organisations_are_those_of_the_place(name, area, full):
    claim = Claim("entity", "d-1", 0, 2, "字字", "t", area=area or None, values={"class": "Organisation", "name": name})
    linked = link([Document("d-1", "字" * 40, Source("d-1"))], {"d-1": [claim]})
    assert linked.thing("d-1", "Organisation", name, area or None).label == full


@pytest.mark.parametrize(
    ("written", "full"),
    [
        ("国家级高新区", "国家高新技术产业开发区"),
        ("杭州高新区", "杭州高新技术产业开发区"),
        ("国家自创区", "国家自主创新示范区"),
        ("国家级企业技术中心", "国家级企业技术中心"),
    ],
)
def test_a_park_has_its_kind_in_full(written, full):
    assert park(written) == full
