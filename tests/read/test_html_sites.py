"""Pages as sites make them: index lists, WeChat, portals, tables and frames of the 2000s, exports of Word."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kg.errors import ReadError
from kg.read.html import read_html, read_mhtml

TITLE = "关于印发《某省科技创新券管理办法》的通知"
LINES = [
    "各设区市科学技术局、财政局，各有关单位：",
    "现将《某省科技创新券管理办法》印发给你们，请结合实际，认真贯彻执行。",
    "第一条 科技创新券由省级财政资金设立，用于支持企业购买检验检测、研究开发、技术咨询等服务。",
    "第二条 对经备案的科技型中小企业，按照实际支出的50%给予补助，每家企业每年最高20万元。",
    "第三条 本办法自2023年1月1日起施行，有效期5年。",
]
NAV = "".join(f'<li><a href="/{n}/">{w}</a></li>' for n, w in enumerate(("首页", "要闻动态", "政务公开", "办事服务", "互动交流")))
RELATED = "".join(
    f'<li><a href="/art/{n}.html">{w}</a><span>2022-11-1{n}</span></li>'
    for n, w in enumerate(("一图读懂科技创新券", "关于组织申报科技计划项目的通知", "我省新增三家国家级孵化器"))
)
FOOT = "<div class='foot'><p>主办：某省科学技术厅 地址：某市科技大道8号</p><p>某ICP备05000001号-1 某公网安备 33010002000001号</p></div>"


def paragraphs(lines: Sequence[str]) -> str:
    return "".join(f"<p>　　{line}</p>" for line in lines)


def spans(line: str) -> str:
    return "".join(f"<span style='font-size:16px'>{c}</span>" for c in line)


def index_list() -> str:
    facts = (("索 引 号", "002482429/2022-00112"), ("发布机构", "省科技厅"), ("成文日期", "2022-11-20"), ("发布日期", "2022-11-22"), ("文　　号", "某科发〔2022〕112号"), ("有 效 性", "有效"))
    items = "".join(f"<li><span>{k}：</span>{v}</li>" for k, v in facts)
    return (
        f"<html><head><meta charset=utf-8><meta name=ArticleTitle content='{TITLE}'><title>某省科学技术厅 {TITLE}</title></head><body><ul class=nav>{NAV}</ul>"
        f"<div class=bread>当前位置：<a>首页</a> &gt; <a>政策文件</a></div><div class=xxgk_head><ul>{items}</ul></div><h1>{TITLE}</h1>"
        f"<div class=info><span>发布时间：2022-11-22 09:31</span> <span>来源：省科技厅</span> <span>字号：<a>大</a> <a>中</a> <a>小</a></span></div><div id=zoom>{paragraphs(LINES)}</div>"
        f"<div class=tools><a>打印本页</a> <a>关闭窗口</a></div><div class=xgwj><h3>相关文件</h3><ul>{RELATED}</ul></div><p>上一篇：<a>关于公布名单的通知</a></p>{FOOT}<div>返回顶部</div></body></html>"
    )


def wechat() -> str:
    return (
        f"<html><head><meta charset=utf-8><meta property='og:title' content='{TITLE}'><meta property='og:site_name' content='微信公众平台'><script>var ct = \"1669080000\";</script></head>"
        f"<body><h1 id=activity-name>{TITLE}</h1><span><a id=js_name>某省科技发布</a></span><em id=publish_time></em><div class=rich_media_content id=js_content style='visibility: hidden'>"
        f"<section><p>{spans('点击上方蓝字关注我们')}</p></section>{''.join(f'<section><p>{spans(line)}</p><p><br></p></section>' for line in LINES)}</div>"
        "<div><span>阅读</span><span>在看</span></div><div><p>微信扫一扫<br>关注该公众号</p></div></body></html>"
    )


def portal() -> str:
    return (
        f"<html><head><meta charset=gbk><title>{TITLE}_新闻频道_某网</title></head><body><div class=top><a>登录</a><a>注册</a></div><h1>{TITLE}</h1>"
        f"<div class=post_info>2022-11-22 08:00:00　来源: <a>某省日报</a> <a>举报</a></div><div class=post_body><p>（原标题：{TITLE}）</p>{paragraphs(LINES)}<div class=ad><a>广告：立即购买</a></div></div>"
        f"<div>特别声明：以上内容为平台用户上传并发布，本平台仅提供信息存储服务。</div><div class=side><h2>热点新闻</h2><ul>{RELATED}</ul></div>{FOOT}</body></html>"
    )


def tables_of_the_2000s() -> str:
    return (
        "<HTML><HEAD><TITLE>某省人民政府公报</TITLE><META http-equiv=Content-Type content='text/html; charset=gb2312'></HEAD><BODY><TABLE width=778><TR><TD><A href=1>首页</A> | <A href=2>政策法规</A> | <A href=3>公报检索</A></TD></TR></TABLE>"
        f"<TABLE width=778><TR><TD width=160><TABLE><TR><TD>·<A href=4>省政府文件</A></TD></TR><TR><TD>·<A href=5>人事任免</A></TD></TR></TABLE></TD><TD><P align=center><FONT size=5>{TITLE}</FONT></P>"
        f"<FONT size=3>{'<BR>'.join('　　' + line for line in LINES)}</FONT><P>[<A href='javascript:print()'>打印</A>] [<A href='javascript:close()'>关闭</A>]</P></TD></TR></TABLE><TABLE><TR><TD>版权所有：某省人民政府办公厅</TD></TR></TABLE></BODY></HTML>"
    )


def gazette() -> str:
    facts = "".join(f"<p><b>{k}：</b>{v}</p>" for k, v in (("信息来源", "省科技厅"), ("发布日期", "2022-11-22"), ("有效性", "失效"), ("失效日期", "2024-01-01")))
    return (
        f"<html><head><meta charset=utf-8><title>{TITLE}_某省公报2022年第23期</title></head><body><div class=left_menu><ul>{NAV}</ul></div><div class=content><h2>{TITLE}</h2>{facts}{paragraphs(LINES)}</div>{FOOT}</body></html>"
    )


SITES = {f.__name__: f for f in (index_list, wechat, portal, tables_of_the_2000s, gazette)}


@pytest.mark.parametrize("site", SITES)
def test_the_whole_text_and_nothing_of_the_site_is_kept(site: str) -> None:
    page = SITES[site]()
    content, _ = read_html(page.encode("gb18030" if "gb" in page[:300] else "utf-8"), "page.html")
    text = [line.lstrip("# ") for line in content.text.split("\n") if line]
    facts = ("发文机关：", "发文字号：", "成文日期：", "发布日期：")
    assert [line for line in text if not line.startswith(facts)] == [TITLE, *LINES]
    assert content.metadata["title"] == TITLE
    if site != "tables_of_the_2000s":
        assert content.metadata["published"] == "2022-11-22"


def test_what_sites_say_of_a_text_is_kept() -> None:
    found = {site: read_html(make().encode("gb18030" if "gb" in make()[:300] else "utf-8"), "p")[0].metadata for site, make in SITES.items()}
    facts = found["index_list"]
    assert (facts["index_number"], facts["number"], facts["status"]) == ("002482429/2022-00112", "某科发〔2022〕112号", "有效")
    assert found["wechat"]["publisher"] == "某省科技发布"
    assert found["portal"]["source"] == "某省日报"
    assert (found["gazette"]["status"], found["gazette"]["expires"], found["gazette"]["source"]) == ("失效", "2024-01-01", "省科技厅")


def test_a_page_of_frames_names_them_and_an_archive_of_one_is_read() -> None:
    frames = b"<html><frameset cols='20%,80%'><frame src=left.htm><frame src=main.htm></frameset></html>"
    with pytest.raises(ReadError, match=r"page of frames .*left\.htm, main\.htm"):
        read_html(frames, "a.html")
    archive = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
    for page in (frames, gazette().encode()):
        archive += b"--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + page + b"\r\n"
    assert LINES[2] in read_mhtml(archive + b"--b--\r\n", "a.mhtml")[0].text
