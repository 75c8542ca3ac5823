"""Figures that sum up others of the report: wholes of what is told in parts, and running totals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.events.alike import family, figure_of, same_goods
from pipeline.events.proto import Piece, Proto


def totals_marked(protos: Sequence[Proto], text: str) -> list[Proto]:
    """A passage that only sums up other events of the report tells a running total."""
    marked = []
    for proto in protos:
        others = [
            p for p in protos if p.acts != proto.acts and p.status == proto.status and p.scope == proto.scope
        ]
        total = proto.pieces and all(_sums_up(piece, others, text) for piece in proto.pieces)
        marked.append(replace(proto, scope="cumulative") if len(others) > 1 and total else proto)
    return marked


def without_sums(protos: Sequence[Proto], text: str) -> list[Proto]:
    """这批书共3600册,甲馆赠2000册,乙馆赠1600册: a whole that all later figures of its unit add up to."""
    counted = [piece for proto in protos for piece in proto.pieces if piece.figure is not None]
    sums = [piece for piece in counted if _is_sum(piece, counted, text)]
    return [
        replace(proto, pieces=kept) if (kept := tuple(p for p in proto.pieces if p not in sums)) else proto
        for proto in protos
    ]


_FEW = 9
_SAYS_WHOLE = re.compile(r"(?:这|该|此|共|总计|合计)[^,，。;；0-9]{0,4}$")
_PARTED = re.compile(r"[^,，。;；]{0,6}[,，(（]其中")


def _is_sum(piece: Piece, counted: Sequence[Piece], text: str) -> bool:
    figure = piece.figure
    if figure is None:
        return False
    said = figure.surface[:1] in "共总合一" or _SAYS_WHOLE.search(
        text[max(0, figure.start - 8) : figure.start]
    )
    if figure.number <= _FEW and figure.surface[:1] != "共":
        return False
    if not said and not _PARTED.match(text, max(piece.end, figure.end)):
        return False
    others = [
        p.figure.number
        for p in counted
        if p.figure is not None
        and p.figure.start > figure.start
        and p.figure.unit == figure.unit
        and family(p) == family(piece)
    ]
    return len(others) > 1 and sum(others, Decimal(0)) == figure.number


def _sums_up(piece: Piece, others: Sequence[Proto], text: str) -> bool:
    figure = figure_of(piece)
    if figure is None:
        return False
    figures = [
        f
        for p in others
        for o in p.pieces
        if same_goods(o, piece, text) and (f := figure_of(o)) is not None and f != figure
    ]
    return len(figures) > 1 and sum(figures, Decimal(0)) == figure
