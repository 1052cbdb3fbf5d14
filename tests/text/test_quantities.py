import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.quantities import find_quantities, parallel_runs, spread_bound

#: text → (covered text, value, upper, unit, bound, kind) of its only quantity
SINGLE = [
    # money
    ("给予最高不超过50万元奖励", "最高不超过50万元", 500000, None, "CNY", "max", "money"),
    ("每家最高补助20万元", "20万元", 200000, None, "CNY", "max", "money"),
    ("投入1,943.2亿元", "1,943.2亿元", 194320000000, None, "CNY", "exact", "money"),
    ("出口16946百万美元", "16946百万美元", 16946000000, None, "USD", "exact", "money"),
    ("补助2万人民币", "2万人民币", 20000, None, "CNY", "exact", "money"),
    ("给予50万奖励", "50万", 500000, None, "CNY", "exact", "money"),
    ("奖励５０万元", "５０万元", 500000, None, "CNY", "exact", "money"),
    ("支出1370多亿元", "1370多亿元", 137000000000, None, "CNY", "about", "money"),
    ("产值超万亿元", "超万亿元", 10**12, None, "CNY", "min", "money"),
    ("规模突破3万亿元", "突破3万亿元", 3 * 10**12, None, "CNY", "min", "money"),
    ("总投资亿元以上的项目", "亿元以上", 10**8, None, "CNY", "min", "money"),
    ("罚款二十万元", "二十万元", 200000, None, "CNY", "exact", "money"),
    ("收入低于3500元", "低于3500元", 3500, None, "CNY", "max", "money"),
    ("总额上限为300万元", "上限为300万元", 3000000, None, "CNY", "max", "money"),
    ("300万元封顶", "300万元封顶", 3000000, None, "CNY", "max", "money"),
    ("小于5,000万元（含）的", "小于5,000万元（含）", 50000000, None, "CNY", "max", "money"),
    ("1000万元及以上", "1000万元及以上", 10000000, None, "CNY", "min", "money"),
    ("500万元以上（含）", "500万元以上（含）", 5000000, None, "CNY", "min", "money"),
    ("达到1亿美元", "1亿美元", 10**8, None, "USD", "exact", "money"),
    ("提高到14万元左右", "14万元左右", 140000, None, "CNY", "about", "money"),
    ("奖励 50 万元", "50 万元", 500000, None, "CNY", "exact", "money"),
    # ranges
    ("按5%—20%奖励", "5%—20%", 5, 20, "%", "range", "percent"),
    ("按5-20%奖励", "5-20%", 5, 20, "%", "range", "percent"),
    ("比例为5%至10%", "5%至10%", 5, 10, "%", "range", "percent"),
    ("用3-5年建成", "3-5年", 3, 5, "年", "range", "duration"),
    ("2至3年完成", "2至3年", 2, 3, "年", "range", "duration"),
    ("三至五年", "三至五年", 3, 5, "年", "range", "duration"),
    ("建设1~3个", "1~3个", 1, 3, "个", "range", "count"),
    ("50万-100万（不含）美元", "50万-100万（不含）美元", 500000, 1000000, "USD", "range", "money"),
    ("300万元至500万元", "300万元至500万元", 3000000, 5000000, "CNY", "range", "money"),
    ("5—10万元", "5—10万元", 50000, 100000, "CNY", "range", "money"),
    ("500万—1亿元", "500万—1亿元", 5000000, 100000000, "CNY", "range", "money"),
    ("800万元及以上至3000万元", "800万元及以上至3000万元", 8000000, 30000000, "CNY", "range", "money"),
    ("一万元以上五万元以下", "一万元以上五万元以下", 10000, 50000, "CNY", "range", "money"),
    ("得分在64.49–76.08之间", "64.49–76.08", 64.49, 76.08, "", "range", "other"),
    ("最近六七年间", "六七年", 6, 7, "年", "range", "duration"),
    ("2022—2025年", "2022—2025年", 2022, 2025, "年", "range", "year"),
    ("2018年至2022年", "2018年至2022年", 2018, 2022, "年", "range", "year"),
    # shares
    ("比例为百分之二十", "百分之二十", 20, None, "%", "exact", "percent"),
    ("不低于百分之七十", "不低于百分之七十", 70, None, "%", "min", "percent"),
    ("按8‰计", "8‰", 8, None, "‰", "exact", "percent"),
    ("按8％计", "8％", 8, None, "%", "exact", "percent"),
    ("近八成投向民生", "近八成", 80, None, "%", "about", "percent"),
    ("9成以上", "9成以上", 90, None, "%", "min", "percent"),
    ("增长0.14个百分点", "0.14个百分点", 0.14, None, "百分点", "exact", "points"),
    ("高于全国1.7个百分点", "1.7个百分点", 1.7, None, "百分点", "exact", "points"),
    ("增长-0.5%", "-0.5%", -0.5, None, "%", "exact", "percent"),
    ("占人口 $14 \\%$ 的", "14 \\%", 14, None, "%", "exact", "percent"),
    ("不超过设备购置和软件开发总费用的20%", "20%", 20, None, "%", "max", "percent"),
    ("额度可提高至500万元", "可提高至500万元", 5000000, None, "CNY", "max", "money"),
    ("节约10%", "10%", 10, None, "%", "exact", "percent"),
    ("不低于投入的50%", "50%", 50, None, "%", "min", "percent"),
    ("不超过实际投入的30%", "30%", 30, None, "%", "max", "percent"),
    ("失业率5%以内", "5%以内", 5, None, "%", "max", "percent"),
    ("不足1/8", "不足1/8", 12.5, None, "%", "max", "fraction"),
    ("总量不足邻省的1/8", "1/8", 12.5, None, "%", "max", "fraction"),
    ("超过三分之一", "超过三分之一", 33.33, None, "%", "min", "fraction"),
    ("一半以上的企业", "一半以上", 50, None, "%", "min", "fraction"),
    ("占比过半。", "过半", 50, None, "%", "min", "fraction"),
    ("半数以上", "半数以上", 50, None, "%", "min", "fraction"),
    # counts
    ("为2700余家企业", "2700余家", 2700, None, "家", "about", "count"),
    ("20多家机构", "20多家", 20, None, "家", "about", "count"),
    ("突破2.67万家", "突破2.67万家", 26700, None, "家", "min", "count"),
    ("300家左右", "300家左右", 300, None, "家", "about", "count"),
    ("6千余人", "6千余人", 6000, None, "人", "about", "count"),
    ("上千家企业", "上千家", 1000, None, "家", "about", "count"),
    ("百余项改革", "百余项", 100, None, "项", "about", "count"),
    ("不超过3个", "不超过3个", 3, None, "个", "max", "count"),
    ("不少于10名", "不少于10名", 10, None, "名", "min", "count"),
    ("至少一家", "至少一家", 1, None, "家", "min", "count"),
    ("六个城市", "六个", 6, None, "个", "exact", "count"),
    ("完成十项改革", "十项", 10, None, "项", "exact", "count"),
    ("分两批次", "两批次", 2, None, "批次", "exact", "count"),
    ("近4000名运动员", "近4000名", 4000, None, "名", "about", "count"),
    ("超10万场次", "超10万场次", 100000, None, "场次", "min", "count"),
    ("达到24件/万人", "24件/万人", 24, None, "件", "exact", "count"),
    ("16万儿童", "16万", 160000, None, "", "exact", "other"),
    # measures
    ("通车1万公里", "1万公里", 10000, None, "公里", "exact", "other"),
    ("装机1.4亿千瓦", "1.4亿千瓦", 140000000, None, "千瓦", "exact", "other"),
    ("500亩以上", "500亩以上", 500, None, "亩", "min", "other"),
    ("得分87.82，", "87.82", 87.82, None, "", "exact", "other"),
    ("缩小至2.21∶1", "2.21∶1", 2.21, None, "", "exact", "other"),
    ("是上年的1.85倍", "1.85倍", 1.85, None, "倍", "exact", "times"),
    # durations
    ("两年期满", "两年", 2, None, "年", "exact", "duration"),
    ("30日内办结", "30日内", 30, None, "日", "max", "duration"),
    ("不得少于十五日", "不得少于十五日", 15, None, "日", "min", "duration"),
    ("15个工作日", "15个工作日", 15, None, "工作日", "exact", "duration"),
    ("提前两个半月", "两个半月", 2.5, None, "月", "exact", "duration"),
    ("半年内", "半年内", 0.5, None, "年", "max", "duration"),
    ("一年内", "一年内", 1, None, "年", "max", "duration"),
    ("近3年", "3年", 3, None, "年", "exact", "duration"),
    ("3年以上", "3年以上", 3, None, "年", "min", "duration"),
    # years
    ("2022年", "2022年", 2022, None, "年", "exact", "year"),
    ("截至2023年6月底", "2023年", 2023, None, "年", "exact", "year"),
    ("1.2022年完成", "2022年", 2022, None, "年", "exact", "year"),
    # ranks
    ("排名第2，", "第2", 2, None, "位", "exact", "rank"),
    ("居全国第12位", "第12位", 12, None, "位", "exact", "rank"),
    ("排名前10位", "前10位", 10, None, "位", "max", "rank"),
    ("保持全国前十", "前十", 10, None, "位", "max", "rank"),
    ("保持首位", "首位", 1, None, "位", "exact", "rank"),
    ("稳居第一，", "第一", 1, None, "位", "exact", "rank"),
    ("位居榜首", "榜首", 1, None, "位", "exact", "rank"),
]


