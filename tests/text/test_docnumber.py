import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.docnumber import find_document_numbers

NUMBERS = [
    ("渝府发〔2021〕29号", "渝府发〔2021〕29号", "渝府发", 2021, 29),
    ("国发[2018]19号", "国发〔2018〕19号", "国发", 2018, 19),
    ("国办发(2018)127号", "国办发〔2018〕127号", "国办发", 2018, 127),
    ("（国发（2016）54号）", "国发〔2016〕54号", "国发", 2016, 54),
    ("冀政办字【2020】5号", "冀政办字〔2020〕5号", "冀政办字", 2020, 5),
    ("国科发火〔2016〕32号文规定", "国科发火〔2016〕32号", "国科发火", 2016, 32),
    ("根据渝府发〔2021〕29号", "渝府发〔2021〕29号", "渝府发", 2021, 29),
    ("发文字号：国发〔2018〕38号", "国发〔2018〕38号", "国发", 2018, 38),
    ("若干意见的通知粤府〔2018〕23号", "粤府〔2018〕23号", "粤府", 2018, 23),
    ("穗 府 办 〔2020〕 7 號", "穗府办〔2020〕7号", "穗府办", 2020, 7),
    ("渝府发〔２０２１〕２９号", "渝府发〔2021〕29号", "渝府发", 2021, 29),
    ("国务院令第716号", "国务院令第716号", "国务院令", None, 716),
    ("主席令（第三十二号）", "主席令第32号", "主席令", None, 32),
    ("中华人民共和国主席令第68号", "中华人民共和国主席令第68号", "中华人民共和国主席令", None, 68),
    ("税务总局公告2017年第24号", "税务总局公告2017年第24号", "税务总局公告", 2017, 24),
    ("第35号令", "令第35号", "令", None, 35),
]


@pytest.mark.parametrize(("text", "written", "agency", "year", "serial"), NUMBERS)
def test_a_document_number_is_read_in_its_standard_form(text, written, agency, year, serial):
    (number,) = find_document_numbers(text)
    assert (number.text, number.agency, number.year, number.serial) == (written, agency, year, serial)


def test_two_numbers_joined_by_a_word_are_kept_apart():
    found = find_document_numbers("鲁政办字〔2022〕1号和鲁科字〔2021〕2号")
    assert [number.text for number in found] == ["鲁政办字〔2022〕1号", "鲁科字〔2021〕2号"]


def test_the_span_leaves_the_brackets_round_the_number_out():
    text = "《意见》（国发〔2018〕23号）精神"
    (number,) = find_document_numbers(text)
    assert text[number.start : number.end] == "国发〔2018〕23号"


@pytest.mark.parametrize(
    "text", ["〔2021〕29号", "连新路171号", "地铁4号线", "（2021年）", "第3号楼", "文献[2008]"]
)
def test_what_is_no_document_number_is_left_alone(text):
    assert find_document_numbers(text) == []


@given(
    st.sampled_from(["渝府发", "国科发火", "浙政办", "鲁科字"]),
    st.integers(1980, 2030),
    st.integers(1, 9999),
    st.sampled_from(["〔〕", "[]", "()", "（）", "【】", "［］"]),
    st.sampled_from(["", " "]),
)
def test_a_number_in_any_brackets_reads_back(agency, year, serial, brackets, gap):
    text = f"按照{agency}{gap}{brackets[0]}{year}{brackets[1]}{gap}{serial}{gap}号执行"
    (number,) = find_document_numbers(text)
    assert number.text == f"{agency}〔{year}〕{serial}号"


@given(
    st.lists(
        st.sampled_from(
            [
                "国",
                "发",
                "〔",
                "〕",
                "2021",
                "29",
                "号",
                "令",
                "第",
                "十",
                "公告",
                "年",
                "(",
                ")",
                "和",
                "根据",
            ]
        ),
        max_size=14,
    ).map("".join)
)
def test_document_numbers_lie_in_order_within_any_text(text):
    end = 0
    for number in find_document_numbers(text):
        assert end <= number.start < number.end <= len(text)
        end = number.end


def test_a_title_above_the_number_is_no_issuer() -> None:
    found = find_document_numbers("关于落实加计扣除政策的公告\n2023年第4号")
    assert [n.text for n in found] == ["公告2023年第4号"]
    assert [n.text for n in find_document_numbers("（财政部 税务总局公告2023年第7号）")] == ["财政部税务总局公告2023年第7号"]
