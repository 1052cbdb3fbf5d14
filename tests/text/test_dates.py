import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.dates import find_periods, find_validity, five_year_plan, resolve

PERIODS = [
    ("2022年，", "2022年", "2022"),
    ("2022年度", "2022年度", "2022"),
    ("到2025年", "2025年", "2025"),
    ("２０２２年", "２０２２年", "2022"),
    ("2022 年 5 月", "2022 年 5 月", "2022-05"),
    ("2023年6月", "2023年6月", "2023-06"),
    ("2023年6月底", "2023年6月底", "2023-06"),
    ("截至2022年底", "2022年底", "2022-12"),
    ("2022年末", "2022年末", "2022-12"),
    ("2021年初", "2021年初", "2021-01"),
    ("2022年5月3日", "2022年5月3日", "2022-05-03"),
    ("2022-05-03", "2022-05-03", "2022-05-03"),
    ("2020—2022年", "2020—2022年", "2020/2022"),
    ("2018年至2022年", "2018年至2022年", "2018/2022"),
    ("2018年到2022年底", "2018年到2022年底", "2018/2022"),
    ("2021年6月至2023年12月", "2021年6月至2023年12月", "2021-06/2023-12"),
    ("2021年11月1日至12月31日", "2021年11月1日至12月31日", "2021-11-01/2021-12-31"),
    ("2024年1-10月", "2024年1-10月", "2024-01/2024-10"),
    ("2024年上半年", "2024年上半年", "2024-01/2024-06"),
    ("2023年一季度", "2023年一季度", "2023-01/2023-03"),
    ("2023年前三季度", "2023年前三季度", "2023-01/2023-09"),
    ("“十四五”期间", "“十四五”期间", "2021/2025"),
    ("“十四五”末", "“十四五”末", "2025"),
    ("十三五时期", "十三五时期", "2016/2020"),
    ("二〇二二年", "二〇二二年", "2022"),
    ("二○三五年", "二○三五年", "2035"),
    ("3.2022年", "2022年", "2022"),
]


@pytest.mark.parametrize(("text", "span", "value"), PERIODS)
def test_a_time_is_read(text, span, value):
    (period,) = find_periods(text)
    assert (text[period.start : period.end], period.value, period.kind) == (span, value, "absolute")


RELATIVE = [
    ("近5年", 5, "2018/2022"),
    ("过去20年", 20, "2003/2022"),
    ("连续5年", 5, "2018/2022"),
    ("最近两年", 2, "2021/2022"),
    ("近三个会计年度", 3, "2020/2022"),
    ("近一年", 1, "2022"),
    ("未来五年", 5, "2023/2027"),
]


@pytest.mark.parametrize(("text", "years", "value"), RELATIVE)
def test_a_relative_time_is_resolved_from_a_year(text, years, value):
    (period,) = find_periods(text)
    assert (period.kind, period.years, resolve(period, 2022)) == ("relative", years, value)


@pytest.mark.parametrize(
    ("text", "value"), [("今年", "2022"), ("去年", "2021"), ("上年度", "2021"), ("明年", "2023")]
)
def test_this_year_and_last_year_depend_on_the_document(text, value):
    (period,) = find_periods(text)
    assert (period.kind, resolve(period, 2022)) == ("deictic", value)


@pytest.mark.parametrize(
    "text",
    [
        "近年来",
        "上年同期",
        "《方案（2023—2025年）》",
        "第十五个五年规划",
        "20年",
        "3年级",
        "电话2023-12345",
        "2022家企业",
    ],
)
def test_what_is_no_time_is_left_alone(text):
    assert find_periods(text) == []


@pytest.mark.parametrize(
    ("title", "validity"),
    [
        ("三年行动方案（2023—2025年）", ("2023", "2025")),
        ("行动计划(2021-2025)", ("2021", "2025")),
        ("2018—2020年行动计划", ("2018", "2020")),
        ("实施方案（2021年6月—2025年12月）", ("2021-06", "2025-12")),
        ("“十四五”科技创新规划", ("2021", "2025")),
        ("十三五发展规划", ("2016", "2020")),
        ("促进科技创新条例", None),
        ("2022年工作要点", None),
    ],
)
def test_a_title_says_how_long_it_is_valid(title, validity):
    assert find_validity(title) == validity


def test_five_year_plans_have_their_years():
    assert [five_year_plan(name) for name in ("一五", "三五", "十五", "十四五", "二八")] == [
        (1953, 1957),
        (1966, 1970),
        (2001, 2005),
        (2021, 2025),
        None,
    ]


@given(st.dates())
def test_a_full_date_reads_back(day):
    if 1900 <= day.year < 2100:
        (period,) = find_periods(f"于{day.year}年{day.month}月{day.day}日起")
        assert period.value == day.isoformat()


PIECES = st.sampled_from(
    [
        "2022",
        "年",
        "1",
        "12",
        "月",
        "日",
        "底",
        "—",
        "至",
        "近",
        "五",
        "十四五",
        "“",
        "”",
        "期间",
        "二〇二二",
        "去年",
        "《",
        "》",
        "前三季度",
        ".",
        "-",
        "度",
        "末",
        "连续",
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=12).map("".join)))
def test_periods_lie_in_order_within_any_text(text):
    end = 0
    for period in find_periods(text):
        assert end <= period.start < period.end <= len(text)
        end = period.end
    find_validity(text)