def covered(text):
    return [text[q.start : q.end] for q in find_quantities(text)]


@pytest.mark.parametrize(("text", "span", "value", "upper", "unit", "bound", "kind"), SINGLE)
def test_one_quantity_is_read(text, span, value, upper, unit, bound, kind):
    (q,) = find_quantities(text)
    assert text[q.start : q.end] == span
    assert (q.value, q.upper, q.unit, q.bound, q.kind) == (value, upper, unit, bound, kind)


NONE = [
    "第5条",
    "（一）总则",
    "3.2.1节",
    "1.加强领导",
    "〔2021〕29号",
    "电话020-38458669",
    "“十四五”规划",
    "双一流大学",
    "一是坚持",
    "一批项目",
    "一定程度",
    "一个平台",
    "一种模式",
    "万元地区生产总值",
    "6月30日",
    "PM2.5浓度",
    "5G基站",
    "17:30—19:30",
    "02:50:30",
    "《科创板12条、30家企业》",
    "“科创12条”",
    "“三个代表”",
    "三年行动计划",
    "二次创业",
    "第一批",
    "十九届五中全会",
    "高效办成一件事",
    "五位一体",
    "两位数增长",
    "摆在首位",
    "数百家企业",
    "十分重要",
    "“1+6”格局",
    "工业4.0",
    "三部门联合",
    "Top10城市",
    "千家万户",
    "完成果断",
    "2011.11 ~ 2014.10",
    "元/月",
    "统筹三农",
    "以上海为中心",
    "图3所示",
    "一年一度",
    "上半年",
    "一次性",
    "三条件",
]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_quantity_is_left_alone(text):
    assert covered(text) == []


