"""Dates and days in the words of the page's language.

Written here and not by locale formats: an officer's list shows forty dates,
and a date that a deadline hangs on must read the same on every machine.
"""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiyin.ui.languages import is_chinese

ZH_DAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
ZH_SHORT_DAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
EN_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
EN_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

SOON_DAYS = 3  # from this many days before its end a term is shown as due soon


def as_moment(value: date | datetime | str) -> date | datetime:
    """A date, or an instant in the reader's time zone; ISO text as it stands in the ledger is read too."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if len(value) > len("2026-01-27") else date.fromisoformat(value)
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def as_day(value: date | datetime | str) -> date:
    """The calendar day of a date or instant."""
    moment = as_moment(value)
    return moment.date() if isinstance(moment, datetime) else moment


def plain_date(value: date | datetime | str) -> str:
    """``2026年1月27日`` or ``27 January 2026``."""
    day = as_day(value)
    if is_chinese():
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {EN_MONTHS[day.month - 1]} {day.year}"


def long_date(value: date | datetime | str) -> str:
    """``2026年1月27日 星期二`` or ``Tuesday 27 January 2026``."""
    day = as_day(value)
    if is_chinese():
        return f"{plain_date(day)} {ZH_DAYS[day.weekday()]}"
    return f"{EN_DAYS[day.weekday()]} {plain_date(day)}"


def short_date(value: date | datetime | str) -> str:
    """``1月27日 周二`` or ``Tue 27 Jan``: for lists where the year is plain."""
    day = as_day(value)
    if is_chinese():
        return f"{day.month}月{day.day}日 {ZH_SHORT_DAYS[day.weekday()]}"
    return f"{EN_DAYS[day.weekday()][:3]} {day.day} {EN_MONTHS[day.month - 1][:3]}"


def date_time(value: date | datetime | str) -> str:
    """``2026年1月27日 14:05`` or ``27 January 2026, 14:05``; a bare date stays a date."""
    moment = as_moment(value)
    if not isinstance(moment, datetime):
        return plain_date(moment)
    clock = f"{moment.hour:02}:{moment.minute:02}"
    return f"{plain_date(moment)} {clock}" if is_chinese() else f"{plain_date(moment)}, {clock}"


def relative_days(due: date, today: date) -> str:
    """How far a due date is away, in words: ``2 days over``, ``due today``, ``3 days left``."""
    left = (as_day(due) - as_day(today)).days
    if left < 0:
        return ngettext("%(days)s day over", "%(days)s days over", -left) % {"days": -left}
    if left == 0:
        return _("due today")
    if left == 1:
        return _("due tomorrow")
    return ngettext("%(days)s day left", "%(days)s days left", left) % {"days": left}


def ago(value: date | datetime | str, today: date) -> str:
    """How long ago a day was: ``today``, ``yesterday``, ``5 days ago``; a day to come is given as a date."""
    gone = (as_day(today) - as_day(value)).days
    if gone < 0:
        return plain_date(value)
    if gone == 0:
        return _("today")
    if gone == 1:
        return _("yesterday")
    return ngettext("%(days)s day ago", "%(days)s days ago", gone) % {"days": gone}
