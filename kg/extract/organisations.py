"""Organisations by name: organs of state with their place, universities, institutes, companies, banks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.boundary import field_start, place_words, region_names, walk_left
from kg.extract.lexicon import Entry
from kg.extract.naming import Named

_AFTER_NATIONAL = re.compile(r"门|士|发[〔\[（(]|业(?!银行)|署名|令|网站|文件|公告")
_AFTER_LOCAL = re.compile(
    r"书记|常委|各部门|有关|部门|工作(?!领导)|所属|直属|派出|主管|行政|规章|常务|副|主要|投资|性|采购|令|文件|指导|引导|网站|信息|门户|全会|全体|一号"
)
_AFTER_HEAD = re.compile(r"家|章程|法(?!人)|治理|制(?![造定])|债|生|科技园|城|业|派|卡|贷款|账|保函|承兑|本科|毕业|学历|教授|老师|校长|实验室|附属|学生|科研|专业|股|理财")
_GENERIC_UNIVERSITY = re.compile(
    r"(?:国内外?|中外|合作|世界|国际|高水平|一流|研究型|综合性?|理工科?|老年|地方|本科|重点|部属|省属|市属|知名|海外|境外|名牌|双一流|应用型|职业技术?|高等|独立|普通|民办|所在|相关|技师|专科|师范|教育|外国|国外|社区|开放|电视|党|行政|国家|中国|现代|未来|新|产业|特色|示范性?|科技|农业|卓越|工程师?|书|医|商|法|文|理|体育|艺术)*"
)
_COMPANY = ("有限公司", "股份有限公司", "有限责任公司", "集团公司")
#: what a company does stands right before its form (X科技园建设运营有限公司)
_TRADE = re.compile(r"(?:建设|运营|经营|开发|投资|发展|管理|服务|控股|置业|实业)+(?:集团)?$")
_NEEDS_PLACE = (
    "公司", "协会", "学会", "商会", "联盟", "行业联盟", "基金会", "学院", "银行", "研究所", "医院", "分行", "集团", "担保公司",
    "促进会", "联合会", "管委会", "管理委员会", "出版社", "交易所", "中心支行", "投资集团", "控股集团", "理工学院", "工程学院", "研究院",
)  # fmt: skip
#: bodies of the centre that lists of ministries name without 国家
_CENTRAL = frozenset(
    ["发展改革委", "发展和改革委员会", "知识产权局", "外汇局", "卫生健康委", "卫生健康委员会", "市场监管局", "药监局", "能源局", "数据局", "医保局", "统计局", "海关", "粮食和储备局", "粮食和物资储备局", "中医药局", "乡村振兴局", "扶贫办", "版权局", "气象局", "文物局", "邮政管理局", "铁路局", "民航局", "网信办", "贸促会", "妇联", "科协", "国防科工局", "林草局"]
)
_LISTED = re.compile(r"[、：（(由]$")
_LISTED_END = re.compile(r"[、，）)。；]|等|会同|牵头|负责|按|和|与|\s*$")
#: in a list that names a local department the next one is local too
_LOCAL_LIST = re.compile(r"[省市县区州盟][\u4e00-\u9fff]{1,10}[厅局委办][、，)）]|各[省市县区州]")
#: 县科技局、经信局: the place of the first stands for all
_GOES_ON = re.compile(r"[省市县区州盟][\u4e00-\u9fff]{2,10}[厅局委办]、(?:[\u4e00-\u9fff]{2,8}[厅局委办]、)*$")
#: organs of a committee or government: 市委网信办, 市政府研究室
_ORGAN_OF = re.compile(r"组织部|宣传部|统战部|政法委|网信办|编办|人才办|改革办|军民融合办|研究室|办公厅|办公室|口岸物流办|口岸办|国资委|外办|金融办|督查室")
_BANK_BEFORE = re.compile(r"(?:人行|(?:中国)?[\u4e00-\u9fff]{2,4}银行)$")
#: an institute of an academy bears its name (中科院金属研究所)
_ACADEMY = re.compile(r"(?:中国科学院|中科院|中国农业科学院|中国农科院|中国社会科学院|中国社科院|中国医学科学院|中国林科院|中国工程院)(?=[^，。；：、！？\s《》“”（）与和及的]{2,16}$)")
_RESEARCH = re.compile(r"产学研|技术|仪器|设备共享|研发|中试|成果转化|孵化|实验室|大学科技园|协同创新")
#: a word that no list knows, before words of a field: a name of its own (X汽车工业学院)
_OWN_WORD = re.compile(r"(?!现代|特色|二级|高职|国际|产业|继续|远程|书画|老年|所属|下属|内设)[\u4e00-\u9fff]{2,3}(?<![的型性化类等])")
#: fields of work of a 局 or 厅
_FIELDS = (
    "科技|科学技术|创新|人才|人力资源|社会保障|社保|环境保护|环保|农业|农村|农牧|畜牧|林草|林业|草原|卫生|健康|计生|安全生产|安监|监督管理|监管|监察|检验检疫|公共资源|交易|产业|"
    "经济|经贸|贸易|商务|工业|工信|信息化|数字|数据|资源|金融|财政|税务|投资|合作|招商|发展|促进|服务|改革|企业|民营|中小企业|市场|知识产权|教育|文化|旅游|体育|规划|建设|自然|"
    "科技和工信|城建|台港澳|港澳|台湾|机关事务|工作|粮食|物资|储备|气象|地震|园林|城管|广电|新闻|出版|民族|宗教|民宗|退役军人|乡村振兴|扶贫|医疗|保障|医保|疾控|林草|电影|法规|国防|"
    "住房|城乡|交通|运输|水利|能源|生态|应急|统计|审计|政务|行政|审批|外事|口岸|港口|海洋|渔业|邮政|消防|公安|管理|运行|人社|科创|科教|营商环境|国资|和|与"
)
_ZONES = "高新技术产业开发区|合作区|保税港区|综合保税区|自由贸易试验区|自贸试验区|科学城|科技城|新城|产业园|工业园|航空港区|生态城|旅游区|集聚区|高新区|经济技术开发区|经开区|开发区|新区|示范区|综保区|保税区|自贸区"
_ZONE = re.compile(rf"(?:{_ZONES})$")
_BUREAU = re.compile(rf"([省市县区州盟]|({_ZONES}))(?:{_FIELDS})+$")
#: what stands before 银行, 集团, 公司 or 管委会 and is no name of its own
_NO_OWN = re.compile(
    r"商业|投资|政策|合作|地方|外资|中资|各|该|开户|贷款|主办|承办|中小|民营|大型|国有|村镇|开发|储蓄|法人|本|我|在|由|向|从|经办|受托|托管|企业|跨国|产业|医疗|教育|金融|子$|分$|母$|总$|平台|上市|股份|担保|保险|物业|租赁|"
    r"评估|咨询|管理|服务|建设|运营|项目|控股|参股|混合|所有|家|个|一|多|大$|小$|新$|外$|的|与|和|及|组建|成立|设立|支持|鼓励|引导|推动|有关|相关|其他|当地|同一|不同|专业|综合|重点|龙头|骨干|链主|园区|种子|创业|证券|信托|小额|代理|经纪|科技$|信贷"
)
#: firms that a place owns: 县城投公司, 市金控集团
_OWNED = re.compile(r"[省市县区州](?:国投|城投|交投|产投|文旅投?|水投|农投|科投|创投|金控|农担|担保|再担保|信用担保|水务|燃气|公交|供销|国资运营|国资|外贸|交易|数据|科创|旅投|建投|能源|港投|投资|发展)$")
_GROUPS_OF = re.compile(r"建设|推进|协调|改革|专项|工作$")
_AFTER_BUREAU = re.compile(r"部|势|面|长|级|域|限|机关|网站|门户|官网")
_LATIN = re.compile(r"(?<![A-Za-z])(?:[A-Z][A-Za-z]+ ?){0,6}?(?:Institute|University|Academy)(?: ?of ?(?:[A-Z][A-Za-z]+ ?(?:and ?)?){1,6})?(?=[,，.;（(\n\d ]|$)")


def find_organisation(text: str, floor: int, start: int, end: int, entry: Entry) -> Named | None:
    """The organisation whose name, department or closing word stands at start:end, or None where it is generic."""
    if entry.use == "national":
        return _national(text, floor, start, end, entry)
    if entry.use in ("department", "local"):
        return _local(text, floor, start, end, entry)
    if entry.label in ("局", "厅"):
        return _bureau(text, floor, start, end, entry)
    return _headed(text, floor, start, end, entry)


def find_written_organisations(text: str) -> Iterator[Named]:
    """Institutes and universities in Latin letters."""
    if "Institute" in text or "University" in text or "Academy" in text:
        for m in _LATIN.finditer(text):
            if len(m.group()) > 14 and not re.match(r" ?(?:Journal|Review|Press)", text[m.end() : m.end() + 8]):
                yield Named("Organisation", m.start(), m.start() + len(m.group().rstrip()), "O-latin", True)


#: firms by their short names, which a word at the end tells to be firms: 天合科技、远江重工等龙头企业
_FIRMS = re.compile(r"((?:[\u4e00-\u9fff]{2,8}、){1,8})([\u4e00-\u9fff]{2,6})$")
_FIRMS_END = re.compile(r"等(?:一批|(?:(?![部要为向对由与的在])[\u4e00-\u9fff]){0,6}?)(?:企业|公司|龙头|车企)(?!家|标准)")
#: trades that lists of firms name instead of firms
_TRADES = re.compile(
    r"[业类型链品区市县省等的性化级群]$|光伏|风电|储能|氢能|纺织|化工|冶金|建材|食品|轻工|家电|机械|钢铁|有色|石化|煤炭|物流|餐饮|零售|家政|养老|旅游|环保|软件|芯片|电池|部件|整车|设备|设计|咨询|检测|研发|生产|"
    r"制造|加工|销售|服务|种植|养殖|龙头|链主|骨干|民营|国有|外资|中小|独角兽|瞪羚|领军|高新|专精特新|小巨人|单项冠军|规上|规模|上市|总部|创新|初创|平台|园区|机构|高校|院所|大学|银行|医院|人才|政府|供[水电气热]|能源|发展|更新|税务|统计|国土|住建|监管|金融"
)


def find_listed_firms(text: str) -> Iterator[Named]:
    """Firms in a list that ends in 等企业, 等龙头 and the like: all of them, or none where most are trades."""
    if "等" not in text:
        return
    for closing in _FIRMS_END.finditer(text):
        m = _FIRMS.search(text, max(0, closing.start() - 60), closing.start())
        if m is None:
            continue
        spans: list[tuple[int, int]] = []
        at = m.start(1)
        for item in [*m[1].split("、")[:-1], m[2]]:
            spans.append((at + 2 * item.startswith(("央企", "民企", "国企")), at + len(item)))
            at += len(item) + 1
        start, end = spans[0]
        spans[0] = (walk_left(text, end, start, dependent=True).start, end)
        firms = [(a, b) for a, b in spans if 2 <= b - a <= 6 and not _TRADES.search(text, a, b) and field_start(text, b) - a != 0 and text[a:b] not in region_names()]
        if len(firms) > 1 and 3 * len(firms) >= 2 * len(spans):
            for a, b in firms:
                yield Named("Organisation", a, b, "O-listed-firm", True)


def _national(text: str, floor: int, start: int, end: int, entry: Entry) -> Named | None:
    if _AFTER_NATIONAL.match(text, end) or (entry.label in ("国资委", "银保监会", "证监会") and text[start - 1 : start] in "省市区县"):
        return None
    if entry.label == "党中央" and text[start - 1 : start] == "产":
        return None
    if entry.label.endswith(("公司", "集团", "银行")) and re.match(r"[\u4e00-\u9fff]{2,4}分行", text[end : end + 6]):
        return Named("Organisation", start, end + text[end : end + 6].index("分行") + 2, entry.id, True)
    if entry.label.endswith("大学"):
        end = _with_school(text, start, end)
    if entry.label in ("中科院", "中国科学院") and (m := re.match(r"[\u4e00-\u9fff]{2,4}分院", text[end : end + 6])):
        end += m.end()
    return Named("Organisation", start, end, entry.id, True)


#: 云州大学公共管理学院, 云州大学创新政策研究中心
_SCHOOL = re.compile(r"(?!国家?卓越|卓越|现代产业|未来技术)[\u4e00-\u9fff]{2,12}?(?:学院|研究院|研究所|研究中心)(?![\u4e00-\u9fff]{0,2}[、和与及]|[\u4e00-\u9fff]*共建)")


def _with_school(text: str, start: int, end: int) -> int:
    """The end of a university's name with its school, where no verb stands between them."""
    m = _SCHOOL.match(text, end)
    if m is None or walk_left(text, m.end() - 2, end, dependent=True).start > end:
        return end
    return m.end()


