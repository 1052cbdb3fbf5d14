"""Who a provision is for: the words of the text and the category of the claim contract.

Heads and boundaries of actors are rules; whether an actor is served, or only carries a duty, is built, or is part of
the name of something else, is judged by a small linear model (`sources/lexicons/beneficiary_weights.tsv`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import add

from kg.extract.clauses import opening
from kg.extract.linear import Packed, load
from kg.extract.rulefile import category_cues
from kg.model import ENTERPRISES
from kg.resources import data_dir
from kg.text.pairs import Joined

WEIGHTS = "beneficiary_weights.tsv"
LABELS = ("served",)
#: an actor is served from this score on (hundredths of log-odds); chosen on documents held back
SERVED_FROM = -25

#: kind of head → the heads, longest first
_HEADS: dict[str, str] = {
    "enterprise": r"企业(?!家(?!数)|发展(?:专项)?[基资]金|孵化器)|公司(?!章程)|网商|商家|个体户|经营主体|市场主体|创新主体|工商户|合作社|运营主体|项目单位|商户|厂商|客商|总部(?:经济)?(?:项目)?|国企|央企|高企|5(?<=[^企]5)00强(?!”)|专精特新|小巨人",
    "individual": r"企业家(?!数)|人才(?!公寓|住房|高地|强[国省市县区]|链|工作|市场|政策|计划|工程|振兴|中心)|科研人员|技术人员|管理人员|工作人员|人员|创新创业团队|团队|科学家|工程师|院士|教授|博士后|博士|硕士|毕业生|大学生|学生|农民|公民|自然人|个人(?!所得税)|高管|投资人|工匠|"
    r"经纪人|经理人|创业者|职工|产业工人|青年(?!科技人才|人才|科学家)|学者|职务发明人|发明人|专家|特派员|教师|带头人|完成人|领衔者|设计师|员工|居民|群众|负责人|医生|护士|新农人|运动员",
    "university": r"高校院所|高等学校|高等院校|高校|大学(?!生|科技园|城)|院校|职业学校|中小学|学校",
    "research-institute": r"科研院所|院所|科研机构|研究机构|研究开发机构|科学技术研究开发机构|研发机构|科研单位|科研事业单位|研究院(?!建设)|研究所|设计院",
    "financial-institution": r"银行业金融机构|金融机构|银行(?!间)|担保机构|担保公司|保险机构|保险公司|投资机构|创投机构|(?:股权|创业|混合型)投资(?:基金)?企业|投资基金(?:类)?企业|证券机构|资本市场(?!，)|金融组织|小额贷款公司|种子基金|天使基金|创投基金|股权投资基金|股权基金|风险投资基金|创业投资基金|租赁公司|保险分支机构",
    "intermediary": r"服务机构|检测机构|检验机构|转移机构|中介机构|代理机构|中介人|评估机构|咨询机构|认证机构|培训机构|转化机构|推广机构|服务商",
    "association": r"商协会|行业协会|协会|商会|学会|社会团体|行业组织",
    "platform-operator": r"园区|孵化器|众创空间|加速器|实验室|平台|基地|示范区|高新区|开发区|中心|仓库|载体|工作站|运营机构|运营单位|管理机构|管理委员会|管委会|产业园|自贸试验区|综合保税区|综保区",
    "government": r"各市县[\u4e00-\u9fff]{0,6}部门|市县|地方政府|人民政府|乡镇|省（[^（）]{1,8}）|市（[^（）]{1,8}）|县（[^（）]{1,8}）",
    "other": r"专利申请人|专利权人|纳税人|医院|医疗(?:卫生)?机构|教育培训机构|各类资本|社会资本|社会力量|民间资本|其他组织|事业组织|经济组织|合作组织|社会组织|组织(?=和个人|、个人|或者个人)|联合体|法人|单位|各方",
}
HEADS = "|".join(_HEADS.values())
_GROUPS = tuple(_HEADS)
_CLAUSE_END = re.compile(r"[，。；：]")
_HEAD = re.compile("|".join(f"(?P<g{i}>{pattern})" for i, pattern in enumerate(_HEADS.values())))
_ANY_HEAD = re.compile(HEADS)  # without groups a search is five times as fast
#: what stands behind a head that is only part of another thing
_PART_OF = re.compile(
    r"所得税|费|名录|技术中心|技术（|（?研[发究]|研究开发|研究院|重点实验室|研究中心|研发中心|创新中心|工作站|标准|注册|章程|财务|登记|资质|性质|类型|法人|以上学历|身份|证书|库|"
    r"业务|项目申报|编制|总数|数量|总量|比例|占比|比重|主体地位|主体责任|家庭|化|级|区域|产值|大会|论坛|日报|出版|市场行为|失信|负责人|公司|集团有限|集群|平台|产业园|孵化器"
)
#: single characters that end a phrase to the left, and the words in which they do not
_PARTICLES = (
    r"(?<!参)与(?!会)|(?<!平)和|以(?![上下内外])|(?<!自)由|(?<![高中同对平])等(?!级)|在(?![孵校职岗册站读编京建地])|"
    r"从(?!业|事)|(?<![定方导外])向|(?<![涉普])及(?!时)|(?<![行成])为(?!主)|(?<![支扶主保坚股])持(?!股|续)|其[他它]|其|各[类级地方种项]?|"
    r"[每该的把让将被使]|对(?!外|口|照)|或者|或|(?<!收)到(?!位)|给|按照?|于|占|是(?!否)|获(?!奖)|(?<![主重需])要(?!素|求)|须"
)
#: verbs and adverbs of policy prose; what stands before an actor and is none of its name
_VERBS = (
    r"符合条件的?|有条件的?|重点支持|管理办法|改扩建|进一步|分阶段|支持|鼓励|引导|给予|建设|共建|创建|开展|"
    r"开放|承担|建立|设立|组建|实施|参与|加强|加大|提供|进行|推动|促进|提高|提升|通过|围绕|根据|符合|引进|培养|"
    r"培育|带动|帮助|选取|遴选|发展|推进|组织|奖励|补助|资助|服务(?!业|型|外包|贸易|机构)|完善|允许|赋予|吸引|"
    r"争取|认定|新增|单个|首次|首获|获得|列入|成为|单列|开发|优化|增加|方便|实现|拓展|推荐|选派|面向|依托|联合|"
    r"投向|惠及|优先|录用|梳理|指导|相约|纳入|探索|缓解|受理|领办|创办|协调|督促|评选|组成|成立|选拔|健全|通报|"
    r"归集|壮大|打造|汇总|报送|发布|集聚|启动|盘活|筹建|引育|清理|深化|落实|安排|提交|聘任|办好|上线|引入|招聘|"
    r"统筹|调整|吸纳|着力|加力|加紧|加快|加速(?!器)|抓好|稳定|破除|扩大|发动|适合|适应|需要|助推|助力|发挥|"
    r"强化|增强|治理|推行|推广|改善|放宽|满足|新建|扩建|严格|实行|享受|担任|深入|拓宽|构建|授予|授权|形成|拖欠|"
    r"降低|畅通|简化|编制|激励|激发|减免|免除|聘请|狠抓|尊重|包括|反映|覆盖|用于|进入|参加|制定|举办|追究|反馈|"
    r"划入|动员|征求|委托|抽取|安置|打通|拉动|撬动|牵引|调动|倡导|邀请|协助|保障|做好|建好|承接|建议|主持|设定|"
    r"明确|制订|剔除|报名|申请|扶持|全力|有效|积极|适时|合理|公开|大力|充分|不断|切实|持续|一批|更多|应当|负责|"
    r"属于|位于|建成|入选|具有|具备|拥有|租用|租赁|利用|从事|评聘|因需|参股|所办|下放至?|购买|使用|购置|入驻|进驻|落户|雇佣|聘用|招用|收购|并购|兼并|对接|约定|解决"
)
_VERB = re.compile(_VERBS)
#: a name of an actor does not reach over these to the left
_STOP = re.compile(
    _VERBS + "|" + _PARTICLES + r"|\d+(?:\.\d+)?[万千百]?(?:余|多)?[家名个位户所人]|[^\u4e00-\u9fffA-Za-z0-9“”（）·]"
    r"|(?<=[元亿万%年岁])以[上下]"
)
#: the longest name of an actor before its head
_REACH = 20
#: what a head takes with it where no boundary is in reach
_PLAIN = re.compile(r"(?:高新技术|科技型?|中小微?|小微|民营|国有|重点|龙头|骨干|高层次|专业技术|创新型?|初创期?)*$")


@lru_cache(maxsize=1024)
def category_of(text: str) -> str:
    """The category of a beneficiary's words: its head decides, modifiers tell kinds of enterprise apart."""
    heads = list(_ANY_HEAD.finditer(text))
    if not heads:
        return "other"
    group, _ = _head(text, heads[-1].start())
    cues = category_cues()
    if group != "enterprise":  # only a user's own row tells kinds of these
        return next((c.code for c in cues if c.own and c.search(text)), group)
    return next((c.code for c in cues if c.search(text)), "enterprise")


