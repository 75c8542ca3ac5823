"""Interpretation: the days of an expression in the context of its report, or the reason why there are none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from pipeline.dates._calendar import legal, lunar_day, lunar_in_year, month_end, plans
from pipeline.dates._expression import Expression, whole
from pipeline.dates._festival import anniversary, festival
from pipeline.dates._relative import (
    after,
    ago_or_span,
    chain,
    chain_month,
    later,
    month_of,
    relative_day,
    vague,
    week,
    weekday,
    year_of,
)
from pipeline.dates._timeline import Days, Timeline

_PARTS: Mapping[str, tuple[int, int, str]] = {
    "上半年": (1, 6, "season"),
    "下半年": (7, 12, "season"),
    "前三季度": (1, 9, "season"),
    "初": (1, 1, "month"),
    "底": (12, 12, "month"),
    "末": (12, 12, "month"),
    "中": (6, 7, "season"),
    "春季学期": (2, 7, "season"),
    "下学期": (2, 7, "season"),
    "秋季学期": (9, 13, "season"),
    "上学期": (9, 13, "season"),
    "春": (3, 5, "season"),
    "夏": (6, 8, "season"),
    "秋": (9, 11, "season"),
    "冬": (12, 14, "season"),
    "寒假": (1, 2, "season"),
    "暑": (7, 8, "season"),
}
_TEN_DAYS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "初": (1, 10), "中": (11, 20), "底": (21, 31), "末": (21, 31)}
_LUNAR_MONTHS = {"正": 1, "": 1, "冬": 11, "腊": 12}


def resolve(expression: Expression, line: Timeline) -> Days:
    """The days of one expression, given the points before it."""
    return _KINDS[expression.kind](expression, line)


def _unknown(precision: str, reason: str) -> Days:
    return Days(None, None, precision, reason)


def _day(expression: Expression, line: Timeline) -> Days:
    if "d" not in expression.fields:
        return _month(expression, line)
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
    """28日: in the month of the day before it, else the latest such day up to `published`."""
    day = expression.number(field) or 0
    anchor = line.month_anchor()
    before = anchor.days.last if anchor else None
    if anchor and before is None:
        return _unknown("day", "the day before it has no year")
    if before:
        same = legal(before.year, before.month, day)
        if same and (same >= before or anchor and anchor.level == "month"):
            return Days(same, same, "day", "month of the day before it")
        if line.facts.published is None:
            return Days(same, same, "day", "month of the day before it") if same else _unknown("day", "no such day")
    found = _latest_day(line.facts.published, day)
    return Days(found, found, "day", "published month" if found else "no month stated, no published date")


def _latest_day(published: date | None, day: int) -> date | None:
    if published is None:
        return None
    months = (published.year * 12 + published.month - 1 - back for back in range(3))
    days = (legal(month // 12, month % 12 + 1, day) for month in months)
    return next((one for one in days if one and one <= published), None)


def _day_range(expression: Expression, line: Timeline) -> Days:
    if {"m", "rm"} & expression.fields.keys():
        first, reason = _start_day(expression, line)
    else:
        start = _bare_day(expression, line, "d")
        first, reason = start.first, start.reason
    if first is None:
        return _unknown("range", reason)
    last = _end_day(expression, first)
    if last is None or last < first:
        return _unknown("range", "the range ends before it begins")
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


def _lunar(expression: Expression, line: Timeline) -> Days:
    written = expression.fields.get("lm", "")
    month = _LUNAR_MONTHS.get(written) or whole(written) or 0
    day = _lunar_number(expression.fields.get("ld"))
    stated, reason = year_of(expression, line)
    if stated and "y" in expression.fields:
        return _lunar_days(lunar_day(stated, month, day or 1), lunar_day(stated, month, day or 30), day, reason)
    if stated is None and not reason:
        stated, reason = line.year_for(lambda year: lunar_in_year(year, month, day or 1), expression.start, None)
    first = lunar_in_year(stated, month, day or 1) if stated else None
    last = first if day or not first else lunar_day(first.year - (month > 10 and first.month < 4), month, 30)
    return _lunar_days(first, last, day, reason)


def _lunar_days(first: date | None, last: date | None, day: int | None, reason: str) -> Days:
    return Days(first, last if first else None, "day" if day else "month", reason)


def _lunar_number(written: str | None) -> int | None:
    return whole(written.removeprefix("初")) if written else None


def _month(expression: Expression, line: Timeline) -> Days:
    first, reason = _month_start(expression, line)
    if first is None:
        return _unknown("month", reason)
    if "since" in expression.fields:
        return _since(first, line, reason)
    return Days(first, month_end(first.year, first.month), "month", reason)


def _since(first: date, line: Timeline, reason: str) -> Days:
    last = line.facts.published
    return Days(first, last, "range", reason) if last and last >= first else Days(None, None, "range", "no published date")


def _month_start(expression: Expression, line: Timeline) -> tuple[date | None, str]:
    if "rm" in expression.fields:
        found = month_of(expression.fields["rm"], line)
        return found, "published month" if found else "no published date"
    month = expression.number("m") or 0
    stated, reason = year_of(expression, line)
    if stated is None and not reason:
        stated, reason = line.year_for(lambda year: legal(year, month, 1), expression.start, None)
    return (legal(stated, month, 1) if stated else None), reason


def _month_range(expression: Expression, line: Timeline) -> Days:
    first, reason = _month_start(expression, line)
    if first is None:
        return _unknown("range", reason)
    month = expression.number("m2") or 0
    year = expression.number("y2") or first.year + (month < first.month)
    return Days(first, month_end(year, month), "range", reason)


def _month_part(expression: Expression, line: Timeline) -> Days:
    start, reason = _month_start(expression, line)
    if start is None:
        return _unknown("ten_days", reason)
    first, last = _TEN_DAYS[expression.fields["part"]]
    end = month_end(start.year, start.month)
    return Days(start.replace(day=first), start.replace(day=min(last, end.day)), "ten_days", reason)


def _year(expression: Expression, line: Timeline) -> Days:
    stated, reason = year_of(expression, line)
    if stated is None:
        return _unknown("year", reason or "no year")
    if "since" in expression.fields:
        return _since(date(stated, 1, 1), line, reason)
    return Days(date(stated, 1, 1), date(stated, 12, 31), "year", reason)


def _year_range(expression: Expression, _: Timeline) -> Days:
    first, last = expression.number("y") or 0, expression.number("y2") or 0
    if last < first:
        return _unknown("range", "the range ends before it begins")
    return Days(date(first, 1, 1), date(last, 12, 31), "range", "stated")


def _year_part(expression: Expression, line: Timeline) -> Days:
    part = expression.fields["part"]
    begin, end, precision = _span_of_part(part)
    stated, reason = year_of(expression, line)
    if stated is None and part[:1] in "今去":
        published = line.facts.published
        stated = published.year - (part[0] == "去") if published else None
        reason = "published" if published else "no published date"
    if stated is None and not reason:
        stated, reason = line.year_for(lambda year: date(year, begin, 1), expression.start, None)
    if stated is None:
        return _unknown(precision, reason)
    if part.endswith("末"):
        return Days(date(stated, 12, 31), date(stated, 12, 31), "day", reason)
    return Days(date(stated, begin, 1), month_end(stated + (end - 1) // 12, (end - 1) % 12 + 1), precision, reason)


def _span_of_part(part: str) -> tuple[int, int, str]:
    core = part.removeprefix("第").removeprefix("今").removeprefix("去").removeprefix("岁")
    if core.endswith("季度") and core != "前三季度":
        quarter = whole(core[0]) or 1
        return 3 * quarter - 2, 3 * quarter, "season"
    if core in _PARTS:
        return _PARTS[core]
    core = core.removeprefix("年")
    return _PARTS.get(core) or _PARTS[core[0]]


def _plan(expression: Expression, _: Timeline) -> Days:
    span = plans().get(expression.fields["plan"])
    if span is None:
        return _unknown("range", "no such plan")
    first, last = span
    surface = expression.fields.get("edge", "")
    if surface:
        first = last = first if surface[0] in "初开" else last
    return Days(date(first, 1, 1), date(last, 12, 31), "range" if first != last else "year", "five-year plan")


def _school(expression: Expression, _: Timeline) -> Days:
    year = expression.number("y") or 0
    part = expression.fields.get("part", "")
    first = date(year + 1, 2, 1) if part in ("第二学期", "下学期") else date(year, 9, 1)
    last = date(year + 1, 1, 31) if part in ("第一学期", "上学期") else date(year + 1, 8, 31)
    return Days(first, last if part != "第二学期" else date(year + 1, 7, 31), "season" if part else "range", "stated")


_KINDS: Mapping[str, Callable[[Expression, Timeline], Days]] = {
    "day": _day,
    "day-range": _day_range,
    "lunar": _lunar,
    "plan": _plan,
    "school": _school,
    "month": _month,
    "month-range": _month_range,
    "month-part": _month_part,
    "year": _year,
    "year-range": _year_range,
    "year-part": _year_part,
    "festival": festival,
    "anniversary": anniversary,
    "after": after,
    "later": later,
    "chain": chain,
    "chain-month": chain_month,
    "relative-day": relative_day,
    "weekday": weekday,
    "week": week,
    "span": ago_or_span,
    "vague": vague,
}
