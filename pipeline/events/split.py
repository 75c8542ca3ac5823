"""One passage, several events: gifts stated per party by 各 or 分别."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from pipeline.events.proto import Named, Piece, Proto

_EACH = re.compile(
    r"各(?!类|种|界|项|级|地|个|位|方|自|族|式|阶|行|乡|村|校|有关|家|单位|科|部|县|镇|区|分|市|省|学|班|年|户|国|路|处|站|所|图)|每(?:个|家|所)?(?:村|校|馆|社区)(?:各)?|分别(?:各)?"
)


def split(proto: Proto, text: str) -> Iterator[Proto]:
    """The events that a passage states per party; the proto itself when it states one."""
    spot = _distributor(proto, text)
    if spot is None:
        yield proto
        return
    start, word = spot
    parties, side = _shared(proto, start)
    if len(parties) < 2:
        yield proto
        return
    rows = _rows(proto, len(parties), word)
    if rows is None:
        yield proto
        return
    for party, pieces in zip(parties, rows, strict=True):
        changed = replace(proto, pieces=pieces, split=True)
        yield (
            replace(changed, recipients=(party,))
            if side == "recipients"
            else replace(changed, donors=(party,))
        )


def _distributor(proto: Proto, text: str) -> tuple[int, str] | None:
    """The 各 or 分别 of the act's own clauses that stands before a figure of it."""
    figures = [f.start for p in proto.pieces for f in (p.figure, p.value) if f is not None]
    if not figures:
        return None
    first, last = proto.spans[0][0], max(figures)
    floor = max(first, proto.acts[0][0] - 60)
    marks = [
        m
        for m in _EACH.finditer(text, floor, last)
        if abs(m.start() - proto.acts[0][0]) <= 24
        or 0 <= min(f - m.end() for f in figures if f >= m.end()) <= 14
    ]
    return (marks[-1].start(), marks[-1][0]) if marks else None


def _shared(proto: Proto, at: int) -> tuple[tuple[Named, ...], str]:
    """The several parties that 各 speaks of: the nearest list before it, recipients first."""
    options = []
    for side, parties in (("recipients", proto.recipients), ("donors", proto.donors)):
        before = [p for p in parties if p.end <= at and at - p.end < 80]
        if len(parties) > 1:
            distance = at - max((p.end for p in before), default=at - 79)
            options.append((distance, side, parties))
    if not options:
        return (), ""
    _, side, parties = min(options, key=lambda option: (option[0], option[1]))
    return parties, side


def _rows(proto: Proto, number: int, word: str) -> list[tuple[Piece, ...]] | None:
    """Goods per party: the same for each, or the n-th figure of every kind for the n-th party."""
    kinds = [list(group) for _, group in groupby(proto.pieces, key=lambda p: (p.start, p.end))]
    sums = [p for p in proto.pieces if p.category == "money"]
    if len(sums) == number and len(sums) == len(proto.pieces) and "分别" in word:
        return [(piece,) for piece in sums]
    if all(len(kind) == 1 for kind in kinds):
        return [proto.pieces for _ in range(number)]
    if all(len(kind) in (1, number) for kind in kinds):
        return [tuple(kind[i] if len(kind) == number else kind[0] for kind in kinds) for i in range(number)]
    return None
