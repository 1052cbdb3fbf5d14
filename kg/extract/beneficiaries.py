"""Who a provision is for: the words of the text and the category of the claim contract.

Every actor that a provision names is taken as somebody it serves, unless its words are part of something else
(企业所得税, 人才政策文件), it only carries the duty (各级人民政府应当), or it is a thing that is built rather than helped.
"""

from __future__ import annotations

import re

#: kind of head → the heads, longest first
_HEADS: dict[str, str] = {
    "enterprise": r"企业|公司(?!章程)|经营主体|市场主体|创新主体|工商户|合作社|运营主体|项目单位|商户|厂商|客商|总部(?:经济)?(?:项目)?|国企|央企|高企|(?<=[^企])500强(?!”)|专精特新|小巨人",
    "individual": r"企业家|人才|科研人员|技术人员|管理人员|工作人员|人员|创新创业团队|团队|科学家|工程师|院士|教授|博士后|博士|硕士|毕业生|大学生|学生|农民|公民|自然人|个人(?!所得税)|高管|投资人|工匠|"
    r"经纪人|经理人|创业者|职工|产业工人|青年(?!科技人才|人才|科学家)|学者|职务发明人|发明人|专家|特派员|教师|带头人|完成人|领衔者|设计师|员工|居民|群众",
    "university": r"高校院所|高等学校|高等院校|高校|大学(?!生|科技园|城)|院校|职业学校|中小学|学校",
    "research-institute": r"科研院所|院所|科研机构|研究机构|研究开发机构|科学技术研究开发机构|研发机构|科研单位|科研事业单位|研究院(?!建设)|研究所|设计院",
    "financial-institution": r"银行业金融机构|金融机构|银行(?!间)|担保机构|担保公司|保险机构|保险公司|投资机构|创投机构|创业投资企业|资本市场|金融组织|小额贷款公司|(?:种子|天使|创投|风险投资|创业投资)基金|租赁公司",
    "intermediary": r"服务机构|检测机构|检验机构|转移机构|中介机构|代理机构|中介人|评估机构|咨询机构|认证机构|培训机构|转化机构",
    "association": r"商协会|行业协会|协会|商会|学会|社会团体|行业组织",
    "platform-operator": r"园区|孵化器|众创空间|加速器|实验室|平台|基地|示范区|高新区|开发区|中心|仓库|载体|工作站|运营机构|运营单位|管理机构|产业园",
    "government": r"各市县[\u4e00-\u9fff]{0,6}部门|市县|地方政府|人民政府|乡镇",
    "other": r"社会资本|社会力量|民间资本|其他组织|组织(?=和个人|、个人|或者个人)|法人|单位|各方",
}
HEADS = "|".join(_HEADS.values())
_GROUPS = tuple(_HEADS)
_HEAD = re.compile("|".join(f"(?P<g{i}>{pattern})" for i, pattern in enumerate(_HEADS.values())))
#: what stands behind a head that is only part of another thing
_PART_OF = re.compile(
    r"所得税|费|名录|技术中心|技术（|（?研[发究]|研究开发|研究院|重点实验室|研究中心|研发中心|创新中心|工作站|标准|注册|章程|财务|登记|资质|性质|类型|法人|以上学历|身份|证书|库|"
    r"业务|项目申报|编制|总数|数量|总量|比例|占比|比重|主体地位|主体责任|家庭|化|级|区域|产值|大会|论坛|日报|出版|市场行为|失信|负责人|公司|集团有限|集群|平台|产业园|孵化器"
)
_RESOURCE_LIST = re.compile(r"(?:技术|资金|项目|平台|政策|资本|信息|数据|土地|要素|产业|教育|科技|管理|知识|服务|培养|设备)[、和与]$")
_RESOURCE_NEXT = re.compile(r"[、和与及](?:技术|资金|项目|平台|政策|资本|信息|数据|土地|要素|服务|设备|产业链|管理)")
_HELPS = re.compile(r"(?:支持|鼓励|引导|扶持|推动|帮助|对|给予|奖励|资助|补助|补贴|向|为|允许|赋予|服务|带动|争取|组织|下放给|推送给|吸引|试点)(?:符合条件的?|有条件的?|各类?|[^，。、]{0,10}的)?(?:(?:国家|省|市|区|县)级(?:以上)?)?(?:[^，。；]{0,24}[、和与及或])?$")
_BUILDS = re.compile(r"(?:建设|培育|打造|建立|组建|创建|布局|推进|设立|发展|搭建|加强|加快|提升|优化|完善|新建|引进|共建|建成|争创|认定)[^，。；]{0,40}$")
_DUTY_AFTER = re.compile(r"(?:及其(?:有关)?(?:部门)?)?(?:应当|应|负责|要|须|会同|等部门|有关部门)")
#: a name of an actor does not reach over these to the left
_STOP = re.compile(
    r"支持|鼓励|引导|给予|建设|开展|开放|承担|建立|设立|组建|实施|参与|加强|加大|提供|进行|推动|促进|提高|提升|通过|围绕|根据|按照|符合|引进|培养|培育|带动|帮助|选取|遴选|发展|"
    r"推进|组织|奖励|补助|资助|服务|完善|允许|赋予|吸引|争取|认定|新增|单个|首次|首获|获得|列入|成为|单列|开发|优化|增加|方便|实现|拓展|推荐|选派|面向|依托|联合|投向|惠及|优先|录用|梳理|"
    r"[让从将把对为向与由在以和及或等的每被使各其该持]|获(?!奖)|一批|更多|\d+(?:余|多)?[家名个位户]|[^\u4e00-\u9fffA-Za-z0-9“”（）·+]"
)
_SUBTYPES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("high-tech-enterprise", r"高新技术企业|高企"),
        ("tech-sme", r"科技型?中小(?:微)?企业|科技型?小微企业"),
        ("specialised-sme", r"专精特新|小巨人|隐形冠军"),
        ("startup", r"初创|种子期|早期企业|孵化企业|在孵|新创办|创业企业|发展早期"),
        ("leading-enterprise", r"龙头|链主|领军|骨干|单项冠军|重点企业|独角兽|瞪羚|头部|雏鹰"),
        ("state-owned-enterprise", r"国有|省属|市属企业|央企|国企|中央企业"),
        ("large-enterprise", r"规模?以?上工业|规上|规模以上|规模工业|总部|上市|大型企业|大企业|500强|限上"),
    )
)