def _head(text: str, start: int) -> tuple[str, re.Match[str]]:
    """The kind of the head that begins at `start`, and its match."""
    m = _HEAD.match(text, start)
    assert m is not None and m.lastgroup is not None  # `_ANY_HEAD` found it there
    return _GROUPS[int(m.lastgroup[1:])], m


@dataclass(slots=True)  # made by the thousand: a frozen one takes four times as long
class Mention:
    """An actor named in a provision; offsets count within it. `group` is the kind of its head."""

    start: int
    end: int
    head: str
    group: str
    words: str

    @property
    def category(self) -> str:
        return category_of(self.words)


def mentions(body: str) -> Iterator[Mention]:
    """The actors that a provision names, served or not, outside titles; of 园区企业 the last head is the actor."""
    for found in _ANY_HEAD.finditer(body):
        group, m = _head(body, found.start())
        if _ANY_HEAD.match(body, m.end()) or body.count("《", 0, m.start()) > body.count("》", 0, m.start()):
            continue
        words = _words(body, m)
        if len(words) >= 2:
            yield Mention(m.end() - len(words), m.end(), m.group(), group, words)


def features(body: str, mention: Mention, kind: str) -> list[str]:
    """What tells whether a mention is served: its head, the words before it in the clause and behind it, the verb."""
    named, before, behind = _features(body, mention, kind)
    return [*named, *map("before:".__add__, _pairs(before)), *map("after:".__add__, _pairs(behind))]


