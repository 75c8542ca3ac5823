from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluation.facts import Case, Prediction
from pipeline.evaluation.mentions import count_mentions, mention_mistakes
from pipeline.schema import LABELS, Mention

TEXT = "青溪县图书馆向柳河镇石桥村赠书，陈秋禾说好。"


def mention(start, end, label="ORG", value=None, rule="gold"):
    return Mention("r-1", start, end, TEXT[start:end], label, value, rule)


def case(*mentions):
    return Case(
        "r-1",
        (),
        text=TEXT,
        mentions=mentions,
        labels=LABELS,
        surfaces=frozenset((m.label, m.surface) for m in mentions),
        days=frozenset((m.surface, m.value) for m in mentions if m.label == "DATE"),
    )


def counts(gold, predicted):
    return count_mentions(case(*gold), Prediction("r-1", TEXT, mentions=tuple(predicted)))


def kinds(gold, predicted):
    found = mention_mistakes(case(*gold), Prediction("r-1", TEXT, mentions=tuple(predicted)))
    return sorted((m.kind, m.slot, m.rule) for m in found)


@pytest.mark.parametrize(
    ("span", "strict", "relaxed"),
    [((0, 6), 1, 1), ((0, 5), 0, 1), ((3, 9), 0, 1), ((6, 9), 0, 0), ((7, 10), 0, 0)],
)
def test_strict_and_relaxed(span, strict, relaxed):
    """Spans that merely touch have nothing in common."""
    found = counts([mention(0, 6)], [mention(*span)])
    assert (found["mention.strict.ORG"].tp, found["mention.relaxed.ORG"].tp) == (strict, relaxed)


def test_another_label_is_another_mention():
    found = counts([mention(0, 6)], [mention(0, 6, "LOC")])
    assert found["mention.relaxed.all"].tp == 0
    assert (found["mention.strict.ORG"].gold, found["mention.strict.LOC"].predicted) == (1, 1)
    assert found["mention.strict.ORG+LOC"].gold == 1


def test_two_parts_of_one_mention_match_once():
    found = counts([mention(0, 6)], [mention(0, 3), mention(3, 6)])
    assert (found["mention.relaxed.ORG"].tp, found["mention.relaxed.ORG"].predicted) == (1, 2)


def test_a_pairing_in_reading_order_would_lose_a_mention():
    """The first span must take the second gold mention, for the other predicted one fits only the first."""
    found = counts([mention(0, 3), mention(4, 9)], [mention(2, 6), mention(0, 1)])
    assert found["mention.relaxed.ORG"].tp == 2


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(1, 6)), max_size=5), st.integers(0, 9))
def test_order_changes_nothing(spans, seed):
    predicted = [mention(start, start + length) for start, length in spans]
    gold = [mention(0, 6), mention(7, 13), mention(16, 19, "PER")]
    shuffled = random.Random(seed).sample(predicted, len(predicted))
    assert counts(gold, predicted) == counts(gold[::-1], shuffled)


def test_surfaces_count_once_and_only_for_the_labels_of_the_gold():
    gold = Case("r-1", (), labels=("ORG",), surfaces=frozenset({("ORG", "青溪县图书馆")}))
    twice = (mention(0, 6), mention(0, 6), mention(16, 19, "PER"))
    found = count_mentions(gold, Prediction("r-1", TEXT, mentions=twice))
    assert (found["mention.surface.all"].tp, found["mention.surface.all"].predicted) == (1, 1)
    assert not any(name.startswith("mention.strict") for name in found)


def test_days_of_date_mentions():
    gold = [mention(0, 2, "DATE", "2021-09-01/2021-09-01"), mention(3, 5, "DATE")]
    for value, right in (("2021-09-01/2021-09-01", 1), ("2020-09-01/2020-09-01", 0), (None, 0)):
        assert counts(gold, [mention(0, 2, "DATE", value)])["value.date_mentions"].tp == right


def test_kinds_of_wrong_mentions():
    gold = [mention(0, 6), mention(7, 13, "LOC"), mention(16, 19, "PER")]
    predicted = [
        mention(0, 5, rule="model"),
        mention(7, 13, "ORG", rule="model"),
        mention(14, 15, rule="list"),
    ]
    assert kinds(gold, predicted) == [
        ("boundary", "ORG", "model"),
        ("missed", "PER", ""),
        ("spurious", "ORG", "list"),
        ("wrong label", "ORG", "model"),
    ]
    assert kinds(gold, gold) == []
