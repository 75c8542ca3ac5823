"""Goods of an event as final rows: figures, parts and wholes, per-head totals, values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline import schema
from pipeline.events.heads import heads_of, share_heads
from pipeline.events.parts import named_by_parts, parts_or_whole, without_names_again
from pipeline.events.proto import Piece, Proto
from pipeline.events.worths import (
    apart_from_whole,
    both_as_one,
    interleaved,
    is_rate_of_worth,
    own_and_whole,
    rest_of_worth,
    without_named_whole,
    without_total,
)
from pipeline.text import fold


def build_items(
    proto: Proto, text: str, quantities: Sequence[schema.Quantity]
) -> tuple[tuple[schema.DonatedItem, ...], Decimal | None]:
    """Items in order of position, and the value stated for the event as a whole."""
    folded = fold(text)
    pieces = share_heads(sorted(proto.pieces, key=lambda p: (p.start, p.end)), folded)
    pieces = _without_told_rates(_without_rates(pieces, folded), text, quantities)
    pieces, total = without_total(parts_or_whole(pieces, folded, quantities), proto.values, folded)
    whole, pieces = named_by_parts(without_names_again(pieces, folded), folded)
    values = sorted((v for v in proto.values if v.currency in (None, "CNY")), key=is_rate_of_worth)
    values = _without_unit_prices(values, folded)
    values, summed = apart_from_whole(values, pieces)
    pieces = without_named_whole(pieces, summed, folded)
    pieces, split_worth = rest_of_worth(pieces, values, folded)
    values = [] if split_worth is not None else values
    goods = [p for p in pieces if p.category != "money"]
    if values and len(goods) == 1 and goods[0].value is None:
        pieces = [replace(p, value=values[0]) if p is goods[0] else p for p in pieces]
    elif values and goods:
        each = interleaved(pieces, goods, sorted(values, key=lambda v: v.start), folded)
        pieces, whole = (each, whole) if each else own_and_whole(pieces, goods, values, folded)
    pieces = both_as_one(sorted(pieces, key=lambda p: (p.start, p.end)), folded)
    rows = tuple(_item(number, piece, text, quantities) for number, piece in enumerate(pieces, 1))
    told = (summed.number if summed else None, split_worth, whole, total)
    return rows, next((worth for worth in told if worth is not None), None)


_TOTAL = re.compile(
    r"(?:共计|合计|总计|共|总额|总金额|累计)(?:发放|捐赠|捐款|资助|为)?(?:助学金|慰问金|奖学金|善款)?$"
)


def _without_rates(pieces: list[Piece], text: str) -> list[Piece]:
    """每人2000元，共6万元: where the total of a rate is told behind it, the total only."""
    told = [p for p in pieces if p.category == "money" and p.value and _says_total(p.value, text)]
    rates = [p for p in pieces if _is_rate(p, text) and any(p not in told and _behind(t, p) for t in told)]
    if not rates:
        return pieces
    return [_whole_sum(p, rates) if p in told else p for p in pieces if p not in rates]


def _behind(total: Piece, rate: Piece) -> bool:
    """Whether a sum is told behind a rate."""
    return bool(total.value and rate.value and total.value.start > rate.value.start)


def _without_told_rates(pieces: list[Piece], text: str, quantities: Sequence[schema.Quantity]) -> list[Piece]:
    """善款15万元,资助学生30名,每人5000元: a rate that comes to a sum told beside it."""
    sums = [p.value.number for p in pieces if p.category == "money" and p.value and not p.value.per]
    return [p for p in pieces if not (_is_rate(p, text) and _total_of(p, text, quantities) in sums)]


def _total_of(piece: Piece, text: str, quantities: Sequence[schema.Quantity]) -> Decimal | None:
    heads = heads_of(piece.value, quantities, text) if piece.value else None
    return piece.value.number * heads if piece.value and heads else None


def _whole_sum(piece: Piece, rates: Sequence[Piece]) -> Piece:
    """助学金每人2000元,共4万元: the sum, by the name of its rate where it has none of its own."""
    if piece.value is None:
        return piece
    whole = replace(piece, value=replace(piece.value, per=None))
    rate = max((r for r in rates if r.start < piece.start), key=lambda r: r.start, default=None)
    bare = (piece.start, piece.end) == (piece.value.start, piece.value.end)
    named = rate is not None and rate.value is not None and rate.start != rate.value.start
    return replace(whole, start=rate.start, end=rate.end) if bare and named and rate else whole


def _says_total(value: schema.Quantity, text: str) -> bool:
    return bool(value.role == "total" or _TOTAL.search(text[max(0, value.start - 10) : value.start]))


def _is_rate(piece: Piece, text: str) -> bool:
    """每人2000元, 1000元至8000元不等: what each gets."""
    value = piece.value
    if piece.category != "money" or value is None:
        return False
    return value.per is not None or text.startswith(("不等", "不一"), value.end)


def _item(number: int, piece: Piece, text: str, quantities: Sequence[schema.Quantity]) -> schema.DonatedItem:
    row = schema.DonatedItem(number, text[piece.start : piece.end], piece.start, piece.end, piece.category)
    if piece.figure is not None and piece.category != "money":
        row = _with_figure(row, piece, piece.figure, text, quantities)
    if piece.value is not None:
        row = _with_value(row, piece.value, text, quantities)
    return row


def _with_figure(
    row: schema.DonatedItem,
    piece: Piece,
    figure: schema.Quantity,
    text: str,
    quantities: Sequence[schema.Quantity],
) -> schema.DonatedItem:
    heads = heads_of(figure, quantities, text)
    number = figure.number * heads if heads else figure.number
    if piece.rest is not None:
        return replace(row, quantity=piece.rest, unit=figure.unit, qualifier=figure.qualifier, derived=True)
    ranged = figure.qualifier == "range"
    return replace(
        row,
        quantity=number,
        quantity_min=figure.low if ranged and not heads else None,
        quantity_max=figure.high if ranged and not heads else None,
        unit=figure.unit,
        qualifier=figure.qualifier,
        per=None if heads else figure.per,
        derived=bool(heads),
        quantity_text=text[figure.start : figure.end],
    )


def _with_value(
    row: schema.DonatedItem, value: schema.Quantity, text: str, quantities: Sequence[schema.Quantity]
) -> schema.DonatedItem:
    money = row.category == "money"
    heads = _pieces(row, value, text)
    if heads is None and (money or not _insures(value, text)):
        heads = heads_of(value, quantities, text)
    sum_cny = value.number * heads if heads else value.number
    return replace(
        row,
        value_cny=sum_cny if value.currency in (None, "CNY") else None,
        value_text=text[value.start : value.end],
        qualifier=value.qualifier if money else row.qualifier,
        per=(None if heads else value.per) if money else row.per,
        derived=bool(heads) if money else row.derived,
    )


def _insures(value: schema.Quantity, text: str) -> bool:
    """保额10万元的保险: what would be paid, not what was."""
    return bool(re.search("保(?:额|险|费|障)", text[max(0, value.start - 6) : value.end + 10]))


def _without_unit_prices(values: list[schema.Quantity], text: str) -> list[schema.Quantity]:
    """每辆价值18万元,总值360万元: the worth of one counts where that of all is told."""
    prices = [v for v in values if _WORTH_OF_EACH.search(text[max(0, v.start - 12) : v.start])]
    return [v for v in values if v not in prices] or prices


_WORTH_OF_EACH = re.compile(
    r"(?:每(?P<unit>[\u4e00-\u9fff]{1,2}?)(?:的)?(?:市场)?(?:价值|值|售价|单价|价格)?|单价)(?:约|近|为|达|人民币)*$"
)


def _pieces(row: schema.DonatedItem, value: schema.Quantity, text: str) -> Decimal | None:
    """爱心包200套,每套价值150元: how many pieces are worth that each."""
    found = _WORTH_OF_EACH.search(text[max(0, value.start - 12) : value.start])
    return row.quantity if found and found["unit"] in (None, row.unit) else None
