"""Figures told for each head: which are, and how many heads the report tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline import schema
from pipeline.events.proto import Piece


def share_heads(pieces: Sequence[Piece], text: str) -> list[Piece]:
    """每人课外书5本、台灯1盏: the whole list is per head."""
    shared: list[Piece] = []
    for each in pieces:
        piece = each
        before = (shared[-1].figure or shared[-1].value) if shared else None
        figure = piece.figure
        if before is not None and before.per and figure is not None and figure.per is None:
            gap = text[before.end : min(piece.start, figure.start)]
            if gap.lstrip("的") in _LISTING or (
                len(gap) <= 14 and gap[-1:] in _LISTING and not _BREAKS.search(gap)
            ):
                piece = replace(each, figure=replace(figure, per=before.per))
        if (
            before is not None
            and before.per
            and piece.category == "money"
            and piece.value
            and not piece.value.per
            and piece.value.role != "total"
        ):
            gap = text[before.end : min(piece.start, piece.value.start)]
            if gap in _LISTING:
                piece = replace(piece, value=replace(piece.value, per=before.per))
        shared.append(_per_before(piece, text))
    return shared


_PER = re.compile(r"(?:每|人手|人均)(?P<head>人|名|位|户|家|生|个孩子|个学生)?[^,，。；;!！?？、]{0,16}$")


def _per_before(piece: Piece, text: str) -> Piece:
    """为132名学生每人发放书包1个: the figure is for each, though goods stand between."""
    figure = piece.figure
    if figure is None or figure.per is not None or figure.role == "total":
        return piece
    found = _PER.search(text[max(0, min(piece.start, figure.start) - 20) : min(piece.start, figure.start)])
    if not found or _PLACE.search(found[0]):
        return piece
    per = "户" if found["head"] in ("户", "家") else "人"
    return replace(piece, figure=replace(figure, per=per))


_PLACE = re.compile(r"[校村馆]|书屋|社区|图书室|阅览室|教学点")
_LISTING = ("、", "，", ",", "和", "及", "与", "以及")
_BREAKS = re.compile(r"[。；;！!？?]|捐|赠|送")


_PER_KIND = {
    "人": "people",
    "名": "people",
    "生": "people",
    "各": "people",
    "户": "household",
    "家": "place",
    "校": "place",
    "村": "place",
}


_HOUSEHOLDS = re.compile(r"[^,，。;；、]{0,8}?(?:户|家庭)")


def _counts(figure: schema.Quantity, kind: str, text: str) -> bool:
    """Whether a figure counts such heads; 5名贫困户 are households, too."""
    households = kind == "household" and figure.kind == "people" and _HOUSEHOLDS.match(text, figure.end)
    return figure.kind == kind or bool(households)


def heads_of(figure: schema.Quantity, quantities: Sequence[schema.Quantity], text: str) -> Decimal | None:
    """How many a per-head figure is for: the one such number of its sentence, or that right before 每."""
    if figure.per not in _PER_KIND:
        return None
    first = max((m.end() for m in re.finditer(r"[。！？!?\n]", text[: figure.start])), default=0)
    tail = re.search(r"[。！？!?\n]", text[figure.end :])
    last = figure.end + (tail.start() if tail else len(text) - figure.end)
    kind = _PER_KIND[figure.per]
    told = [
        q
        for q in quantities
        if _counts(q, kind, text) and first <= q.start < last and q.per is None and q.qualifier in _STATED
    ]
    if len({q.number for q in told}) > 1:
        told = [q for q in told if _LEADS.fullmatch(text[q.end : figure.start])][-1:]
    if not told and figure.kind != "money":
        told = _told_before(first, kind, quantities, text)
    return told[0].number if told else None


def _told_before(
    first: int, kind: str, quantities: Sequence[schema.Quantity], text: str
) -> list[schema.Quantity]:
    """123名学生…给孩子们每人送一套: the only number of such heads that the report told before."""
    told = [
        q
        for q in quantities
        if q.end <= first and _counts(q, kind, text) and q.per is None and q.qualifier == "exact"
    ]
    return told if len({q.number for q in told}) == 1 else []


_STATED = ("exact", "over")
# 1000名农户每户领到, 10名教师各有: the heads right before what each of them gets.
_LEADS = re.compile(r"[^,，。；;、0-9]{0,14}(?:每|各|人手|人均)[^,，。；;、]{0,10}")
