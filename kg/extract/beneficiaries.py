"""Who a provision is for: the words of the text and the category of the claim contract.

A beneficiary stands behind a verb or preposition of support (支持…, 对…, 为…提供, 向…开放, 给予…), or opens the clause as
its subject (企业…的, 给予…).
"""

from __future__ import annotations

import re

_CATEGORIES: tuple[tuple[str, str], ...] = (
    ("high-tech-enterprise", r"高新技术企业|高企(?!业)"),
    ("tech-sme", r"科技型?中小(?:微)?企业|科技型小微企业"),
    ("specialised-sme", r"专精特新|小巨人|隐形冠军"),
    ("startup", r"初创|种子期|创业企业|孵化企业|在孵|早期企业|新创办"),
    ("leading-enterprise", r"龙头|链主|领军企业|科技领军|骨干企业|骨干|单项冠军|重点企业|独角兽|瞪羚|头部企业|雏鹰"),
    ("state-owned-enterprise", r"国有(?:资本|企业|控股)?|省属|市属企业|央企|国企|中央企业"),
    ("large-enterprise", r"规模?以?上工业|规上|规模以上|规模工业|总部|上市(?:公司|企业|后备)?|大型企业|大企业|500强"),
    (
        "individual",
        r"人才|人员|团队|科学家|工程师|院士|教授|博士|博士后|硕士|学生|毕业生|农民|个人|公民|自然人|高管|投资人|工匠|技能人|经纪人|经理人|创业者|职工|工人|"
        r"青年|学者|发明人|专家|特派员|企业家|教师|带头人|导师|群众|居民|消费者|完成人|设计师|领衔者|骨干人",
    ),
    ("university", r"高校|高等学校|高等院校|大学|院校|职业学校|中小学|学校|学院"),
    ("research-institute", r"院所|科研机构|研究机构|研究开发机构|研究院|研究所|研发机构|科研单位|科研事业单位|设计院|检验检测院|国家队"),
    ("association", r"协会|商会|商协会|学会|联合会|社会团体"),
    ("financial-institution", r"银行|金融机构|基金|保险(?:机构|公司)|担保(?:机构|公司)|资本市场|创投|投资机构|金融组织|租赁公司|小额贷款|证券"),
    ("intermediary", r"中介|服务机构|检测机构|代理机构|转移机构|检验机构|评估机构|转化机构|交易机构|咨询机构|认证机构|培训机构"),
    ("platform-operator", r"园区|孵化|众创|加速器|平台(?!企业|经济)|实验室|基地|运营(?:机构|单位|主体)|仓库|载体|示范区|高新区|开发区|技术创新中心|研究中心|工作站|试验区"),
    ("enterprise", r"企业|公司|经营主体|市场主体|商户|厂商|项目单位|工商户|合作社|主体|民营经济|外商|客商"),
    ("government", r"政府|部门|各(?:市|县|区)|机关|乡镇"),
    ("other", r"组织|法人|社会资本|社会力量|单位|机构|民间资本|各方"),
)
CATEGORY = tuple((name, re.compile(pattern)) for name, pattern in _CATEGORIES)
HEADS = (
    r"企业家|企业|公司|经营主体|市场主体|工商户|合作社|运营主体|运营单位|项目单位|主体|人才|人员|团队|科学家|工程师|院士|教授|博士后|博士|硕士|毕业生|大学生|学生|农民|个人|公民|"
    r"高管|投资人|工匠|经纪人|经理人|创业者|职工|产业工人|青年|学者|发明人|专家|特派员|教师|高校院所|高校|高等学校|高等院校|大学|院校|学校|科研院所|院所|科研机构|研究机构|"
    r"研发机构|研究开发机构|研究院|研究所|科研单位|协会|商会|商协会|学会|银行|金融机构|担保机构|担保公司|投资机构|创投机构|基金|资本市场|社会资本|服务机构|检测机构|转移机构|"
    r"中介机构|中介人|园区|孵化器|众创空间|平台|实验室|基地|示范区|仓库|政府|部门|组织|法人|单位|机构|总部|发明人|完成人|领衔者|骨干|龙头|国家队"
)
_NOUN = re.compile(
    rf"(?P<np>(?:(?!支持|鼓励|引导|给予|建设|开展|开放|承担|建立|设立|组建|实施|参与|加强|加大|提供|进行|推动|促进|提高|提升|通过|围绕|根据|按照|对|为|向|与|由|在|以)[\u4e00-\u9fffA-Za-z0-9“”（）·%+]){{0,16}}?(?:{HEADS}))"
    r"(?!家庭|化|级|区域|经济|主体地位|产权|创新力|名录|数据库|所得税|技术中心|创新能力|评价|制度|建设|之间|培养|引进|培育|梯次|合作|服务)(?P<tail>等)?"
)
_JOIN = re.compile(r"[、和与及或]|以及|(?:联合|会同|带动|牵头(?=联合))[\u4e00-\u9fff]{0,4}?(?=[\u4e00-\u9fff]{0,12}(?:企业|高校|院所|机构))")
_TRIGGER = re.compile(
    r"支持|鼓励|引导|扶持|推动|带动|帮助|方便|允许|赋予|组织|协助|服务保障好|服务|给予|奖励|资助|补助|补贴|为|向|对于|对|面向|针对|培养|引进|引育|培育|联合|争取|遴选|支撑|选派|吸引|发放给|"
    r"准予|倡导|壮大|发现|推荐|选拔|聚焦|下放给|用于|推送给|试点|解决"
)
_SKIP = re.compile(r"(?:有条件|符合条件|符合[^，。]{2,16}|各类|各级|有关|相关|本|全|我|省|市|区|县|内|一批|更多|[一二三四五六七八九十\d]+(?:余|多)?[家名个位人]|重点|优先|广大|其|该|具备条件)*的?")
_SUBJECT = re.compile(rf"^(?:凡|对|新|首次)?{_NOUN.pattern}(?=[^，]{{0,50}}的$|[^，]{{0,3}}(?:可|应|在|租|每|牵头|新|开|引|购|完成|用|委|参加|获|投|被|因|建|以|与|将|通过|完善))")


