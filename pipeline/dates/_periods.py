"""Months, years and their parts, plans and school years."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pipeline.dates._calendar import legal, month_end, plans
from pipeline.dates._expression import Expression, whole
from pipeline.dates._relative import month_of, year_of
from pipeline.dates._timeline import Days, Timeline, unknown

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
_SEASONS = "春夏秋冬"
_TEN_DAYS = {
    "上旬": (1, 10),
    "上中旬": (1, 20),
    "中上旬": (1, 20),
    "中下旬": (11, 31),
    "中旬": (11, 20),
    "下旬": (21, 31),
    "初": (1, 10),
    "中": (11, 20),
    "底": (21, 31),
    "末": (21, 31),
}


def month(expression: Expression, line: Timeline) -> Days:
    first, reason = _month_start(expression, line)
    if first is None:
        return unknown("month", reason)
    return Days(first, month_end(first.year, first.month), "month", reason)


def since(days: Days, line: Timeline, *, to_date: bool) -> Days:
    """2019年至今: from the first day to `published`; these only bound 2019年以来, open as 三年来 is.

    Without `published` the first day alone is known.
    """
    first, last = days.first, line.facts.published
    if last is None:
        return Days(first, None, "range", "no published date", vague=first is not None)
    if first is None or last < first:
        return unknown("range", days.reason)
    return Days(first, last, "range" if to_date else "vague", days.reason, vague=not to_date)


def decade(expression: Expression, _: Timeline) -> Days:
    """上世纪六十年代: its ten years; they only bound 六十年代初."""
    first = 1900 + (whole(expression.fields["decade"]) or 0)
    if "part" in expression.fields:
        return Days(date(first, 1, 1), date(first + 9, 12, 31), "vague", "stated", vague=True)
    return Days(date(first, 1, 1), date(first + 9, 12, 31), "range", "stated")


def _month_start(expression: Expression, line: Timeline, day: int = 1) -> tuple[date | None, str]:
    """The first day of the month; its year is that of `day` in it, for 1月下旬 is past only then."""
    if "rm" in expression.fields:
        found = month_of(expression.fields["rm"], line)
        return found, "published month" if found else "no published date"
    month = expression.number("m") or 0
    stated, reason = year_of(expression, line)
    if stated is None and not reason:
        stated, reason = line.year_for(lambda year: legal(year, month, day), expression.start, None)
    return (legal(stated, month, 1) if stated else None), reason


def month_range(expression: Expression, line: Timeline) -> Days:
    first, reason = _month_start(expression, line)
    if first is None:
        return unknown("range", reason)
    month = expression.number("m2") or 0
    year = expression.number("y2") or first.year + (month < first.month)
    return Days(first, month_end(year, month), "range", reason)


def month_part(expression: Expression, line: Timeline) -> Days:
    first, last = _TEN_DAYS[expression.fields["part"]]
    start, reason = _month_start(expression, line, first)
    if start is None:
        return unknown("ten_days", reason)
    end = month_end(start.year, start.month)
    return Days(start.replace(day=first), start.replace(day=min(last, end.day)), "ten_days", reason)


def year(expression: Expression, line: Timeline) -> Days:
    stated, reason = year_of(expression, line)
    if stated is None:
        return unknown("year", reason or "no year")
    return Days(date(stated, 1, 1), date(stated, 12, 31), "year", reason)


def year_range(expression: Expression, _: Timeline) -> Days:
    first, last = expression.number("y") or 0, expression.number("y2") or 0
    if last < first:
        return unknown("range", "the range ends before it begins")
    return Days(date(first, 1, 1), date(last, 12, 31), "range", "stated")


def year_part(expression: Expression, line: Timeline) -> Days:
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
        return unknown(precision, reason)
    return Days(
        date(stated, begin, 1), month_end(stated + (end - 1) // 12, (end - 1) % 12 + 1), precision, reason
    )


def _span_of_part(part: str) -> tuple[int, int, str]:
    core = part.removeprefix("第").removeprefix("今").removeprefix("去").removeprefix("岁")
    if core.endswith("季度") and core != "前三季度":
        quarter = whole(core[0]) or 1
        return 3 * quarter - 2, 3 * quarter, "season"
    if core in _PARTS:
        return _PARTS[core]
    core = core.removeprefix("年")
    if core[-1] in _SEASONS:
        core = core[-1]
    return _PARTS.get(core) or _PARTS[core[0]]


def plan(expression: Expression, _: Timeline) -> Days:
    span = plans().get(expression.fields["plan"])
    if span is None:
        return unknown("range", "no such plan")
    first, last = span
    surface = expression.fields.get("edge", "")
    if surface:
        first = last = first if surface[0] in "初开" else last
    return Days(date(first, 1, 1), date(last, 12, 31), "range" if first != last else "year", "five-year plan")


def school(expression: Expression, _: Timeline) -> Days:
    year = expression.number("y") or 0
    part = expression.fields.get("part", "")
    first = date(year + 1, 2, 1) if part in ("第二学期", "下学期") else date(year, 9, 1)
    last = date(year + 1, 1, 31) if part in ("第一学期", "上学期") else date(year + 1, 8, 31)
    return Days(
        first, last if part != "第二学期" else date(year + 1, 7, 31), "season" if part else "range", "stated"
    )
