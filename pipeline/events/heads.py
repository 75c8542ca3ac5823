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
    for piece in pieces:
        before = (shared[-1].figure or shared[-1].value) if shared else None
        told = _shared(piece, before, text) if before is not None and before.per else piece
        shared.append(_per_before(told, text))
    return shared


def _shared(piece: Piece, before: schema.Quantity, text: str) -> Piece:
    """Goods, or what they are worth, that go on with what each head was told to get right before."""
    figure, value = piece.figure, piece.value
    if figure is None or figure.per is not None:
        return _shared_worth(piece, before, text)
    gap = text[before.end : min(piece.start, figure.start)]
    if figure.start == before.start:
        return replace(piece, figure=before)
    besides = _besides(text, before) and _BESIDES.fullmatch(gap)
    if not (besides or _goes_on(gap) or _adds(gap, figure, before)):
        return _shared_worth(piece, before, text)
    if value is not None and before.end <= value.start < figure.start:
        value = replace(value, per=before.per)
    return replace(piece, figure=replace(figure, per=before.per), value=value)


def _shared_worth(piece: Piece, before: schema.Quantity, text: str) -> Piece:
    """慰问金300元、200元的物资: a sum, or the worth of goods, that goes on with what each head gets."""
    value = piece.value
    if value is None or value.per or value.role == "total":
        return piece
    leads = piece.category != "money" and piece.end > value.start
    if piece.category != "money" and (piece.figure is not None or not leads):
        return piece
    gap = text[before.end : value.start if leads else min(piece.start, value.start)]
    besides = _besides(text, before) and _BESIDES.fullmatch(_WORTH_SAID.sub("", gap))
    listed = gap in _LISTING or gap.lstrip(",，、") in _LISTING
    return replace(piece, value=replace(value, per=before.per)) if besides or listed else piece


_WORTH_SAID = re.compile(r"(?:总?价值|折合|折价)(?:约|近)?$")


def _besides(text: str, before: schema.Quantity) -> bool:
    """Whether 除 stands before what each gets: more of the kind follows."""
    return bool(re.search(r"除[^,，。;；]{0,12}$", text[: before.start][-16:]))


# 300元和价值200元的棉被1床: the worth before what it is of.
_WORTH = re.compile(r"(?:总?价值|折合|折价|市价)[^,，。;；、]{0,12}元的")


def _goes_on(gap: str) -> bool:
    """Whether goods behind such words stand in the list of what each gets."""
    gap = _WORTH.sub("", gap)
    return gap.lstrip("的") in _LISTING or (
        len(gap) <= 14 and gap[-1:] in _LISTING and not _BREAKS.search(gap)
    )


_EXTRA = re.compile(
    r"[,，、](?:另|外加|附带|附|还附|并附|同时附|再)(?:有|配|加|送|赠|发|带|配送|赠送)*(?P<goods>.{0,4})"
)


def _adds(gap: str, figure: schema.Quantity, before: schema.Quantity) -> bool:
    """每户面粉2袋,另配食用油1桶: what each gets besides, where it is no more than a few pieces for each."""
    return _EXTRA.fullmatch(gap) is not None and figure.number <= before.number * _MANY


# 除了每户700元现款,还捎去年货1份
_BESIDES = re.compile(r"[\u4e00-\u9fff]{0,6}(?:之?外)?[,，]还[\u4e00-\u9fff]?[去来上给]")
# So many times what each gets of the first goods, a figure told behind 另有 is hardly for each.
_MANY = 5


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
    "班": "place",
    "乡": "place",
    "县": "place",
}


_HOUSEHOLDS = re.compile(r"[^,，。;；、]{0,8}?(?:户|家庭)")


def _counts(figure: schema.Quantity, kind: str, text: str) -> bool:
    """Whether a figure counts such heads; 5名贫困户 are households, too."""
    households = kind == "household" and figure.kind == "people" and _HOUSEHOLDS.match(text, figure.end)
    return figure.kind == kind or bool(households)


def _kind(figure: schema.Quantity, quantities: Sequence[schema.Quantity], text: str) -> str:
    """What such heads are; 8户低保户各送20只 says it right before 各."""
    if figure.per == "各":
        led = [q for q in quantities if q.end < figure.start and _LEADS.fullmatch(text[q.end : figure.start])]
        if led and led[-1].kind in ("household", "place"):
            return led[-1].kind
    return _PER_KIND[figure.per or ""]


def heads_of(figure: schema.Quantity, quantities: Sequence[schema.Quantity], text: str) -> Decimal | None:
    """How many a per-head figure is for: the one such number of its sentence, or that right before 每."""
    if figure.per not in _PER_KIND:
        return None
    first = max((m.end() for m in re.finditer(r"[。！？!?\n]", text[: figure.start])), default=0)
    tail = re.search(r"[。！？!?\n]", text[figure.end :])
    last = figure.end + (tail.start() if tail else len(text) - figure.end)
    kind = _kind(figure, quantities, text)
    told = [
        q
        for q in quantities
        if _counts(q, kind, text) and first <= q.start < last and q.per is None and q.qualifier in _STATED
    ]
    told = _meant(told, figure, text)
    if not told and figure.kind != "money":
        told = _told_before(first, kind, quantities, text)
    return told[0].number if told else None


def _meant(told: Sequence[schema.Quantity], figure: schema.Quantity, text: str) -> list[schema.Quantity]:
    """Of several such numbers the one right before 每; 38户,一户不落 tells only one."""
    many = [q for q in told if q.number > 1] or list(told)
    part = max(text.rfind(mark, 0, figure.start) for mark in ";；")
    own = [q for q in many if q.start > part and q.start < figure.start]
    for numbers in (many, own):
        if len({q.number for q in numbers}) == 1:
            return list(numbers)
    led = [q for q in many if _LEADS.fullmatch(text[q.end : figure.start])][-1:]
    return [_added(led[0], many, text)] if led else []


_AND = re.compile(r"[^,，。;；、0-9]{1,14}[、和与及]")


def _added(last: schema.Quantity, told: Sequence[schema.Quantity], text: str) -> schema.Quantity:
    """2名研究生、36名本科生每人3000元: all the heads that are listed right before what each gets."""
    whole, first = last, last.start
    for figure in reversed([q for q in told if q.end <= last.start]):
        if not _AND.fullmatch(text, figure.end, first):
            break
        whole, first = replace(whole, number=whole.number + figure.number), figure.start
    return whole


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
