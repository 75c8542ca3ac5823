"""What is wrong with a predicted event, value by value, and of which kind.

| kind | a value of the slot |
|---|---|
| `missed`, `spurious` | is absent, or is stated where the gold states none |
| `wrong role` | is a party of the act in another role |
| `coreference` | is a stand-in (该村, 县图书馆) where the gold names the party |
| `boundary` | holds or stands in the right words |
| `normalisation` | was read from the right words and came out wrong |
| `wrong value` | is another one |
| `scope/status` | is the wrong one of two |
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest
from typing import TypeVar

from pipeline.evaluation.facts import EventFacts, ItemFacts
from pipeline.evaluation.names import is_stand_in, normalise, same_figure, same_goods, same_party
from pipeline.evaluation.slots import pair_items, pair_one_to_one, pair_parties

_PARTY_SLOTS = {"donor": "donors", "recipient": "recipients"}
_ROLES = ("donors", "recipients", "intermediaries")
Party = tuple[str, ...]
_Valued = tuple[Decimal, str | None]
P = TypeVar("P")
G = TypeVar("G")


@dataclass(frozen=True, slots=True)
class Difference:
    """One wrong value: the slot, and both sides as text (None where a side has none)."""

    kind: str
    slot: str
    predicted: str | None
    gold: str | None


def differences(predicted: EventFacts, gold: EventFacts) -> tuple[Difference, ...]:
    """Everything wrong with a predicted event that was paired with a gold one.

    Example:
        >>> one = EventFacts(donors=(("县图书馆",),), scope="single")
        >>> other = EventFacts(donors=(("青溪县图书馆",),), scope="single")
        >>> differences(one, other)
        (Difference(kind='coreference', slot='donor', predicted='县图书馆', gold='青溪县图书馆'),)
    """
    return (
        *_parties(predicted, gold, "donor"),
        *_parties(predicted, gold, "recipient"),
        *_items(predicted.items, gold.items),
        *_values(_valued(predicted), _valued(gold)),
        *_dates(predicted, gold),
        *_places(predicted, gold),
        *_choices(predicted, gold),
    )


def _parties(predicted: EventFacts, gold: EventFacts, slot: str) -> Iterator[Difference]:
    made: Sequence[Party] = getattr(predicted, _PARTY_SLOTS[slot])
    wanted: Sequence[Party] = getattr(gold, _PARTY_SLOTS[slot])
    wrong, absent = _left(made, wanted, pair_parties(made, wanted))
    others = [p for role in _ROLES if role != _PARTY_SLOTS[slot] for p in getattr(gold, role)]
    for name, party in _zip_likely(wrong, absent, _party_likeness):
        if name is None or party is None:
            kind = "missed" if name is None else "spurious"
        else:
            kind = _party_kind(name[0], party)
        if name is not None and any(same_party(name[0], other) for other in others):
            kind = "wrong role"
        yield Difference(kind, slot, name[0] if name else None, party[0] if party else None)


def _party_kind(name: str, party: Party) -> str:
    if is_stand_in(name):
        return "coreference"
    return "boundary" if same_goods(name, party) else "wrong value"


def _party_likeness(name: Party, party: Party) -> float:
    return 1.0 + same_goods(name[0], party)


def _items(predicted: Sequence[ItemFacts], gold: Sequence[ItemFacts]) -> Iterator[Difference]:
    pairs = pair_items(predicted, gold)
    for i, j in pairs:
        yield from _item(predicted[i], gold[j])
    wrong, absent = _left(predicted, gold, pairs)
    for item in wrong:
        yield from _lone_item("spurious", item)
    for item in absent:
        yield from _lone_item("missed", item)


def _lone_item(kind: str, item: ItemFacts) -> Iterator[Difference]:
    """An item without a partner: its text and its count are both wrong."""
    for slot, value in (("item", item.texts[0]), ("quantity", item.quantity)):
        if value is not None:
            side = (show(value), None) if kind == "spurious" else (None, show(value))
            yield Difference(kind, slot, *side)


def _item(predicted: ItemFacts, gold: ItemFacts) -> Iterator[Difference]:
    text = predicted.texts[0]
    if not same_goods(text, gold.texts) and not predicted.category == gold.category == "money":
        overlap = set(normalise(text)) & set(normalise(gold.texts[0]))
        yield Difference("boundary" if overlap else "wrong value", "item", text, gold.texts[0])
    if predicted.category != gold.category:
        yield Difference("wrong value", "category", predicted.category, gold.category)
    if predicted.quantity != gold.quantity and not same_figure(predicted.quantity, gold.quantity):
        same = _same_words(predicted.figure, gold.figure)
        yield _value("quantity", predicted.quantity, gold.quantity, same)
    if predicted.unit != gold.unit:
        yield _value("unit", predicted.unit, gold.unit, False)


def _valued(event: EventFacts) -> list[_Valued]:
    items = [(item.value, item.value_text) for item in event.items if item.value is not None]
    return items + ([(event.value, None)] if event.value is not None else [])


def _values(predicted: list[_Valued], gold: list[_Valued]) -> Iterator[Difference]:
    pairs = pair_one_to_one(predicted, gold, lambda p, g: same_figure(p[0], g[0]))
    wrong, absent = _left(predicted, gold, pairs)
    for made, wanted in _zip_likely(wrong, absent, lambda p, g: 1.0 + _same_words(p[1], g[1])):
        same = bool(made and wanted and _same_words(made[1], wanted[1]))
        yield _value("value", made[0] if made else None, wanted[0] if wanted else None, same)


def _dates(predicted: EventFacts, gold: EventFacts) -> Iterator[Difference]:
    if (predicted.first, predicted.last) != (gold.first, gold.last):
        same = _same_words(predicted.date_text, gold.date_text)
        yield _value("date", _days(predicted), _days(gold), same)


def _places(predicted: EventFacts, gold: EventFacts) -> Iterator[Difference]:
    code = predicted.places[0]
    if code not in gold.places:
        same = _same_words(predicted.place_text, gold.place_text)
        yield _value("place", code, gold.places[0], same)


def _choices(predicted: EventFacts, gold: EventFacts) -> Iterator[Difference]:
    for slot in ("scope", "status"):
        made, wanted = getattr(predicted, slot), getattr(gold, slot)
        if made != wanted:
            yield Difference("scope/status", slot, made, wanted)


def _value(slot: str, predicted: object, gold: object, same_words: bool) -> Difference:
    if same_words:
        kind = "normalisation"
    elif predicted is None or gold is None:
        kind = "missed" if predicted is None else "spurious"
    else:
        kind = "wrong value"
    return Difference(kind, slot, show(predicted), show(gold))


def show(value: object) -> str | None:
    """A value as text, decimals without trailing zeros.

    Example:
        >>> show(Decimal("1200.0000")), show(None)
        ('1200', None)
    """
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return None if value is None else str(value)


def _days(event: EventFacts) -> str | None:
    return f"{event.first}/{event.last}" if event.first else None


def _same_words(predicted: str | None, gold: str | None) -> bool:
    return bool(predicted and gold) and same_goods(predicted or "", [gold or ""])


def _left(
    predicted: Sequence[P], gold: Sequence[G], pairs: Sequence[tuple[int, int]]
) -> tuple[list[P], list[G]]:
    taken, found = {i for i, _ in pairs}, {j for _, j in pairs}
    return (
        [value for i, value in enumerate(predicted) if i not in taken],
        [value for j, value in enumerate(gold) if j not in found],
    )


def _zip_likely(
    wrong: list[P], absent: list[G], likeness: Callable[[P, G], float]
) -> Iterator[tuple[P | None, G | None]]:
    """Pairs of what is wrong and what is absent, the likeliest replacements together, then the rest."""
    pairs = pair_one_to_one(wrong, absent, likeness)
    yield from ((wrong[i], absent[j]) for i, j in pairs)
    rest = _left(wrong, absent, pairs)
    yield from zip_longest(*rest)
