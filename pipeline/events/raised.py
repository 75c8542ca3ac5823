"""Money that was raised and spent on the goods of the same report, and money named twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.events.proto import Piece, Proto

_SPENT = re.compile(
    r"购[买置得回入进]|[采选订]购|买|换成|换来|用于购|添置|配备|配置|安装|更换|订做|定制|置办"
)


def without_raised(proto: Proto, text: str) -> Proto:
    """Money that was raised and spent on the goods of the same passage: the goods, worth it."""
    goods = [p for p in proto.pieces if p.category != "money"]
    if not goods or len(goods) == len(proto.pieces):
        return proto
    spent = [p for p in proto.pieces if p.category == "money" and _spent_on(p, goods, text)]
    worth = tuple(p.value for p in spent[:1] if p.value is not None and p.value.per is None)
    kept = tuple(p for p in proto.pieces if p not in spent)
    return replace(proto, pieces=kept, values=proto.values or worth)


_RAISED = re.compile(r"(?:募|筹|集|凑)[^,。;]{0,8}$")


def is_raised(proto: Proto, others: Sequence[Proto], text: str) -> bool:
    """共募得7.8万元, where another passage tells the goods that were bought with it."""
    sums = [p.value for p in proto.pieces if p.category == "money" and p.value is not None]
    if len(sums) != len(proto.pieces) or not _RAISED.search(text[max(0, sums[0].start - 12) : sums[0].start]):
        return False
    return any(
        _SPENT.search(text, sums[-1].end, piece.start)
        for other in others
        for piece in other.pieces
        if other is not proto and piece.category != "money" and 0 < piece.start - sums[-1].end < 120
    )


def without_bare_money(proto: Proto, text: str) -> Proto:
    """首笔资金 beside the stated sum is the sum itself."""
    if not any(p.category == "money" and p.value is not None for p in proto.pieces):
        return proto
    kept = (p for p in proto.pieces if p.value is not None or not _stands_for_money(p, text))
    return replace(proto, pieces=tuple(kept))


def _stands_for_money(piece: Piece, text: str) -> bool:
    return piece.category == "money" or text[piece.start : piece.end].endswith(
        ("支票", "汇票", "现金", "存折")
    )


_HANDED_OUT = re.compile(r",(?:为|给|向)[^,。;]{1,24}(?:发放|配发|分发|送去|送上)")


def _spent_on(money: Piece, goods: Sequence[Piece], text: str) -> bool:
    after = [p for p in goods if p.start > money.end]
    if not after:
        return False
    first = money.value.start if money.value is not None else money.start
    raised = _RAISED.search(text[max(0, min(first, money.start) - 12) : min(first, money.start)])
    handed = raised and _HANDED_OUT.search(text, money.end, after[0].start)
    return bool(handed or _SPENT.search(text, money.end, after[0].start))