def _pairs(text: str) -> Iterator[str]:
    return map(add, text, text[1:])


def _features(body: str, mention: Mention, kind: str) -> tuple[list[str], str, str]:
    """The features that are no pairs of characters, and the words of the clause before and behind a mention."""
    group, end, head = mention.group, mention.end, mention.head
    begin = end - len(head)
    clause = max(body.rfind("，", 0, begin), body.rfind("；", 0, begin), body.rfind("。", 0, begin), body.rfind("：", 0, begin)) + 1
    segment = body[max(clause, begin - 13) : begin]
    tail = _CLAUSE_END.split(body[end : end + 11], maxsplit=1)[0]
    a2, b2 = body[end : end + 2], body[max(0, begin - 2) : begin]
    out = [
        *("bias", f"kind={kind}", f"group={group}", f"head={head}", f"category={mention.category}"),
        *(f"a1={a2[:1]}", f"a2={a2}", f"b1={b2[-1:]}", f"b2={b2}", f"w2={body[max(0, mention.start - 2) : mention.start]}"),
        *(f"a2={a2},{group}", f"b2={b2},{group}"),
        *(f"opens={mention.start <= 1}", f"first clause={clause == 0}", f"clause ends={not tail}"),
        f"part={bool(_PART_OF.match(body, end))}",
    ]
    if verbs := _VERB.findall(body, clause, mention.start):
        out += (f"under={verbs[-1]}", f"under={verbs[-1]},{group}")
    if found := opening(body):
        out += (f"class={found[0]}", f"class={found[0]},{group}", f"verb={found[2]}", f"verb={found[2]},{group}")
    return out, segment, tail


@lru_cache(maxsize=1)
def weights() -> Packed:
    return Packed(load(data_dir("sources") / "lexicons" / WEIGHTS, LABELS), len(LABELS))


def read_beneficiaries(text: str, start: int, end: int, kind: str = "policy", table: Packed | None = None) -> list[dict[str, str]]:
    """Beneficiaries of text[start:end] in order, as `{text, category}`, none twice.

    `kind` is the kind of document. Every actor that the provision names is judged by a linear model; the words of
    something else (企业所得税, 人才政策文件) and those under a duty (各级人民政府应当) are not served.
    """
    return read_all([text[start:end]], kind, table)[0]


