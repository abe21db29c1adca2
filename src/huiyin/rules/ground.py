"""Who answers for which ground: a leader for a town, a head of unit for a community, an officer for a village.

Words of this page stand on posters in both languages at once, so they are told here in both.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TypeVar

from huiyin.rules.procedure import Words

K = TypeVar("K")

AREA_KINDS: dict[str, Words] = {
    "county": Words("县", "county"),
    "town": Words("镇", "town"),
    "street": Words("街道", "street"),
    "village": Words("村", "village"),
    "community": Words("社区", "community"),
}
# Kind of the area above: what may lie right below it.
BELOW: dict[str, frozenset[str]] = {
    "": frozenset({"county"}),
    "county": frozenset({"town", "street", "village", "community"}),  # a small county has no floor between
    "town": frozenset({"village", "community"}),
    "street": frozenset({"village", "community"}),
}
CAPACITIES: dict[str, Words] = {
    "contact_officer": Words("联系民警（干部）", "contact officer"),
    "unit_head": Words("负责人", "head who answers for it"),
    "leader": Words("联系领导", "leader who answers for it"),
    "mediator": Words("调解员", "mediator"),
}
ANSWERS_FOR: dict[str, frozenset[str]] = {
    "contact_officer": frozenset({"village", "community"}),
    "unit_head": frozenset({"village", "community", "town", "street"}),
    "leader": frozenset({"town", "street", "county"}),
    "mediator": frozenset(AREA_KINDS),
}
# What somebody speaks, by ISO 639-3: the tongues heard at counters first.
TONGUES: dict[str, Words] = {
    "cmn": Words("普通话", "Mandarin"),
    "yue": Words("粤语", "Cantonese"),
    "wuu": Words("吴语", "Wu"),
    "nan": Words("闽南话", "Southern Min"),
    "hak": Words("客家话", "Hakka"),
    "hsn": Words("湘语", "Xiang"),
    "gan": Words("赣语", "Gan"),
    "zha": Words("壮语", "Zhuang"),
    "bod": Words("藏语", "Tibetan"),
    "uig": Words("维吾尔语", "Uyghur"),
    "mon": Words("蒙古语", "Mongolian"),
    "iii": Words("彝语", "Yi"),
    "kor": Words("朝鲜语", "Korean"),
    "csl": Words("中国手语", "Chinese Sign Language"),
    "eng": Words("英语", "English"),
}
POSTER_KINDS: dict[str, Words] = {
    "area": Words("村（社区）公示牌", "poster of the village or community"),
    "firm": Words("企业联系卡", "card for a firm"),
    "school": Words("学校联系卡", "card for a school"),
    "other": Words("其他单位联系卡", "card for another place"),
}


def may_lie_below(kind: str, above: str) -> bool:
    """Whether an area of this kind may lie right below one of the kind ``above`` (empty: at the top)."""
    return kind in BELOW.get(above, frozenset())


def may_answer(capacity: str, kind: str) -> bool:
    """Whether somebody may answer for an area of this kind in this capacity."""
    return kind in ANSWERS_FOR.get(capacity, frozenset())


def way_up(area: K, above: Mapping[K, K | None]) -> list[K]:
    """The area, the one it lies in, and so on to the top: who is nearest comes first."""
    way, here = [area], above.get(area)
    while here is not None and here not in way:
        way.append(here)
        here = above.get(here)
    return way


def shift(
    day: datetime.date, begins: datetime.time, ends: datetime.time
) -> tuple[datetime.datetime, datetime.datetime]:
    """First and last instant of a duty that begins on ``day``, on the clock of the place; past midnight where need be."""
    last = day if ends > begins else day + datetime.timedelta(days=1)
    return datetime.datetime.combine(day, begins), datetime.datetime.combine(last, ends)


def is_reached(starts_at: datetime.datetime, ends_at: datetime.datetime, at: datetime.datetime) -> bool:
    """Whether whoever has this duty is to be reached at this instant; the last instant is not counted."""
    return starts_at <= at < ends_at


RING_KINDS: dict[str, Words] = {
    "dispute": Words("紧急纠纷", "an urgent dispute"),
    "call": Words("来电找人", "a call for somebody on duty"),
}
RING_WAIT = datetime.timedelta(minutes=5)  # until the next one is rung


def next_to_ring(order: list[K], rung: list[K]) -> K | None:
    """Who is rung next: down the order, and then from its top again, until somebody answers; None where nobody is there.

    ``order`` is nearest duty first; it can have changed since the last step.
    """
    if not order:
        return None
    rounds = min(rung.count(each) for each in order)
    return next(each for each in order if rung.count(each) == rounds)
