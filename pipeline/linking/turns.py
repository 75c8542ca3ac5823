"""Goods of one verb, parted where the sentence turns to another act: another recipient, another giver."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.linking.goods import Good

if TYPE_CHECKING:
    from pipeline.linking.drafts import Scene


def by_act(scene: Scene, goods: Sequence[Good], verb: int | None) -> list[list[Good]]:
    """Goods of one governor, parted where a later clause tells another act.

    Args:
        scene: what stands in the report.
        goods: the goods, in order.
        verb: where their verb ends, if they have one.
    """
    runs: list[list[Good]] = [[]]
    last = verb
    for good in goods:
        if last is not None and good.start > last and _turns(scene, last, good):
            runs.append([])
        runs[-1].append(good)
        last = max(good.end, good.figure.end if good.figure else 0, verb or 0)
    return runs


_TURN = re.compile(r"[,。;][^,。;]{0,48}(?:向|给|为|对)$")


def _turns(scene: Scene, first: int, good: Good) -> bool:
    """Whether what stands before a good turns to other parties than those of the goods before it."""
    between = [p for p in scene.parties if first <= p.start and p.end <= good.start]
    if any(p.before == "to" and _TURN.search(scene.text[first : p.start]) for p in between):
        return True
    own = scene.text.rfind(";", first, _begin(good)) + 1
    return own > 0 and (
        any(p.start >= own for p in between) or any(own <= date.start < good.start for date in scene.dates)
    )


def _begin(good: Good) -> int:
    """Where a good begins, its figure or worth before it."""
    return min(q.start for q in (good, good.figure, good.value) if q is not None)
