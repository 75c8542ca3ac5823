"""Interpretation: the days of an expression in the context of its report, or why there are none."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pipeline.dates._days import day, day_range, lunar
from pipeline.dates._expression import Expression
from pipeline.dates._festival import anniversary, festival
from pipeline.dates._periods import (
    decade,
    month,
    month_part,
    month_range,
    plan,
    school,
    since,
    year,
    year_part,
    year_range,
)
from pipeline.dates._relative import (
    after,
    ago_or_span,
    chain,
    chain_month,
    later,
    relative_day,
    vague,
    week,
    weekday,
)
from pipeline.dates._timeline import Days, Timeline


def resolve(expression: Expression, line: Timeline) -> Days:
    """The days of one expression, given the points before it."""
    days = _KINDS[expression.kind](expression, line)
    if "before" in expression.fields:
        return Days(None, None, "vague", f"some time before: {days.reason}", vague=True)
    if "since" in expression.fields:
        return since(days, line, to_date=expression.fields["since"] == "至今")
    return days


_KINDS: Mapping[str, Callable[[Expression, Timeline], Days]] = {
    "day": day,
    "day-range": day_range,
    "lunar": lunar,
    "plan": plan,
    "decade": decade,
    "school": school,
    "month": month,
    "month-range": month_range,
    "month-part": month_part,
    "year": year,
    "year-range": year_range,
    "year-part": year_part,
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
