"""Impossible days as they are printed (720日, 2月30日, 13月5日): reported, never read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.dates._calendar import legal
from pipeline.dates._expression import Expression, blank_links, expressions
from pipeline.dates._lexicon import load
from pipeline.schema import Reject, Report
from pipeline.text import fold

_LEAP = 2000


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in load("dates.toml")["slips"]["patterns"])


def is_slip(expression: Expression) -> bool:
    """Whether a stated month or day cannot be, in any year or in the stated one."""
    year = expression.number("y") or _LEAP
    month, day = expression.number("m"), expression.number("d")
    month2, day2 = expression.number("m2"), expression.number("d2")
    if any(one is not None and not 1 <= one <= 12 for one in (month, month2)):
        return True
    if any(one is not None and not 1 <= one <= 31 for one in (day, day2)):
        return True
    pairs = ((month, day), (month2 or month, day2))
    return any(m is not None and d is not None and legal(year, m, d) is None for m, d in pairs)


def find_slips(report: Report) -> tuple[Reject, ...]:
    """Report the impossible days of a report, with code `date-slip`.

    Example:
        >>> [slip.message for slip in find_slips(Report("r", text="2月30日和720日，甲县图书馆赠书。"))]
        ['no such day: 2月30日', 'no such day: 720日']
    """
    text = blank_links(fold(report.text))
    spans = sorted({(start, end) for start, end in _spans(text)})
    return tuple(
        Reject(report.file, start, "dates", "date-slip", f"no such day: {report.text[start:end]}")
        for start, end in spans
    )


def _spans(text: str) -> Iterator[tuple[int, int]]:
    for expression in expressions(text):
        if is_slip(expression):
            yield expression.start, expression.end
    for pattern in _patterns():
        for found in pattern.finditer(text):
            yield found.span()
