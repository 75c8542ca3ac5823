"""Expressions that lean on `published` or on the day before them."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.dates._anchor import SAID, is_said, point_before, single_day
from pipeline.dates._calendar import month_end
from pipeline.dates._expression import Expression, whole
from pipeline.dates._lexicon import vague_days
from pipeline.dates._timeline import Days, Timeline

_NONE = "no published date"
_UNIT_DAYS = {"天": 1, "日": 1, "周": 7, "星期": 7}
_YEAR_SHIFT = {"今": 0, "本": 0, "去": -1, "前": -2, "明": 1, "上": -1, "后": 2, "年": 0}
_CHAIN_SHIFT = {"次日": 1, "翌日": 1, "第二天": 1, "隔天": 1, "隔日": 1, "前一天": -1, "前一日": -1}
_DAY_SHIFT = {"今": 0, "昨": -1, "前": -2, "明": 1, "后": 2}


def year_of(expression: Expression, line: Timeline) -> tuple[int | None, str]:
    """The stated year, or the one that 今年 and the like stand for; (None, "") when none is stated."""
    if "y" in expression.fields:
        return expression.number("y"), "stated"
    if "yy" in expression.fields:
        short = expression.number("yy") or 0
        return short + (1900 if short > 50 else 2000), "stated"
    word = expression.fields.get("ry")
    if word is None:
        return None, ""
    if word in ("同年", "当年", "次年", "翌年"):
        year = line.last_year()
        return (
            year + (word[0] in "次翌") if year else None
        ), "year before it" if year else "no year before it"
    published = line.facts.published
    if published:
        return published.year + _YEAR_SHIFT[word[0]], "published"
    year = line.report_year()
    return (year + _YEAR_SHIFT[word[0]] if year else None), "year of the report" if year else _NONE


def month_of(word: str, line: Timeline) -> date | None:
    """The first day of 本月, 上月, 当月 and the like."""
    anchor = line.month_anchor()
    if word in ("当月", "同月"):
        return anchor.days.first.replace(day=1) if anchor and anchor.days.first else None
    published = line.facts.published
    base = published or (anchor.days.first if anchor else None)
    if base is None:
        return None
    months = base.year * 12 + base.month - 1 + (1 if word[0] == "下" else -1 if word[0] == "上" else 0)
    return date(months // 12, months % 12 + 1, 1)


def chain_month(expression: Expression, line: Timeline) -> Days:
    """本月, 上月, 当月."""
    first = month_of(expression.fields["rm"], line)
    if first is None:
        return Days(None, None, "month", _NONE)
    return Days(first, month_end(first.year, first.month), "month", "published month")


def chain(expression: Expression, line: Timeline) -> Days:
    """当天 is the day before it in the text, 次日 the day after that."""
    shift = _CHAIN_SHIFT.get(expression.fields["chain"], 0)
    anchor = point_before(line, expression.start)
    if anchor is None:
        return Days(None, None, "day", "no day before it")
    base = single_day(anchor, shift, second=expression.fields["chain"] == "第二天")
    if base is None:
        return Days(None, None, "day", "the day before it has no date")
    found = base + timedelta(days=shift)
    return Days(found, found, "day", "the day before it")


def after(expression: Expression, line: Timeline) -> Days:
    """此后两天内: the days after the one before it."""
    anchor, count = line.anchor(), _count(expression)
    if anchor is None or anchor.days.last is None or anchor.days.vague or count is None:
        return Days(None, None, "range", "the day before it has no date")
    first = anchor.days.last + timedelta(days=1)
    return Days(
        first, _shifted(anchor.days.last, count, expression.fields["u"]), "range", "the day before it"
    )


def later(expression: Expression, line: Timeline) -> Days:
    """三天后: counted from the day before it."""
    anchor, count = line.anchor(), _count(expression)
    unit = expression.fields["u"]
    if anchor is None or anchor.days.last is None or anchor.days.vague or count is None:
        return Days(None, None, "vague", "the day before it has no date", vague=True)
    found = _shifted(anchor.days.last, count, unit)
    if unit in ("天", "日"):
        return Days(found, found, "day", "the day before it")
    return Days(
        found.replace(day=1), month_end(found.year, found.month), "vague", "the day before it", vague=True
    )


def relative_day(expression: Expression, line: Timeline) -> Days:
    """昨日 from `published`; in somebody's words 今天 is the day of the act and 昨天 the one before."""
    word = expression.fields["rd"]
    base = single_day(point_before(line, expression.start), 0)
    if base and word[0] in "今昨明" and is_said(line.text, expression.start):
        said = base + timedelta(days=_DAY_SHIFT[word[0]])
        return Days(said, said, "day", SAID)
    published = line.dateline() or line.facts.published
    if published is None:
        return Days(None, None, "day", _NONE)
    found = published + timedelta(days=_DAY_SHIFT[word[0]])
    return Days(found, found, "day", "published")


def weekday(expression: Expression, line: Timeline) -> Days:
    """上周五 in the week before `published`; 周五 alone is the latest one up to it."""
    published = line.facts.published
    if published is None:
        return Days(None, None, "day", _NONE)
    number = "一二三四五六".find(expression.fields["wd"]) + 1 or 7
    week_word = expression.fields.get("week", "")
    if not week_word:
        found = published - timedelta(days=(published.isoweekday() - number) % 7)
    else:
        found = _monday(published) + timedelta(days=7 * _weeks(week_word) + number - 1)
    return Days(found, found, "day", "published")


def week(expression: Expression, line: Timeline) -> Days:
    """上周, 本周: Monday to Sunday; 上周末: Saturday and Sunday."""
    published = line.facts.published
    if published is None:
        return Days(None, None, "range", _NONE)
    monday = _monday(published) + timedelta(days=7 * _weeks(expression.fields["week"]))
    first = monday + timedelta(days=5 if "end" in expression.fields else 0)
    return Days(first, monday + timedelta(days=6), "range", "published")


def ago_or_span(expression: Expression, line: Timeline) -> Days:
    """近半年, 三年来, 半年时间, 三天前: bounded by `published`, marked vague."""
    published, count = line.facts.published, _count(expression)
    if published is None or count is None:
        return Days(None, None, "vague", _NONE, vague=True)
    return Days(
        _shifted(published, -count, expression.fields["u"]), published, "vague", "published", vague=True
    )


def vague(expression: Expression, line: Timeline) -> Days:
    """近日 and the like: an interval before `published`, never a day."""
    published = line.facts.published
    if published is None:
        return Days(None, None, "vague", _NONE, vague=True)
    first = published - timedelta(days=vague_days()[expression.fields["vague"]])
    return Days(first, published, "vague", "published", vague=True)


def _monday(day: date) -> date:
    return day - timedelta(days=day.isoweekday() - 1)


def _weeks(word: str) -> int:
    if word.startswith("上"):
        return -2 if word.startswith("上上") else -1
    return 1 if word.startswith("下") else 0


def _count(expression: Expression) -> float | None:
    written = expression.fields["n"].rstrip("个多余")
    return 0.5 if written == "半" else whole(written)


def _shifted(day: date, count: float, unit: str) -> date:
    """A day `count` units on; months and years keep the day of the month where there is one."""
    unit = unit.removeprefix("个")
    if unit in _UNIT_DAYS:
        return day + timedelta(days=int(count * _UNIT_DAYS[unit]))
    months = int(count * {"年": 12, "月": 1, "季度": 3, "学期": 6}[unit])
    total = day.year * 12 + day.month - 1 + months
    year, month = total // 12, total % 12 + 1
    return date(year, month, min(day.day, month_end(year, month).day))
