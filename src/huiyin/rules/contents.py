"""What a document of an office must hold, so that nobody gets an answer that cannot be checked or contested.

Regulations on Petitions (2022), Articles 23, 32, 34 to 36. A pack names these words; the letter's template
refuses to go out while one is missing.
"""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.rules.procedure import Words


@dataclass(frozen=True, slots=True)
class Content:
    """One part of a document: written by the officer, or filled in by the program from the case and the pack."""

    id: str
    name: Words
    is_written: bool


_WRITTEN = {
    "request": Words("信访请求", "What was asked for"),
    "facts": Words("查明的事实", "The facts found"),
    "reasons": Words("理由", "The reasons"),
    "opinion": Words("处理意见", "The opinion"),
    "next_steps": Words("下一步安排", "What happens next"),
    "delay_reason": Words("需要更多时间的原因", "Why more time is needed"),
    "instructions": Words("重新办理的要求", "What must be done again"),
    "parties": Words("各方当事人", "The parties"),
    "dispute": Words(
        "纠纷的主要事实、争议事项和各方责任",
        "The facts of the dispute, what was at issue, and each one's responsibility",
    ),
    "terms_agreed": Words("达成协议的内容、履行的方式和期限", "What was agreed, in which manner and by when"),
    "rights_kept": Words(
        "协议不妨碍任何一方投诉、请求复查或者起诉", "The agreement keeps nobody from a complaint, a review or a suit"
    ),
}
_FILLED_IN = {
    "legal_basis": Words("依据", "Legal basis"),
    "outcome": Words("结论", "Outcome"),
    "route": Words("可以走的途径", "The route that is open"),
    "review_route": Words("救济途径", "How to have it looked at again"),
    "window": Words("请求复查的最后日期", "The last day to ask for it"),
    "due": Words("办理期限", "The day the answer is due"),
    "old_due": Words("原定期限", "The day it was due before"),
    "responsible": Words("负责的单位和人员", "The unit and the officer responsible"),
}

CONTENTS: dict[str, Content] = {
    **{id_: Content(id_, name, is_written=True) for id_, name in _WRITTEN.items()},
    **{id_: Content(id_, name, is_written=False) for id_, name in _FILLED_IN.items()},
}
