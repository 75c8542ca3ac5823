"""Two kinds of goods told apart by 前者 and 后者: 前者由甲捐赠,后者由乙捐赠; 前者送给甲,后者送给乙."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline import schema
from pipeline.events.proto import Named, Piece, Proto

_BY = r"(?:是|则)?(?:由|来自|出自)"
_TO = r"(?:则|已|将)?(?:送给|送到|送往|捐给|赠给|赠予|留给|归|交给|发给|给)"
_FORMER = re.compile(rf"前者(?:(?P<by>{_BY})|{_TO})$")
_LATTER = re.compile(rf"后者(?:(?P<by>{_BY})|{_TO})$")


def former_and_latter(proto: Proto, text: str, mentions: Sequence[schema.Mention]) -> list[Proto]:
    """The two acts of a passage that says whose its two kinds of goods are; none where it does not."""
    if len(proto.pieces) != 2:
        return []
    one, two = (_owner(pattern, proto, text, mentions) for pattern in (_FORMER, _LATTER))
    if one is None or two is None or one[1] != two[1]:
        return []
    mid = _begin(proto.pieces[1])
    worth = tuple(v for v in proto.values if v.start < mid), tuple(v for v in proto.values if v.start >= mid)
    parts = [
        replace(proto, pieces=(piece,), values=values, split=True)
        for piece, values in zip(proto.pieces, worth, strict=True)
    ]
    return [
        replace(part, donors=(owner,)) if by else replace(part, recipients=(owner,))
        for part, (owner, by) in zip(parts, (one, two), strict=True)
    ]


def _begin(piece: Piece) -> int:
    return min(q.start for q in (piece, piece.figure, piece.value) if q is not None)


def _owner(
    pattern: re.Pattern[str], proto: Proto, text: str, mentions: Sequence[schema.Mention]
) -> tuple[Named, bool] | None:
    """The name right behind 前者由 or 前者送给, and whether it gives."""
    last = max(piece.end for piece in proto.pieces)
    for mention in mentions:
        near = proto.spans[0][0] <= last < mention.start < proto.spans[0][1]
        found = pattern.search(text, last, mention.start) if near else None
        if found:
            known = (p for p in proto.donors + proto.recipients if p.start == mention.start)
            own = Named(mention.surface, mention.start, mention.end)
            return next(known, own), found["by"] is not None
    return None
