"""A fault put into the scorer or the readers is told by one clear test, and by no other of these.

Each test here is about one thing and touches nothing that another is about, so that the one that fails names
the fault. The rest of the suite notices these faults, too, in many places; here it is seen which one it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
import pytest
from evaluation_builders import build_event

from pipeline.evaluation import alignment, links, mentions
from pipeline.evaluation.facts import Case, Count, Prediction
from pipeline.evaluation.slots import count_slots, match_one_to_one
from pipeline.numerals import _value, parse_numeral
from pipeline.schema import Evidence, Mention

TEXT = "青溪县图书馆石桥村"
DAY, OTHER_DAY = (["9月1日", day, day] for day in ("2021-09-01", "2021-09-02"))
HERE, THERE = ["石桥村", "520000"], ["北河村", "510000"]
BOOKS = {"items": [{"text": "图书", "category": "book", "quantity": 6}]}


def _counts(predicted, gold):
    return alignment.count_events(predicted, gold, alignment.align(predicted, gold))


def swapped_sides_are_wrong_on_both():
    gold = build_event(donors=["青溪县图书馆"], recipients=["石桥村"], date=DAY)
    swapped = replace(gold, donors=gold.recipients, recipients=gold.donors)
    sides = ("slot.donor", "slot.recipient")
    assert [_counts((gold,), (gold,))[side].tp for side in sides] == [1, 1]
    assert [_counts((swapped,), (gold,))[side].tp for side in sides] == [0, 0]


def the_best_assignment_is_taken():
    """The first of the run agrees best with the first of the gold, but only it agrees with the second."""
    run = build_event(date=DAY, place=HERE, value=500, **BOOKS), build_event(place=HERE, value=500)
    gold = (
        build_event(date=DAY, place=HERE, value=500),
        build_event(date=OTHER_DAY, place=THERE, **BOOKS),
    )
    assert _counts(run, gold)["slots"].tp == 2 + 2


def every_formal_digit_is_read():
    read = [parse_numeral(f"{digit}佰") for digit in "壹贰叁肆伍陆柒捌玖"]
    assert [one and one.value for one in read] == [100 * digit for digit in range(1, 10)]


def adjacent_names_have_nothing_in_common():
    library, village = (Mention("r-1", *at, TEXT[slice(*at)], "ORG") for at in ((0, 6), (6, 9)))
    case = Case("r-1", (), text=TEXT, mentions=(library,), labels=("ORG",))
    found = mentions.count_mentions(case, Prediction("r-1", TEXT, mentions=(village,)))
    assert found["mention.relaxed.ORG"] == Count(0, 1, 1)


def a_link_never_proposed_is_a_miss():
    told = Evidence("donor", 0, 6), Evidence("recipient", 6, 9)
    gold = build_event(date=DAY, evidence=told)
    case, run = (
        Case("r-1", (gold,), text=TEXT),
        Prediction("r-1", TEXT, events=(replace(gold, evidence=told[:1]),)),
    )
    same = alignment.Alignment((alignment.Pair(0, 0, {}),), (), ())
    assert links.count_links(case, run, same)["link.all"] == Count(1, 1, 2)


def an_event_too_many_lowers_precision():
    right, stranger = build_event(date=DAY), build_event(date=OTHER_DAY)
    alone, both = _counts((right,), (right,)), _counts((right, stranger), (right,))
    assert [(one["events"].precision, one["slots"].precision) for one in (alone, both)] == [
        (1, 1),
        (0.5, 0.5),
    ]


CLEAR = (
    swapped_sides_are_wrong_on_both,
    the_best_assignment_is_taken,
    every_formal_digit_is_read,
    adjacent_names_have_nothing_in_common,
    a_link_never_proposed_is_a_miss,
    an_event_too_many_lowers_precision,
)


def _swap(patch):
    def swapped(predicted, gold):
        sides = {"donors": predicted.recipients, "recipients": predicted.donors}
        return count_slots(replace(predicted, **sides), gold)

    patch.setattr(alignment, "count_slots", swapped)


def _be_greedy(patch):
    def greedy(weights):
        pairs, left = [], weights.copy()
        for _ in range(min(weights.shape)):
            row, column = (int(at) for at in np.unravel_index(np.argmax(left), left.shape))
            pairs.append((row, column))
            left[row, :], left[:, column] = -1, -1
        return pairs

    patch.setattr(alignment, "best_pairs", greedy)


def _drop_three(patch):
    kept = {char: plain for char, plain in _value._CANONICAL.items() if char != ord("叁")}
    patch.setattr(_value, "_CANONICAL", kept)


def _let_touching_spans_match(patch):
    patch.setattr(mentions, "overlap", lambda one, other: one[0] <= other[1] and other[0] <= one[1])


def _forget_what_was_not_proposed(patch):
    def proposed_only(*lists):
        count = match_one_to_one(*lists)
        return replace(count, gold=count.tp)

    patch.setattr(links, "match_one_to_one", proposed_only)


def _forget_spurious_events(patch):
    align = alignment.align
    patch.setattr(alignment, "align", lambda *events: replace(align(*events), spurious=()))


FAULTS: Mapping[Callable, Callable] = {
    _swap: swapped_sides_are_wrong_on_both,
    _be_greedy: the_best_assignment_is_taken,
    _drop_three: every_formal_digit_is_read,
    _let_touching_spans_match: adjacent_names_have_nothing_in_common,
    _forget_what_was_not_proposed: a_link_never_proposed_is_a_miss,
    _forget_spurious_events: an_event_too_many_lowers_precision,
}


def _fails(check):
    try:
        check()
    except AssertionError:
        return True
    return False


@pytest.mark.parametrize("check", CLEAR, ids=lambda check: check.__name__)
def test_it_holds(check):
    check()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__.strip("_"))
def test_a_fault_breaks_its_own_test_and_no_other(fault, monkeypatch):
    with monkeypatch.context() as patch:
        fault(patch)
        broken = [check for check in CLEAR if _fails(check)]
    assert broken == [FAULTS[fault]]


def test_every_clear_test_has_its_fault():
    assert set(FAULTS.values()) == set(CLEAR)
