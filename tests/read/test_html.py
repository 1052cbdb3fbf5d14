"""Saved pages: the whole article, nothing of the site around it, and what the page says of itself."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest
from pages import STYLES

from kg.errors import ReadError
from kg.read import read_document
from kg.read.html import read_html, read_mhtml
from kg.resources import data_dir

TITLE = "某省科学技术厅关于支持科技型企业创新发展的若干措施"
LINES = [
    "各市州科技局，各有关单位：",
    "第一条 对首次认定的高新技术企业，给予最高50万元奖励。",
    "第二条 支持企业牵头组建创新联合体，按研发投入的20%给予补助，最高200万元。",
    "本措施自2022年4月1日起施行，有效期3年。",
]
AROUND = ("首页", "政务公开", "脚本里", "网站标识码", "年度科技工作会议", "分享到", "打印", "浏览次数", "责任编辑", "当前位置", "相关稿件")


def squeezed(text: str) -> str:
    return re.sub(r"[\s|#]|-{3,}", "", text)


@pytest.mark.parametrize("style", STYLES)
def test_no_paragraph_of_any_of_our_sources_is_lost_and_nothing_around_it_stays(style: str) -> None:
    """Every line of the 32 bundled documents in three kinds of page, whole and cut to their first three lines."""
    lost, kept = [], []
    for path in sorted((data_dir("sources") / "documents").glob("*.md")):
        title, *rest = path.read_text(encoding="utf-8").splitlines()
        lines = [line for line in rest if line.strip()]
        if style != "central":
            lines = [line for line in lines if not line.startswith(("#", "|"))]
        for part in (lines, lines[:3]):
            text = squeezed(read_html(STYLES[style](title.lstrip("# "), part).encode(), "x")[0].text)
            lost += [(path.name, line) for line in part if squeezed(line) not in text]
            kept += [(path.name, word) for word in AROUND if word in text]
            assert text.count(squeezed(title)) == 1
    assert not lost and not kept


def test_a_page_says_what_its_document_is() -> None:
    content, _ = read_html(STYLES["central"](TITLE, LINES).encode(), "x")
    assert content.metadata == {
        "title": TITLE,
        "author": "某省科学技术厅",
        "number": "某科发〔2022〕12号",
        "source": "科技厅网站",
        "index_number": "000014349/2022-00012",
        "date": "2022-02-28",
        "published": "2022-03-05",
        "publisher": "某政府网",
    }
    head = content.text.splitlines()[:5]
    assert head == [f"# {TITLE}", "发文机关：某省科学技术厅", "发文字号：某科发〔2022〕12号", "成文日期：2022-02-28", "发布日期：2022-03-05"]
    assert content.text.splitlines()[5:] == LINES


def test_attachments_below_the_article_stay() -> None:
    content, encoding = read_html(STYLES["department"](TITLE, LINES).encode("gb18030"), "x")
    assert encoding == "gb18030"
    assert content.text.splitlines()[-2:] == ["附件：1.申报书.docx", "附件：2.汇总表.xls"]
    assert content.metadata["source"] == "省科技厅" and content.metadata["published"] == "2022-03-05"


@pytest.mark.parametrize(("codec", "declared"), [("gbk", "gb2312"), ("utf-8", ""), ("gb18030", ""), ("utf-16", ""), ("big5", "big5"), ("utf-8", "gbk")])
def test_pages_are_read_in_the_charset_they_have(codec: str, declared: str) -> None:
    meta = f'<meta charset="{declared}">' if declared else ""
    words = "對首次認定的高新技術企業，給予最高50萬元獎勵，支持企業創新。" if codec == "big5" else LINES[1]
    page = f"<!DOCTYPE html><html><head>{meta}<title>x</title></head><body><p>{words}</p></body></html>"
    assert words in read_html(page.encode(codec), "x")[0].text


def test_tables_of_figures_are_rows_and_tables_of_provisions_paragraphs() -> None:
    page = """<html><body><h1>各地研发投入比较</h1><p>各地研发投入见下表，数据来自统计公报，口径一致。</p>
    <table><tr><th rowspan="2">指标</th><th colspan="2">甲省</th></tr><tr><th>指标值</th><th>排名</th></tr>
    <tr><td>研发投入强度/%</td><td>2.4</td><td>3</td></tr></table>
    <table><tr><td>重点任务</td><td>牵头单位</td></tr><tr><td>对首次认定的高新技术企业给予奖励，最高不超过50万元，并在次年兑现。</td><td>科技局</td></tr></table></body></html>"""
    content, _ = read_html(page.encode(), "x")
    table = content.tables[0]
    assert table.header == ("指标", "甲省", "甲省")
    assert table.rows == (("指标", "指标值", "排名"), ("研发投入强度/%", "2.4", "3"))
    assert content.text[table.start : table.end].startswith("| 指标 | 甲省 | 甲省 |\n|---|")
    assert "\n对首次认定的高新技术企业给予奖励，最高不超过50万元，并在次年兑现。\n" in content.text


def test_a_web_archive_is_read_with_its_address() -> None:
    page = base64.encodebytes(STYLES["news"](TITLE, LINES).encode()).decode()
    archive = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://kjt.example.cn/a.html\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b0"\r\n\r\n--b0\r\nContent-Type: text/html; charset=utf-8\r\n'
        f"Content-Transfer-Encoding: base64\r\nContent-Location: https://kjt.example.cn/a.html\r\n\r\n{page}\r\n--b0--\r\n"
    )
    content, encoding = read_mhtml(archive.encode(), "x")
    assert content.metadata["url"] == "https://kjt.example.cn/a.html" and encoding == "utf-8"
    assert all(line in content.text for line in LINES)


def test_text_inside_words_and_line_breaks_of_the_source_leave_no_spaces() -> None:
    page = "<html><body><div>对首次认定的\n   高新<b>技术</b>企业，给予<span>50</span>万元奖励。<br>第二条　支持企业\r\n研发。</div></body></html>"
    assert read_html(page.encode(), "x")[0].text == "对首次认定的高新技术企业，给予50万元奖励。\n第二条　支持企业研发。\n"


def test_a_page_built_by_scripts_is_named() -> None:
    with pytest.raises(ReadError, match="page without text"):
        read_html(b"<html><body><script>render()</script><div id='app'></div></body></html>", "x")


def test_the_ending_of_a_page_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "notice.doc"  # many sites send pages under this name
    path.write_text(STYLES["news"](TITLE, LINES), encoding="utf-8")
    assert LINES[1] in read_document(path).text
    assert read_document(path).source.title == TITLE




@pytest.mark.parametrize(
    ("page", "lines"),
    [
        ("<pre>某省若干措施\n\n第一条 支持企业。\n第二条 支持人才。</pre>", ["某省若干措施", "第一条 支持企业。", "第二条 支持人才。"]),
        ("<div><p>第一条 对首次认定的企业，给予奖励。</p><p>特此通知。</p></div>", ["第一条 对首次认定的企业，给予奖励。", "特此通知。"]),
        (
            "<TABLE><TR><TD>　　各县区：<BR>　　对首次认定的企业，给予奖励。<P align=right>某市科技局<BR>2022年3月1日</P></TD></TR></TABLE>",
            ["各县区：", "对首次认定的企业，给予奖励。", "某市科技局", "2022年3月1日"],
        ),
        (
            "<div><p><a name=1>第一条</a> 为了促进创新，制定本条例。</p><p>依照<a href=x>《科学技术进步法》</a>和<a href=y>《科技进步条例》</a>执行。</p></div>",
            ["第一条 为了促进创新，制定本条例。", "依照《科学技术进步法》和《科技进步条例》执行。"],
        ),
        (
            "<div class=a><p>第一条 支持企业，给予补助。</p><div style='display:none'>" + "第二条 支持人才，给予住房补贴。" * 20 + "</div></div>",
            ["第一条 支持企业，给予补助。", "第二条 支持人才，给予住房补贴。" * 20],
        ),
        (
            "<div class=part><p>第一章 支持企业研发，给予补助。</p></div><div class=part><p>" + "第二章 支持人才引进，给予住房补贴。" * 30 + "</p></div>",
            ["第一章 支持企业研发，给予补助。", "第二章 支持人才引进，给予住房补贴。" * 30],
        ),
    ],
    ids=["preformatted", "short paragraphs", "a table around all", "sentences of links", "unfolded by a click", "parts of one name"],
)
def test_short_and_odd_articles_are_whole(page: str, lines: list[str]) -> None:
    assert read_html(f"<html><body>{page}</body></html>".encode(), "x")[0].text.splitlines() == lines


def test_a_title_outside_the_article_goes_before_it() -> None:
    page = "<html><head><title>通知</title></head><body><center>关于支持科技型中小企业的通知</center><div><p>各县区：</p><p>对首次认定的企业，给予奖励。</p></div></body></html>"
    assert read_html(page.encode(), "x")[0].text.splitlines()[0] == "# 关于支持科技型中小企业的通知"
