"""How far a predicted event and a gold event agree, slot by slot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import TypeVar

import numpy as np
from scipy.optimize import linear_sum_assignment

from pipeline.evaluation.facts import Count, Counts, EventFacts, ItemFacts
from pipeline.evaluation.names import same_figure, same_goods, same_party

SLOTS = ("donor", "recipient", "item", "quantity", "value", "date", "place")
SIDE_SLOTS = ("intermediary", "unit", "scope", "status")
Pairs = tuple[tuple[int, int], ...]
P = TypeVar("P")
G = TypeVar("G")

_TEXT, _CATEGORY, _FIGURE, _ENOUGH = 2, 1, 2, 2


def count_slots(predicted: EventFacts, gold: EventFacts) -> Counts:
    """Counts of every slot's values for one pair of events.

    Parties, goods and figures are matched one to one. A value may stand on the item or on the event.

    Example:
        >>> shorter, fuller = (EventFacts(donors=((name,),)) for name in ("石桥村", "柳河镇石桥村"))
        >>> count_slots(shorter, fuller)["donor"]
        Count(tp=1, predicted=1, gold=1)
    """
    pairs = pair_items(predicted.items, gold.items)
    matched = [(predicted.items[i], gold.items[j]) for i, j in pairs]
    return {
        "donor": _parties(predicted.donors, gold.donors),
        "recipient": _parties(predicted.recipients, gold.recipients),
        "item": Count(sum(_same_item(*pair) for pair in matched), len(predicted.items), len(gold.items)),
        "quantity": Count(
            sum(same_figure(p.quantity, g.quantity) for p, g in matched),
            _stated(item.quantity for item in predicted.items),
            _stated(item.quantity for item in gold.items),
        ),
        "value": match_one_to_one(values(predicted), values(gold), same_figure),
        "date": _date(predicted, gold),
        "place": _place(predicted.places[0], gold.places),
        "intermediary": _parties(predicted.intermediaries, gold.intermediaries),
        "unit": Count(
            sum(p.unit is not None and p.unit == g.unit for p, g in matched),
            _stated(item.unit for item in predicted.items),
            _stated(item.unit for item in gold.items),
        ),
        "scope": _choice(predicted.scope, gold.scope),
        "status": _choice(predicted.status, gold.status),
    }


def is_exact(counts: Counts) -> bool:
    """Whether every slot of `SLOTS` is right and complete."""
    return all(counts[slot].tp == counts[slot].predicted == counts[slot].gold for slot in SLOTS)


def pair_items(predicted: Sequence[ItemFacts], gold: Sequence[ItemFacts]) -> Pairs:
    """Items of two events one to one, by text, category, quantity and value; order does not matter."""
    rows = sorted(range(len(predicted)), key=lambda i: repr(predicted[i]))
    columns = sorted(range(len(gold)), key=lambda j: repr(gold[j]))
    weights = np.array([[_likeness(predicted[i], gold[j]) for j in columns] for i in rows])
    pairs = best_pairs(weights.reshape(len(rows), len(columns)))
    return tuple(sorted((rows[i], columns[j]) for i, j in pairs if weights[i][j] >= _ENOUGH))


def pair_parties(predicted: Sequence[tuple[str, ...]], gold: Sequence[tuple[str, ...]]) -> Pairs:
    """Parties of two events one to one, as many as can be matched."""
    return tuple(pair_one_to_one(predicted, gold, lambda party, forms: same_party(party[0], forms)))


def best_pairs(weights: np.ndarray) -> list[tuple[int, int]]:
    """One-to-one assignment of rows to columns with the largest sum of weights."""
    rows, columns = linear_sum_assignment(weights, maximize=True)
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True)]


def pair_one_to_one(
    predicted: Sequence[P], gold: Sequence[G], likeness: Callable[[P, G], float]
) -> list[tuple[int, int]]:
    """Indices of pairs with a likeness above zero, one to one, of the largest sum."""
    weights = np.array([[float(likeness(p, g)) for g in gold] for p in predicted])
    weights = weights.reshape(len(predicted), len(gold))
    return [(i, j) for i, j in best_pairs(weights) if weights[i, j] > 0]


def match_one_to_one(predicted: Sequence[P], gold: Sequence[G], same: Callable[[P, G], bool]) -> Count:
    """How many of two lists can be matched one to one."""
    return Count(len(pair_one_to_one(predicted, gold, same)), len(predicted), len(gold))


def values(event: EventFacts) -> list[Decimal]:
    """Every sum of money an event states, on its items and on itself, in yuan."""
    stated = (*(item.value for item in event.items), event.value)
    return sorted(value for value in stated if value is not None)


def _parties(predicted: Sequence[tuple[str, ...]], gold: Sequence[tuple[str, ...]]) -> Count:
    return Count(len(pair_parties(predicted, gold)), len(predicted), len(gold))


def _likeness(predicted: ItemFacts, gold: ItemFacts) -> int:
    return (
        _TEXT * _same_text(predicted, gold)
        + _CATEGORY * (predicted.category == gold.category)
        + _FIGURE * same_figure(predicted.quantity, gold.quantity)
        + _FIGURE * same_figure(predicted.value, gold.value)
    )


def _same_text(predicted: ItemFacts, gold: ItemFacts) -> bool:
    return same_goods(predicted.texts[0], gold.texts)


def _same_item(predicted: ItemFacts, gold: ItemFacts) -> bool:
    """Money is money, whatever the text calls it."""
    return _same_text(predicted, gold) or predicted.category == gold.category == "money"


def _date(predicted: EventFacts, gold: EventFacts) -> Count:
    same = (predicted.first, predicted.last) == (gold.first, gold.last)
    return Count(
        int(predicted.first is not None and same),
        int(predicted.first is not None),
        int(gold.first is not None),
    )


def _place(code: str | None, accepted: tuple[str | None, ...]) -> Count:
    """A null among the accepted codes means: finding it is right, leaving it is fine."""
    hit = code is not None and code in accepted
    return Count(int(hit), int(code is not None), int(hit or None not in accepted))


def _choice(predicted: str | None, gold: str | None) -> Count:
    both = predicted is not None and gold is not None
    return Count(int(both and predicted == gold), int(predicted is not None), int(gold is not None))


def _stated(values: Iterable[object]) -> int:
    return sum(value is not None for value in values)