def _place_before(text: str, floor: int, p: int) -> int:
    """Start of the places or of 省, 市 … that stand right before `p`; `p` where there is none."""
    names = region_names()
    begin = p
    if zone := _ZONE.search(text, floor, p):
        inner = _place_before(text, floor, zone.start())
        return inner if inner < zone.start() else p
    while True:
        for width in range(min(12, begin - floor), 1, -1):
            if text[begin - width : begin] in names:
                begin -= width
                break
        else:
            break
    if begin == p:
        for unit in ("自治区", "省", "市", "县", "区", "州", "盟"):
            if text.endswith(unit, floor, p):
                begin = p - len(unit)
                break
    return begin


def _local(text: str, floor: int, start: int, end: int, entry: Entry) -> Named | None:
    if _AFTER_LOCAL.match(text, end) and entry.label in (
        "人民政府", "省委", "市委", "县委", "区委", "州委", "省政府", "市政府", "县政府", "区政府", "州政府", "自治区政府"
    ):  # fmt: skip
        return None
    if text[end : end + 1] in "长员" or (entry.label.endswith("局") and text[end : end + 1] in "部势面"):
        return None
    if entry.use == "local" and (m := _ORGAN_OF.match(text, end)):
        end = m.end()
    begin = _place_before(text, floor, start)
    if entry.use == "department" and begin == start:
        central = entry.label in _CENTRAL and _LISTED.search(text, max(0, start - 12), start) and _LISTED_END.match(text, end)
        if _GOES_ON.search(text, max(0, start - 60), start):
            return Named("Organisation", start, end, entry.id, True)
        return Named("Organisation", start, end, entry.id, True) if central and not _LOCAL_LIST.search(text, max(0, start - 60), start) else None
    prefix = text[begin:start]
    before = text[max(0, begin - 4) : begin]
    if entry.use == "local" and begin == start and before.endswith(("中共", "中国共产党")):
        begin -= 2
    if prefix in ("省", "市", "县", "区", "州", "自治区", "盟") or entry.use == "local":
        # 各市科技局, 省、市科技厅, 区（市）人民政府 name no one organ
        if re.search(r"(?:各|全|[省市县区]|以上|[省市县区州乡级]、|）|所在地?|本级|同级|地级|设区的?|及|和)$", before):
            return None
        if re.match(r"、[省市县区乡镇]", text[end : end + 2]) and entry.label == "人民政府" and len(prefix) <= 1:
            return None
        # 青岛西海岸新区科技局: the unit's own name is not in the table; take the characters up to a boundary
        if prefix in ("市", "县", "区", "州") and before.endswith(("辖", "地级", "单列")):
            return None
        if prefix in ("市", "县", "区", "州") and before and "\u4e00" <= before[-1] <= "\u9fff":
            left = walk_left(text, begin, floor)
            if 0 < begin - left.start <= 6 and text[left.start : begin] not in ("我", "本", "全", "由", "该", "经", "直辖", "省辖", "地级", "设区的", "所在", "地省辖", "副省级", "计划单列"):
                begin = left.start
    if text[max(0, begin - 2) : begin] == "中共":
        begin -= 2
    return Named("Organisation", begin, end, entry.id, True)


