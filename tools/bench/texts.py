"""Invented complaints of about 300 characters, the same at every run: no real person, no real place."""

from __future__ import annotations

import random
from dataclasses import dataclass

RARE, UNCOMMON, COMMON, ABSENT = "砚台", "渔网", "噪音", "鲸鱼"
"""Two-character words: in 10 of 100,000 matters, in 1 of 100, in about a third, in none."""

PLACES = (
    "柳村 河湾村 石桥镇 东关街 南坪社区 梨园小区 清水沟 北塘路 老粮站 纺织厂宿舍 桃花坞 三里铺 新渡口 白杨林场".split()
)
THINGS = "噪音 污水 欠薪 井盖 路灯 垃圾 油烟 占道 漏水 停电 征地 低保 公交 电梯 网吧 鱼塘 果园 围墙 水渠 校车".split()
TIMES = "每天夜里 上个月起 雨季以来 春节前后 从去年冬天 周末早晨 连续三周 今年开春 入夏以后 放学时分".split()
DEEDS = "反映过两次 拨打过热线 找过物业 写过书面材料 向村委会说过 和施工方谈过 在群里提过 去窗口登记过".split()
RESULTS = "没有人答复 只说再等等 一直没有结果 互相推诿 没有看到变化 说不归他们管 答应了却没有做 电话无人接听".split()
WISHES = "希望尽快派人来看 请书面答复我们 请依法查处 希望公布处理时间 请帮忙协调 希望恢复原状 请告诉我们该找谁 请核实后补发".split()
PEOPLE = "老人 孩子 租户 商户 学生 工友 邻居 司机 村民 住户".split()
EFFECTS = (
    "睡不好觉 进出不便 不敢开窗 生意受影响 看病绕远路 庄稼减产 摔倒过一次 用水困难 上学要绕行 收入没有着落".split()
)
SYLLABLES = (
    "安白柏昌辰川春丹东方飞风光海和恒宏华嘉江金静君开兰乐林凌龙梅民明宁平琴青泉仁瑞山松涛天文希祥晓新雅阳一永玉云哲中"
)


@dataclass(frozen=True, slots=True)
class Words:
    """Subject and description of one invented matter."""

    subject: str
    description: str


def words(position: int) -> Words:
    """The n-th invented matter: sentences drawn from lists, names that repeat seldom."""
    draw = random.Random(position)
    place, thing = draw.choice(PLACES), draw.choice(THINGS)
    lines = [f"{place}{draw.choice(TIMES)}就有{thing}的问题，{draw.choice(PEOPLE)}{draw.choice(EFFECTS)}。"]
    while sum(map(len, lines)) < 280:
        name = "".join(draw.choices(SYLLABLES, k=2))
        lines.append(
            f"{name}家门口的{draw.choice(THINGS)}也一样，我们{draw.choice(DEEDS)}，{draw.choice(RESULTS)}，"
            f"{draw.choice(PEOPLE)}{draw.choice(EFFECTS)}，到第{draw.randint(2, 98)}天还是这样。"
        )
    if position % 10_000 == 77:
        lines.append(f"旁边店里的{RARE}也受了潮。")
    if position % 100 == 33:
        lines.append(f"河里的{UNCOMMON}破了。")
    lines.append(draw.choice(WISHES) + "。")
    return Words(f"{place}{thing}问题", "".join(lines))