def read_all(bodies: Sequence[str], kind: str = "policy", table: Packed | None = None) -> list[list[dict[str, str]]]:
    """`read_beneficiaries` for many provisions: what stands round the actors is looked up for all of them at once."""
    table = weights() if table is None else table
    named = [(n, m) for n, body in enumerate(bodies) for m in mentions(body)]
    found = [_features(bodies[n], m, kind) for n, m in named]
    totals = [table.total(features) for features, _, _ in found]
    before = table.of_pairs(Joined([before for _, before, _ in found]), "before:")
    after = table.of_pairs(Joined([after for _, _, after in found]), "after:")
    out: list[dict[str, dict[str, str]]] = [{} for _ in bodies]
    for (n, m), (score,) in zip(named, table.scores(totals, before, after), strict=True):
        if score < SERVED_FROM:
            continue
        for words in ("高校", "院所") if m.words == "高校院所" else (m.words,):
            out[n].setdefault(words, {"text": words, "category": category_of(words)})
    return [
        _without_repeats(_without_standing_for(body, [*served.values()])) if len(served) > 1 else [*served.values()]
        for body, served in zip(bodies, out, strict=True)
    ]


def _words(body: str, m: re.Match[str]) -> str:
    low = max(0, m.start() - _REACH)
    begin = low
    for stop in _STOP.finditer(body, low, m.start()):
        begin = stop.end()
    if begin == low > 0:
        begin = low + _PLAIN.search(body[low : m.start()]).start()  # type: ignore[union-attr]
    words = body[begin : m.end()]
    words = _LOCAL.sub("", words)
    return _closed(body, begin, words)


#: what says where an actor is, or counts it, before its name
_LOCAL = re.compile(r"^(?:区内|区外|当年|我|本(?![科省市区县州盟旗地土校院])|[家户个名位]|全[省市区县]|[省市县区]内)+(?=[\u4e00-\u9fff]{2})")


_QUOTE = re.compile("[“”（）]")


def _closed(body: str, begin: int, words: str) -> str:
    """The words with their quotation mark or bracket, or without what stands on its other side."""
    if _QUOTE.search(words) is None:
        return words
    for left, right in ("“”", "（）"):
        if words.count(right) > words.count(left):
            at = body.rfind(left, max(0, begin - 12), begin)
            near = at >= 0 and right not in body[at:begin]
            words = body[at:begin] + words if near else words.rpartition(right)[2]
        elif words.count(left) > words.count(right):
            words = words.rpartition(left)[2]
    return words[1:-1] if words[:1] + words[-1:] in ("“”", "（）") else words


_GIVEN_TO = re.compile(r"(?:给予|奖励|补助|补贴|资助)(?:其|该)?(?:所在|承办|主办|运营)?(企业|单位|机构|个人)(?![\u4e00-\u9fff]{0,6}的(?!一次性|奖励|补助))")


def _without_standing_for(body: str, found: list[dict[str, str]]) -> list[dict[str, str]]:
    """对首次认定的高新技术企业，给予企业20万元: the second 企业 stands for the first. Where what was named before is
    no enterprise (对新建的种植基地，奖励企业2万元) the one given to is the only recipient."""
    m = _GIVEN_TO.search(body)
    if m is None or len(found) < 2 or not any(b["text"] == m[1] for b in found):
        return found
    named = [b for b in found if b["text"] != m[1] and 0 <= body.find(b["text"]) < m.start()]
    kind = category_of(m[1])
    alike = [b for b in named if (b["category"] in ENTERPRISES) == (kind in ENTERPRISES)]
    gone = [m[1]] if alike else [b["text"] for b in named]
    return [b for b in found if b["text"] not in gone]


def _without_repeats(found: list[dict[str, str]]) -> list[dict[str, str]]:
    """新型农业经营主体 and then 主体: the shorter words of the same kind say nothing new."""
    return [
        b
        for b in found
        if not any(
            o is not b
            and len(o["text"]) > len(b["text"])
            and (o["text"].endswith(b["text"]) or (b["text"] == "专精特新" and b["text"] in o["text"]))
            and b["text"] != "企业"
            for o in found
        )
    ]
