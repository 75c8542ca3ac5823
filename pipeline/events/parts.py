"""Wholes and their parts among the goods of an event: what adds up, and what the rest is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline import schema
from pipeline.events.alike import family
from pipeline.events.proto import Piece
from pipeline.linking.dropping import ends_summing
from pipeline.linking.phrases import category_of


def named_by_parts(pieces: list[Piece], text: str) -> tuple[Decimal | None, list[Piece]]:
    """价值15万元的救灾物资,其中棉被300床、家庭包200个: the parts; the worth of the whole is theirs."""
    parts = _parts_listed(pieces, text)
    if len(parts) < 2:
        return None, pieces
    summed = [p for p in pieces if p.figure is None and p.end <= parts[0].start and p.category != "money"]
    whole = [p for p in summed if ends_summing(text[p.start : p.end])]
    worth = next((p.value.number for p in whole if p.value is not None), None)
    return worth, [p for p in pieces if p not in whole]


def without_names_again(pieces: list[Piece], text: str) -> list[Piece]:
    """慰问大礼包运往哨所,370份礼包经分拣后: goods without a figure that others name again with theirs."""
    counted = [p for p in pieces if p.figure is not None]
    return [
        p
        for p in pieces
        if p.figure is not None or p.value is not None or not any(_names(c, p, text) for c in counted)
    ]


def _names(counted: Piece, bare: Piece, text: str) -> bool:
    one, two = text[counted.start : counted.end], text[bare.start : bare.end]
    same = counted.category == bare.category and min(len(one), len(two)) > 1
    listed = "、" in (text[bare.start - 1 : bare.start], text[bare.end : bare.end + 1])
    return same and not listed and (one.endswith(two) or two.endswith(one))


_NEXT = re.compile(r"[,、]?(?:和|及|与|以及)?")


def _parts_listed(pieces: Sequence[Piece], text: str) -> list[Piece]:
    """其中棉被300床、毛毯200条: the goods behind 其中, and those that go on with them."""
    parts: list[Piece] = []
    for piece in pieces:
        figure = piece.figure
        if figure is None:
            continue
        last = max(parts[-1].end, parts[-1].figure.end) if parts and parts[-1].figure else 0
        if figure.role == "part" or (parts and _NEXT.fullmatch(text[last : min(piece.start, figure.start)])):
            parts.append(piece)
    return parts


def parts_or_whole(pieces: list[Piece], text: str, quantities: Sequence[schema.Quantity]) -> list[Piece]:
    """Parts when they add up to the overall figure or the rest follows, else the total."""
    parts = [p for p in pieces if p.figure is not None and p.figure.role == "part"]
    whole = next(
        (
            p
            for p in pieces
            if _sums_others(p, pieces, text) or _sums_parts(p, parts) or _sums_all(p, pieces, text)
        ),
        None,
    )
    if whole is not None:
        return [p for p in pieces if p is not whole]
    total = next(
        (
            p
            for p in pieces
            if parts and p not in parts and _told_at(p) < _told_at(parts[0]) and _unit(p) == _unit(parts[0])
        ),
        None,
    )
    figure = total.figure if total else _unnamed_total(parts, quantities, text)
    if figure is None:
        return pieces
    same = [p for p in parts if p.figure and p.figure.unit == figure.unit]
    left = figure.number - _sum(same)
    if not same or left < 0:
        return pieces
    named = _named_rest(same, pieces, text)
    if named and left > 0:
        own = replace(named[0], end=named[-1].end, figure=figure, rest=left)
        return [own if p is named[0] else p for p in pieces if p is not total and p not in named[1:]]
    if total is None:
        return pieces
    rest = _rest(total, same, left, text)
    return [rest if p is total else p for p in pieces] if rest else [p for p in pieces if p not in same]


def _told_at(piece: Piece) -> int:
    """Where a piece is counted, else named."""
    return piece.figure.start if piece.figure else piece.start


def _unit(piece: Piece) -> str | None:
    return piece.figure.unit if piece.figure else None


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


def _sums_others(piece: Piece, pieces: Sequence[Piece], text: str) -> bool:
    """Whether a figure is the sum of two or more others of its unit right beside it.

    图书900册,绘本500册、小说400册; but not 水杯800个、口罩400个、饭盒400个, where nothing says so.
    """
    figure = piece.figure
    if figure is None:
        return False
    others = [p for p in pieces if p is not piece and p.figure and p.figure.unit == figure.unit]
    if len(others) < 2 or _sum(others) != figure.number:
        return False
    said = figure.role == "total" or ends_summing(text[piece.start : piece.end])
    return said or all(family(p) == family(piece) for p in others)


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
    r"[,;，；、](?:余下|其余|剩下|剩余|其他|余)(?:的)?[^,，。;；]{0,6}[为是](?:[^,，。;；]{0,12}[的、和与及])?"
)
_JOINED = ("、", "和", "与", "及", "以及")


def _named_rest(parts: Sequence[Piece], pieces: Sequence[Piece], text: str) -> list[Piece]:
    """图书2400册,其中绘本900册,剩下的是小说和漫画: the goods that the rest of the figure counts."""
    last = max(max(p.end, p.figure.end) for p in parts if p.figure)
    bare = [p for p in pieces if p.figure is None and p.value is None and p.start > last]
    first = next((i for i, p in enumerate(bare) if _REST.fullmatch(text, last, p.start)), None)
    if first is None:
        return []
    named = [bare[first]]
    for piece in bare[first + 1 :]:
        if piece.category == named[0].category and text[named[-1].end : piece.start] in _JOINED:
            named.append(piece)
    return named


def _unnamed_total(
    parts: Sequence[Piece], quantities: Sequence[schema.Quantity], text: str
) -> schema.Quantity | None:
    """这900册送给村里,其中文史280册,余下是绘本: the last figure of its sentence that the parts can be of."""
    if not parts:
        return None
    start = _told_at(parts[0])
    first = max(text.rfind(mark, 0, start) for mark in "。!?\n")
    before = [q for q in quantities if first < q.start < start and q.role != "part" and q.per is None]
    told = [q for q in before if q.unit == _unit(parts[0]) and q.number > _sum(parts)]
    return told[-1] if told else None


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
