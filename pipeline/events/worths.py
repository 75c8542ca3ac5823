"""Values stated of several goods: the worth of one kind, and of all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from pipeline import schema
from pipeline.events.proto import Piece
from pipeline.linking.dropping import ends_summing
from pipeline.linking.phrases import is_summing

# 物资折价合计20万元: so far the name of the whole may stand before its worth.
_NAMED = 6
_OVERALL = re.compile(
    r"(?:累计|总价|总值|共计|合计|一共|全部|共)(?:价值|折合|金额|计|值|约)*[^,。;0-9]{0,3}$"
)


def own_and_whole(
    pieces: list[Piece], goods: Sequence[Piece], values: Sequence[schema.Quantity], text: str
) -> tuple[list[Piece], Decimal]:
    """绘本1500册,码洋6万元,文具900份,累计价值8万元: the worth of the goods before it, and that of all."""
    overall = [value for value in values if is_overall(value, text)]
    if len(values) < 2 or len(overall) != 1 or any(v.start > overall[0].start for v in values):
        return pieces, values[0].number
    for value in values:
        holders = [g for g in goods if g.value is None and g.start < value.start]
        if value is not overall[0] and holders and holders[-1] is not goods[-1]:
            pieces = [replace(p, value=value) if p is holders[-1] else p for p in pieces]
    return pieces, overall[0].number


_PARTED = re.compile(r"[,，]?(?:其中|包括|含)")
# The fewest sums of which one can be that of the others.
_THREE = 3
_TWO = 2
# 1.0684亿元 of 5380.62万元 and 5304.09万元: by so much a rounded whole may differ from its parts.
_ROUNDED = Decimal("0.0005")


def without_total(
    pieces: list[Piece], values: Sequence[schema.Quantity], text: str
) -> tuple[list[Piece], Decimal | None]:
    """款物20万元,其中资金12万元、物资折价8万元: the parts, and the worth that is the sum of all others."""
    told = [p.value.number for p in pieces if p.value is not None]
    total = sum((*told, *(v.number for v in values)), Decimal(0))
    if len(told) + len(values) < _THREE:
        return pieces, None
    all_told = len(told) + len(values) == len(pieces)
    whole = [
        p
        for p in pieces
        if p.value is not None and (all_told or p.category == "money") and _is_total(p.value, total, text)
    ]
    parts = [p for p in pieces if p not in whole]
    goods = len(parts) > 1 and any(p.category != "money" for p in parts)
    return parts, whole[0].value.number if whole and whole[0].value and goods else None


def apart_from_whole(
    values: Sequence[schema.Quantity], pieces: Sequence[Piece]
) -> tuple[list[schema.Quantity], schema.Quantity | None]:
    """锅炉20万元、食堂10万元,共30万元: the worth that is the sum of all others is that of the whole."""
    told = [p.value.number for p in pieces if p.value is not None]
    total = sum((*told, *(v.number for v in values)), Decimal(0))
    many = len(told) + len(values) > _TWO
    whole = next((v for v in values if many and abs(2 * v.number - total) <= total * _ROUNDED), None)
    return [v for v in values if v is not whole], whole


def without_named_whole(pieces: list[Piece], whole: schema.Quantity | None, text: str) -> list[Piece]:
    """款物20万元,其中资金12万元…: the name of the whole right before its worth is no item."""
    if whole is None:
        return pieces
    return [
        p
        for p in pieces
        if p.figure is not None
        or p.value is not None
        or not 0 <= whole.start - p.end <= _NAMED
        or not (is_summing(text[p.start : p.end]) or ends_summing(text[p.start : p.end]))
    ]


_PAIRED_WITH = ("、", "和", "与", "及", "以及")


def both_as_one(pieces: list[Piece], text: str) -> list[Piece]:
    """资金、物资总价值超过20万元: money and goods under one worth are one item."""
    for one, two in pairwise(pieces):
        money = {one.category == "money", two.category == "money"}
        worth = one.value or two.value
        joined = text[one.end : two.start] in _PAIRED_WITH and len(money) > 1
        goods = one if two.category == "money" else two
        told = worth is not None and (one.value is None or two.value is None) and worth.start >= two.end
        bare = one.figure is None and two.figure is None
        if joined and told and bare and ends_summing(text[goods.start : goods.end]):
            whole = replace(two, start=one.start, category="other", value=worth)
            return both_as_one([whole if p is two else p for p in pieces if p is not one], text)
    return pieces


def _is_total(value: schema.Quantity, total: Decimal, text: str) -> bool:
    told = value.role == "total" or _PARTED.match(text, value.end)
    return 2 * value.number == total and bool(told)


def is_overall(value: schema.Quantity, text: str) -> bool:
    """累计价值8万元: whether a value is said to be that of all goods."""
    return bool(_OVERALL.search(text[max(0, value.start - 10) : value.start]))


def is_rate_of_worth(value: schema.Quantity) -> bool:
    """每户价值500元,共计5万元: what each is worth counts where nothing tells the whole."""
    return value.per is not None


_REST = re.compile(r"[,，;；](?:其余|余下|剩下|其他|余)的?(?:全|都|均|则)?[为是]")


def rest_of_worth(
    pieces: list[Piece], values: Sequence[schema.Quantity], text: str
) -> tuple[list[Piece], Decimal | None]:
    """款物20万元,其中现金12万元,其余为物资: what the rest is worth, and the whole."""
    parts = [p.value for p in pieces if p.value is not None and p.value.role == "part"]
    if len(values) != 1 or len(parts) != 1 or values[0].end > parts[0].start:
        return pieces, None
    rest = next((p for p in pieces if p.value is None and _REST.fullmatch(text, parts[0].end, p.start)), None)
    left = values[0].number - parts[0].number
    if rest is None or rest.figure is not None or left <= 0:
        return pieces, None
    own = replace(rest, value=replace(values[0], number=left))
    told = [own if p is rest else p for p in pieces]
    return without_named_whole(told, values[0], text), values[0].number


def interleaved(
    pieces: Sequence[Piece], goods: Sequence[Piece], values: Sequence[schema.Quantity], text: str
) -> list[Piece] | None:
    """床50张,价值5万元;冰柜及餐具,价值1万元: each worth is that of the goods right before it."""
    if len(values) < 2 or any(g.value is not None for g in goods) or goods[-1].start > values[-1].start:
        return None
    if any(is_overall(value, text) for value in values):
        return None
    owners: list[Piece] = []
    told, last = {id(g): None for g in goods}, 0
    for value in values:
        own = [g for g in goods if last <= g.start < value.start]
        if not own or any(text[a.end : b.start] not in _PAIRED for a, b in pairwise(own)):
            return None
        owners.append(replace(own[0], end=own[-1].end, value=value))
        last = value.start
    return [*(p for p in pieces if id(p) not in told), *owners]


_PAIRED = ("和", "及", "与", "以及")