def _bureau(text: str, floor: int, start: int, end: int, entry: Entry) -> Named | None:
    """市人才发展局, 兰州新区科技发展局: fields of work between a place (or its zone) and 局, whatever the fields."""
    if _AFTER_BUREAU.match(text, end):
        return None
    m = _BUREAU.search(text, max(floor, start - 16), start)
    if m is None:
        return None
    begin = _place_before(text, floor, m.start(1) if m[2] else m.end(1))
    if begin == m.start(1) and (m[2] or re.search(r"[省市县区州]、$|[省市县区州（与和及各]$", text[max(0, begin - 2) : begin])):
        return None
    return Named("Organisation", begin, end, entry.id, True)


def _research_alliance(text: str, begin: int, end: int, body: str, entry: Entry) -> Named | None:
    """An alliance that shares research or its instruments is a platform; one of a trade is an organisation."""
    if len(body) >= 4 and _RESEARCH.search(body) and not body.endswith(("行业", "企业家")):
        return Named("Platform", begin, end, entry.id, True)
    return None


def _own_name(text: str, begin: int, known: int, start: int, end: int, label: str) -> int:
    """Where the name of a bank, group, firm or zone's administration begins that no place anchors; 0 for none."""
    body = text[begin:start]
    if label == "管委会":
        return begin if _ZONE.search(body) and len(body) >= 4 and not re.match(r"各|全|该|本|相关|国家级|省级|市级", body) else 0
    if label in ("公司", "集团") and (m := _OWNED.search(text, max(0, start - 6), start)):
        return m.start()
    if label in ("银行", "农商行", "集团", "公司") and 2 <= len(body) <= 6 and known > begin and _OWN_WORD.match(body) and not _NO_OWN.search(body):
        return begin
    return 0


