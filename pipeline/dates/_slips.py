"""Impossible days as printed (720日, 2月30日, 13月5日): reported; 720日 is read where one day is left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

from pipeline.dates._calendar import legal
from pipeline.dates._expression import Expression, blank_links, expressions
from pipeline.dates._lexicon import load
from pipeline.schema import Reject, Report
from pipeline.text import fold

_LEAP = 2000
_CLOSE = 120


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


def mended(expression: Expression, published: date | None) -> Expression | None:
    """516日 as 5月16日, where the stated year or the days before `published` leave no other; else None.

    Example:
        >>> run = Expression(0, 4, "day-run-together", "run-together", {"md": "516"})
        >>> dict(mended(run, date(2022, 6, 1)).fields)["m"], mended(run, date(2022, 11, 1))
        ('5', None)
    """
    written = expression.fields["md"]
    pairs = [(written[:cut], written[cut:]) for cut in (1, 2)]
    fits = [pair for pair in pairs if _fits(pair, expression, published)]
    if len(fits) != 1:
        return None
    fields = {name: text for name, text in expression.fields.items() if name != "md"}
    kind = "day-range" if "d2" in fields else "day"
    return replace(expression, kind=kind, fields=fields | {"m": fits[0][0], "d": fits[0][1]})


def _fits(pair: tuple[str, str], expression: Expression, published: date | None) -> bool:
    """Whether month and day are one of the stated year, or lie shortly before `published`."""
    month, day = map(int, pair)
    if len(pair[0]) == 1 and pair[1].startswith("0"):
        return False
    stated = expression.number("y")
    if stated is not None or published is None:
        return stated is not None and legal(stated, month, day) is not None
    days = (legal(year, month, day) for year in (published.year, published.year - 1))
    return any(one is not None and 0 <= (published - one).days <= _CLOSE for one in days)


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