RATES = [
    ("20元/平方米•月的标准", 20, "平方米•月"),
    ("30元/月·平方米", 30, "月•平方米"),
    ("25万元/人", 250000, "人"),
    ("1000元/人/年", 1000, "人/年"),
    ("5万元／个", 50000, "个"),
    ("28.5微克每立方米", 28.5, "立方米"),
]


@pytest.mark.parametrize(("text", "value", "per"), RATES)
def test_a_rate_names_what_it_is_per(text, value, per):
    (q,) = find_quantities(text)
    assert (q.value, q.per) == (value, per)


LISTS = [
    ("分别低0.81、0.47和0.35个百分点", [0.81, 0.47, 0.35], "百分点"),
    ("分别是1.85、1.74倍", [1.85, 1.74], "倍"),
    ("分别奖励10、20、30万元", [100000, 200000, 300000], "CNY"),
    ("分别为4%和5%", [4, 5], "%"),
    ("2024、2025年", [2024, 2025], "年"),
    ("按照4:3:2:1的比例", [40, 30, 20, 10], "%"),
    ("按7:3比例", [70, 30], "%"),
    ("从14%到15.5%", [14, 15.5], "%"),
]


@pytest.mark.parametrize(("text", "values", "unit"), LISTS)
def test_the_items_of_a_list_share_the_unit(text, values, unit):
    found = find_quantities(text)
    assert [q.value for q in found] == values
    assert {q.unit for q in found} == {unit}


def test_item_numbering_before_a_quantity_is_not_part_of_it():
    assert covered("2、3家企业参加") == ["3家"]


def test_item_numbering_before_a_year_is_left_out_wherever_it_stands():
    text = "贵州省。1.2023年"
    (year,) = find_quantities(text, bare=True)
    assert (text[year.start : year.end], year.value) == ("2023年", 2023)


def test_a_rank_from_the_bottom_says_so():
    (q,) = find_quantities("排名倒数第2，")
    assert (q.value, q.kind, q.from_bottom) == (2, "rank", True)


def test_two_ranks_side_by_side_are_both_read():
    assert [q.value for q in find_quantities("分别居全国第3、第8位，")] == [3, 8]


def test_a_bound_word_does_not_reach_over_another_amount():
    first, second = find_quantities("最高奖励50万元，补助30万元")
    assert (first.bound, second.bound) == ("max", "exact")


def test_the_number_alone_is_marked_inside_the_span():
    text = "最高不超过50万元"
    (q,) = find_quantities(text)
    assert text[q.number_start : q.number_end] == "50"