def category_of(text: str) -> str:
    """The category of a beneficiary's words; `other` where none fits."""
    last: tuple[int, str] | None = None
    for name, pattern in CATEGORY:
        m = pattern.search(text)
        if m and last is None:
            last = (m.start(), name)
            break
    return last[1] if last else "other"


def read_beneficiaries(text: str, start: int, end: int) -> list[dict[str, str]]:
    """Beneficiaries of text[start:end] in order, as `{text, category}`, none twice."""
    body = text[start:end]
    found: list[tuple[int, str]] = []
    for trigger in _TRIGGER.finditer(body):
        found.extend(_nouns(body, trigger.end()))
    for m in re.finditer(r"(?:^|[，；])", body):
        if s := _SUBJECT.match(body[m.end() :]):
            found.append((m.end() + s.start("np"), s.group("np")))
            found.extend(_nouns_after(body, m.end() + s.end("np")))
    out: dict[str, dict[str, str]] = {}
    covered: list[tuple[int, int]] = []
    for at, words in sorted(found, key=lambda f: (f[0], -len(f[1]))):
        if any(a <= at < b for a, b in covered):
            continue
        covered.append((at, at + len(words)))
        for item in _split(words):
            item = _trim(item)
            if len(item) >= 2:
                out.setdefault(item, {"text": item, "category": category_of(item)})
    return list(out.values())


def _nouns(body: str, at: int) -> list[tuple[int, str]]:
    skip = _SKIP.match(body, at)
    begin = skip.end() if skip else at
    m = _NOUN.match(body, begin)
    if not m:
        # 对A的B: the noun stands behind its condition
        rest = re.match(rf"[^，。；]{{2,60}}?的(?P<np>[^，。；的]{{0,12}}?(?:{HEADS}))(?=[，。；给]|$)", body[at:])
        if not rest:
            return []
        return [(at + rest.start("np"), rest.group("np"))]
    return [(begin, m.group("np")), *_nouns_after(body, m.end("np"))]


def _nouns_after(body: str, at: int) -> list[tuple[int, str]]:
    out: list[tuple[int, str]] = []
    for _ in range(8):
        join = _JOIN.match(body, at)
        if not join:
            return out
        m = _NOUN.match(body, join.end())
        if not m:
            return out
        out.append((join.end(), m.group("np")))
        at = m.end("np")
    return out


def _split(words: str) -> list[str]:
    """高校院所 are two (ruling 28); 种子期、初创期科技企业 stay one phrase."""
    if words.endswith("高校院所"):
        return [words[:-2], words[-2:]]
    return [words]


def _trim(words: str) -> str:
    words = re.sub(r"^(?:各类|各级|各|一批|更多|广大|其|该|使|让|全区|全市|全省|新|以及|等|加快|重点|优先|积极|高水平的)+(?=[\u4e00-\u9fff]{2})", "", words)
    return words.strip("的“” ")
