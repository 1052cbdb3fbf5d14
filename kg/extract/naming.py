"""What the entity finders share: the form of a found name, classes, topics, where a segment begins."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

#: in the order in which one of two readings of the same span is preferred
CLASSES = ("TalentProgramme", "FundingScheme", "Platform", "Organisation", "EnterpriseCategory")

#: no name goes across these (quotes and brackets may be part of one)
BREAKS = re.compile(r"[，。；：、！？\n《》\[\]【】|]")


@dataclass(slots=True)  # made by the thousand: a frozen one takes four times as long
class Named:
    """A name in the shadow: class, half-open span, rule id, whether it is one thing; `written` where the name is
    put together from parts (小型、微型企业 holds 小型企业)."""

    cls: str
    start: int
    end: int
    rule: str
    specific: bool
    written: str = ""


#: words that make a plan, action or project one of science, industry or talent
TOPIC = re.compile(
    r"科技|科学|科创|科研|技术|创新|创业|研发|研究|攻关|成果|转化|中试|实验|知识产权|专利|产业|产业链|工业|制造|企业|数字|智能|智改|数转|网联|人工智能|算力|数据|信息|互联网|"
    r"芯|装备|材料|新能源|医药|质量提升|品牌|标准|融资|贷款|金融|信用|投资|基金|上市|服务业|民营经济|消费品|服务型|小微|专精特新|小巨人|高新|瞪羚|独角兽|规上|升规|链|首台|揭榜|工匠"
)
TALENT = re.compile(r"人才|英才|学者|工匠|院士|博士|专家|青年科|青年拔尖|引智|引才|育才|聚才|招才|才聚|千人|万人|百人|教授|技师|技能|科学家|工程师|经纪人|企业家|师资|卓越工程|留学|海外高|外专|特派员|总师|科技副总")
#: plans of other fields
OTHER_FIELD = re.compile(
    r"乡村|农村|土地|耕地|农田|水利|水库|防洪|公路|铁路|高速|机场|港口|交通|旅游|游客|引客|文旅|文化惠民|文物|体育|健身|养老|托育|生育|医疗|医院|健康|卫生|疾病|学前|义务教育|教育质量|校园|厕所|污水|垃圾|大气|蓝天|碧水|净土|环境整治|生态|绿化|造林|"
    r"植树|湿地|长江大保护|节水|供水|燃气|棚户|住房|老旧|城市更新|社区|平安|治安|扫黑|反诈|安全生产|安全隐患|消防|应急|救灾|防灾|地灾|信访|禁毒|消费券|促消费|以旧换新|扶贫|脱贫|民生|惠民|殡葬|儿童|妇女|残疾|救助|清理|整治|监督执法|法治|普法|巡视|党建|廉政|廉洁|学习教育|双拥|退役|征兵|粮食|高标准|种植|养殖|畜禽|渔业|渔民|林业|林长|丰收|电力|抽水蓄能|输电|引水|调水|天然气管道|城中村|口岸|通关|外贸|稳岗|增收|低保|物业|文艺|调解|社会风气|风尚|文明建设|戏剧|影视|县中|中学|义教|就业|订单|城镇化|人居|村庄"
)


def segment_start(floors: list[int], position: int) -> int:
    """Start of the punctuation-free stretch that holds `position`; `floors` are the ends of all breaks."""
    i = bisect_right(floors, position) - 1
    return floors[i] if i >= 0 else 0