def test_whole_numbers_without_unit_are_found_on_demand():
    text = "指数达到87，"
    assert find_quantities(text) == []
    assert [q.value for q in find_quantities(text, bare=True)] == [87]


def test_only_the_asked_part_of_the_text_is_searched():
    text = "奖励5万元，补助3万元"
    assert [text[q.start : q.end] for q in find_quantities(text, 6)] == ["3万元"]
    assert [text[q.start : q.end] for q in find_quantities(text, 0, 6)] == ["5万元"]


def test_a_trailing_bound_covers_the_list_before_it():
    found = find_quantities("达300万元、500万元、1000万元以上的")
    assert [q.bound for q in found] == ["exact", "exact", "min"]
    assert [q.bound for q in spread_bound(found)] == ["min", "min", "min"]


def test_a_leading_ceiling_covers_the_list_after_it():
    assert [q.bound for q in spread_bound(find_quantities("最高50万元、30万元"))] == ["max", "max"]


def test_a_bound_is_not_spread_over_another_unit_or_another_bound():
    assert [q.bound for q in spread_bound(find_quantities("约3家、5%、7%以上"))] == ["about", "min", "min"]


def test_neighbours_of_one_unit_form_a_parallel_list():
    text = "达300万元、500万元，分别奖励3万元和5万元，增长5%"
    runs = parallel_runs(text, find_quantities(text))
    assert [[q.value for q in run] for run in runs] == [[3000000, 5000000], [30000, 50000], [5]]


UNITS = {
    "元": ("CNY", 1),
    "万元": ("CNY", 10**4),
    "亿元": ("CNY", 10**8),
    "万美元": ("USD", 10**4),
    "%": ("%", 1),
}
UNITS |= {
    "家": ("家", 1),
    "万家": ("家", 10**4),
    "个百分点": ("百分点", 1),
    "倍": ("倍", 1),
    "公里": ("公里", 1),
}
BEFORE = {"": "exact", "最高": "max", "不超过": "max", "不低于": "min", "超过": "min", "约": "about"}


@given(
    st.integers(1, 999_999), st.sampled_from(sorted(UNITS)), st.sampled_from(sorted(BEFORE)), st.booleans()
)
def test_a_number_written_in_any_way_reads_back(n, unit, before, thousands):
    text = f"给予{before}{n:,}{unit}。" if thousands else f"给予{before}{n}{unit}。"
    (q,) = find_quantities(text)
    name, factor = UNITS[unit]
    assert (q.value, q.unit, q.bound) == (n * factor, name, BEFORE[before])
    assert text[q.start : q.end] == text[2:-1]


@given(
    st.integers(1, 500),
    st.integers(1, 500),
    st.sampled_from(["-", "—", "–", "~", "至"]),
    st.sampled_from(sorted(UNITS)),
)
def test_a_range_reads_back(low, more, dash, unit):
    (q,) = find_quantities(f"给予{low}{dash}{low + more}{unit}。")
    name, factor = UNITS[unit]
    assert (q.value, q.upper, q.unit, q.bound) == (low * factor, (low + more) * factor, name, "range")


FRAGMENTS = st.sampled_from(
    [
        "最高",
        "不超过",
        "近",
        "约",
        "第",
        "前",
        "全国",
        "排名",
        "以上",
        "以下",
        "左右",
        "万元",
        "亿",
        "%",
        "个",
        "家",
        "年",
        "月",
        "日",
        "个百分点",
        "十",
        "三",
        "百",
        "千",
        "一半",
        "分之",
        "成",
        "倍",
        "、",
        "—",
        "至",
        "和",
        ":",
        "/",
        ".",
        ",",
        "，",
        "。",
        "（不含）",
        "《",
        "》",
        "“",
        "”",
        "首位",
        "半年",
        "2022",
        "5",
        "10",
        "3.5",
        "1,000",
        "２",
        "年以上",
        "元/人",
        "余",
        "多",
        "-",
    ]
)


@given(st.one_of(st.text(), st.lists(FRAGMENTS, max_size=14).map("".join)))
def test_spans_lie_in_order_within_any_text(text):
    end = 0
    for q in find_quantities(text, bare=True):
        assert end <= q.start <= q.number_start < q.number_end <= q.end <= len(text)
        assert q.upper is None or q.upper > q.value
        assert (q.upper is not None) == (q.bound == "range")
        end = q.end


@pytest.mark.parametrize(
    "text", ["9" * 5000 + "/3", "9" * 5000 + "万元", "一" * 5000 + "家", "1" * 5000 + ":2:3"]
)
def test_endless_digits_are_no_quantity(text):
    assert find_quantities(text, bare=True) == []
