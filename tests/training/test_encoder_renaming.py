"""Samples with other names keep their questions where they belong."""

import random

import pytest
from house import ROOT

from pipeline.corpus.gold import read_gold_file
from pipeline.dates import DateReader
from pipeline.quantities import QuantityFinder
from pipeline.segment import Segmenter, SegmentParams
from pipeline.training.encoder.renaming import Moved, renamed
from pipeline.training.encoder.samples import gold_sample
from pipeline.training.entities.augment import Augmenter
from pipeline.training.entities.names import name_source
from pipeline.training.linker_run import gold_scene

_STEPS = Segmenter(SegmentParams()), QuantityFinder(), DateReader()


@pytest.fixture(scope="module", params=["w17-005", "w1-001", "w41-003"])
def before(request):
    gold = read_gold_file(ROOT / f"corpus/gold/{request.param}.yaml")
    return gold_sample(gold_scene(gold, _STEPS), gold, 3)


@pytest.fixture(scope="module")
def after(before):
    return renamed(before, Augmenter(name_source(), 1.0, 0.0, 0.0), random.Random(3))


def _spans(sample):
    yield from ((mark.start, mark.end) for mark in sample.marks)
    for question, _ in sample.asked:
        yield from (span for span in (question.about, question.other) if span)


def test_names_are_others_and_their_kinds_stay(before, after):
    assert after.text != before.text
    assert [label for *_, label in after.names] == [label for *_, label in before.names]


def test_what_holds_no_name_keeps_its_surface(before, after):
    inside = {place for start, end, _ in before.names for place in range(start, end)}
    pairs = list(zip(_spans(before), _spans(after), strict=True))
    plain = [(old, new) for old, new in pairs if inside.isdisjoint(range(*old))]
    assert plain
    for old, new in plain:
        assert after.text[slice(*new)] == before.text[slice(*old)]


def test_a_name_that_is_asked_about_is_its_new_name(before, after):
    moved = {old[:2]: new[:2] for old, new in zip(before.names, after.names, strict=True)}
    pairs = [(old, new) for old, new in zip(_spans(before), _spans(after), strict=True) if old in moved]
    assert pairs
    assert all(moved[old] == new for old, new in pairs)


def test_answers_and_groups_stay(before, after):
    assert [(question.decision, question.group, label) for question, label in after.asked] == [
        (question.decision, question.group, label) for question, label in before.asked
    ]


def test_sentences_begin_after_the_same_sign(before, after):
    for old, new in zip(before.sentences, after.sentences, strict=True):
        assert after.text[max(0, new - 1) : new] == before.text[max(0, old - 1) : old]


def test_places_before_the_first_name_stay():
    assert Moved([(4, 6)], [(4, 9)])((0, 4)) == (0, 4)
