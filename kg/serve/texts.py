"""The words of the pages, Chinese and English."""

from __future__ import annotations

NAVIGATION = {
    "/": ("检索", "Search"),
    "/provinces": ("省份", "Provinces"),
    "/compare": ("比较", "Compare"),
    "/precedents": ("先例", "Precedents"),
    "/flows": ("流向", "Flows"),
    "/network": ("网络", "Network"),
    "/questions": ("问题", "Questions"),
    "/documents": ("文献", "Documents"),
}
#: with `--curate`
CURATING = {"/add": ("添加文献", "Add documents"), "/ledger": ("账本", "Ledger")}

TEXTS = {
    "name": ("创新政策图谱", "Innovation policy graph"),
    "skip": ("跳到正文", "Skip to the content"),
    "menu": ("页面", "Pages"),
    "other_language": ("English", "中文"),
    "basket": ("资料篮", "Basket"),
    "console": ("SPARQL", "SPARQL"),
    "files": ("下载", "Download"),
    "no_rows": ("没有结果。", "No rows."),
    "first_rows": ("只列出前 {n} 行，共 {m} 行；下载的文件含全部。", "The first {n} of {m} rows; files hold all of them."),
    "truncated": ("答案有更多行，到限额为止。", "The answer has more rows; it was cut at the limit."),
    "footer": (
        "每条事实都附原文引文；未经人工核对的，引用前请核对原文。",
        "Every fact carries its quote; check the source before you cite what nobody has reviewed.",
    ),
    "go_back": ("回到首页", "Back to the first page"),
    "status_400": ("这个请求不能回答", "This cannot be answered"),
    "status_404": ("没有这一页", "Not found"),
    "status_405": ("不允许这样做", "Not allowed"),
    "status_403": ("被拒绝", "Refused"),
    "status_409": ("未写入", "Not written"),
    "status_413": ("太大了", "Too large"),
    "status_503": ("正忙", "Busy"),
    "status_500": ("出错了", "Something broke"),
    "status_504": ("超时", "Took too long"),
    "apply": ("应用", "Apply"),
    "reset": ("清除", "Clear"),
    "all": ("全部", "All"),
}


def texts(language: str) -> dict[str, str]:
    """The words of one language."""
    from kg.serve.wording import PAGES

    return {key: pair[language == "en"] for key, pair in {**TEXTS, **PAGES}.items()}
