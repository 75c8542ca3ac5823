"""Samples with other names, so that who somebody is has to be read from the words around."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from pipeline.encoder import Mark, Question
from pipeline.training.encoder.samples import Sample
from pipeline.training.entities import samples as entities
from pipeline.training.entities.augment import Augmenter

Span = tuple[int, int]


class Moved:
    """Where places of a text stand after its spans were replaced by others.

    Args:
        old: spans of the text as it was, sorted and disjoint.
        new: the same spans in the new text.

    Example:
        >>> moved = Moved([(0, 2), (3, 5)], [(0, 4), (5, 8)])   # 甲县向乙村赠书 -> 青溪甲县向白水村赠书
        >>> moved((3, 5)), moved((2, 5)), moved((5, 7))
        ((5, 8), (4, 8), (8, 10))
        >>> moved((4, 6))                                       # what begins inside a name begins with it
        (5, 9)
    """

    def __init__(self, old: Sequence[Span], new: Sequence[Span]) -> None:
        self._old, self._new = old, new
        self._starts = [start for start, _ in old]

    def __call__(self, span: Span) -> Span:
        """The stretch from where the first character went to where the last one went."""
        return self.start(span[0]), self._end(span[1])

    def start(self, place: int) -> int:
        """Where what begins here begins."""
        number = bisect_right(self._starts, place) - 1
        if number < 0:
            return place
        old, new = self._old[number], self._new[number]
        return new[0] if place < old[1] else place - old[1] + new[1]

    def _end(self, place: int) -> int:
        number = bisect_right(self._starts, place - 1) - 1
        if number < 0:
            return place
        old, new = self._old[number], self._new[number]
        return new[1] if place <= old[1] else place - old[1] + new[1]


def renamed(sample: Sample, augmenter: Augmenter, rng: random.Random) -> Sample:
    """The sample with other names; marks, sentences and questions move along."""
    named = augmenter(entities.Sample(sample.text, sample.names), rng)
    moved = Moved([name[:2] for name in sample.names], [span[:2] for span in named.spans])
    return replace(
        sample,
        text=named.text,
        names=named.spans,
        sentences=tuple(moved.start(place) for place in sample.sentences),
        marks=tuple(Mark(*moved((mark.start, mark.end)), mark.kind) for mark in sample.marks),
        asked=tuple((_moved_question(question, moved), label) for question, label in sample.asked),
    )


def _moved_question(question: Question, moved: Moved) -> Question:
    other = None if question.other is None else moved(question.other)
    return replace(question, about=moved(question.about), other=other)
