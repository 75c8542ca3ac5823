"""The step: date expressions of a report with their days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from pydantic import BaseModel, ConfigDict

from pipeline.dates._calendar import day_of
from pipeline.dates._expression import Expression, blank_links, expressions
from pipeline.dates._festival import named, own_year
from pipeline.dates._lexicon import story
from pipeline.dates._published import page_spans
from pipeline.dates._resolve import resolve
from pipeline.dates._slips import is_slip, mended
from pipeline.dates._timeline import Days, Facts, Point, Timeline, is_background, stated_days, stated_years
from pipeline.schema import DateMention, Report
from pipeline.text import fold

_YEARS = ("year", "year-range", "year-part", "plan", "school", "anniversary")
_MONTHS = ("month", "month-range", "month-part", "chain-month")
_NEAR = 60


class DatesParams(BaseModel):
    """Parameters of the dates step.

    Attributes:
        close_days: a day without a year that lies so many days before `published` is of that year, whatever
            years the report names in passing.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    close_days: int = 120


class DateReader:
    """Find the dates of a report and resolve them in its context.

    Extraction reads what is written; resolution then uses the report's own years, `report.published` and the
    days before the expression, and prefers the past. What stays open has no days and a `reason`. Impossible
    days give no mention (see `find_slips`).

    Example:
        >>> from datetime import date
        >>> text = "2021年9月1日，甲县图书馆到乙村赠书。次日，又到丙村。9月10日，再赠书。"
        >>> [(d.surface, str(d.first)) for d in DateReader()(Report("r", text=text))]
        [('2021年9月1日', '2021-09-01'), ('次日', '2021-09-02'), ('9月10日', '2021-09-10')]
    """

    def __init__(self, params: DatesParams | None = None) -> None:
        self._params = params or DatesParams()

    def __call__(self, report: Report) -> tuple[DateMention, ...]:
        """Return the mentions sorted by offset; they do not overlap."""
        text = blank_links(fold(report.text))
        found = _read(text, report.published)
        facts = Facts(
            stated=stated_days(found),
            observed=_observed(text, found),
            years=stated_years(text, found),
            published=report.published,
            close=self._params.close_days,
        )
        line = Timeline(text, facts)
        pages = page_spans(text)
        points = (one for one in _points(line, found, pages) if not _is_inside(one.expression.start, pages))
        return tuple(_mention(report, point) for point in points)


def _read(text: str, published: date | None) -> list[Expression]:
    """The expressions of a text that can be days; 516日 becomes 5月16日 or nothing."""
    told = (mended(one, published) if one.kind == "run-together" else one for one in expressions(text))
    return [one for one in told if one is not None and not is_slip(one)]


def _is_inside(start: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(first <= start < last for first, last in spans)


def _points(line: Timeline, found: Iterable[Expression], pages: Sequence[tuple[int, int]]) -> Sequence[Point]:
    """The expressions with their days, those of `pages` (the page's own date) marked."""
    for expression in found:
        days = resolve(expression, line)
        level = "dateline" if _is_dateline(line.text, expression) else _level(expression, days)
        background = is_background(line.text, expression)
        of_page = _is_inside(expression.start, pages)
        line.points.append(Point(expression, days, _month(expression, days), level, background, of_page))
    return line.points


def _is_dateline(text: str, expression: Expression) -> bool:
    return expression.kind == "day" and story().dateline.match(text, expression.end) is not None


def _month(expression: Expression, days: Days) -> int | None:
    if expression.kind in _YEARS or days.vague:
        return None
    return days.last.month if days.last else expression.number("m2") or expression.number("m")


def _level(expression: Expression, days: Days) -> str:
    if expression.kind in _YEARS:
        return "year"
    if expression.kind in _MONTHS or (expression.kind in ("day", "lunar") and days.precision == "month"):
        return "month"
    if days.vague or days.precision == "vague":
        return "near" if days.first is None and _is_near(expression) else _vague_level(days)
    return "day"


def _is_near(expression: Expression) -> bool:
    return expression.kind == "vague" and "年" not in expression.fields["vague"]


def _vague_level(days: Days) -> str:
    near = days.first is not None and days.last is not None and (days.last - days.first).days <= _NEAR
    return "near" if near else "far"


def _observed(text: str, found: Iterable[Expression]) -> tuple[tuple[date, date, str], ...]:
    """Observances and anniversaries whose ordinal gives the year, as intervals."""
    intervals = []
    for one in found:
        year = own_year(one) if one.kind in ("festival", "anniversary") else None
        if year is None:
            continue
        day = day_of(named(one), year) if one.kind == "festival" else None
        span = (day, day) if day else (date(year, 1, 1), date(year, 12, 31))
        intervals.append((*span, text[one.start : one.end]))
    return tuple(dict.fromkeys(intervals))


def _mention(report: Report, point: Point) -> DateMention:
    one, days = point.expression, point.days
    return DateMention(
        report_id=report.report_id,
        start=one.start,
        end=one.end,
        surface=report.text[one.start : one.end],
        first=days.first,
        last=days.last,
        precision=days.precision,
        rule=one.rule,
        reason=days.reason,
        vague=days.vague,
    )
