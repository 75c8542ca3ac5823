"""Signs that a passage tells an act again: parties told elsewhere, the very same figures, a promise kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline import schema
from pipeline.events.alike import figure_of, overlap, same_goods
from pipeline.events.proto import Named, Piece, Proto


def is_borrowed(side: Sequence[Named], proto: Proto) -> bool:
    """Whether no party of a side stands in a sentence of the passage: 孩子们领到新书包, whoever gave them."""
    return not any(first <= party.start < last for party in side for first, last in proto.spans)


def is_bare(proto: Proto) -> bool:
    """Whether a passage tells neither figure nor worth."""
    told = [
        *proto.values,
        *(q for piece in proto.pieces for q in (piece.figure, piece.value) if q is not None),
    ]
    return not told


def is_unnamed(side: Sequence[Named]) -> bool:
    """爱心企业, 困难群众: whether a side tells its parties by their kind only, or not at all."""
    return all(party.rule == "group" for party in side)


# A figure that is unlikely to be told of two gifts.
_TELLING = Decimal(20)


_FURTHER = re.compile(
    r"(?:^|[,，]|(?<=[\u4e00-\u9fff]))(?:还|又|也|另外?|再)(?:各|向|给|为|对|把|将|在|到|从|联合|通过|捐|赠|送|领|收|拿|有|托|凑|掏|买|捎|寄|运)"
)


def goes_further(first: Proto, second: Proto, text: str) -> bool:
    """…又给石桥小学送去图书500册: whether the later of two passages says that it tells one more gift."""
    start = max(first.acts[0], second.acts[0])[0]
    head = re.split(r"[。；;！!？?\n]", text[max(0, start - 60) : start])[-1]
    return _FURTHER.search(head + text[start : start + 1]) is not None


_HEADS = re.compile(r"(?:[0-9]+|[一二两三四五六七八九十百千]+)[余多]?(?:个|名|位|户|所|家)")


def counted_apart(first: Sequence[Named], second: Sequence[Named]) -> bool:
    """106户脱贫户, 3户困难家庭: groups of different numbers are not the same people."""
    one, two = ([m[0] for p in side if (m := _HEADS.search(p.name))] for side in (first, second))
    told = len(one) == len(first) and len(two) == len(second) and is_unnamed(first) and is_unnamed(second)
    return told and bool(one) and bool(two) and one != two


def says_no_more(first: Proto, second: Proto, text: str) -> bool:
    """31万元 of a firm, for 石桥村 and then for 受灾村民: the same figures of a giver, nobody else named."""
    if (first.status, first.scope) != (second.status, second.scope):
        return False
    if not overlap(first.donors, second.donors):
        return False
    if not overlap(first.recipients, second.recipients):
        further = bool(second.recipients) and goes_further(first, second, text)
        if further or not is_unnamed(second.recipients):
            return False
    return bool(second.pieces) and all(_is_told(piece, first.pieces, text) for piece in second.pieces)


def _is_told(piece: Piece, others: Sequence[Piece], text: str) -> bool:
    figure = figure_of(piece)
    return (
        figure is not None
        and figure >= _TELLING
        and not _is_rate(piece)
        and any(figure_of(other) == figure and same_goods(other, piece, text) for other in others)
    )


def _is_rate(piece: Piece) -> bool:
    return any(q is not None and q.per is not None for q in (piece.figure, piece.value))


_PROMISED = re.compile(r"(?:答应|承诺|许诺|应允)[^,。;!?]{0,12}$")


def _is_promise(proto: Proto, text: str) -> bool:
    start = proto.acts[0][0]
    return bool(_PROMISED.search(text[max(0, start - 24) : start]))


def keeps_promise(first: Proto, second: Proto, text: str) -> bool:
    """9月他答应捐赠电脑20台, 10月他把电脑20台送到学校: a gift promised and given."""
    if _is_promise(first, text) == _is_promise(second, text):
        return False
    return says_no_more(first, second, text) or says_no_more(second, first, text)


def with_day_given(first: Proto, second: Proto, text: str) -> tuple[Proto, Proto]:
    """The day of a gift is that of giving it, where the other passage only promises it."""
    if _is_promise(first, text) and not _is_promise(second, text) and second.date is not None:
        return replace(first, date=second.date, status=second.status), second
    return first, second


def _tells_no_taker(proto: Proto) -> bool:
    """Whether no recipient with a name stands in the clauses of an act."""
    return not any(
        p.rule != "group" and any(a <= p.start < b for a, b in proto.spans) for p in proto.recipients
    )


_ALONG = re.compile(r"一并$")


def goes_along(first: Proto, second: Proto, text: str) -> bool:
    """甲送去图书500册,又买下新书700册一并捐出: whether the later act is told as a part of the one before."""
    start = second.acts[0][0]
    if not _ALONG.search(text[max(0, start - 4) : start]) or (first.status, first.scope) != (
        second.status,
        second.scope,
    ):
        return False
    before = [act for act in first.acts if act < second.acts[0]]
    return bool(before) and overlap(first.donors, second.donors) and _tells_no_taker(second)


_ONE_GIFT = re.compile(r"[^。;!?\n又还另再也]{0,48}")


def is_rate_of(rate: Piece, whole: Piece, text: str) -> bool:
    """助学金总额12万元,60名学生每人领到2000元: what each gets of a sum told right before."""
    one, total = rate.value, whole.value
    if one is None or total is None or rate.category != "money" or one.per is None or total.per is not None:
        return False
    return one.number < total.number and _ONE_GIFT.fullmatch(text, total.end, one.start) is not None


def day_told(proto: Proto) -> schema.DateMention | None:
    """The date of a passage; of a headline none that names no day: 次日 of its body."""
    date = proto.date
    return date if date is None or proto.kind == "body" or date.first is not None else None
