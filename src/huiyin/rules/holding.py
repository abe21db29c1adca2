"""Coming back after a mediation: three fixed questions, and no other.

Whether it holds, whether the side is content, whether anything is new: of the agreement and the dispute, never of a
mood, a plan or a person. Somebody other than the mediator asks. Not answering leaves no mark.
"""

from __future__ import annotations

import datetime

from huiyin.rules.procedure import Term, Words
from huiyin.rules.refusal import Refusal

QUESTIONS: dict[str, Words] = {
    "holds": Words("协议得到履行了吗？", "Does the agreement hold?"),
    "content": Words("您对结果满意吗？", "Are you content with what came of it?"),
    "news": Words("这件事有没有新的情况？", "Is there anything new in this matter?"),
}
ANSWERS: dict[str, Words] = {
    "yes": Words("是", "Yes"),
    "partly": Words("一部分", "In part"),
    "no": Words("不是", "No"),
}
CHANNELS: dict[str, Words] = {
    "own_page": Words("在自己的页面上", "On the own page"),
    "call": Words("电话", "By telephone"),
    "visit": Words("应本人要求上门", "At a visit that was asked for"),
}
TEXT_LIMIT = 2_000  # characters
WITHIN_DAYS = Term(
    id="table_days", name=Words("答复求助、录入照片", "Answer a request for help; type a photographed sheet"), length=5,
    unit="working_days", count_from="next_day", roll="next_workday", owed_by="mediator", basis="target", article="",
    source="", verified=False,
)  # fmt: skip
"""A target of the office: five working days for help that was asked for, and for typing what was photographed."""


def check(holds: str, content: str, news: str) -> None:
    """Raises Refusal("unknown_choice"), "too_long", or "input_missing" where nothing at all was answered."""
    for field, said in (("holds", holds), ("content", content)):
        if said and said not in ANSWERS:
            raise Refusal("unknown_choice", field=field)
    if len(news) > TEXT_LIMIT:
        raise Refusal("too_long", field="news", maximum=TEXT_LIMIT)
    if not (holds or content or news.strip()):
        raise Refusal("input_missing", field="holds")


def check_asker(*, is_mediator: bool) -> None:
    """Raises Refusal("asked_by_mediator"): whoever mediated does not ask whether it holds."""
    if is_mediator:
        raise Refusal("asked_by_mediator")


def check_visit(day: datetime.date | None, *, today: datetime.date) -> None:
    """A visit is on the day that the side itself names. Raises Refusal("date_in_past") for a day that is over."""
    if day is not None and day < today:
        raise Refusal("date_in_past", field="visit_on")
