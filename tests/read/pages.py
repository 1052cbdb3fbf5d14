"""Pages in the manner of government and news sites around a text of ours, for the tests of the HTML reader."""

from __future__ import annotations

import html
from collections.abc import Sequence

_NAV = "".join(f'<li><a href="/c{n}/">{w}</a></li>' for n, w in enumerate(("首页", "政务公开", "办事服务", "互动交流", "数据开放", "科技动态")))
_SIDE = "".join(
    f'<li><a href="/a{n}.html">{w}</a><span>03-0{n}</span></li>'
    for n, w in enumerate(("我省召开年度科技工作会议", "全省创新平台名单公布", "专项资金申报系统开放", "科技特派员走进田间"), start=1)
)
_FOOT = (
    "<div class='footer'><p>主办单位：某省科学技术厅　承办单位：某省科技信息中心</p>"
    "<p>网站标识码：9900000001　某ICP备00000001号　公网安备 99000002000001号</p><p>地址：某市科技路1号，邮编：000000，联系我们。</p></div>"
)
_SHARE = '<div class="bdsharebuttonbox"><span>分享到：</span><a href="#">微信</a><a href="#">微博</a></div>'


def paragraphs(lines: Sequence[str], style: str = "") -> str:
    """Lines of Markdown as HTML: # headings, | rows, the rest paragraphs."""
    out: list[str] = []
    rows: list[str] = []
    for line in [*lines, ""]:
        if line.startswith("|"):
            if set(line) - set("|-: "):
                cells = line.strip("|").split("|")
                rows.append("<tr>" + "".join(f"<td>{html.escape(c.strip())}</td>" for c in cells) + "</tr>")
            continue
        if rows:
            out.append(f'<table border="1"><tbody>{"".join(rows)}</tbody></table>')
            rows = []
        if line.startswith("#"):
            mark, _, words = line.partition(" ")
            out.append(f"<h{len(mark)}>{html.escape(words)}</h{len(mark)}>")
        elif line.strip():
            out.append(f"<p{style}>　　{html.escape(line)}</p>")
    return "\n".join(out)


def central(title: str, lines: Sequence[str]) -> str:
    """In the manner of the central government's site: a table of facts, the text in a part of its own."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}_某部文件_某政府网</title>
<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="2022-03-05"><meta name="SiteName" content="某政府网">
<script>var a = "脚本里的文字，不是正文。";</script></head><body>
<div class="header"><ul class="nav">{_NAV}</ul><form><input name="q"><button>搜索</button></form></div>
<div class="BreadcrumbNav"><a href="/">首页</a> &gt; <a href="/zc/">政策</a></div>
<table class="bd1"><tr><td><b>标　　题：</b></td><td>{title}</td><td><b>发文机关：</b></td><td>某省科学技术厅</td></tr>
<tr><td><b>发文字号：</b></td><td>某科发〔2022〕12号</td><td><b>来　　源：</b></td><td>科技厅网站</td></tr>
<tr><td><b>主题分类：</b></td><td>科技、教育\\科技</td><td><b>索 引 号：</b></td><td>000014349/2022-00012</td></tr>
<tr><td><b>成文日期：</b></td><td>2022年02月28日</td><td><b>发布日期：</b></td><td>2022年03月05日</td></tr></table>
<div class="article"><h1>{title}</h1>{_SHARE}<div class="pages_content" id="UCAP-CONTENT">
{paragraphs(lines, ' style="text-indent:2em"')}
</div><div class="related"><h3>相关稿件</h3><ul>{_SIDE}</ul></div></div>
{_FOOT}</body></html>"""


def department(title: str, lines: Sequence[str]) -> str:
    """In the manner of a department's site: tables place everything, spans inside words, attachments below."""
    body = "".join(
        f'<p class="MsoNormal"><span style="font-family:仿宋">{html.escape(line[: len(line) // 2])}</span>'
        f"<span lang=EN-US>{html.escape(line[len(line) // 2 :])}</span><o:p></o:p></p>\n"
        for line in lines
        if line.strip() and not line.startswith(("#", "|"))
    )
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>某省科学技术厅 - {title}</title></head>
<body><table width="1000"><tr><td colspan="2"><div id="menu"><ul>{_NAV}</ul></div></td></tr>
<tr><td width="220" valign="top"><div class="left"><h3>通知公告</h3><ul>{_SIDE}</ul></div></td>
<td><div>您现在的位置：<a href="/">首页</a> &gt;&gt; <a href="/tz/">通知</a></div>
<div align="center"><h2>{title}</h2></div>
<div align="center">来源：省科技厅　发布时间：2022-03-05 10:21　浏览次数：<span>312</span>　字号：[<a>大</a> <a>中</a> <a>小</a>]</div>
<div class="TRS_Editor">{body}</div>
<div><p>附件：<a href="P1.docx">1.申报书.docx</a></p><p>附件：<a href="P2.xls">2.汇总表.xls</a></p></div>
<div>【<a href="javascript:print()">打印</a>】【<a href="javascript:close()">关闭</a>】</div>
<div>上一篇：<a href="/1">关于公布名单的通知</a></div></td></tr></table>{_FOOT}</body></html>"""


def news(title: str, lines: Sequence[str]) -> str:
    """In the manner of a news site: no marked article, lines by <br>, text between advertisements."""
    blocks = "".join(f"<div>　　{html.escape(line)}<br><br></div>" for line in lines if line.strip() and not line.startswith(("#", "|")))
    return f"""<html><head><meta charset="utf-8"><title>{title}-某新闻网</title><meta property="og:title" content="{title}"></head><body>
<header><nav><ul>{_NAV}</ul></nav></header><div class="w1200 clearfix"><div class="l-box"><h1>{title}</h1>
<div class="info">2022-03-05 08:00　来源：某日报　作者：王某　责任编辑：李某</div>{_SHARE}
<div class="txt">{blocks}</div><div class="ad"><img src="x.gif"></div><p>（责任编辑：李某）</p></div>
<div class="r-box"><h3>热点推荐</h3><ul>{_SIDE}</ul><div>扫一扫在手机打开当前页</div></div></div>{_FOOT}</body></html>"""


STYLES = {"central": central, "department": department, "news": news}
