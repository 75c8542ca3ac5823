"""Stricter than the slots: values exact to the day, code, fen and piece, and whole items.

A figure counts when it equals the gold's; a name or a goods phrase when it is one of the accepted forms,
with no fuller or shorter one let through.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType

from pipeline.evaluation.facts import Count, Counts, EventFacts, ItemFacts
from pipeline.evaluation.names import normalise
from pipeline.evaluation.slots import count_slots, match_one_to_one, pair_items, values

_ROLES = ("donors", "recipients", "intermediaries")
_ItemPairs = list[tuple[ItemFacts, ItemFacts]]


def _range(item: ItemFacts) -> tuple[Decimal | None, Decimal | None] | None:
    return None if item.low is None and item.high is None else (item.low, item.high)


_FIELDS: Mapping[str, Callable[[ItemFacts], object]] = MappingProxyType(
    {
        "counts": lambda item: item.quantity,
        "ranges": _range,
        "qualifiers": lambda item: item.qualifier,
        "categories": lambda item: item.category,
    }
)


def count_values(predicted: EventFacts, gold: EventFacts) -> Counts:
    """Exact counts for one pair of events: values by kind, names, and items with everything right.

    Example:
        >>> shorter, fuller = (EventFacts(donors=((name,),)) for name in ("石桥村", "柳河镇石桥村"))
        >>> count_values(shorter, fuller)["value.names"]
        Count(tp=0, predicted=1, gold=1)
    """
    slots = count_slots(predicted, gold)
    pairs = [(predicted.items[i], gold.items[j]) for i, j in pair_items(predicted.items, gold.items)]
    return {
        "value.days": slots["date"],
        "value.codes": slots["place"],
        "value.yuan": match_one_to_one(values(predicted), values(gold), lambda p, g: p == g),
        **{f"value.{name}": _field(field, pairs, predicted, gold) for name, field in _FIELDS.items()},
        "value.names": sum((_names(predicted, gold, role) for role in _ROLES), Count()),
        "items": Count(sum(_whole(*pair) for pair in pairs), len(predicted.items), len(gold.items)),
    }


def is_strictly_exact(predicted: EventFacts, gold: EventFacts) -> bool:
    """Whether every value is exactly right: names, items, days, code, sums, scope and status."""
    counts = {**count_slots(predicted, gold), **count_values(predicted, gold)}
    return all(count.tp == count.predicted == count.gold for count in counts.values())


def _field(
    field: Callable[[ItemFacts], object], pairs: _ItemPairs, predicted: EventFacts, gold: EventFacts
) -> Count:
    return Count(
        sum(field(p) is not None and field(p) == field(g) for p, g in pairs),
        sum(field(item) is not None for item in predicted.items),
        sum(field(item) is not None for item in gold.items),
    )


def _names(predicted: EventFacts, gold: EventFacts, role: str) -> Count:
    return match_one_to_one(getattr(predicted, role), getattr(gold, role), _same_name)


def _same_name(predicted: tuple[str, ...], gold: tuple[str, ...]) -> bool:
    return normalise(predicted[0]) in {normalise(form) for form in gold}


def _whole(predicted: ItemFacts, gold: ItemFacts) -> bool:
    named = _same_name(predicted.texts, gold.texts) or predicted.category == gold.category == "money"
    return named and _facts(predicted) == _facts(gold)


def _facts(item: ItemFacts) -> tuple[object, ...]:
    figures = (item.quantity, *(_range(item) or ()), item.value)
    return (item.category, item.unit, item.qualifier, item.per, item.derived, figures)
