"""How the time of a search for precedents grows with the number of measures.

Run it: `python tests/benchmarks/bench_precedents.py [SIZE…]` (1,000 to 100,000 measures without). The measures
are put together from words of the field, as long as real ones and with codes as real ones have.
"""

from __future__ import annotations

import random
import statistics
import sys
import time

from kg.analyse.likeness import Index
from kg.analyse.measures import Measure
from kg.analyse.precedents import find_precedents

SIZES = (1_000, 3_000, 10_000, 30_000, 100_000)
NAMES = """科技型中小企业 高新技术企业 首次认定 贷款贴息 风险补偿 创新券 研发费用 后补助 博士后 工作站 领军人才 安家补贴
人才公寓 孵化器 众创空间 概念验证 中试基地 新型研发机构 揭榜挂帅 首台套 政府采购 知识产权 发明专利 标准制定 技术合同
成果转化 职务发明 股权激励 天使投资 引导基金 上市挂牌 数字化改造 设备投资 技术改造 用地保障 厂房租金 房租减免 税收优惠
加计扣除 仪器共享 大科学装置 重点实验室 产业创新中心 创新联合体 产学研合作 技术转移 科技特派员 绿色金融 出口信用 参展补贴
总部企业 瞪羚企业 独角兽 单项冠军 梯度培育 容缺受理 包干制 科研诚信 减负行动 人才评价 职称评审 柔性引才 飞地孵化"""
ACTS = "对 给予 支持 鼓励 设立 建设 推动 按照 每年 最高 不超过 一次性 奖励 补助 资助 优先 落实 开展"
WORDS, VERBS = NAMES.split(), ACTS.split()


def invented(size: int, seed: int = 7) -> list[Measure]:
    """Measures of some forty characters with one to three codes of a kind, in thirty provinces."""
    dice = random.Random(seed)
    pick = dice.sample
    codes = {
        "instruments": [f"PI{n:03}" for n in range(6, 34)],
        "resources": ["funding", "talent", "project", "platform", "service", "space", "regulation"],
        "beneficiaries": [f"category-{n}" for n in range(17)],
        "via": [f"计划{n}" for n in range(400)],
    }
    return [
        Measure(
            text="".join(a + b for a, b in zip(pick(VERBS, 5), pick(WORDS, 5), strict=True))
            + f"{n % 997}万元",
            claim=f"c-{n:016x}",
            province=f"省{n % 30}",
            theme="".join(pick(WORDS, 2)),
            **{kind: frozenset(pick(known, dice.randint(0, 2))) for kind, known in codes.items()},
        )
        for n in range(size)
    ]


def main(sizes: tuple[int, ...] = SIZES, questions: int = 20) -> None:
    asked = invented(questions, seed=11)
    print(f"{'measures':>9} {'build, s':>9} {'query, ms':>10} {'slowest':>8}")
    for size in sizes:
        measures = invented(size)
        start = time.perf_counter()
        index = Index(measures)
        built = time.perf_counter() - start
        times = []
        for question in asked:
            start = time.perf_counter()
            find_precedents(question, index)
            times.append((time.perf_counter() - start) * 1000)
        print(f"{size:9,} {built:9.2f} {statistics.median(times):10.1f} {max(times):8.1f}")


if __name__ == "__main__":
    main(tuple(int(arg) for arg in sys.argv[1:]) or SIZES)
