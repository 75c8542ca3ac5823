"""Strict F1 by slice and the gate against a worse model."""

import pytest

from pipeline.training.entities.samples import Sample
from pipeline.training.entities.scoring import falls, score

_TEXT = "甲县图书馆向乙村赠书"
_GOLD = ((0, 5, "ORG"), (6, 8, "LOC"))
_SAMPLES = [Sample(_TEXT, _GOLD, (f"writer:{n % 2}",)) for n in range(40)]


def test_slices():
    found = [_GOLD if n % 2 else ((0, 5, "LOC"),) for n in range(40)]
    scores = score(_SAMPLES, found, known={"乙村"}).f1()
    assert scores["all"] == pytest.approx(2 * 40 / (60 + 80))
    assert scores["ORG"] == pytest.approx(2 * 20 / (20 + 40))
    assert scores["writer:0"] == 0
    assert scores["writer:1"] == 1
    assert scores["unseen"] == pytest.approx(2 * 20 / (40 + 40))


def test_a_label_without_gold_has_no_score():
    assert score([Sample("赠书", ())], [()]).f1() == {"all": None}


@pytest.mark.parametrize(
    ("spoilt", "expected"),
    [(0, set()), (1, set()), (30, {"all", "LOC", "ORG+LOC", "writer:0", "writer:1"})],
)
def test_falls_when_one_label_gets_worse(spoilt, expected):
    perfect = score(_SAMPLES, [_GOLD] * 40)
    worse = score(_SAMPLES, [_GOLD[:1] if n < spoilt else _GOLD for n in range(40)])
    assert set(falls(perfect, worse, 0.02, 200, 0, 0.95)) == expected
    assert falls(worse, perfect, 0.02, 200, 0, 0.95) == {}