def _headed(text: str, floor: int, start: int, end: int, entry: Entry) -> Named | None:
    if _AFTER_HEAD.match(text, end) and not text.startswith("生产力", end):
        return None
    label = entry.label
    if label in ("领导小组", "联席会议", "工作专班", "领导小组办公室", "联席会议办公室"):
        left = walk_left(text, start, floor, dependent=True)
        if label == "联席会议办公室" and left.start == start:
            return Named("Organisation", start, end, entry.id, True)
        own = text[left.start : start].removesuffix("工作")
        known = (left.regions and start - left.start >= 5) or (len(own) >= 4 and not re.match(r"各|该|相关|有关|成立|专项|同级|上述", own))
        return Named("Organisation", left.start, end, entry.id, True) if known else None
    trade = _TRADE.search(text, floor, start) if label in _COMPANY else None
    left = walk_left(text, trade.start() if trade else start, floor, dependent=True)
    if label in ("分行", "中心支行") and (m := _BANK_BEFORE.search(text[max(floor, left.start - 8) : left.start])):
        return Named("Organisation", left.start - len(m.group()), end, entry.id, True)
    if label in ("研究所", "研究院") and (m := _ACADEMY.search(text, floor, start)) and left.start <= m.end():
        return Named("Organisation", m.start(), end, entry.id, True)
    body = text[left.start : start]
    placed = left.regions or body.startswith(("中国", "国家", "全国", "省", "市")) or (label in ("学院", "医院", "管委会") and bool({body[:2], body[:3]} & place_words()))
    if not placed and (own := _own_name(text, left.start, left.known, start, end, label)):
        return Named("Organisation", own, end, entry.id, True)
    if label == "大学":
        if len(body) < 2 or len(body) > 12 or _GENERIC_UNIVERSITY.fullmatch(body) or re.search(r"[和与及、的“”]", body):
            return None
        return Named("Organisation", left.start, _with_school(text, left.start, end), entry.id, True) if placed or len(body) <= 4 else None
    if trade and not left.regions and trade.start() - left.start < 4:
        return None
    if label in _COMPANY:
        return Named("Organisation", left.start, end, entry.id, True) if len(body) >= 4 else None
    if label == "联盟" and (named := _research_alliance(text, left.start, end, body, entry)):
        return named
    if label in ("行业联盟", "联盟") and body and left.start > 0 and re.search(r"(?:成立|组建|建立)$", text[max(0, left.start - 4) : left.start]):
        return Named("Organisation", left.start, end, entry.id, True) if len(body) >= 6 and "技术创新" not in body else None
    if label in ("理工学院", "工程学院", "学院", "研究所") and not placed and _OWN_WORD.fullmatch(text[left.start : left.known]) and (left.known < start or label in ("理工学院", "工程学院")):
        return Named("Organisation", left.start, end, entry.id, True)
    if label in _NEEDS_PLACE and (not placed or len(body) < (2 if label in ("学院", "理工学院", "工程学院") and left.regions else 3) or body in ("国家", "中国", "省级", "市级") or "级" in body or body.endswith(("性", "制"))):
        return None
    if label in ("学院", "研究院", "集团") and not left.regions and not body.startswith(("中国", "国家")):
        return Named("Organisation", left.start, end, entry.id, True) if label == "集团" and body.startswith("省") and len(body) > 2 else None
    return Named("Organisation", left.start, end, entry.id, True)
