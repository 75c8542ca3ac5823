"""Days, ranges of days and lunar dates."""

from __future__ import annotations

from datetime import date

from pipeline.dates._calendar import legal, lunar_day, lunar_in_year
from pipeline.dates._expression import Expression, whole
from pipeline.dates._periods import month
from pipeline.dates._relative import month_of, year_of
from pipeline.dates._timeline import Days, Timeline, unknown

# 9月7日装车,10日发车: a day so soon after `published` is still of the month before it.
_AHEAD = 10
_LUNAR_MONTHS = {"正": 1, "": 1, "冬": 11, "腊": 12}


def day(expression: Expression, line: Timeline) -> Days:
    if "d" not in expression.fields:
        return month(expression, line)
    if not ({"m", "rm"} & expression.fields.keys()):
        return _bare_day(expression, line, "d")
    first, reason = _start_day(expression, line)
    return Days(first, first, "day", reason)


def _start_day(expression: Expression, line: Timeline) -> tuple[date | None, str]:
    """The day of the fields y m d, where the year or the month may be a word or missing."""
    day = expression.number("d") or 0
    if "rm" in expression.fields:
        month = month_of(expression.fields["rm"], line)
        found = month and legal(month.year, month.month, day)
        return found or None, "published month" if found else "no published date"
    month_number = expression.number("m") or 0
    stated, reason = year_of(expression, line)
    if stated is None and not reason:
        key = (month_number, day)
        stated, reason = line.year_for(lambda year: legal(year, month_number, day), expression.start, key)
    return (legal(stated, month_number, day) if stated else None), reason


def _bare_day(expression: Expression, line: Timeline, field: str) -> Days:
    """28日: in the month of the day before it, else the latest such day up to `published`.

    A full date told before goes first where it is later than the day before it
    (10月18日开幕。征集从6月3日开始。18日下午).
    """
    day = expression.number(field) or 0
    anchor = line.month_anchor()
    before = anchor.days.last if anchor else None
    if anchor and before is None:
        return unknown("day", "the day before it has no year")
    if before:
        told = _told(day, line)
        same = told if told and (told > before or (anchor and anchor.level == "month")) else None
        same = same or legal(before.year, before.month, day)
        later = same and line.facts.published and (same - line.facts.published).days > _AHEAD
        if same and not later and (same >= before or (anchor and anchor.level == "month")):
            return Days(same, same, "day", "month of the day before it")
        if line.facts.published is None:
            return (
                Days(same, same, "day", "month of the day before it")
                if same
                else unknown("day", "no such day")
            )
    found = _latest_day(line.facts.published, day)
    return Days(found, found, "day", "published month" if found else "no month stated, no published date")


def _told(day: int, line: Timeline) -> date | None:
    """The last full date before it with that number: 22日 behind 3月22日, whatever months stand between."""
    full = (one.days for one in line.points[::-1] if one.expression.kind == "day" and not one.days.vague)
    return next((one.first for one in full if one.first and one.first.day == day), None)


def _latest_day(published: date | None, day: int) -> date | None:
    if published is None:
        return None
    months = (published.year * 12 + published.month - 1 - back for back in range(3))
    days = (legal(month // 12, month % 12 + 1, day) for month in months)
    return next((one for one in days if one and one <= published), None)


def day_range(expression: Expression, line: Timeline) -> Days:
    if {"m", "rm"} & expression.fields.keys():
        first, reason = _start_day(expression, line)
    else:
        start = _bare_day(expression, line, "d")
        first, reason = start.first, start.reason
    if first is None:
        return unknown("range", reason)
    last = _end_day(expression, first)
    if last is None or last < first:
        return unknown("range", "the range ends before it begins")
    return Days(first, last, "range", reason)


def _end_day(expression: Expression, first: date) -> date | None:
    month = expression.number("m2") or first.month
    day = expression.number("d2") or 0
    stated = expression.number("y2")
    last = legal(stated or first.year, month, day)
    if last and last < first and not stated:
        return legal(first.year + 1, month, day) if "m2" in expression.fields else _next_month(first, day)
    return last


def _next_month(first: date, day: int) -> date | None:
    return legal(first.year + first.month // 12, first.month % 12 + 1, day)


def lunar(expression: Expression, line: Timeline) -> Days:
    written = expression.fields.get("lm", "")
    month = _LUNAR_MONTHS.get(written) or whole(written) or 0
    day = _lunar_number(expression.fields.get("ld"))
    stated, reason = year_of(expression, line)
    if stated and "y" in expression.fields:
        return _lunar_days(
            lunar_day(stated, month, day or 1), lunar_day(stated, month, day or 30), day, reason
        )
    if stated is None and not reason:
        stated, reason = line.year_for(
            lambda year: lunar_in_year(year, month, day or 1), expression.start, None
        )
    first = lunar_in_year(stated, month, day or 1) if stated else None
    last = first if day or not first else lunar_day(first.year - (month > 10 and first.month < 4), month, 30)
    return _lunar_days(first, last, day, reason)


def _lunar_days(first: date | None, last: date | None, day: int | None, reason: str) -> Days:
    return Days(first, last if first else None, "day" if day else "month", reason)


def _lunar_number(written: str | None) -> int | None:
    return whole(written.removeprefix("初")) if written else None
