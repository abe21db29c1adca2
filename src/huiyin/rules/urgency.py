"""How soon which help is needed in a dispute: red, yellow or blue on the dispute, never on anybody in it.

A person sets it, with a reason in the part that is erased. It expires; the sides see it and may see it otherwise.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from huiyin.rules.procedure import Words

COLOURS: Mapping[str, Words] = {
    "red": Words("红：马上需要帮助", "Red: help is needed at once"),
    "yellow": Words("黄：拖了很久，一时解决不了", "Yellow: it is long and will not be settled at once"),
    "blue": Words("蓝：平稳", "Blue: calm"),
}
HELP: Mapping[str, Words] = {
    "injury": Words("有人受伤，需要治疗", "Somebody is hurt and needs care"),
    "home": Words("没有地方住", "Somebody has no home"),
    "wages": Words("拿不到工资，生活困难", "Wages are not paid and there is nothing to live on"),
    "children": Words("孩子需要照顾", "Children need care"),
    "long": Words("拖了很久", "It has gone on for long"),
    "none": Words("暂时不需要", "None for now"),
}
INVOLVED: Mapping[str, Words] = {
    "village": Words("村（居）委会", "The village or community"),
    "medical": Words("医院、卫生", "A hospital"),
    "relief": Words("民政、救助", "Relief"),
    "labour": Words("劳动保障", "The labour office"),
    "legal_aid": Words("法律援助", "Legal aid"),
    "women": Words("妇联", "The women's federation"),
    "school": Words("学校", "The school"),
    "station": Words("派出所", "The police station"),
}
LOOKED_AT_EVERY: Mapping[str, int] = {"red": 1, "yellow": 7, "blue": 30}
"""Calendar days after which somebody looks again."""

LASTS: Mapping[str, int] = {"red": 14, "yellow": 60, "blue": 90}
"""Calendar days after which what was said is over and erased, unless somebody sets it anew."""


def looked_at_on(colour: str, day: datetime.date) -> datetime.date:
    """The day on which somebody looks again, after ``day``."""
    return day + datetime.timedelta(days=LOOKED_AT_EVERY[colour])


def over_on(colour: str, day: datetime.date) -> datetime.date:
    """The day on which it is over, set on ``day``."""
    return day + datetime.timedelta(days=LASTS[colour])