def category_of(text: str) -> str:
    """The category of a beneficiary's words: its head decides, modifiers tell kinds of enterprise apart."""
    last = None
    for m in _HEAD.finditer(text):
        last = m
    if last is None:
        return "other"
    group = _GROUPS[int(last.lastgroup[1:])]  # type: ignore[index]
    if group != "enterprise":
        return group
    return next((name for name, pattern in _SUBTYPES if pattern.search(text)), "enterprise")


def read_beneficiaries(text: str, start: int, end: int) -> list[dict[str, str]]:
    """Beneficiaries of text[start:end] in order, as `{text, category}`, none twice."""
    body = text[start:end]
    out: dict[str, dict[str, str]] = {}
    for m in _HEAD.finditer(body):
        group = _GROUPS[int(m.lastgroup[1:])]  # type: ignore[index]
        if not _is_served(body, m, group):
            continue
        words = _words(body, m)
        if words == "高校院所":
            for half in ("高校", "院所"):
                out.setdefault(half, {"text": half, "category": category_of(half)})
            continue
        if len(words) >= 2:
            out.setdefault(words, {"text": words, "category": category_of(words)})
    return _without_repeats(list(out.values()))


def _is_served(body: str, m: re.Match[str], group: str) -> bool:
    before, after = body[: m.start()], body[m.end() :]
    if _PART_OF.match(after) and not (group == "platform-operator" and not after.startswith(("企业", "公司"))):
        return False
    if _HEAD.match(after):  # 园区企业: the last head is the actor
        return False
    if before.count("《") > before.count("》"):
        return False
    if group == "government":
        return m.group().startswith("各市县") or (bool(_HELPS.search(before)) and not _DUTY_AFTER.match(after))
    if group == "platform-operator":
        return bool(_HELPS.search(before[-40:])) and not _BUILDS.search(before[-12:]) and not re.match(r"[^，。；]{0,6}(?:建设|发展$|体系|项目)|、|等", after)
    if group == "financial-institution":
        return bool(_HELPS.search(before[-30:])) or not before.strip("各《") or bool(re.match(r"[\u4e00-\u9fff]{0,3}(?:完善|设置|试点|投资)", after))
    if group == "other":
        return bool(_HELPS.search(before[-40:]) or re.match(r"和个人|、个人|或者个人", after))
    if m.group() == "人才":
        listed = _RESOURCE_LIST.search(before) and (_RESOURCE_NEXT.match(after) or after.startswith(("一体", "等要素", "等资源", "等创新")))
        if listed or re.match(r"(?:链|工作|强国|强省|振兴|高地|市场(?!化)|、(?:政策|资金|项目|平台))", after):
            return False
    if group == "research-institute" and re.search(r"(?:建设|设立|建立|组建|设|增设|加快|规划|联合|企业|重点企业)$", before):
        return False
    if group == "individual" and re.search(r"(?:招商|研发|专业经营管理|攻关)$", before) and m.group() == "团队":
        return False
    if group in ("university", "research-institute") and re.match(r"[、和与]?(?:科技成果|建设|布局)", after) and _BUILDS.search(before[-8:]) and group == "university":
        return not re.match(r"建设", after)
    return True


def _words(body: str, m: re.Match[str]) -> str:
    low = max(0, m.start() - 16)
    begin = max((s.end() for s in _STOP.finditer(body, low, m.start())), default=low)
    words = body[begin : m.end()]
    words = re.sub(r"^(?:区内|区外|当年|我|本|[家户个名位]|全[省市区县]|[省市县区]内)+(?=[\u4e00-\u9fff]{2})", "", words)
    return words.strip("“”（）")


def _without_repeats(found: list[dict[str, str]]) -> list[dict[str, str]]:
    """新型农业经营主体 and then 主体: the shorter words of the same kind say nothing new."""
    return [
        b
        for b in found
        if not any(o is not b and o["text"].endswith(b["text"]) and len(o["text"]) > len(b["text"]) and b["text"] != "企业" for o in found)
    ]
