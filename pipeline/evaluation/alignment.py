"""Which predicted event is which gold event: one to one, with the most slot values right.

The assignment is optimal (Kuhn 1955, as SciPy solves it), not greedy, and does not depend on the order
of the events, nor on events that have nothing in common with any other. Among assignments with equally
many slot values right, scope and status decide, then whole events, then leaving optional gold events
alone, and at last a fixed weight of each slot, so that two assignments with different counts never tie.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from pipeline.evaluation.facts import Count, Counts, EventFacts, add_counts
from pipeline.evaluation.slots import SIDE_SLOTS, SLOTS, best_pairs, count_slots, is_exact

_BLANK = EventFacts()
# Each outweighs all that stands after it for 100 events a report; sums stay exact in a double.
_SLOT, _SIDE, _EXACT, _FIRM = 10**12, 10**11, 10**9, 10**7
_TIES = dict(
    zip(
        (*SLOTS, *SIDE_SLOTS),
        (1009, 2003, 3001, 4127, 5279, 6553, 7919, 9001, 10007, 11213, 12569),
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A predicted and a gold event taken for the same act; indices into what was aligned."""

    predicted: int
    gold: int
    counts: Counts


@dataclass(frozen=True, slots=True)
class Alignment:
    """Pairs, and the indices that found no partner."""

    pairs: tuple[Pair, ...]
    spurious: tuple[int, ...]
    missed: tuple[int, ...]


def align(predicted: tuple[EventFacts, ...], gold: tuple[EventFacts, ...]) -> Alignment:
    """Match events one to one; a pair agrees in at least one value of `SLOTS`.

    Example:
        >>> one, other = EventFacts(donors=(("甲县图书馆",),)), EventFacts(donors=(("乙县图书馆",),))
        >>> [(pair.predicted, pair.gold) for pair in align((one, other), (other,)).pairs]
        [(1, 0)]
    """
    rows, columns = _by_content(predicted), _by_content(gold)
    counts = [[count_slots(predicted[i], gold[j]) for j in columns] for i in rows]
    weights = np.zeros((len(rows), len(columns)))
    for r, line in enumerate(counts):
        for c, cell in enumerate(line):
            weights[r, c] = _weight(cell, gold[columns[c]].optional)
    pairs = tuple(
        sorted(
            (Pair(rows[r], columns[c], counts[r][c]) for r, c in best_pairs(weights) if weights[r, c] > 0),
            key=lambda pair: (pair.gold, pair.predicted),
        )
    )
    taken, found = {pair.predicted for pair in pairs}, {pair.gold for pair in pairs}
    return Alignment(
        pairs,
        tuple(i for i in range(len(predicted)) if i not in taken),
        tuple(j for j in range(len(gold)) if j not in found),
    )


def sum_over(
    count: Callable[[EventFacts, EventFacts], Counts],
    predicted: tuple[EventFacts, ...],
    gold: tuple[EventFacts, ...],
    alignment: Alignment,
) -> Counts:
    """Counts of a report: its pairs, its spurious events (all wrong), its missed ones (all absent).

    Optional gold events, and what was paired with them, count neither way.
    """
    pairs = [(pair.predicted, pair.gold) for pair in alignment.pairs if not gold[pair.gold].optional]
    return add_counts(
        [count(predicted[i], gold[j]) for i, j in pairs]
        + [count(predicted[i], _BLANK) for i in alignment.spurious]
        + [count(_BLANK, gold[j]) for j in alignment.missed if not gold[j].optional]
    )


def count_events(
    predicted: tuple[EventFacts, ...], gold: tuple[EventFacts, ...], alignment: Alignment
) -> Counts:
    """Counts of events, whole events, all slot values and those of every slot of one report."""
    firm = [pair for pair in alignment.pairs if not gold[pair.gold].optional]
    slots = sum_over(count_slots, predicted, gold, alignment)
    made = len(firm) + len(alignment.spurious)
    wanted = len(firm) + sum(not gold[j].optional for j in alignment.missed)
    return {
        "events": Count(len(firm), made, wanted),
        "exact": Count(sum(is_exact(pair.counts) for pair in firm), made, wanted),
        "slots": sum((slots[slot] for slot in SLOTS if slot in slots), Count()),
        **{f"slot.{slot}": slots.get(slot, Count()) for slot in (*SLOTS, *SIDE_SLOTS)},
    }


def _by_content(events: tuple[EventFacts, ...]) -> list[int]:
    return sorted(range(len(events)), key=lambda i: repr(replace(events[i], event_id="")))


def _weight(counts: Counts, optional: bool) -> int:
    right = sum(counts[slot].tp for slot in SLOTS)
    if not right:
        return 0
    agree = counts["scope"].tp + counts["status"].tp
    ties = sum(_TIES[slot] * (counts[slot].predicted if optional else counts[slot].tp) for slot in _TIES)
    return _SLOT * right + _SIDE * agree + _EXACT * is_exact(counts) + _FIRM * (not optional) + ties
