"""What goods told for several parties are worth to each of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline import schema
from pipeline.events.proto import Piece, Proto

_EACH_WORTH = re.compile(r"每(?:个|家|所)?(?:村|校|馆|点|间|座|处|社区|乡镇|单位)[^,，。;；0-9]{0,12}$")
# 每校获赠图书500册,价值1万元: behind what each gets, without a word that sums up.
_EACH_GETS = re.compile(
    r"每(?:个|家|所)?(?:村|校|馆|点|间|座|处|社区|乡镇|单位)[^,，。;；]{0,24}[,，](?:价值|码洋)[约近]?$"
)


def worth_shares(proto: Proto, number: int, word: str, text: str) -> list[tuple[schema.Quantity, ...]]:
    """分别赠书300册、450册,价值6000元、9000元: the n-th worth for the n-th party, or that of each."""
    told = _told(proto)
    if "分别" in word and len(told) == number and (len(proto.values) == number or len(proto.pieces) == 1):
        return [(value,) for value in told]
    return [_worth_of_each(proto, text)] * number


def _told(proto: Proto) -> list[schema.Quantity]:
    own = [p.value for p in proto.pieces if p.category != "money" and p.value is not None]
    return sorted([*proto.values, *own], key=lambda value: value.start)


def _worth_of_each(proto: Proto, text: str) -> tuple[schema.Quantity, ...]:
    """各获赠电脑20台,每校价值8万元: the worth that is told for each party."""
    told = (
        v
        for v in proto.values
        if _EACH_WORTH.search(text[max(0, v.start - 20) : v.start])
        or _EACH_GETS.search(text[max(0, v.start - 36) : v.start])
    )
    return tuple(replace(value, per=None) for value in told)


def own_share(
    pieces: Sequence[Piece], worth: Sequence[schema.Quantity], number: int, word: str
) -> tuple[Piece, ...]:
    """The goods of one party: without what all get together, and without the worth of another's."""
    if "分别" in word and len(worth) == len(pieces) == 1:
        return tuple(replace(p, value=None) if p.category != "money" else p for p in pieces)
    shares = [p.value.number for p in pieces if p.value is not None and p.value.per == "各"]
    if not word.startswith("各") or not shares:
        return tuple(pieces)
    return tuple(p for p in pieces if p.value is None or p.value.per or p.value.number / number not in shares)
