"""What the report has said so far: the days before an expression, and the year they lend it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from pipeline.dates._expression import Expression
from pipeline.dates._lexicon import story

_STOPS = re.compile(r"[,。;!?\n]")
_WINDOW = 40
_NEAR = 8
_MEMORY = 100
_HALF_YEAR = 183
_QUARTER = 90
_SOON = 45
_SENTENCE_END = re.compile("[。!?\n]")
_SPANS = ("decade", "span", "plan", "year-range", "vague")
_DAY_END = re.compile("[日号]")


@dataclass(frozen=True, slots=True)
class Days:
    """The resolved days of an expression, or None with the reason; `vague` days only bound it."""

    first: date | None
    last: date | None
    precision: str
    reason: str
    vague: bool = False


def unknown(precision: str, reason: str) -> Days:
    """No days, and why."""
    return Days(None, None, precision, reason)


@dataclass(frozen=True, slots=True)
class Point:
    """An expression on the timeline: what it states, its days once known, and whether it is background.

    `of_page` marks the page's own date, which lends a year but is no day of the story.
    """

    expression: Expression
    days: Days
    month: int | None
    level: str
    background: bool
    of_page: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What holds for the whole report: days with their year, self-dating observances, years by offset."""

    stated: dict[tuple[int, int], int]
    observed: tuple[tuple[date, date, str], ...]
    years: tuple[tuple[int, int], ...]
    published: date | None
    close: int


@dataclass(slots=True)
class Timeline:
    """The points so far, in reading order; made anew for every report."""

    text: str
    facts: Facts
    points: list[Point] = field(default_factory=list)

    def anchor(self) -> Point | None:
        """The last point that 当天 or 28日 can lean on: a day, a range, a month, or a vague near day."""
        return next((one for one in self._story() if one.level in ("day", "month", "near")), None)

    def month_anchor(self) -> Point | None:
        """The last point that names a month."""
        named = (one for one in self._story() if one.expression.kind != "festival")
        return next((one for one in named if one.month is not None), None)

    def last_year(self) -> int | None:
        """The year of the last point that has one; a decade or a long span has none."""
        told = (one for one in self.points[: -_MEMORY - 1 : -1] if one.expression.kind not in _SPANS)
        return next((one.days.first.year for one in told if one.days.first), None)

    def report_year(self) -> int | None:
        """The latest year that the report states."""
        return max((year for _, year in self.facts.years), default=None)

    def dateline(self) -> date | None:
        """The day of the dispatch line, from which 昨天 counts."""
        found = (one.days.first for one in self.points[:3] if one.level == "dateline")
        return next((day for day in found if day), None)

    def _story(self) -> Iterator[Point]:
        return (one for one in self.points[: -_MEMORY - 1 : -1] if not one.background)

    def year_for(
        self, at: Callable[[int], date | None], start: int, key: tuple[int, int] | None
    ) -> tuple[int | None, str]:
        """The year of a day without one, in the order of `docs/numbers-and-dates.md`, and its source."""
        if key in self.facts.stated:
            return self.facts.stated[key], "the report states the year of this day"
        latest = self._latest(at)
        close = latest is not None and self._is_close(at(latest))
        return (
            self._observed(at)
            or self._coming(at, start, close)
            or self._from_story(at, ("day",))
            or ((latest, "published") if close else None)
            or self._from_story(at, ("day", "month"))
            or self._from_story(at, ("year",))
            or self._soon(at)
            or ((latest, "published") if latest else self._from_sentence(at, start))
        )

    def _soon(self, at: Callable[[int], date | None]) -> tuple[int, str] | None:
        """A day shortly after `published`: without a year that is nearer than the same day a year ago."""
        published = self.facts.published
        if published is None:
            return None
        days = ((year, at(year)) for year in (published.year, published.year + 1))
        year = next((year for year, day in days if day and 0 < (day - published).days <= _SOON), None)
        return None if year is None else (year, "soon after published")

    def _observed(self, at: Callable[[int], date | None]) -> tuple[int, str] | None:
        for first, last, surface in self.facts.observed:
            for year in (first.year, first.year - 1, first.year + 1):
                day = at(year)
                if day and (first <= day <= last or abs((day - first).days) <= 90):
                    return year, surface
        return None

    def _from_story(self, at: Callable[[int], date | None], levels: Sequence[str]) -> tuple[int, str] | None:
        """The nearest earlier date of the story; behind a full date a turn of the year counts."""
        for point in self._story():
            before = point.days.first
            if before is None or point.days.vague or point.level not in levels:
                continue
            day = at(before.year)
            turned = point.level != "year" and day is not None and (before - day).days > 240
            if turned and self._is_after(at(before.year + 1)):
                turned = False
            if not turned and self._is_after(day):
                continue
            return before.year + turned, self._surface(point)
        return None

    def _from_sentence(self, at: Callable[[int], date | None], start: int) -> tuple[int | None, str]:
        """Without anything earlier: a year later in the sentence, else that of what began (2020年2月以来)."""
        later = next(((at, year) for at, year in self.facts.years if at > start), None)
        if later and not _SENTENCE_END.search(self.text, start, later[0]):
            return later[1], "year later in the sentence"
        begun = next((one for one in self.points[: -_NEAREST - 1 : -1] if _goes_on(one.expression)), None)
        if begun is not None and begun.days.first is not None:
            first = begun.days.first
            return first.year + ((at(first.year) or first) < first), self._surface(begun)
        return None, "no year stated, no published date"

    def _is_after(self, day: date | None) -> bool:
        return bool(day and self.facts.published and day > self.facts.published)

    def _surface(self, point: Point) -> str:
        return self.text[point.expression.start : point.expression.end]

    def _latest(self, at: Callable[[int], date | None]) -> int | None:
        published = self.facts.published
        if published is None:
            return None
        years = range(published.year, published.year - 9, -1)
        return next((year for year in years if (day := at(year)) and day <= published), None)

    def latest(self, at: Callable[[int], date | None]) -> date | None:
        """The latest such day not after `published`."""
        year = self._latest(at)
        return at(year) if year else None

    def _coming(self, at: Callable[[int], date | None], start: int, close: bool) -> tuple[int, str] | None:
        """An announced day or a deadline soon after `published`, unless it has just passed."""
        published = self.facts.published
        ahead = 0 if close else days_ahead(self.text, start)
        if published is None or not ahead:
            return None
        days = ((year, at(year)) for year in (published.year, published.year + 1))
        year = next((year for year, day in days if day and 0 <= (day - published).days <= ahead), None)
        return None if year is None else (year, "announced: first such day after published")

    def _is_close(self, day: date | None) -> bool:
        published = self.facts.published
        return bool(day and published and (published - day).days <= self.facts.close)


