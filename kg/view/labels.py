"""Names, shapes and colours of the pictures, in Chinese and English.

The colours are those of Okabe and Ito (Color Universal Design), told apart by the colour-blind; shape or
position says the same a second time.
"""

from __future__ import annotations

LANGUAGES = ("zh", "en")

CLASSES = {
    "AdministrativeArea": ("地区", "Area"),
    "Policy": ("政策", "Policy"),
    "Organisation": ("机构", "Organisation"),
    "Platform": ("平台", "Platform"),
    "TalentProgramme": ("人才计划", "Talent programme"),
    "FundingScheme": ("资助计划", "Funding scheme"),
    "EnterpriseCategory": ("企业类别", "Enterprise category"),
    "BeneficiaryCategory": ("受益者", "Beneficiary"),
}
#: class → (vis shape, fill, size)
STYLES = {
    "AdministrativeArea": ("hexagon", "#1F2A44", 30),
    "Policy": ("square", "#0072B2", 19),
    "Organisation": ("dot", "#6B7280", 16),
    "Platform": ("triangle", "#009E73", 19),
    "TalentProgramme": ("star", "#CC79A7", 21),
    "FundingScheme": ("diamond", "#E69F00", 21),
    "EnterpriseCategory": ("triangleDown", "#D55E00", 18),
    "BeneficiaryCategory": ("box", "#DCEEFB", 16),
}
RESOURCES = {
    "funding": ("资金", "Funding"),
    "talent": ("人才", "Talent"),
    "project": ("项目", "Projects"),
    "platform": ("平台", "Platforms"),
    "service": ("服务", "Services"),
    "space": ("空间", "Space"),
    "regulation": ("规制", "Regulation"),
}
RESOURCE_COLOURS = {
    "funding": "#E69F00",
    "talent": "#CC79A7",
    "project": "#009E73",
    "platform": "#0072B2",
    "service": "#56B4E9",
    "space": "#8A6D3B",
    "regulation": "#D55E00",
    "": "#9AA3B2",
}
ASSERTIONS = {
    "in_force": ("政策规定", "In force"),
    "planned": ("计划", "Planned"),
    "reported": ("报道", "Reported"),
    "recommended": ("建议", "Recommended"),
}
STANDINGS = {
    "promised": ("承诺：政策规定或计划", "Promised: in force or planned"),
    "quoted": ("转述：他人转述的政策", "Quoted: a policy as told by others"),
    "delivered": ("落实：已报道的做法与成效", "Delivered: reported as done"),
}
KINDS = {
    "jurisdiction": ("适用地区", "applies in"),
    "passed_by": ("制定机关", "passed by"),
    "based_on": ("依据", "based on"),
    "implements": ("贯彻落实", "implements"),
    "amends": ("修订", "amends"),
    "repeals": ("废止", "repeals"),
    "runs": ("实施", "runs"),
    "led_by": ("牵头单位", "led by"),
    "hosted_by": ("依托单位", "hosted by"),
    "part_of": ("隶属于", "part of"),
    "located_in": ("位于", "located in"),
    "cooperates_with": ("合作", "cooperates with"),
    "next_tier": ("培育为", "grows into"),
    "responsible": ("责任单位", "carried out by"),
    "delivered_through": ("通过", "delivered through"),
    "reaches": ("惠及", "reaches"),
}
BENEFICIARIES = {
    "enterprise": ("企业", "Enterprises"),
    "high-tech-enterprise": ("高新技术企业", "High-tech enterprises"),
    "tech-sme": ("科技型中小企业", "Tech SMEs"),
    "specialised-sme": ("专精特新企业", "Specialised SMEs"),
    "leading-enterprise": ("龙头企业", "Leading enterprises"),
    "state-owned-enterprise": ("国有企业", "State-owned enterprises"),
    "startup": ("初创企业", "Start-ups"),
    "large-enterprise": ("大型企业", "Large enterprises"),
    "individual": ("个人", "Individuals"),
    "university": ("高校", "Universities"),
    "research-institute": ("科研院所", "Research institutes"),
    "platform-operator": ("平台运营方", "Platform operators"),
    "financial-institution": ("金融机构", "Financial institutions"),
    "intermediary": ("中介机构", "Intermediaries"),
    "association": ("行业组织", "Associations"),
    "government": ("政府部门", "Government"),
    "other": ("其他", "Other"),
}
LAYERS = {
    "province": ("地区", "Province"),
    "policy": ("政策", "Policy"),
    "resource": ("资源", "Resource"),
    "via": ("渠道", "Channel"),
    "beneficiary": ("受益者", "Beneficiary"),
}

