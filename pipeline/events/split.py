"""One passage, several events: gifts stated per party by 各 or 分别."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from pipeline import schema
from pipeline.events.each import distributor
from pipeline.events.former import former_and_latter
from pipeline.events.proto import Named, Piece, Proto
from pipeline.events.shares import own_share, worth_shares


def split(proto: Proto, text: str, mentions: Sequence[schema.Mention]) -> Iterator[Proto]:
    """The events that a passage states per party; the proto itself when it states one."""
    listed = former_and_latter(proto, text, mentions)
    listed = listed or _listed(proto, text, mentions) or _pledged(proto, text, mentions)
    if listed:
        yield from listed
        return
    spot = distributor(proto, text)
    if spot is None:
        yield replace(proto, pieces=tuple(_for_one(p) if _shares(p, proto) else p for p in proto.pieces))
        return
    start, word = spot
    sides = ((parties, side, _rows(proto, len(parties), word)) for parties, side in _shared(proto, start))
    fitting = next(((parties, side, rows) for parties, side, rows in sides if rows is not None), None)
    if fitting is None:
        yield proto
        return
    parties, side, rows = fitting
    shares = worth_shares(proto, len(parties), word, text)
    for party, pieces, worth in zip(parties, rows, shares, strict=True):
        own = own_share(pieces, worth, len(parties), word)
        changed = replace(proto, pieces=tuple(_for_one(piece) for piece in own), values=worth, split=True)
        yield (
            replace(changed, recipients=(party,))
            if side == "recipients"
            else replace(changed, donors=(party,))
        )


_OWNS = re.compile(
    r"(?:[\u4e00-\u9fff]{2}(?:中心|项目|工程|大楼))?"
    r"[:(]?(?:捐赠|赠送|送上|送去|送予|分得|得到|获得|获赠|收到|各)?"
)


def _listed(proto: Proto, text: str, mentions: Sequence[schema.Mention]) -> list[Proto]:
    """甲村210册，乙村180册: each figure stands behind the name of its own recipient."""
    counted = _without_total([p for p in proto.pieces if p.figure is not None])
    if not counted:
        counted = _sums_of_takers(proto, text, mentions)
    givers = {(p.start, p.end) for p in proto.donors}
    others = [m for m in mentions if (m.start, m.end) not in givers]
    owners = [_owner(piece, text, others) or _rest_owner(piece, text, others) for piece in counted]
    named = [m for m in owners if m is not None]
    if len({m.surface for m in named}) < 2 or owners[0] is None:
        return []
    rows: list[tuple[schema.Mention, list[Piece]]] = []
    for piece, owner in zip(counted, owners, strict=True):
        if owner is not None and (not rows or rows[-1][0] is not owner):
            rows.append((owner, []))
        rows[-1][1].append(piece)
    return [
        replace(proto, recipients=(_as_named(proto, owner),), pieces=tuple(pieces), values=(), split=True)
        for owner, pieces in rows
    ]


def _sums_of_takers(proto: Proto, text: str, mentions: Sequence[schema.Mention]) -> list[Piece]:
    """其中甲小学300万元,乙学校327万元: sums behind names, some of whom are known to get something."""
    sums = [(p, _owner(p, text, mentions)) for p in proto.pieces if p.value is not None]
    known = [p.name for p in proto.recipients]
    told = [owner for _, owner in sums if owner and any(name.endswith(owner.surface) for name in known)]
    return [piece for piece, owner in sums if owner is not None] if told else []


_GAVE = re.compile(
    r"(?:先生|女士|老师|同志|(?:全体)?(?:师生|学生|职工|员工|党员|校友))?(?:也|再|又|各|共|自发|踊跃)?"
    r"(?:捐款|捐赠|捐资|捐出|捐献|捐书|捐|认捐|出资)?(?:图书|人民币|现金)?(?:近|达|约|共|逾)?"
)


def _pledged(proto: Proto, text: str, mentions: Sequence[schema.Mention]) -> list[Proto]:
    """甲捐款5万元，乙4.6万元，丙1.2万元: each sum stands behind the name of its own donor."""
    sums = [p for p in proto.pieces if p.value is not None or p.figure is not None]
    takers = {(p.start, p.end) for p in proto.recipients}
    givers = [m for m in mentions if m.label in ("ORG", "PER") and (m.start, m.end) not in takers]
    if len(sums) < 2:
        return []
    owners = [_giver(piece, text, givers) for piece in sums]
    if len(owners) > 2:
        owners = [o or _told_giver(p, proto, text) for o, p in zip(owners, sums, strict=True)]
    owners[0] = owners[0] or _only_donor(proto, givers, sums[0])
    named = [m for m in owners if m is not None]
    if len({m.surface for m in named}) < len(sums):
        return []
    surfaces = {m.surface for m in named}
    freed = replace(
        proto,
        recipients=tuple(p for p in proto.recipients if text[p.start : p.end] not in surfaces),
        intermediaries=tuple(p for p in proto.intermediaries if text[p.start : p.end] not in surfaces),
        values=(),
        split=True,
    )
    return [
        replace(freed, donors=(_as_donor(proto, owner),), pieces=(_beside(piece, owner),))
        for owner, piece in zip(named, sums, strict=True)
    ]


def _only_donor(proto: Proto, givers: Sequence[schema.Mention], piece: Piece) -> schema.Mention | None:
    """甲向该校捐出图书1000册,乙捐出800册: who gives the first figure alone stands further before it."""
    spans = {(p.start, p.end) for p in proto.donors}
    before = [m for m in givers if (m.start, m.end) in spans and m.end <= piece.start]
    return before[0] if len(before) == 1 else None


def _giver(piece: Piece, text: str, mentions: Sequence[schema.Mention]) -> schema.Mention | None:
    figures = [f.start for f in (piece.value, piece.figure) if f is not None]
    starts = [piece.start, *figures]
    return next(
        (m for m in mentions for at in starts if 0 <= at - m.end <= 10 and _GAVE.fullmatch(text[m.end : at])),
        None,
    )


def _beside(piece: Piece, owner: schema.Mention) -> Piece:
    """The sum alone, where what was taken for its goods is who gives it."""
    if piece.value is None or piece.start >= owner.end:
        return piece
    return replace(piece, start=piece.value.start, end=piece.value.end)


_TOLD = re.compile(r"(?:其中有|其中|(?<=[,，、;；:：。]))(?!其中)([\u4e00-\u9fff]{3,16})$")


def _told_giver(piece: Piece, proto: Proto, text: str) -> schema.Mention | None:
    """县体彩中心20万,县残联4.5万: who stands before a sum in such a list, unknown as a name by itself."""
    if piece.value is None or piece.value.rule != "money-list":
        return None
    found = _TOLD.search(text[: piece.value.start])
    if found is None or any(p.end > found.start(1) for p in proto.recipients if p.start < piece.value.start):
        return None
    return schema.Mention("", found.start(1), found.end(1), found[1], "ORG")


def _as_donor(proto: Proto, mention: schema.Mention) -> Named:
    known = [p for p in proto.donors if (p.start, p.end) == (mention.start, mention.end)]
    return next(iter(known), Named(mention.surface, mention.start, mention.end))


def _without_total(counted: list[Piece]) -> list[Piece]:
    """拿出1500册，其中甲校600册、乙校500册、丙校400册; 甲校600册、乙校500册，合计1100册: the parts only."""
    figures = [p.figure.number for p in counted if p.figure is not None]
    if len(counted) < 3 or len({(p.start, p.end) for p in counted}) > 1:
        return counted
    if figures[0] == sum(figures[1:]):
        return counted[1:]
    return counted[:-1] if figures[-1] == sum(figures[:-1]) else counted


def _owner(piece: Piece, text: str, mentions: Sequence[schema.Mention]) -> schema.Mention | None:
    """The name right before the goods, or right before their figure."""
    starts = [piece.start] + ([piece.figure.start] if piece.figure else [])
    for mention in mentions:
        if mention.label in ("ORG", "LOC") and any(
            0 <= start - mention.end <= 6 and _OWNS.fullmatch(text[mention.end : start]) for start in starts
        ):
            return mention
    return None


_REST = re.compile(r"(?:余下|其余|剩下|剩余|另外|还有)的?$")
_GOES_TO = re.compile(
    r"[^,，。;；0-9]{0,8}?[,，]?(?:则|都|全|均|将|也|已)*(?:由|归|留给|送给|送到|送往|交给|交到|发给|分给|赠予|捐给|转给)"
)


def _rest_owner(piece: Piece, text: str, mentions: Sequence[schema.Mention]) -> schema.Mention | None:
    """余下的8000只口罩由县医院领用: the name behind what the rest of the goods is."""
    figure = piece.figure
    if figure is None or not _REST.search(text[max(0, figure.start - 6) : figure.start]):
        return None
    last = max(piece.end, figure.end) if piece.start - figure.end in range(9) else figure.end
    near = (m for m in mentions if m.label in ("ORG", "LOC") and 0 < m.start - last <= 16)
    return next((m for m in near if _GOES_TO.fullmatch(text, last, m.start)), None)


def _as_named(proto: Proto, mention: schema.Mention) -> Named:
    known = [p for p in proto.recipients if (p.start, p.end) == (mention.start, mention.end)]
    same = [p for p in proto.recipients if p.name.endswith(mention.surface)]
    return next(iter(known + same), Named(mention.surface, mention.start, mention.end))


def _for_one(piece: Piece) -> Piece:
    """The figure of one party: no longer one for each."""
    figure = replace(piece.figure, per=None) if piece.figure else None
    return replace(piece, figure=figure, value=replace(piece.value, per=None) if piece.value else None)


def _shares(piece: Piece, proto: Proto) -> bool:
    """牛奶和饼干各60箱: whether other goods have the figure, told for each of them."""
    figure = piece.figure
    if figure is None or figure.per != "各":
        return False
    return sum(p.figure is not None and p.figure.start == figure.start for p in proto.pieces) > 1


def _shared(proto: Proto, at: int) -> list[tuple[tuple[Named, ...], str]]:
    """The lists of several parties that 各 may speak of: the nearest before it first, recipients first."""
    options = []
    for side, parties in (("recipients", proto.recipients), ("donors", proto.donors)):
        before = [p for p in parties if p.end <= at and at - p.end < 80]
        if len(parties) > 1:
            distance = at - max((p.end for p in before), default=at - 79)
            options.append((distance, side, parties))
    return [(parties, side) for _, side, parties in sorted(options, key=lambda option: option[:2])]


# 分别到甲、乙看望: they went to each; what they gave is told once, for all.
_VISITED = re.compile(r"分别(?:到|来到|走进|前往|赴|深入|走访|看望|慰问|在)$")


def _chunks(pieces: tuple[Piece, ...], number: int) -> list[tuple[Piece, ...]] | None:
    """280套甲、1800副乙和200套甲、1000副乙: the same kinds told once for each party."""
    size, over = divmod(len(pieces), number)
    if over or size < 2:
        return None
    rows = [pieces[i * size : (i + 1) * size] for i in range(number)]
    units = [[p.figure.unit if p.figure else None for p in row] for row in rows]
    kinds = [[p.category for p in row] for row in rows]
    told = all(unit is not None for unit in units[0]) and len({*map(tuple, kinds)}) == 1
    return rows if told and all(row == units[0] for row in units) and len({*units[0]}) == size else None


def _rows(proto: Proto, number: int, word: str) -> list[tuple[Piece, ...]] | None:
    """Goods per party: the same for each, or the n-th figure of every kind for the n-th party."""
    chunks = _chunks(proto.pieces, number) if "分别" in word else None
    if chunks is not None:
        return chunks
    runs = [list(group) for _, group in groupby(proto.pieces, key=lambda p: (p.start, p.end))]
    kinds = [_without_sum(run, number) for run in runs]
    if "分别" in word and len(proto.pieces) == number:
        return [(piece,) for piece in proto.pieces]
    if all(len(kind) == 1 for kind in kinds):
        if _VISITED.search(word):
            return None
        return [proto.pieces for _ in range(number)]
    if all(len(kind) in (1, number) for kind in kinds):
        return [tuple(kind[i] if len(kind) == number else kind[0] for kind in kinds) for i in range(number)]
    return None


def _without_sum(kind: list[Piece], number: int) -> list[Piece]:
    """分别向甲村、乙村赠书300册和500册,合计800册: the figures of each party, without their sum."""
    figures = [piece.figure.number for piece in kind if piece.figure is not None]
    summed = len(kind) == len(figures) == number + 1 and sum(figures[:-1]) == figures[-1]
    return kind[:-1] if summed else kind
