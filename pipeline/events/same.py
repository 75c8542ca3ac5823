"""Whether two passages tell the same act."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from pipeline import schema
from pipeline.events.alike import agree, family, figure_of, is_short_for, overlap, same_goods
from pipeline.events.occasions import other_occasion, other_taker
from pipeline.events.proto import Named, Proto
from pipeline.events.retold import (
    counted_apart,
    day_told,
    goes_further,
    is_bare,
    is_borrowed,
    is_rate_of,
    is_unnamed,
    keeps_promise,
    says_no_more,
)


def same_act(first: Proto, second: Proto, text: str) -> bool:
    """Whether two passages tell the same act; the second is the one that says less."""
    if first.split and second.split and set(first.acts) & set(second.acts):
        return False
    again = says_no_more(first, second, text) and not _split_apart(first, second)
    again = again or keeps_promise(first, second, text)
    again = again or _tells_again(first, second, text) or _announces(first, second, text)
    return again or _fits(first, second, text)


def _announces(first: Proto, second: Proto, text: str) -> bool:
    """百万册图书将进校园: a headline that counts the goods of a passage tells no act beside it."""
    counted = second.pieces and all(figure_of(piece) is not None for piece in second.pieces)
    apart = second.donors and not _headline_of(second.donors, first.donors)
    return (
        second.kind == "title"
        and first.kind == "body"
        and bool(counted)
        and all(
            any(
                (own.category != "money" or not apart) and same_goods(own, piece, text) and agree(own, piece)
                for own in first.pieces
            )
            for piece in second.pieces
        )
    )


def _fits(first: Proto, second: Proto, text: str) -> bool:
    """Whether nothing that two passages say keeps them apart."""
    apart = set(first.apart) & set(second.acts) or set(second.apart) & set(first.acts)
    if apart and not _of_a_kind(second):
        return False
    if (first.status, first.scope) != (second.status, second.scope):
        return False
    if not _donors_agree(first, second, text) or _of_each(first, second, text):
        return False
    again = repeats(first, second, text) or repeats(second, first, text)
    if not again and (other_occasion(first, second, text) or other_taker(first, second, text)):
        return False
    if _days_apart(day_told(first), day_told(second)) or _conflict(first, second, text):
        return False
    return _recipients_agree(first, second, text)


def _of_each(first: Proto, second: Proto, text: str) -> bool:
    """向甲村和乙村赠树苗8000株,另向两村各赠书300册: what each gets is told apart from what all get."""
    if first.split == second.split:
        return False
    whole, part = (second, first) if first.split else (first, second)
    return (
        len(whole.recipients) > 1
        and len(part.recipients) == 1
        and not repeats(part, whole, text)
        and not repeats(whole, part, text)
    )


def _of_a_kind(proto: Proto) -> bool:
    """爱心企业把口罩交给防疫人员: a passage without figures, whose donors are told by their kind."""
    return bool(proto.donors) and is_unnamed(proto.donors) and is_bare(proto)


def _donors_agree(first: Proto, second: Proto, text: str) -> bool:
    """The same donor, or none; others only of a passage that repeats the goods and tells them elsewhere."""
    if not first.donors or not second.donors or overlap(first.donors, second.donors):
        return True
    if second.kind != "body":
        return _headline_of(second.donors, first.donors)
    vague = is_unnamed(second.donors) or is_borrowed(second.donors, second)
    return vague and is_bare(second) and not second.split and repeats(first, second, text)


def _headline_of(told: Sequence[Named], donors: Sequence[Named]) -> bool:
    """Whether a headline tells the donors of a passage: by name, by a shorter one, by their kind only."""
    short = all(any(is_short_for(one.name, other.name) for other in donors) for one in told)
    return is_unnamed(told) or overlap(donors, told) or short


def _tells_again(first: Proto, second: Proto, text: str) -> bool:
    """Whether a passage repeats the goods of the same parties, with their figures or with none."""
    if first.status != second.status or not overlap(first.donors, second.donors):
        return False
    if not any(a.name in b.name or b.name in a.name for a in first.recipients for b in second.recipients):
        return False
    figured = [piece for piece in second.pieces if figure_of(piece) is not None]
    if not figured:
        named = {text[piece.start : piece.end] for piece in first.pieces}
        return first.scope == second.scope and any(text[p.start : p.end] in named for p in second.pieces)
    return (
        len(figured) == len(second.pieces)
        and repeats(first, second, text)
        and not _split_apart(first, second)
    )


def _split_apart(first: Proto, second: Proto) -> bool:
    return first.split or second.split or _days_apart(first.date, second.date)


def _recipients_agree(first: Proto, second: Proto, text: str) -> bool:
    """The same recipient, or none; another one only where the second passage merely repeats the goods."""
    if not first.recipients or not second.recipients:
        return True
    if any(a.name in b.name or b.name in a.name for a in first.recipients for b in second.recipients):
        return True
    if set(first.spans) & set(second.spans) and _room_of(first.recipients, second.recipients):
        return True
    if counted_apart(first.recipients, second.recipients):
        return False
    return second.kind != "body" or (repeats(first, second, text) and not goes_further(first, second, text))


# 石桥村 in 青溪县柳河镇石桥村农家书屋
_VILLAGE = re.compile(r"(?:^|[省市县区旗乡镇])([^省市县区旗乡镇]{1,6}(?:村|社区|嘎查))(?:农家书屋|图书室)?$")


def _room_of(first: Sequence[Named], second: Sequence[Named]) -> bool:
    """Whether a village and its reading room stand for each other: 柳河镇石桥村, 石桥村农家书屋."""
    one, two = ({m[1] for p in side if (m := _VILLAGE.search(p.name))} for side in (first, second))
    return bool(one & two)


def repeats(first: Proto, second: Proto, text: str) -> bool:
    """Every piece of the second passage is a piece of the first, with the same figure or none."""
    return all(
        any(
            same_goods(own, piece, text) and (figure_of(piece) is None or agree(own, piece))
            for own in first.pieces
        )
        for piece in second.pieces
    )


def _days_apart(first: schema.DateMention | None, second: schema.DateMention | None) -> bool:
    if first is None or second is None or first.surface == second.surface or first.vague or second.vague:
        return False
    if first.first is None or second.first is None or first.last is None or second.last is None:
        return (
            "日" in first.surface
            and "日" in second.surface
            and first.surface not in second.surface
            and second.surface not in first.surface
        )
    return first.last < second.first or second.last < first.first


def _conflict(first: Proto, second: Proto, text: str) -> bool:
    """Both state figures of the same goods and none of them agree."""
    clashes = 0
    for a in first.pieces:
        for b in second.pieces:
            if figure_of(a) is None or figure_of(b) is None or not same_goods(a, b, text):
                continue
            if is_rate_of(a, b, text) or is_rate_of(b, a, text):
                continue
            if agree(a, b, loose=second.kind != "body"):
                return False
            clashes += 1
    if not clashes:
        return False
    return not (is_whole(first, second) or is_whole(second, first))


def is_whole(whole: Proto, parts: Proto) -> bool:
    """Whether the one figure of a passage is the sum of the other's figures of that category."""
    wholes = [p for p in whole.pieces if figure_of(p) is not None]
    if len(wholes) != 1 or len(parts.pieces) < 2:
        return False
    total = sum(
        (figure_of(p) or Decimal(0) for p in parts.pieces if family(p) == family(wholes[0])), Decimal(0)
    )
    told = figure_of(wholes[0]) or Decimal(0)
    if whole.kind != "body" and wholes[0].category != "money":
        return abs(told - total) <= _ROUNDED * total
    return total == told


# 4000余册 in a headline over 4155 copies of five kinds.
_ROUNDED = Decimal("0.05")