#: texts of the page: key → (zh, en); {n} and the like are filled in by the page
TEXTS = {
    "middle": ("受益者与各地共用的渠道", "Beneficiaries and shared channels"),
    "search": ("搜索名称，如 创新中心", "Search a name"),
    "search_label": ("搜索", "Search"),
    "no_hits": ("没有找到", "No match"),
    "hits": ("{n} 个结果", "{n} matches"),
    "province": ("地区", "Province"),
    "resource": ("资源", "Resource"),
    "class": ("类别", "Class"),
    "assertion": ("依据类型", "Standing"),
    "all": ("全部", "All"),
    "reset": ("重置", "Reset"),
    "fit": ("全图", "Fit"),
    "zoom_in": ("放大", "Zoom in"),
    "zoom_out": ("缩小", "Zoom out"),
    "filters": ("筛选", "Filters"),
    "legend": ("图例", "Legend"),
    "details": ("证据", "Evidence"),
    "empty": (
        "点选图中的节点或连线，这里显示原文、出处与陈述方式。也可用搜索框，或从下方表格中选取。",
        "Select a node or a link to read the words that prove it, with document and claim. "
        "Or search, or pick a row in the table below.",
    ),
    "nothing": ("没有符合筛选条件的内容", "Nothing fits these filters"),
    "degree": ("连接数", "Links"),
    "expand": ("从这里展开", "Expand from here"),
    "measures": ("措施数", "Measures"),
    "neighbours": ("相邻", "Neighbours"),
    "quotes": ("原文依据", "Quotes"),
    "no_quote": ("图中没有直接证明它的引文", "No quote in the graph proves this directly"),
    "more": ("显示其余 {n} 条", "Show {n} more"),
    "claim": ("陈述", "Claim"),
    "condition": ("条件", "Condition"),
    "amounts": ("金额与数量", "Amounts"),
    "table": ("数据表", "Table"),
    "table_note": ("显示 {n} / {m} 行", "{n} of {m} rows"),
    "name": ("名称", "Name"),
    "links": ("资源连线", "Links by resource"),
    "structure": ("隶属、制定、实施等关系", "Structure: issuer, area, host …"),
    "shown": ("{n} 个节点，{m} 条连线", "{n} nodes, {m} links"),
    "shown_flows": ("{n} 项措施，{m} 条流向", "{n} measures, {m} flows"),
    "isolated": ("另有 {n} 个没有任何连线的节点未画出", "{n} nodes without any link are not drawn"),
    "merged_policies": (
        "{n} 项措施较少的政策按地区合并",
        "{n} policies with few measures are drawn together",
    ),
    "merged_channels": ("{n} 个措施较少的渠道合并为一", "{n} channels with few measures are drawn together"),
    "path_note": (
        "虚线为承诺，点线为转述，实线为落实；点选方框或箭头，显示经过它的整条路径",
        "Dashed: promised, dotted: quoted, drawn through: delivered; select a box or an arrow for its whole paths",
    ),
    "ribbon_note": (
        "线宽为措施数；一项措施有多种资源、渠道或受益者时在每处各计一次",
        "Width: number of measures; one with several resources, channels or beneficiaries counts in each",
    ),
    "none_policy": ("未注明政策", "No policy named"),
    "none_via": ("直接提供", "Directly"),
    "none_beneficiary": ("未注明受益者", "Not stated"),
    "none_resource": ("其他资源", "Other resource"),
    "none_province": ("未注明地区", "No area"),
    "rest_policy": ("{area}其他政策", "Other policies, {area}"),
    "rest_via": ("其他渠道", "Other channels"),
    "other_language": ("English", "中文"),
    "canvas": (
        "图：方向键移动，+ 与 - 缩放，点选查看证据",
        "Picture: arrow keys move, + and - zoom, select to read evidence",
    ),
    "source": (
        "所有内容均由原文抽取，每条均附引文。",
        "Everything here was extracted from documents; each fact carries its quote.",
    ),
}


def texts(language: str) -> dict[str, str]:
    """The texts of the page in one language. Raises ValueError for a language the pages do not have."""
    return {key: pick(pair, language) for key, pair in TEXTS.items()}


def pick(pair: tuple[str, str], language: str) -> str:
    if language not in LANGUAGES:
        raise ValueError(f"language {language!r}: the pictures speak {' and '.join(LANGUAGES)}")
    return pair[LANGUAGES.index(language)]


def names(table: dict[str, tuple[str, str]], language: str) -> dict[str, str]:
    """Code → name in one language."""
    return {code: pick(pair, language) for code, pair in table.items()}
