"""Names of an invented county: nothing and nobody here exists."""

from __future__ import annotations

from collections.abc import Iterator

from huiyin.rules.procedure import Words

COUNTY = Words("栖衡县", "Qiheng County")
CENTRE = Words("栖衡县矛盾纠纷调解中心", "Qiheng County mediation centre")
CITY = Words("衡澜市信访局", "Henglan City letters office")
TOWNS = (
    ("zhixi", Words("芷溪镇", "Zhixi Town"), 11), ("yunti", Words("云梯镇", "Yunti Town"), 11),
    ("baiyu", Words("白榆镇", "Baiyu Town"), 10), ("shiping", Words("石坪镇", "Shiping Town"), 10),
    ("yuetang", Words("月塘镇", "Yuetang Town"), 10), ("luping", Words("鹿坪镇", "Luping Town"), 10),
)  # fmt: skip
STREET = ("qilou", Words("绮楼街道", "Qilou Subdistrict"), 7)
FIRST = (
    ("柳", "Liu"), ("芦", "Lu"), ("枫", "Feng"), ("槐", "Huai"), ("竹", "Zhu"), ("桑", "Sang"), ("菱", "Ling"), ("荷", "He"),
    ("松", "Song"), ("杏", "Xing"), ("泉", "Quan"), ("岩", "Yan"),
)  # fmt: skip
SECOND = (("湾", "wan"), ("坪", "ping"), ("塘", "tang"), ("坳", "ao"), ("渡", "du"), ("冲", "chong"))
COMMUNITIES = (
    Words("东门社区", "East Gate Community"), Words("西井社区", "West Well Community"),
    Words("钟鼓社区", "Bell and Drum Community"), Words("绮园社区", "Silk Garden Community"),
    Words("码头社区", "Landing Community"), Words("师范社区", "Normal School Community"),
    Words("纺机社区", "Spinning Works Community"),
)  # fmt: skip
FAMILY = (
    ("陶", "Tao"), ("柏", "Bai"), ("闻", "Wen"), ("岑", "Cen"), ("费", "Fei"), ("柯", "Ke"), ("骆", "Luo"), ("舒", "Shu"),
    ("祁", "Qi"), ("滕", "Teng"), ("庞", "Pang"), ("蔚", "Yu"),
)  # fmt: skip
GIVEN = (
    ("安之", "Anzhi"),
    ("怀远", "Huaiyuan"),
    ("若水", "Ruoshui"),
    ("明川", "Mingchuan"),
    ("书宁", "Shuning"),
    ("思齐", "Siqi"),
)
SUGGESTED = (
    "村口的路灯晚上再亮一个小时。", "赶集那天，办事窗口早点开门。", "河边的台阶装一道扶手。", "通知用大字，老人看得清。",
    "卫生室门前修一段坡道。", "校门口放学时设人行横道。", "公示栏装一块挡雨板。", "班车在新桥多停一站。",
)  # fmt: skip
ANSWERED = (
    "已列入本月计划，下月底前做好。",
    "已经办了，请大家看一看。",
    "今年没有这笔钱，明年一月再议，结果在这里公布。",
)


def villages() -> Iterator[Words]:
    """Names enough for every village, each once."""
    for second_zh, second_en in SECOND:
        for zh, en in FIRST:
            yield Words(f"{zh}{second_zh}村", f"{en}{second_en} Village")


def people() -> Iterator[Words]:
    """Names enough for every officer, each once."""
    for zh, en in GIVEN:
        for family_zh, family_en in FAMILY:
            yield Words(f"{family_zh}{zh}", f"{family_en} {en}")
