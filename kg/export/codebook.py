"""What a table's columns mean, what a row counts, where it comes from: the codebook that goes with a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kg.analyse.summary import as_of
from kg.model import BENEFICIARIES, Source
from kg.query.table import Table

#: column → meaning in Chinese and English
MEANINGS: dict[str, tuple[str, str]] = {
    "alias": ("文中对该政策的简称", "what the text calls the policy"),
    "amounts": ("金额与数量，含界限、性质与单位", "amounts with bound, role and unit"),
    "area": ("地区：编号（图谱 IRI）或名称", "place: its IRI or its name"),
    "assertion": (
        "陈述方式：政策规定 in_force、计划 planned、报道 reported、建议 recommended",
        "mode: in_force, planned, reported, recommended",
    ),
    "author": ("作者或发文机关", "author or issuer"),
    "basis": ("作为依据的政策", "the policy it is based on"),
    "basisNumber": ("依据的发文字号", "document number of the basis"),
    "basisTitle": ("依据的名称", "title of the basis"),
    "behind": ("与首位数值之差，单位同数值", "distance to the leader, in the unit of the value"),
    "beneficiary": ("受益者类别", "category of who may get it"),
    "beneficiaryText": ("原文所称的受益者", "who may get it, as written"),
    "beneficiary_text": ("原文所称的受益者", "who may get it, as written"),
    "betweenness": (
        "中介中心性：其他节点两两最短路径经过它的比例，0 至 1",
        "betweenness: share of the shortest paths between others that pass here, 0 to 1",
    ),
    "body": ("责任单位", "the body that carries it out"),
    "bound": ("界限：恰为、不超过、不少于、约、区间", "bound: exact, max, min, about, range"),
    "category": ("企业层级", "tier of enterprises"),
    "change": ("是：数值是变动而非水平", "yes: the value is a change, not a level"),
    "claim": ("依据的陈述编号；kg evidence 显示其上下文", "id of the claim behind the row; kg evidence shows it"),
    "claim_2": ("另一处陈述编号，或文献与字符位置", "claim of the second quote, or document and offsets"),
    "claimType": ("陈述类型", "type of claim"),
    "claims": ("陈述数", "number of claims"),
    "class": ("节点类别", "class of the node"),
    "cls": ("节点类别", "class of the node"),
    "community": ("社群编号，1 最大（Louvain，固定种子）", "community, 1 the largest (Louvain, seeded)"),
    "comparedTo": ("对照的地区或时期", "the place or period compared with"),
    "computation": ("矛盾的计算说明", "the computation in words"),
    "condition": ("条件原文", "the condition, as written"),
    "creator": ("文献作者或发文机关", "author or issuer of the document"),
    "date": ("日期（年、年月或年月日）", "date: year, month or day"),
    "degree": ("度：不同相邻节点数", "degree: number of distinct neighbours"),
    "distance": ("目标值减最新值", "target minus latest value"),
    "document": ("文献", "document"),
    "documentTitle": ("文献名称", "title of the document"),
    "end": ("引文止于文献第几个字符（不含）", "code point offset at which the quote ends, exclusive"),
    "flow": ("资源流编号", "flow"),
    "gap": ("短板", "gap"),
    "id": ("图谱中的编号（IRI）", "IRI in the graph"),
    "indicator": ("指标", "indicator"),
    "instrument": ("政策工具", "policy instrument"),
    "instruments": ("政策工具代码，空格分隔", "codes of policy instruments, separated by spaces"),
    "issued": ("文献日期", "date of the document"),
    "restatedDate": ("摘编所依据文件的成文日期", "date of the text that a digest restates"),
    "issuer": ("发文机关", "issuer"),
    "item": ("金额适用的对象", "what the amount applies to"),
    "kind": ("类别", "kind"),
    "label": ("名称", "name"),
    "layer": ("层：发文机关、政策、计划、平台、企业类别、高校院所、企业等", "layer: issuer, policy, programme, platform …"),
    "leader": ("牵头者", "who leads it"),
    "listed": ("未计入合计的金额", "the money amounts outside the totals"),
    "locator": ("条款或章节位置", "article or section in which the quote stands"),
    "measure": ("举措编号", "measure"),
    "measures": ("举措数，每项举措计一次", "number of measures, each counted once"),
    "mentions": ("提及次数", "number of mentions"),
    "missing": ("缺少的著录项", "what is missing"),
    "money_left_out": ("未计入合计的金额数", "number of money amounts outside the totals"),
    "more": ("其余引文与陈述编号", "further quotes with their claims"),
    "next": ("下一层级", "next tier"),
    "number": ("发文字号", "document number"),
    "object": ("关系的客体", "object of the relation"),
    "observation": ("观测编号", "observation"),
    "otherClaim": ("另一数值的陈述编号", "claim of the other value"),
    "otherDocument": ("另一文献", "the other document"),
    "otherValue": ("另一数值", "the other value"),
    "page": ("页码", "page"),
    "pagerank": (
        "PageRank：沿边随机行走停留于此的概率，合计为 1",
        "PageRank: chance that a walk along the edges is here; they add to 1",
    ),
    "partner": ("联合发文机关", "joint issuer"),
    "per": ("每年、每家等", "per year, per firm …"),
    "percent": ("相当于首位的百分比", "per cent of the leader"),
    "period": ("时期：年、年月，起/止", "period: year, month, start/end"),
    "platform": ("平台", "platform"),
    "policy": ("政策", "policy"),
    "prefix": ("引文之前的文字", "words before the quote"),
    "province": ("省级地区", "province"),
    "publisher": ("出处", "where it was published"),
    "from": ("推得的施行首日", "first day in force, as derived"),
    "until": ("推得的施行末日，空为未见失效", "last day in force, as derived; empty: no end is known"),
    "quote": ("原文引文，一字不改", "the words of the document, unchanged"),
    "quote_2": ("与之矛盾的原文", "the words that contradict it"),
    "rank": ("名次，按数值排", "rank by value"),
    "rateOf": ("比例的基数", "what the share is of"),
    "recommendation": ("建议编号", "recommendation"),
    "recommendationClaim": ("建议的陈述编号", "claim of the recommendation"),
    "reference": ("参考文献，GB/T 7714", "reference after GB/T 7714"),
    "relation": ("关系", "relation"),
    "remarks": ("核对与著录缺项", "what to check, what is unknown"),
    "resource": ("资源类别", "kind of resource"),
    "role": ("金额性质：奖补、比例、封顶、总额、期限、数量", "role: award, rate, cap, total, duration, count"),
    "rule": ("产生陈述的规则", "rule that made the claim"),
    "says": ("陈述内容", "what the claim says"),
    "severity": ("程度：矛盾或待核", "severity: contradiction or to check"),
    "shared": ("共有的特征数", "number of shared features"),
    "missing_in": ("没有这一流动的地区", "places without this arrow"),
    "giver": ("资源的给予者", "who gives the resource"),
    "taker": ("资源的接受者", "who gets the resource"),
    "start_date": ("政策日期，此后有效", "date of the policy, from which on it holds"),
    "standing": (
        "承诺 promised、转述 quoted、落实 delivered，不可相加",
        "promised, quoted or delivered; never added up",
    ),
    "start": ("引文始于文献第几个字符（自 0 起）", "code point offset at which the quote begins, from 0"),
    "statedRank": ("原文所称名次", "rank as stated"),
    "statedRankOf": ("参加排名的个数", "rank out of how many"),
    "step": ("链条起点的政策", "policy at which the chain starts"),
    "subject": ("关系的主体", "subject of the relation"),
    "suffix": ("引文之后的文字", "words after the quote"),
    "target": ("目标值", "target value"),
    "targetClaim": ("目标的陈述编号", "claim of the target"),
    "targetPeriod": ("目标时期", "period of the target"),
    "thing": ("计划、专项或平台", "programme, scheme or platform"),
    "title": ("名称", "title"),
    "topic": ("领域", "topic"),
    "type": ("陈述类型", "type of claim"),
    "typology": ("工具类型：供给、环境、需求", "kind of instrument: supply, environment, demand"),
    "unit": ("单位；CNY 为人民币元", "unit; CNY is yuan"),
    "upper": ("区间的上限", "upper end of a range"),
    "value": ("数值，以单位栏的单位计", "value in the unit of the unit column"),
    "via": ("经由的平台、计划或专项", "platform, programme or scheme it comes through"),
    "where": ("页码、条款或章节", "page, article or section"),
    # of comparisons, portfolios and indicators
    "award": ("奖补标准", "awards"),
    "beneficiaries": ("受益者类别", "categories of who may get it"),
    "breadth": ("用到的工具占 28 种的百分比", "share of the 28 instruments in use, in per cent"),
    "by": ("判断的依据", "what the verdict rests on"),
    "cap": ("上限", "ceilings"),
    "combinations": ("工具与受益者的组合数", "combinations of instrument and receiver"),
    "count": ("数量", "numbers of things"),
    "dated": ("有日期的举措数", "measures with a date"),
    "demand": ("需求型举措数", "measures on the demand side"),
    "demand_share": ("需求型占三类之和的百分比", "demand side, per cent of the three sides"),
    "differences": ("参数差异：所问 → 先例", "parameters in which they differ: asked → precedent"),
    "duration": ("期限", "terms"),
    "either": ("只有两可工具的举措数", "measures whose instruments are of either side"),
    "environment": ("环境型举措数", "measures on the environment side"),
    "environment_share": ("环境型占三类之和的百分比", "environment side, per cent of the three sides"),
    "firsts": ("早于其他各省的组合数", "combinations that it had before all others"),
    "followers": ("其后采用的省份与年份", "provinces that followed, with years"),
    "from_average": ("与库内均值之差，单位同数值", "distance to the average of the places here, in the unit of the value"),
    "instrument_name": ("工具名称", "name of the instrument"),
    "instrument_names": ("工具名称", "names of the instruments"),
    "of": ("参加排序的地区数", "number of places ranked"),
    "of_leader": ("为首位数值的百分比", "per cent of the leader's value"),
    "only": ("别省没有的组合数", "combinations that no other province has"),
    "parameter": ("参数的种类", "kind of parameter"),
    "parameters": ("该举措的参数", "parameters of the measure"),
    "place": (
        "比较的行：省份、地区或政策；或库内位次",
        "row of a comparison: province, place or policy; or rank among the places here",
    ),
    "policies": ("政策数", "number of policies"),
    "provinces": ("有此组合的省份数", "provinces that have the combination"),
    "rate": ("比例", "rates"),
    "receivers": ("受益者种数", "kinds of receivers"),
    "resources": ("资源", "resources"),
    "score": ("与所问的相似度，约 0 至 2", "likeness to the question, from 0 to about 2"),
    "side": ("供给型、环境型或需求型", "supply, environment or demand side"),
    "sources": ("各编号的原文、政策、文献与陈述编号", "quote, policy, document and claim of each number"),
    "stated": ("文献所载位次", "rank as a document states it"),
    "supply": ("供给型举措数", "measures on the supply side"),
    "supply_share": ("供给型占三类之和的百分比", "supply side, per cent of the three sides"),
    "text": (
        "取值的写法；未写明：有此举措而未写；未见：没有此类举措",
        "value as text; not stated: the measure does not say; not found: no such measure",
    ),
    "total": ("总额", "totals"),
    "uncoded": ("没有工具代码的举措数", "measures without an instrument"),
    "verdict": ("长项、居中或短板", "strength, middle or weakness"),
    "words": ("与所问共有的词语", "words shared with the question"),
    "year": ("年份", "year"),
}
_SUFFIXES = {
    "Label": ("的名称", ", by name"),
    "Title": ("的名称", ", by title"),
    "_measures": ("的举措数", ": number of measures"),
    "_total_cny": ("的合计，元；仅含可相加的总额", ": total in yuan of the sums that may be added"),
}
_STANDINGS = {"promised": ("承诺", "promised"), "quoted": ("转述", "quoted"), "delivered": ("落实", "delivered")}
#: columns that count measures: by standing, by receiver
_COUNTS = {
    **{key: (f"{zh}的举措数", f"number of {en} measures") for key, (zh, en) in _STANDINGS.items()},
    **{
        category: (f"受益者为 {category} 类的举措数", f"number of measures for {category}")
        for category in BENEFICIARIES
    },
    "unstated": ("未注明受益者的举措数", "measures that name no receiver"),
}
_COUNTED = {
    "flow": ("资源流", "a flow"),
    "measure": ("举措", "a measure"),
    "observation": ("观测值", "an observation"),
}


@dataclass(frozen=True, slots=True)
class Codebook:
    """What a reader of the file must know; texts in the language of the file."""

    title: str
    #: (what, value): counting unit, as of, sources, licence …
    facts: tuple[tuple[str, str], ...]
    #: (column, heading, meaning)
    columns: tuple[tuple[str, str, str], ...]


def meaning(column: str, language: str = "zh") -> str:
    """What a column holds, "" where nobody has said. `…_2` is the same of the second place or quote."""
    index = {"zh": 0, "en": 1}[language]
    if column.endswith("_2") and column not in MEANINGS:
        first = meaning(column.removesuffix("_2"), language)
        return first and first + ("（第二个地区）", " (second place)")[index]
    found = MEANINGS.get(column) or _COUNTS.get(column)
    if found:
        return found[index]
    for suffix, words in _SUFFIXES.items():
        base = column.removesuffix(suffix)
        known = _STANDINGS.get(base) or MEANINGS.get(base)
        if base != column and known:
            name = known[index].partition("：" if language == "zh" else ":")[0]
            return name + words[index]
    return ""


def codebook(table: Table, sources: Sequence[Source] = (), *, language: str = "zh") -> Codebook:
    """The codebook of a table that was made from `sources` (the documents of a build).

    `as of` is the latest date among the sources: a table knows nothing later.
    """
    zh = language == "zh"
    licences = Counter(s.licence or ("未注明" if zh else "not stated") for s in sources)
    titles = sorted({_source_title(s) for s in sources})
    facts = [
        ("表" if zh else "Table", table.title),
        ("计数单位" if zh else "Counting unit", _unit(table, language)),
        ("行数" if zh else "Rows", str(len(table.rows)) + (_cut(language) if table.truncated else "")),
        ("数据截至" if zh else "As of", as_of(sources) or ("未注明" if zh else "not stated")),
        ("文献数" if zh else "Documents", str(len(sources))),
        (
            "许可" if zh else "Licence",
            ("；" if zh else "; ").join(f"{name} ({count})" for name, count in sorted(licences.items())),
        ),
        *((("来源" if zh else "Source"), title) for title in titles),
    ]
    columns = tuple(
        (name, heading, meaning(name, language))
        for name, heading in zip(table.columns, table.headings, strict=True)
    )
    return Codebook(table.title, tuple((k, v) for k, v in facts if v), columns)


def _cut(language: str) -> str:
    return "（已截断）" if language == "zh" else " (cut off)"


def _unit(table: Table, language: str) -> str:
    """One row is … : the last identifying column that the table has decides."""
    index = {"zh": 0, "en": 1}[language]
    for name, words in _COUNTED.items():
        if name in table.columns:
            return f"每行一项{words[0]}" if language == "zh" else f"one row is {words[1]} with its claim"
    if "betweenness" in table.columns:
        return ("每行一个节点（行动者、政策或地区）", "one row is a node: an actor, a policy or a place")[index]
    if "claim" in table.columns and not {"measures", "claims"} & set(table.columns):
        return ("每行一条陈述或其组合", "one row is a claim, or a combination of claims")[index]
    return ("每行一个分组，数目见各栏", "one row is a group; the columns count its members")[index]


def _source_title(source: Source) -> str:
    if source.digest_of_title:
        return f"{source.title}（{source.digest_of_title}）"
    return "，".join(part for part in (source.author, source.title or source.id, source.number) if part)
