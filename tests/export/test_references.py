"""References that a person can check by eye. All works are invented but for their pattern."""

from __future__ import annotations

import json

import pytest

from kg.export.bibliography import bibtex, csl_json, ris
from kg.export.citing import cite_table, cited, one_line
from kg.export.references import Work, missing, reference, works
from kg.model import Claim, Document, Source

POLICY = Source(
    "a-1",
    title="甲省人民政府关于支持企业创新的意见",
    author="甲省人民政府",
    date="2021-09-30",
    number="甲政发〔2021〕9号",
    published_in="https://www.example.gov.cn/a?b=1&c=2",
    kind="policy",
)
ARTICLE = Source(
    "a-2",
    title="区域创新资源集聚研究",
    author="甲一、乙二、丙三、丁四",
    published_in="创新研究, 2024, 44(3): 1-10",
    kind="article",
)
PINYIN = Source("a-3", title="区域创新研究", author="LI Xiao、HU Jinzhao", published_in="创新研究, 2023(2): 5", kind="article")
REPORT = Source(
    "a-4", title="甲省创新年报", author="甲研究院", date="2022-01-16", published_in="https://e.cn/r.pdf", kind="report"
)
PAGE = Source("a-5", title="甲省出台新政", author="甲网", date="2024-05-01", published_in="https://e.cn/p")
OFFLINE = Source("a-6", title="甲市条例", author="甲市人民代表大会常务委员会", date="2019-10-29", kind="policy")
DIGEST = Source(
    "a-7",
    title="甲乙政策摘编",
    author="kg project",
    date="2026-11-23",
    licence="CC-BY-4.0",
    kind="policy",
    digest_of_title="《甲办法》；《乙通知》",
    digest_of_issuer="甲厅；乙委、丙局",
    digest_of_date="2017；2018-06-21",
    digest_of_number="；乙发〔2018〕3号",
)


@pytest.mark.parametrize(
    ("source", "in_2015", "in_2025"),
    [
        (
            POLICY,
            "甲省人民政府. 甲省人民政府关于支持企业创新的意见: 甲政发〔2021〕9号[EB/OL]. (2021-09-30)[2026-11-23]. "
            "https://www.example.gov.cn/a?b=1&c=2.",
            "甲省人民政府. 甲省人民政府关于支持企业创新的意见：甲政发〔2021〕9号[EB/OL]. （2021-09-30）[2026-11-23]. "
            "https://www.example.gov.cn/a?b=1&c=2.",
        ),
        (
            ARTICLE,
            "甲一, 乙二, 丙三, 等. 区域创新资源集聚研究[J]. 创新研究, 2024, 44(3): 1-10.",
            "甲一，乙二，丙三，等. 区域创新资源集聚研究[J]. 创新研究，2024，44（3）：1-10.",
        ),
        (
            PINYIN,
            "LI Xiao, HU Jinzhao. 区域创新研究[J]. 创新研究, 2023(2): 5.",
            "Li Xiao，Hu Jinzhao. 区域创新研究[J]. 创新研究，2023（2）：5.",
        ),
        (
            REPORT,
            "甲研究院. 甲省创新年报[R/OL]. (2022-01-16)[2026-11-23]. https://e.cn/r.pdf.",
            "甲研究院. 甲省创新年报[R/OL]. 2022-01-16. https://e.cn/r.pdf.",
        ),
        (
            PAGE,
            "甲网. 甲省出台新政[EB/OL]. (2024-05-01)[2026-11-23]. https://e.cn/p.",
            "甲网. 甲省出台新政[EB/OL]. （2024-05-01）[2026-11-23]. https://e.cn/p.",
        ),
        (
            OFFLINE,
            "甲市人民代表大会常务委员会. 甲市条例[Z]. 2019-10-29.",
            "甲市人民代表大会常务委员会. 甲市条例[Z]. 2019-10-29.",
        ),
    ],
    ids=lambda value: value.id if isinstance(value, Source) else "",
)
def test_references_in_both_editions(source: Source, in_2015: str, in_2025: str) -> None:
    (work,) = works(Document("d-1", "文", source))
    assert reference(work, 2015, accessed="2026-11-23") == in_2015
    assert reference(work, 2025, accessed="2026-11-23") == in_2025


def test_a_digest_cites_its_originals() -> None:
    first, second = works(Document("d-1", "文", DIGEST))
    assert reference(first) == "甲厅. 甲办法[Z]. 2017."
    assert reference(second) == "乙委，丙局. 乙通知：乙发〔2018〕3号[Z]. 2018-06-21."
    assert (first.digest, first.digest_licence) == ("甲乙政策摘编", "CC-BY-4.0")
    assert {first.key, second.key} == {"a-7-1", "a-7-2"}


