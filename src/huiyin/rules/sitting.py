"""Sessions of a mediation: a time that suits all, where and how, and a file for the calendar.

Nothing is fixed over the head of a side: a time stands when every side said that it suits. Nobody sits down together
where a side said that this is not safe; there is a session with each side alone instead.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping

from huiyin.rules.procedure import Words
from huiyin.rules.refusal import Refusal

HOW: dict[str, Words] = {
    "on_site": Words("当面", "In person"),
    "phone": Words("电话", "By telephone"),
    "video": Words("视频", "By video"),
}
SUITS: dict[str, Words] = {
    "yes": Words("可以", "Suits"),
    "if_need_be": Words("勉强可以", "If need be"),
    "no": Words("不行", "Does not suit"),
}
MOST_TIMES = 6  # to choose from
LONGEST = 8 * 60  # minutes
_FOLD = 74  # octets of a line of a calendar file before its end (RFC 5545, 3.1: 75 with the blank that continues)


def check_times(times: Collection[datetime.datetime], *, now: datetime.datetime) -> tuple[datetime.datetime, ...]:
    """The times to choose from, each once, in order.

    Raises Refusal("input_missing") for none, "too_many" for more than six, "date_in_past" for one that is over.
    """
    if not times:
        raise Refusal("input_missing", field="times")
    wanted = tuple(sorted(set(times)))
    if len(wanted) > MOST_TIMES:
        raise Refusal("too_many", field="times", maximum=MOST_TIMES)
    if wanted[0] <= now:
        raise Refusal("date_in_past", field="times")
    return wanted


def check_how(how: str, place: str, link: str) -> None:
    """Raises Refusal("unknown_choice") or "input_missing": a place for a session in person, an https link for a video."""
    if how not in HOW:
        raise Refusal("unknown_choice", field="how")
    if how == "on_site" and not place.strip():
        raise Refusal("input_missing", field="place")
    if how == "video" and not link.startswith("https://"):
        raise Refusal("input_missing", field="link")


def check_joint(*, is_joint: bool, all_safe: bool) -> None:
    """Raises Refusal("not_safe_together") for a joint session where a side has not said that it is safe."""
    if is_joint and not all_safe:
        raise Refusal("not_safe_together")


def suits_all(answers: Mapping[int, str], sides: Collection[int]) -> bool:
    """Whether every side said that a time suits, gladly or if need be; silence is no yes."""
    return bool(sides) and all(answers.get(side) in {"yes", "if_need_be"} for side in sides)


def best(answers: Mapping[int, Mapping[int, str]], sides: Collection[int]) -> int | None:
    """The number of the time to fix: the first that suits all, one that nobody takes only if need be before others."""
    fitting = [number for number in sorted(answers) if suits_all(answers[number], sides)]
    gladly = [number for number in fitting if all(answers[number][side] == "yes" for side in sides)]
    return next(iter([*gladly, *fitting]), None)


def calendar_file(
    *, uid: str, starts_at: datetime.datetime, minutes: int, title: str, place: str, made_at: datetime.datetime
) -> str:
    """One appointment as iCalendar (RFC 5545). ``title`` is neutral: a calendar is often read by others."""
    ends_at = starts_at + datetime.timedelta(minutes=minutes)
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Huiyin//Huiyin//ZH", "METHOD:PUBLISH", "BEGIN:VEVENT",
        f"UID:{_escaped(uid)}", f"DTSTAMP:{_utc(made_at)}", f"DTSTART:{_utc(starts_at)}", f"DTEND:{_utc(ends_at)}",
        f"SUMMARY:{_escaped(title)}", f"LOCATION:{_escaped(place)}", "CLASS:PRIVATE",
        "BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_escaped(title)}", "TRIGGER:-P1D", "END:VALARM",
        "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _utc(at: datetime.datetime) -> str:
    return at.astimezone(datetime.UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    for char in "\\;,":
        text = text.replace(char, f"\\{char}")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> Iterable[str]:
    """No line longer than 75 octets, and no character cut in two."""
    part, size, first = "", 0, True
    for char in line:
        width = len(char.encode())
        if size + width > _FOLD:
            yield part if first else f" {part}"
            part, size, first = "", 0, False
        part, size = part + char, size + width
    yield part if first else f" {part}"
