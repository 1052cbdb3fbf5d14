"""What must hold for a provision, and the recipient that the condition names. Sentences of our own."""

from __future__ import annotations

import pytest

from kg.extract.conditions import read_condition


def condition(provision: str) -> tuple[str | None, str | None]:
    return read_condition(provision, 0, len(provision))


BOTH = [
    ("对年产值超1亿元的企业，给予20万元奖励", ("年产值超1亿元", "企业")),
    ("对首次认定的高新技术企业给予20万元奖励", ("首次认定", "高新技术企业")),
    ("对购买首台套装备的企业按售价的10%给予补助", ("购买首台套装备", "企业")),
    ("被认定为省级企业技术中心的企业，一次性奖励50万元", ("被认定为省级企业技术中心", "企业")),
    ("企业购买检测服务的，可使用创新券抵扣", ("购买检测服务", "企业")),
    ("科研人员离岗创业的，三年内保留人事关系", ("离岗创业", "科研人员")),
    ("对高校、科研院所转化科技成果的，按技术合同额的3%给予奖励", ("转化科技成果", "高校、科研院所")),
    ("企业引进的博士，每人给予6万元安家补贴", ("企业引进", "博士")),
]


@pytest.mark.parametrize(("provision", "expected"), BOTH)
def test_a_condition_names_what_must_hold_and_who_gets_it(
    provision: str, expected: tuple[str, str]
) -> None:
    assert condition(provision) == expected


def test_an_event_without_a_subject_is_a_condition() -> None:
    assert condition("首次获批国家级孵化器的，给予100万元奖励") == ("首次获批国家级孵化器", None)


def test_a_recipient_alone_is_no_condition() -> None:
    assert condition("对瞪羚企业，给予50万元奖励") == (None, "瞪羚企业")


@pytest.mark.parametrize(
    "provision",
    [
        "设立专项资金，对孵化器免收两年租金",
        "保障项目用地，对孵化器免收两年租金",
        "加大财政投入，给予每家企业10万元补助",
    ],
)
def test_what_government_does_first_is_no_condition(provision: str) -> None:
    assert condition(provision)[0] is None


@pytest.mark.parametrize("provision", ["建设省级重点实验室", "支持企业牵头组建创新联合体", "2024年安排资金2亿元"])
def test_a_provision_without_condition_has_none(provision: str) -> None:
    assert condition(provision) == (None, None)


@pytest.mark.parametrize(
    ("provision", "condition", "recipient"),
    [
        ("包头市对年研发投入超过1000万元的稀土企业，按增量的15%给予奖补", "年研发投入超过1000万元", "稀土企业"),
        ("面向新能源等领域，对新认定的实验室给予200万元补助", "新认定", None),
        ("新建国家级企业技术中心的，奖励100万元", "新建国家级企业技术中心", None),
    ],
)
def test_who_gives_and_what_it_is_about_are_no_condition(provision: str, condition: str, recipient: str | None) -> None:
    found = read_condition(provision, 0, len(provision))
    assert found[0] == condition
    assert recipient is None or found[1] == recipient


@pytest.mark.parametrize(
    ("provision", "expected"),
    [
        ("其中，对设备更新贷款的企业按利息的40%给予贴息", ("设备更新贷款", "企业")),
        ("主导制定国家标准的单位，每项奖励30万元", ("主导制定国家标准", "单位")),
        ("进站博士后每人每年给予6万元经费", (None, None)),
        ("成果转化净收入用于奖励科研人员的比例不低于60%", (None, None)),
    ],
)
def test_joining_words_and_sources_of_money_are_no_condition(
    provision: str, expected: tuple[str | None, str | None]
) -> None:
    assert condition(provision) == expected


@pytest.mark.parametrize(
    ("provision", "condition"),
    [
        ("对年贡献超过40万元的金融组织，贡献比上年增长10%以上的新增部分，按50%给予奖励", "年贡献超过40万元"),
        ("对新引进的领军人才、创业领军人才（团队）等高层次人才（团队），给予项目支持", "新引进"),
        ("对在新三板挂牌企业，给予企业100万元奖励", "在新三板挂牌"),
        ("支持符合条件的保险机构设立分支机构", "符合条件"),
        ("允许银行在风险可控的前提下开展跨境结算业务", "风险可控"),
        ("新认定的示范企业，在三年内给予共计6万元奖励", "新认定"),
    ],
)
def test_conditions_of_recipients_listed_placed_or_qualified(provision: str, condition: str | None) -> None:
    assert read_condition(provision, 0, len(provision))[0] == condition
