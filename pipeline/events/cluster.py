"""The same act told by several reports gets one cluster id.

Two events join when donor and recipient names agree, their places and days do not contradict, and a figure or
the bare goods agree. Blocking on donor and figure keeps the comparison far from all pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations

from pipeline.events.alike import same_name
from pipeline.schema import DonationEvent

_DAYS = 7


def assign_clusters(events: Sequence[DonationEvent]) -> tuple[DonationEvent, ...]:
    """Set `cluster_id`: the least event id of the cluster.

    Example:
        >>> donor = ("青溪县图书馆",)
        >>> one = DonationEvent("a1", "r1", "completed", "single", donor, ("石桥村",), (), ())
        >>> two = DonationEvent("b2", "r2", "completed", "single", donor, ("柳河镇石桥村",), (), ())
        >>> [event.cluster_id for event in assign_clusters([one, two])]
        ['a1', 'a1']
    """
    parent = {event.event_id: event.event_id for event in events}
    for block in _blocks(events):
        for one, two in combinations(block, 2):
            if same_gift(one, two):
                _union(parent, one.event_id, two.event_id)
    return tuple(replace(event, cluster_id=_root(parent, event.event_id)) for event in events)


def _root(parent: dict[str, str], node: str) -> str:
    while parent[node] != node:
        parent[node] = parent[parent[node]]
        node = parent[node]
    return node


def _union(parent: dict[str, str], one: str, two: str) -> None:
    first, second = sorted((_root(parent, one), _root(parent, two)))
    parent[second] = first


def _blocks(events: Sequence[DonationEvent]) -> Iterable[list[DonationEvent]]:
    blocks: dict[tuple[str, str], list[DonationEvent]] = defaultdict(list)
    for event in events:
        for key in sorted(_keys(event)):
            blocks[key].append(event)
    return (block for _, block in sorted(blocks.items()) if len(block) > 1)


def _keys(event: DonationEvent) -> set[tuple[str, str]]:
    donors = {name[-4:] for name in event.donors} or {""}
    return {(donor, figure) for donor in donors for figure in _figures(event) or {""}}


def _figures(event: DonationEvent) -> set[str]:
    counts = {f"{item.category}:{item.quantity}" for item in event.items if item.quantity is not None}
    sums = {f"yuan:{item.value_cny}" for item in event.items if item.value_cny is not None}
    return counts | sums


def same_gift(one: DonationEvent, two: DonationEvent) -> bool:
    """Whether two events of different reports are one act."""
    if one.report_id == two.report_id or (one.status, one.scope) != (two.status, two.scope):
        return False
    if not (_meet(one.donors, two.donors) and _meet(one.recipients, two.recipients)):
        return False
    return _near_days(one, two) and _near_places(one, two) and _same_goods(one, two)


def _meet(first: Sequence[str], second: Sequence[str]) -> bool:
    return bool(first and second) and any(same_name(a, b) for a in first for b in second)


def _near_days(one: DonationEvent, two: DonationEvent) -> bool:
    if one.date_start is None or two.date_start is None or one.date_end is None or two.date_end is None:
        return True
    gap = max((one.date_start - two.date_end).days, (two.date_start - one.date_end).days)
    return gap <= _DAYS


def _near_places(one: DonationEvent, two: DonationEvent) -> bool:
    if one.place is None or two.place is None:
        return True
    short, full = sorted((one.place.code.rstrip("0"), two.place.code.rstrip("0")), key=len)
    return full.startswith(short)


def _same_goods(one: DonationEvent, two: DonationEvent) -> bool:
    first, second = _figures(one), _figures(two)
    if first and second:
        return bool(first & second)
    kinds = [{item.category for item in event.items} for event in (one, two)]
    return bool(kinds[0] & kinds[1]) or not any(kinds)