# How many dates back one that began something is looked for.
_NEAREST = 40


def _goes_on(expression: Expression) -> bool:
    """自2020年2月初以来: what began in a month, or on a day, of a stated year."""
    return {"since", "y", "m"} <= expression.fields.keys()


def clause(text: str, start: int, end: int, clauses: int = 1) -> str:
    """The clause around a span; with `clauses` 2 the next one too."""
    left = max(
        (found.end() for found in _STOPS.finditer(text, max(0, start - _WINDOW), start)),
        default=max(0, start - _WINDOW),
    )
    right, limit = end, min(len(text), end + _WINDOW * clauses)
    for _ in range(clauses):
        found = _STOPS.search(text, right, limit)
        if found is None:
            return text[left:limit]
        right = found.end()
    return text[left:right]


def is_background(text: str, expression: Expression) -> bool:
    """Whether a date tells the past of a party or a rule, and not the story: 2018年两村实行搬迁."""
    words = story()
    with_day = "d" in expression.fields
    if with_day and text.startswith("以来", expression.end):
        return False
    if _lends_no_year(expression, with_day):
        return True
    if words.background.search(text, expression.end, expression.end + _NEAR):
        return True
    around = clause(
        text, expression.start, expression.end, 2 if {"y", "ry"} & expression.fields.keys() else 1
    )
    return bool(words.background.search(around)) and not words.act.search(around)


def days_ahead(text: str, start: int) -> int:
    """How far ahead a day may lie: half a year beside 将于 or before 前, less beside 将, 起, or none."""
    words = story()
    end = _DAY_END.search(text, start, start + 14)
    if end is not None and words.deadline.match(text, end.end()):
        return _QUARTER if text.startswith("起", end.end()) else _HALF_YEAR
    if words.planned.search(text, max(0, start - 5), start + 14):
        return _HALF_YEAR
    return _QUARTER if words.likely.search(text, max(0, start - 8), start + 14) else 0


def _lends_no_year(expression: Expression, with_day: bool) -> bool:
    """去年, a decade and the end of a year look back."""
    looks_back = expression.fields.get("ry", "")[:1] in ("去", "前") and not with_day
    return looks_back or expression.kind == "decade" or expression.fields.get("part", "")[-1:] in ("底", "末")


def stated_years(text: str, found: Sequence[Expression]) -> tuple[tuple[int, int], ...]:
    """(offset, year) of the years that single dates of the story state."""
    kinds = ("day", "day-range", "month", "year", "festival")
    years = ((one, one.number("y")) for one in found if one.kind in kinds)
    return tuple((one.start, year) for one, year in years if year and not is_background(text, one))


def stated_days(found: Sequence[Expression]) -> dict[tuple[int, int], int]:
    """(month, day) → year, for the days that stand somewhere in the report with one year only."""
    years: dict[tuple[int, int], set[int]] = {}
    for one in found:
        year, month, day = one.number("y"), one.number("m"), one.number("d")
        if year and month and day and one.kind in ("day", "day-range"):
            years.setdefault((month, day), set()).add(year)
    return {key: one.pop() for key, one in years.items() if len(one) == 1}
