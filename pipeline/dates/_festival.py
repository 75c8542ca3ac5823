"""Festivals, observances with their ordinal (第28个世界读书日), and anniversaries (建党百年)."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.dates._calendar import Festival, anniversaries, day_of, festivals
from pipeline.dates._expression import Expression, whole
from pipeline.dates._lexicon import story
from pipeline.dates._relative import year_of
from pipeline.dates._timeline import Days, Timeline

_AHEAD = 45
_SOON = 0
_RECENT = 120


def named(expression: Expression) -> Festival:
    """The festival an expression names."""
    return festivals()[expression.fields.get("festival") or expression.fields["short"]]


def own_year(expression: Expression) -> int | None:
    """The year that an ordinal gives by itself: 第28个世界读书日 is 2023."""
    if "nth" not in expression.fields:
        return None
    nth = whole(expression.fields["nth"])
    if expression.kind == "anniversary":
        return anniversaries()[expression.fields["event"]] + nth if nth else None
    first = named(expression).first
    return first + nth - 1 if first and nth else None


def festival(expression: Expression, line: Timeline) -> Days:
    """The day of a festival; 前夕 将至 刚过 前后 only bound it, 期间 and 假期 last as long as the holiday."""
    rule = named(expression)
    year, reason = _year(expression, line, rule)
    day = day_of(rule, year) if year else None
    if day is None:
        return Days(None, None, "day", reason or "no such day")
    coming = "前夕" if story().coming.match(line.text, expression.end) else ""
    return _near(day, rule, expression.fields.get("near") or coming, reason)


def _year(expression: Expression, line: Timeline, rule: Festival) -> tuple[int | None, str]:
    year = own_year(expression)
    if year:
        return year, "its ordinal"
    year, reason = year_of(expression, line)
    if year or reason:
        return year, reason
    ahead = _ahead(expression, line, rule)
    if ahead:
        return ahead, "published, the festival is to come"
    first = day_of(rule, 2000)
    key = (first.month, first.day) if rule.rule == "solar" and first else None
    return line.year_for(lambda one: day_of(rule, one), expression.start, key)


def _ahead(expression: Expression, line: Timeline, rule: Festival) -> int | None:
    """The year of a festival that is about to come when the report appears."""
    published = line.facts.published
    around = line.text[max(0, expression.start - 4) : expression.end + 6]
    if published is None:
        return None
    past = line.latest(lambda year: day_of(rule, year))
    recent = past is not None and (published - past).days <= _RECENT
    ahead = _SOON if recent and not story().upcoming.search(around) else _AHEAD
    for year in (published.year, published.year + 1):
        day = day_of(rule, year)
        if day and timedelta(0) <= day - published <= timedelta(days=ahead):
            return year
    return None


# Days from a festival to the first and the last day that a word bounds.
_AROUND = {"前夕": (-10, -1), "刚过": (1, 10), "前后": (-7, 7)}


def _near(day: date, rule: Festival, near: str, reason: str) -> Days:
    one = timedelta(days=1)
    if near in _AROUND:
        first, last = _AROUND[near]
        return Days(day + first * one, day + last * one, "vague", reason, vague=True)
    if near in ("前一天", "前一日"):
        return Days(day - one, day - one, "day", reason)
    if near in ("第二天", "次日"):
        return Days(day + one, day + one, "day", reason)
    if near in ("期间", "假期", "长假", "小长假", "黄金周") and rule.days > 1:
        return Days(day, day + (rule.days - 1) * one, "range", reason)
    return Days(day, day, "day", reason)


def anniversary(expression: Expression, _: Timeline) -> Days:
    """建党百年: the year the anniversary falls in."""
    year = own_year(expression)
    if year is None:
        return Days(None, None, "year", "no number")
    return Days(date(year, 1, 1), date(year, 12, 31), "year", "anniversary")
