"""The scorer proved: oracle, invariances, and one test for each way to get it wrong."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from itertools import permutations

from evaluation_builders import build_event
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.evaluation.alignment import align, count_events, sum_over
from pipeline.evaluation.facts import EventFacts, add_counts
from pipeline.evaluation.slots import SLOTS, count_slots
from pipeline.evaluation.values import count_values

NAMES = ("海阳集团", "青溪县图书馆", "石桥村", "北河乡中心小学")
GOODS = (("图书", "book"), ("书架", "furniture"), ("电脑", "computer"))


def _events(optional: bool = True):
    party = st.lists(st.sampled_from(NAMES), max_size=2, unique=True)
    item = st.builds(
        lambda goods, quantity: {"text": goods[0], "category": goods[1], "quantity": quantity},
        st.sampled_from(GOODS),
        st.sampled_from([None, 6, 300]),
    )
    return st.builds(
        build_event,
        donors=party,
        recipients=party,
        items=st.lists(item, max_size=2),
        date=st.sampled_from(
            [[], ["9月1日", "2021-09-01", "2021-09-01"], ["9月2日", "2021-09-02", "2021-09-02"]]
        ),
        status=st.sampled_from(["completed", "planned"]),
        optional=st.booleans() if optional else st.just(False),
    )


lists = st.lists(_events(), max_size=4).map(tuple)


def _counts(predicted: tuple[EventFacts, ...], gold: tuple[EventFacts, ...]):
    return count_events(predicted, gold, align(predicted, gold))


def _right(predicted: EventFacts, gold: EventFacts) -> int:
    counts = count_slots(predicted, gold)
    return sum(counts[slot].tp for slot in SLOTS)


def _most_right(predicted: tuple[EventFacts, ...], gold: tuple[EventFacts, ...]) -> int:
    """The oracle: the best of all one-to-one assignments, tried one by one."""
    short, long = sorted((predicted, gold), key=len)
    flipped = len(predicted) > len(gold)
    return max(
        sum(_right(q, p) if flipped else _right(p, q) for p, q in zip(short, chosen, strict=True))
        for chosen in permutations(long, len(short))
    )


def _trap():
    """The first pair shares 3 values, but takes the only partner of the second event: 2 + 2 is more."""
    plain = {"place": [], "date": ["9月1日", "2021-09-01", "2021-09-01"]}
    book = {"items": [{"text": "图书", "category": "book", "quantity": 6}]}
    first = build_event(donors=["海阳集团"], **plain, **book)
    second = build_event(donors=["海阳集团"], recipients=["石桥村"])
    return (first, second), (
        build_event(donors=["海阳集团"], recipients=["石桥村"], **plain),
        build_event(donors=["北河乡中心小学"], **plain, **book),
    )


@settings(max_examples=150, deadline=None)
@example(*_trap())
@given(predicted=lists, gold=lists)
def test_the_assignment_is_the_best_of_all(predicted, gold):
    pairs = align(predicted, gold).pairs
    assert sum(_right(predicted[pair.predicted], gold[pair.gold]) for pair in pairs) == _most_right(
        predicted, gold
    )


@settings(max_examples=60, deadline=None)
@given(gold=lists)
def test_the_gold_scored_against_itself_is_perfect(gold):
    gold = tuple(event for event in gold if _right(event, event))
    counts = _counts(tuple(event for event in gold if not event.optional), gold)
    assert all(count.tp == count.predicted == count.gold for count in counts.values())


@settings(max_examples=100, deadline=None)
@given(predicted=lists, gold=lists, seed=st.integers(0, 99))
def test_order_changes_nothing(predicted, gold, seed):
    shuffle = random.Random(seed)

    def shuffled(events):
        return tuple(
            replace(
                event,
                donors=tuple(shuffle.sample(event.donors, len(event.donors))),
                items=tuple(shuffle.sample(event.items, len(event.items))),
            )
            for event in shuffle.sample(events, len(events))
        )

    plain = [
        replace(e, donors=tuple(sorted(e.donors)), items=tuple(sorted(e.items, key=repr))) for e in predicted
    ]
    assert _counts(shuffled(predicted), shuffled(gold)) == _counts(tuple(plain), gold)


@settings(max_examples=60, deadline=None)
@given(one=st.tuples(lists, lists), other=st.tuples(lists, lists))
def test_two_reports_told_as_one_score_the_same(one, other):
    """As long as they have nothing in common, or a pair across them would be a right one."""
    far = tuple(tuple(_strange(event) for event in events) for events in other)
    merged = _counts(one[0] + far[0], one[1] + far[1])
    assert merged == add_counts([_counts(*one), _counts(*far)])


def _strange(event: EventFacts) -> EventFacts:
    """The same event with parties, goods, figures and days that no other event has."""
    far = event.first and date(1999, 1, 1)
    return replace(
        event,
        first=far,
        last=far,
        donors=tuple((f"远方{names[0]}甲",) for names in event.donors),
        recipients=tuple((f"远方{names[0]}甲",) for names in event.recipients),
        items=tuple(
            replace(
                item,
                texts=(item.texts[0][::-1] + "远",),
                category=f"far {item.category}",
                quantity=item.quantity and item.quantity * 10_000,
            )
            for item in event.items
        ),
    )


@settings(max_examples=100, deadline=None)
@given(predicted=lists, gold=lists, extra=_events(optional=False))
def test_a_spurious_event_never_raises_precision(predicted, gold, extra):
    before, after = _counts(predicted, gold), _counts((*predicted, _strange(extra)), gold)
    for name in ("events", "exact", "slots", *(f"slot.{slot}" for slot in SLOTS)):
        assert (after[name].precision or 0) <= (before[name].precision or 0)


def test_swapped_sides_are_wrong_on_both(gift):
    swapped = gift(donors=["石桥村"], recipients=["青溪县图书馆"])
    counts = _counts((swapped,), (gift(),))
    assert [counts[f"slot.{slot}"].tp for slot in ("donor", "recipient", "item")] == [0, 0, 1]


def test_an_event_never_proposed_is_a_miss(gift, event):
    other = event(
        donors=["海阳集团"], recipients=["北河乡中心小学"], items=[{"text": "校服", "category": "clothing"}]
    )
    counts = _counts((gift(),), (gift(), other))
    assert counts["events"].recall == 0.5
    assert counts["slots"].recall == 7 / 10
    assert counts["slots"].precision == 1.0


def test_optional_events_count_neither_way(gift, event):
    optional = event(donors=["海阳集团"], items=[{"text": "校服", "category": "clothing"}], optional=True)
    gold = (gift(), optional)
    alone = _counts((gift(),), (gift(),))
    assert _counts((gift(),), gold) == alone
    assert _counts((gift(), replace(optional, optional=False)), gold) == alone


def test_events_that_share_no_value_are_not_paired(event):
    """Being single and completed is nothing in common."""
    one, other = event(donors=["海阳集团"]), event(donors=["青溪县图书馆"])
    assert align((one,), (other,)).pairs == ()
    assert _counts((one,), (other,))["slot.donor"].predicted == 1


def test_figures_are_undefined_without_anything_to_count():
    counts = _counts((), ())
    assert counts["slots"].f1 is None
    assert counts["events"].precision is None


def test_events_alike_in_every_slot_are_paired_by_their_contents(gift):
    """Which of two like events is which decides what stands behind the slots, here the qualifier."""
    item = {"text": "图书", "category": "book", "quantity": 6}
    over, exact = (gift(items=[{**item, "qualifier": qualifier}]) for qualifier in ("over", "exact"))
    for predicted in ((over, exact), (exact, over)):
        for gold in ((over, exact), (exact, over)):
            counts = sum_over(count_values, predicted, gold, align(predicted, gold))
            assert counts["value.qualifiers"].tp == 2
