"""Values stated of several goods: the worth of one kind, and of all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

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


def without_total(
    pieces: list[Piece], values: Sequence[schema.Quantity], text: str
) -> tuple[list[Piece], Decimal | None]:
    """款物20万元,其中资金12万元、物资折价8万元: the parts, and the worth that is the sum of all others."""
    told = [p.value.number for p in pieces if p.value is not None]
    total = sum((*told, *(v.number for v in values)), Decimal(0))
    if len(told) + len(values) != len(pieces) or len(pieces) < 3:
        return pieces, None
    whole = [p for p in pieces if p.value is not None and _is_total(p.value, total, text)]
    parts = [p for p in pieces if p not in whole]
    mixed = len({p.category for p in parts}) > 1
    return parts, whole[0].value.number if whole and whole[0].value and mixed else None


def apart_from_whole(
    values: Sequence[schema.Quantity], pieces: Sequence[Piece]
) -> tuple[list[schema.Quantity], schema.Quantity | None]:
    """锅炉20万元、食堂10万元,共30万元: the worth that is the sum of all others is that of the whole."""
    told = [p.value.number for p in pieces if p.value is not None]
    total = sum((*told, *(v.number for v in values)), Decimal(0))
    whole = next((v for v in values if 2 * v.number == total and len(told) + len(values) > 2), None)
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


def _is_total(value: schema.Quantity, total: Decimal, text: str) -> bool:
    told = value.role == "total" or _PARTED.match(text, value.end)
    return 2 * value.number == total and bool(told)


def is_overall(value: schema.Quantity, text: str) -> bool:
    """累计价值8万元: whether a value is said to be that of all goods."""
    return bool(_OVERALL.search(text[max(0, value.start - 10) : value.start]))


def is_rate_of_worth(value: schema.Quantity) -> bool:
    """每户价值500元,共计5万元: what each is worth counts where nothing tells the whole."""
    return value.per is not None


def interleaved(goods: Sequence[Piece], values: Sequence[schema.Quantity]) -> bool:
    """Whether a value stands behind each of several goods."""
    if len(values) < 2:
        return False
    bounds = [g.start for g in goods[1:]] + [10**9]
    return all(g.start < v.start < b for g, v, b in zip(goods, values, bounds, strict=True))
