"""Goods of one verb, parted where the sentence turns to another act: another recipient, another giver."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.linking.goods import Good
from pipeline.linking.scan import Party
from pipeline.linking.spans import Span

if TYPE_CHECKING:
    from pipeline.linking.drafts import Scene


def by_act(scene: Scene, goods: Sequence[Good], verb: Span | None) -> tuple[list[Good], list[list[Good]]]:
    """Goods of one governor, parted where a clause tells another act: those of the verb, and the others.

    Args:
        scene: what stands in the report.
        goods: the goods, in order.
        verb: where their verb stands, if they have one.
    """
    runs: list[list[Good]] = [[]]
    home = 0
    for good in goods:
        turn = _turn(scene, runs[-1], good, verb)
        if turn is not None:
            runs.append([])
            home = len(runs) - 1 if verb and turn < verb[0] else home
        runs[-1].append(good)
    return runs[home], [run for number, run in enumerate(runs) if number != home]


_TURN = re.compile(r"[,。;][^,。;]{0,48}(?:向|给|为|对)$")


def _turn(scene: Scene, told: Sequence[Good], good: Good, verb: Span | None) -> int | None:
    """Where what stands before a good turns to other parties than those of the goods before it."""
    if good.noun is not None and good.figure is not None and good.figure.role == "part":
        return None
    last = max(map(_end, told), default=None)
    ruled = max((at for at in (last, verb[1] if verb else None) if at is not None), default=None)
    turns = [] if ruled is None else [*_to_another(scene, ruled, good)]
    if last is not None:
        turns += [p.start for p in _between(scene, last, good) if _opens(scene, p, good)]
    if ruled is not None:
        turns += _apart(scene, ruled if last is None else last, good)
    return min(turns, default=None)


def _between(scene: Scene, first: int, good: Good) -> list[Party]:
    return [p for p in scene.parties if first <= p.start and p.end <= good.start]


def _to_another(scene: Scene, first: int, good: Good) -> Iterator[int]:
    """…500册,给乙村棉被20床: another taker behind a particle."""
    for party in _between(scene, first, good):
        if party.before == "to" and _TURN.search(scene.text[first : party.start]):
            yield party.start


def _apart(scene: Scene, first: int, good: Good) -> Iterator[int]:
    """…500册;乙书店另备300册: a party or a day of its own behind a semicolon."""
    own = scene.text.rfind(";", first, _begin(good)) + 1
    dated = any(own <= date.start < good.start for date in scene.dates)
    if own and (dated or _between(scene, own, good)):
        yield own


_SUBJECT = re.compile(r"(?![、,。;:]|和|与|及|等|说|介绍|表示|告诉|获悉|了解)")


def _opens(scene: Scene, party: Party, good: Good) -> bool:
    """图书500册,乙书店则选了读本300册: whether a party opens the clause of a good behind other goods."""
    if party.kind not in ("ORG", "PER") or party.before != "start" or scene.text[party.start - 1] != ",":
        return False
    behind = scene.text[party.end : _begin(good)]
    return len(behind) > 1 and "," not in behind and bool(_SUBJECT.match(behind))


def _begin(good: Good) -> int:
    """Where a good begins, its figure or worth before it."""
    return min(q.start for q in (good, good.figure, good.value) if q is not None)


def _end(good: Good) -> int:
    return max(good.end, good.figure.end if good.figure else 0)
