"""Goods of an event as final rows: figures, parts and wholes, per-head totals, values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline import schema
from pipeline.events.heads import heads_of, share_heads
from pipeline.events.proto import Piece, Proto
from pipeline.events.worths import (
    apart_from_whole,
    interleaved,
    is_overall,
    is_rate_of_worth,
    own_and_whole,
    without_named_whole,
    without_total,
)
from pipeline.linking.dropping import ends_summing
from pipeline.linking.phrases import category_of
from pipeline.text import fold


def build_items(
    proto: Proto, text: str, quantities: Sequence[schema.Quantity]
) -> tuple[tuple[schema.DonatedItem, ...], Decimal | None]:
    """Items in order of position, and the value stated for the event as a whole."""
    folded = fold(text)
    pieces = share_heads(sorted(proto.pieces, key=lambda p: (p.start, p.end)), folded)
    pieces = _without_told_rates(_without_rates(pieces, folded), text, quantities)
    pieces, total = without_total(_parts_or_whole(pieces, folded), proto.values, folded)
    whole, pieces = _named_by_parts(pieces, folded)
    values = sorted((v for v in proto.values if v.currency in (None, "CNY")), key=is_rate_of_worth)
    values, summed = apart_from_whole(values, pieces)
    pieces = without_named_whole(pieces, summed, folded)
    goods = [p for p in pieces if p.category != "money"]
    if values and len(goods) == 1 and goods[0].value is None:
        pieces = [replace(p, value=values[0]) if p is goods[0] else p for p in pieces]
    elif (
        values
        and len(values) == len(goods)
        and all(p.value is None for p in goods)
        and interleaved(goods, values)
        and not any(is_overall(value, folded) for value in values)
    ):
        given = iter(values)
        pieces = [replace(p, value=next(given)) if p.category != "money" else p for p in pieces]
    elif values and goods:
        pieces, whole = own_and_whole(pieces, goods, values, folded)
    rows = tuple(_item(number, piece, text, quantities) for number, piece in enumerate(pieces, 1))
    told = (summed.number if summed else None, whole, total)
    return rows, next((worth for worth in told if worth is not None), None)


def _named_by_parts(pieces: list[Piece], text: str) -> tuple[Decimal | None, list[Piece]]:
    """价值15万元的救灾物资,其中棉被300床、家庭包200个: the parts; the worth of the whole is theirs."""
    parts = [p for p in pieces if p.figure is not None and p.figure.role == "part"]
    if len(parts) < 2:
        return None, pieces
    summed = [p for p in pieces if p.figure is None and p.end <= parts[0].start and p.category != "money"]
    whole = [p for p in summed if ends_summing(text[p.start : p.end])]
    worth = next((p.value.number for p in whole if p.value is not None), None)
    return worth, [p for p in pieces if p not in whole]


_TOTAL = re.compile(
    r"(?:共计|合计|总计|共|总额|总金额|累计)(?:发放|捐赠|捐款|资助|为)?(?:助学金|慰问金|奖学金|善款)?$"
)


def _without_rates(pieces: list[Piece], text: str) -> list[Piece]:
    """每人2000元，共6万元: where the total of a rate is told behind it, the total only."""
    told = [p for p in pieces if p.category == "money" and p.value and _says_total(p.value, text)]
    rates = [p for p in pieces if _is_rate(p) and any(p not in told and t.start > p.start for t in told)]
    if not rates:
        return pieces
    return [_whole_sum(p, rates) if p in told else p for p in pieces if p not in rates]


def _without_told_rates(pieces: list[Piece], text: str, quantities: Sequence[schema.Quantity]) -> list[Piece]:
    """善款15万元,资助学生30名,每人5000元: a rate that comes to a sum told beside it."""
    sums = [p.value.number for p in pieces if p.category == "money" and p.value and not p.value.per]
    return [p for p in pieces if not (_is_rate(p) and _total_of(p, text, quantities) in sums)]


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


def _is_rate(piece: Piece) -> bool:
    return piece.category == "money" and piece.value is not None and piece.value.per is not None


def _parts_or_whole(pieces: list[Piece], text: str) -> list[Piece]:
    """Parts when they add up to the overall figure or the rest follows, else the total."""
    parts = [p for p in pieces if p.figure is not None and p.figure.role == "part"]
    whole = next(
        (p for p in pieces if _sums_others(p, pieces) or _sums_parts(p, parts) or _sums_all(p, pieces, text)),
        None,
    )
    if whole is not None:
        return [p for p in pieces if p is not whole]
    total = next(
        (p for p in pieces if parts and p.figure and p not in parts and _told_at(p) < _told_at(parts[0])),
        None,
    )
    if total is None or total.figure is None:
        return pieces
    figure = total.figure
    same = [p for p in parts if p.figure and p.figure.unit == figure.unit]
    left = figure.number - _sum(same)
    if not same or left < 0:
        return pieces
    named = _named_rest(same, pieces, text)
    if named is not None and left > 0:
        own = replace(named, figure=figure, rest=left)
        return [own if p is named else p for p in pieces if p is not total]
    rest = _rest(total, same, left, text)
    return [rest if p is total else p for p in pieces] if rest else [p for p in pieces if p not in same]


def _told_at(piece: Piece) -> int:
    """Where a piece is counted, else named."""
    return piece.figure.start if piece.figure else piece.start


def _sum(pieces: Sequence[Piece]) -> Decimal:
    return sum((p.figure.number for p in pieces if p.figure), Decimal(0))


def _sums_parts(piece: Piece, parts: Sequence[Piece]) -> bool:
    """Whether a figure is the sum of the stated parts, whatever their units: 1100册(张)."""
    return (
        len(parts) > 1
        and piece not in parts
        and piece.figure is not None
        and _sum(parts) == piece.figure.number
    )


def _sums_others(piece: Piece, pieces: Sequence[Piece]) -> bool:
    """Whether a figure is the sum of two or more others of its unit right beside it."""
    figure = piece.figure
    if figure is None:
        return False
    others = [p.figure.number for p in pieces if p is not piece and p.figure and p.figure.unit == figure.unit]
    return len(others) > 1 and sum(others, Decimal(0)) == figure.number


_SAYS_ALL = re.compile(r"(?:总计|共计|合计|总共|一共)[^,。;0-9]{0,2}$")


def _sums_all(piece: Piece, pieces: Sequence[Piece], text: str) -> bool:
    """夏衣1200件,鞋子310双,总计1510件(双): whether a figure says that it is the sum of all others."""
    figure = piece.figure
    others = [p for p in pieces if p is not piece and p.figure is not None]
    if figure is None or len(others) < 2 or _sum(others) != figure.number:
        return False
    return figure.surface[:1] in "总共合" or bool(
        _SAYS_ALL.search(text[max(0, figure.start - 8) : figure.start])
    )


_REST = re.compile(
    r"[,;，；、](?:余下|其余|剩下|剩余|其他|余)(?:的)?[^,，。;；]{0,6}[为是](?:[^,，。;；]{0,12}的)?"
)


def _named_rest(parts: Sequence[Piece], pieces: Sequence[Piece], text: str) -> Piece | None:
    """图书2400册,其中绘本900册,剩下的是作文书: the goods that the rest of the figure counts."""
    last = max(max(p.end, p.figure.end) for p in parts if p.figure)
    bare = (p for p in pieces if p.figure is None and p.value is None and p.start > last)
    return next((p for p in bare if _REST.fullmatch(text, last, p.start)), None)


_LIST = re.compile(r"[、和与及]|以及")


def _rest(total: Piece, parts: Sequence[Piece], left: Decimal, text: str) -> Piece | None:
    """图书、期刊共1200册，其中期刊200册: the one kind of the list without a figure of its own."""
    members = _LIST.split(text[total.start : total.end])
    named = [text[p.start : p.end] for p in parts]
    others = [m for m in members if m and not any(m.endswith(n) or n.endswith(m) for n in named)]
    if len(members) != len(parts) + 1 or len(others) != 1 or left <= 0:
        return None
    start = text.index(others[0], total.start)
    known = category_of(others[0])
    category = total.category if known == "other" else known
    return replace(total, start=start, end=start + len(others[0]), rest=left, category=category)


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


_WORTH_OF_EACH = re.compile(
    r"每(?P<unit>[\u4e00-\u9fff]{1,2}?)(?:的)?(?:市场)?(?:价值|值|售价|单价|价格)?(?:约|近|为|达)*$"
)


def _pieces(row: schema.DonatedItem, value: schema.Quantity, text: str) -> Decimal | None:
    """爱心包200套,每套价值150元: how many pieces are worth that each."""
    found = _WORTH_OF_EACH.search(text[max(0, value.start - 12) : value.start])
    return row.quantity if found and row.quantity is not None and found["unit"] == row.unit else None