def test_what_the_catalogue_does_not_know_is_named() -> None:
    assert missing(works(Document("d-1", "文", OFFLINE))[0]) == ("address",)
    assert missing(works(Document("d-1", "文", Source("a-8", title="某文", kind="article")))[0]) == (
        "authors",
        "date",
        "journal",
        "pages",
    )
    assert reference(Work("x", "page", "某文")) == "某文[Z]."


def test_a_claim_is_cited_with_its_place() -> None:
    text = "第一条 给予奖励。\n第二条 给予\n补助 100 万元。"
    source = Source("a-1", title="甲办法", date="2020", kind="policy", author="甲厅")
    document = Document("d-1", text, source, pages=((0, 1), (10, 2)))
    start = text.index("给予\n")
    claim = Claim("measure", "d-1", start, len(text) - 1, text[start:-1], "r", locator="第二条", values={"instruments": ["PI008"]})
    table = cite_table([cited(document, claim)])
    assert table.records() == [
        {
            "claim": claim.id,
            "quote": "给予补助 100 万元",
            "where": "第二条，第2页",
            "reference": "甲厅. 甲办法[Z]. 2020.",
            "remarks": "著录缺项：网址",
        }
    ]
    english = cite_table([cited(document, claim)], language="en", edition=2015)
    assert english.column("where") == ("第二条, p. 2",) and "2015" in english.title


def test_a_quote_of_a_digest_says_so_and_cites_the_work_that_the_claim_names() -> None:
    document = Document("d-1", "给予奖励。", DIGEST)
    claim = Claim("measure", "d-1", 0, 4, "给予奖励", "r", locator="（二）", values={"policy": "乙通知"})
    item = cited(document, claim)
    assert [work.title for work in item.works] == ["乙通知"]
    ((_, _, place, _, told),) = cite_table([item]).rows
    assert place == "摘编 （二）" and "不是原文" in str(told) and "CC-BY-4.0" in str(told)


def test_quotes_lose_the_breaks_of_the_page_only() -> None:
    assert one_line("企 业\n\n研发 R&D\nspending 10%") == "企业研发 R&D spending 10%"


def test_bibtex() -> None:
    sources = [POLICY, PINYIN, POLICY]
    assert bibtex(works(Document("d-1", "文", source))[0] for source in sources) == (
        "@misc{a-1,\n"
        "  author = {{甲省人民政府}},\n"
        "  title = {{甲省人民政府关于支持企业创新的意见}},\n"
        "  year = {2021},\n"
        "  date = {2021-09-30},\n"
        "  number = {甲政发〔2021〕9号},\n"
        "  url = {https://www.example.gov.cn/a?b=1&c=2},\n"
        "}\n"
        "\n"
        "@article{a-3,\n"
        "  author = {LI Xiao and HU Jinzhao},\n"
        "  title = {{区域创新研究}},\n"
        "  journal = {创新研究},\n"
        "  year = {2023},\n"
        "  number = {2},\n"
        "  pages = {5},\n"
        "}\n"
    )
    assert "100\\% \\& \\_" in bibtex([Work("k", "page", "100% & _")])


def test_ris() -> None:
    assert ris(works(Document("d-1", "文", ARTICLE))) == (
        "TY  - JOUR\r\nAU  - 甲一\r\nAU  - 乙二\r\nAU  - 丙三\r\nAU  - 丁四\r\nTI  - 区域创新资源集聚研究\r\n"
        "T2  - 创新研究\r\nPY  - 2024\r\nDA  - 2024///\r\nVL  - 44\r\nIS  - 3\r\nSP  - 1\r\nEP  - 10\r\n"
        "ID  - a-2\r\nER  - \r\n"
    )


def test_csl_json() -> None:
    article, pinyin = json.loads(csl_json(works(Document("d-1", "文", s))[0] for s in (DIGEST, PINYIN)))
    assert article["type"] == "legislation" and article["issued"] == {"date-parts": [[2017]]}
    assert article["note"] == "据摘编《甲乙政策摘编》（CC-BY-4.0）"
    assert pinyin["author"] == [{"family": "Li", "given": "Xiao"}, {"family": "Hu", "given": "Jinzhao"}]
    assert pinyin["container-title"] == "创新研究" and pinyin["page"] == "5"
