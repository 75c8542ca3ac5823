"""The step: every figure of a report, typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pydantic import BaseModel, ConfigDict

from pipeline.numerals import NumeralFigure, scan_figures
from pipeline.quantities._context import per_head, role_of
from pipeline.quantities._figure import Figure, from_numeral, join_range, with_words
from pipeline.quantities._kinds import with_classifier
from pipeline.quantities._money import as_money
from pipeline.schema import Quantity, Report
from pipeline.text import fold

_LINKS = re.compile(r"\[image:[^\]\n]{0,2000}\]?|https?://[0-9A-Za-z./?=&%_:#~+-]{1,2000}")

_LETTER_O = re.compile("(?<=[0-9])[Oo](?=[0-9Oo册本元万套台个件])")


class QuantitiesParams(BaseModel):
    """Parameters of the quantities step.

    Attributes:
        per_window: how many characters before a figure may hold its 每人 or 各.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    per_window: int = 24


class QuantityFinder:
    """Find counts, sums of money and the figures that are neither, each typed by `kind`.

    Image marks, links, telephone numbers, ids, years and days of the month give nothing. The surface
    takes in 余 多 近 约 共计 and the like where they touch the figure, and leaves the goods outside.
    Bounds: an exact figure has `low == high == number`; 余 多 以上 leave `high` open, 近 不到 leave `low`
    open, 约 左右 leave both open; a range has both. `per` holds the head of 每人 (人), 户均 (户) …, and 各
    where 各 splits the figure.

    Example:
        >>> report = Report("r", text="向三所小学赠书2000余册，每人1000元。")
        >>> [(one.surface, one.kind, one.per) for one in QuantityFinder()(report)]
        [('三所', 'place', None), ('2000余册', 'count', None), ('1000元', 'money', '人')]
    """

    def __init__(self, params: QuantitiesParams | None = None) -> None:
        self._params = params or QuantitiesParams()

    def __call__(self, report: Report) -> tuple[Quantity, ...]:
        """Return the figures of `report.text` sorted by offset; they do not overlap."""
        text = _LINKS.sub(lambda found: "\n" * len(found.group()), fold(report.text))
        text = _LETTER_O.sub("0", text)
        return tuple(self._record(report, text, figure) for figure in _figures(text))

    def _record(self, report: Report, text: str, figure: Figure) -> Quantity:
        per = per_head(text, figure, self._params.per_window)
        return Quantity(
            report_id=report.report_id,
            start=figure.start,
            end=figure.end,
            surface=report.text[figure.start : figure.end],
            label="MONEY" if figure.kind == "money" else "QUANTITY",
            kind=figure.kind,
            number=figure.number,
            low=figure.low,
            high=figure.high,
            qualifier=figure.qualifier,
            unit=_written_unit(report.text, text, figure),
            rule=figure.rule,
            per=per,
            role=role_of(text, figure, per),
            currency=figure.currency,
        )


def _written_unit(written: str, text: str, figure: Figure) -> str | None:
    """The unit as the report writes it (冊 and not 册)."""
    if figure.unit is None:
        return None
    at = text.rfind(figure.unit, figure.first, figure.end)
    return written[at : at + len(figure.unit)]


def _figures(text: str) -> Iterator[Figure]:
    found = list(scan_figures(text))
    index, last = 0, 0
    while index < len(found):
        figure, taken = _next(text, found, index)
        index += taken
        if figure is None or figure.first < last:
            continue
        yield replace(figure, start=max(figure.start, last))
        last = figure.end


def _next(text: str, found: list[NumeralFigure], index: int) -> tuple[Figure | None, int]:
    """The figure at `index`, and how many numerals it used; a range that counts nothing is tried singly."""
    if found[index].ordinal:
        return with_classifier(text, from_numeral(found[index].numeral), ordinal=True), 1
    if index + 1 < len(found):
        joined = join_range(text, found[index].numeral, found[index + 1].numeral)
        figure = _typed(text, joined) if joined else None
        if figure:
            return figure, 2
    return _typed(text, from_numeral(found[index].numeral)), 1


def _typed(text: str, figure: Figure) -> Figure | None:
    read = as_money(text, figure) or with_classifier(text, figure, ordinal=False)
    return with_words(text, read) if read else None
