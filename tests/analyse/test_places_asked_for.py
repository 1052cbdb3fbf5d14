import pytest

from kg.analyse.flows import Flow, FlowFilter
from kg.analyse.places import is_in, named


@pytest.mark.parametrize(
    ("written", "name"),
    [("浙江", "浙江省"), ("浙", "浙江省"), ("Zhejiang", "浙江省"), ("zhejiang ", "浙江省"), ("长三角", "长三角"), ("杭州", "杭州市")],
)
def test_a_place_goes_by_all_its_names(written, name):
    assert named(written).name == name


def test_what_is_no_place_is_none():
    assert named("火星") is None and named("Mars") is None


@pytest.mark.parametrize(
    ("asked", "area", "province", "is_there"),
    [
        ("", "杭州市", "浙江省", True),
        ("浙江", "浙江省", "浙江省", True),
        ("Zhejiang", "杭州市", "浙江省", True),
        ("杭州", "浙江省", "浙江省", False),
        ("长三角", "杭州市", "浙江省", True),
        ("长三角", "山东省", "山东省", False),
        ("全国", "全国", "", True),
        ("全国", "浙江省", "浙江省", False),
        # 吉林 is the province; a city of the same name lies in it
        ("吉林", "吉林市", "吉林省", True),
        ("吉林市", "吉林省", "吉林省", False),
        # words that are no place are looked for in the names
        ("高新区", "太白湖高新区", "", True),
    ],
)
def test_a_place_holds_what_lies_in_it(asked, area, province, is_there):
    assert is_in(asked)(area, province) is is_there
    flow = Flow(area, "funding", "startup", "c-1", province=province)
    assert FlowFilter(area=asked).keeps(flow) is is_there
