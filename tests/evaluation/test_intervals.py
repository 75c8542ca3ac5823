from __future__ import annotations

import pytest
from pydantic import ValidationError

from pipeline.evaluation.facts import Count
from pipeline.evaluation.intervals import EvaluationParams, f1_interval, paired_test

FAST = EvaluationParams(samples=400)
MIXED = [{"slots": Count(tp, 5, 5)} for tp in (5, 4, 2, 5, 1, 3, 5, 4)]


def test_an_interval_holds_its_figure_and_grows_with_the_level():
    low, high = f1_interval(MIXED, "slots", FAST)
    assert low < 29 / 40 < high
    wider = f1_interval(MIXED, "slots", EvaluationParams(samples=400, level=0.99))
    assert wider[0] < low and high < wider[1]


def test_the_seed_decides_the_draws():
    assert f1_interval(MIXED, "slots", FAST) == f1_interval(MIXED, "slots", FAST)
    assert f1_interval(MIXED, "slots", FAST) != f1_interval(
        MIXED, "slots", EvaluationParams(samples=400, seed=1)
    )


def test_documents_are_drawn_not_events():
    """One long document among short ones moves the whole figure with it."""
    apart = [{"slots": Count(100, 100, 100)}, {"slots": Count(0, 100, 100)}]
    assert f1_interval(apart, "slots", FAST) == (0.0, 1.0)


def test_undefined_stays_undefined():
    assert f1_interval([{"slots": Count()}], "slots", FAST) is None
    assert f1_interval([], "slots", FAST) is None
    assert paired_test([{}], [{}], "slots", FAST)["p"] is None


def test_the_same_run_twice_differs_by_chance_alone():
    test = paired_test(MIXED, MIXED, "slots", FAST)
    assert (test["difference"], test["low"], test["high"], test["p"]) == (0.0, 0.0, 0.0, 1.0)


def test_a_run_better_on_every_document_is_told_from_chance():
    better = [{"slots": Count(5, 5, 5)}] * 8
    worse = [{"slots": Count(3, 5, 5)}] * 8
    test = paired_test(worse, better, "slots", FAST)
    assert test["difference"] == pytest.approx(0.4)
    assert test["low"] > 0
    assert test["p"] < 0.02
    assert paired_test(worse[:2], better[:2], "slots", FAST)["p"] > 0.3


def test_the_other_way_round_is_the_same_test():
    other = [{"slots": Count(4, 5, 5)}] * 8
    one, two = paired_test(MIXED, other, "slots", FAST), paired_test(other, MIXED, "slots", FAST)
    assert one["difference"] == -two["difference"]
    assert one["p"] == two["p"]


@pytest.mark.parametrize("wrong", [{"samples": 1}, {"level": 1.0}, {"draws": 5}])
def test_parameters_are_checked(wrong):
    with pytest.raises(ValidationError):
        EvaluationParams(**wrong)
