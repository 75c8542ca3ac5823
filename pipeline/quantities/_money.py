"""Sums of money: units, signs, compound sums (3元5角), and 万 with the 元 left out."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from pipeline.numerals import Numeral, scan_figures
from pipeline.quantities._figure import Figure
from pipeline.quantities._lexicon import money, units


def as_money(text: str, figure: Figure) -> Figure | None:
    """The figure as a sum of money, or None."""
    figure, sign = _with_sign(text, figure)
    found = money().pattern.match(text, figure.end)
    unit = found.group(1) if found else ""
    if found and unit in money().currencies and not _is_other_word(text, found.end(), unit, figure):
        summed = _in_currency(text, figure, unit, found.end())
        return replace(summed, currency=sign) if sign and summed.currency == "CNY" else summed
    if sign:
        return replace(figure, kind="money", currency=sign, rule="money-sign")
    return _without_unit(text, figure)


def _with_sign(text: str, figure: Figure) -> tuple[Figure, str | None]:
    found = money().sign.search(text, max(0, figure.start - 5), figure.start)
    if not found:
        return figure, None
    return replace(figure, start=found.start(1)), money().signs[found.group(1)]


def _is_other_word(text: str, end: int, unit: str, figure: Figure) -> bool:
    if text[end : end + 1] and text[end] in money().not_before.get(unit, ""):
        return True
    return unit == "块" and not _is_spoken_money(text, end, figure)


def _is_spoken_money(text: str, end: int, figure: Figure) -> bool:
    """块 is money behind a money word when no goods follow or precede it."""
    if units().nouns_after.match(text, end, end + 8) or units().goods_before.search(
        text, max(0, figure.start - 10), figure.start
    ):
        return False
    return money().cue.search(text, max(0, figure.start - 12), figure.start) is not None


def _in_currency(text: str, figure: Figure, unit: str, end: int) -> Figure:
    part = Decimal(money().parts.get(unit, "1"))
    summed = replace(
        figure, end=end, unit=unit, kind="money", currency=money().currencies[unit], rule="money"
    )
    if part != 1:
        return _scaled(summed, part)
    return _with_parts(text, summed) if unit in ("元", "块") else summed


def _scaled(figure: Figure, factor: Decimal) -> Figure:
    low = None if figure.low is None else figure.low * factor
    high = None if figure.high is None else figure.high * factor
    return replace(figure, number=figure.number * factor, low=low, high=high)


def _with_parts(text: str, figure: Figure) -> Figure:
    """Add 角 and 分 that follow directly: 3元5角2分."""
    if figure.qualifier != "exact":
        return figure
    for unit in ("角", "分"):
        digit = _leading_numeral(text, figure.end)
        if digit and text.startswith(unit, digit.end) and digit.value < 10:
            number = figure.number + digit.value * Decimal(money().parts[unit])
            figure = replace(figure, end=digit.end + 1, number=number, low=number, high=number)
    if text.startswith("整", figure.end):
        figure = replace(figure, end=figure.end + 1)
    return figure


def _leading_numeral(text: str, start: int) -> Numeral | None:
    piece = next(scan_figures(text[start : start + 2]), None)
    if piece is None or piece.numeral.start:
        return None
    return replace(piece.numeral, start=start, end=start + piece.numeral.end)


def _without_unit(text: str, figure: Figure) -> Figure | None:
    """价值20万: the 元 is left out behind 万 or 亿 when a money word stands before."""
    surface = text[figure.first : figure.end].rstrip("余多")
    if surface[-1] not in "万亿" or units().pattern.match(text, figure.end):
        return None
    if money().cue.search(text, max(0, figure.start - 12), figure.start):
        return replace(figure, kind="money", currency="CNY", rule="money-cue")
    return (
        replace(figure, kind="money", currency="CNY", rule="money-list") if _in_list(text, figure) else None
    )


_BARE_SUM = re.compile(r"(?<=[^0-9.])[0-9.]+[万亿](?=[,、;。])")


def _in_list(text: str, figure: Figure) -> bool:
    """捐款中有县残联3万,县工会12.5万: one of several such figures behind a money word."""
    first = max(text.rfind(mark, 0, figure.start) for mark in "。!?\n") + 1
    last = min((at for mark in "。!?\n" if (at := text.find(mark, figure.end)) >= 0), default=len(text) - 1)
    sums = [found.span() for found in _BARE_SUM.finditer(text, first, last + 1)]
    told = len(sums) > 1 and figure.end in {end for _, end in sums}
    return told and money().said.search(text, first, sums[0][0]) is not None
