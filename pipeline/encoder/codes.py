"""What the network sees of a report: numbers for characters, for marks, and for distances."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int64]
Span = tuple[int, int]

# At most so many marks are told of one character; the rest is dropped, in order of position and kind.
MARKS = 8
# Distances fall into so many steps on each side of nought.
STEPS = 12


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text and what stands there, such as `party:ORG` or `date:day`."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Question:
    """One decision about a stretch, or about how another stretch stands to it.

    `group` joins the questions about one party: they share an answer.
    """

    decision: str
    about: Span
    other: Span | None = None
    group: tuple[str, ...] = ()


def character_codes(text: str, vocabulary: Mapping[str, int]) -> Codes:
    """Numbers of the characters, `[CLS]` in front: shape (len(text) + 1,).

    Example:
        >>> character_codes("捐书", {"[CLS]": 7, "[UNK]": 1, "书": 3}).tolist()
        [7, 1, 3]
    """
    unknown = vocabulary["[UNK]"]
    codes = [vocabulary["[CLS]"], *(vocabulary.get(char.lower(), unknown) for char in text)]
    return np.array(codes, dtype=np.int64)


def mark_codes(length: int, marks: Iterable[Mark], kinds: Sequence[str]) -> Codes:
    """Numbers of the marks on each character: shape (length + 1, MARKS), unused places hold 2 * len(kinds).

    A kind has two numbers, one for the first character of a stretch and one for those behind it.

    Example:
        >>> mark_codes(2, [Mark(0, 2, "date:day")], ["date:day"])[:, 0].tolist()
        [2, 0, 1]
    """
    places = {kind: 2 * number for number, kind in enumerate(kinds)}
    rows: list[list[int]] = [[] for _ in range(length + 1)]
    for mark in marks:
        first = places.get(mark.kind)
        if first is None:
            continue
        for offset in range(mark.start, mark.end):
            row, code = rows[offset + 1], first + (offset > mark.start)
            if code not in row and first not in row and len(row) < MARKS:
                row.append(code)
    filled = [row + [2 * len(kinds)] * (MARKS - len(row)) for row in rows]
    return np.array(filled, dtype=np.int64)


def step(distance: int) -> int:
    """A signed distance as one of 2 * STEPS + 1 steps, which grow with the distance.

    Example:
        >>> step(0), step(3), step(-3), step(10**6)
        (12, 15, 9, 24)
    """
    size = min(STEPS, round(2.5 * math.log1p(abs(distance))))
    return STEPS + (size if distance >= 0 else -size)


def question_codes(questions: Sequence[Question], sentences: Sequence[int]) -> tuple[Codes, Codes]:
    """Places and distances of the questions: shapes (n, 4) and (n, 2).

    Places are rows of the read text, which has one row more than the text has characters: first and last of
    the stretch, first and last of the other one (of the stretch itself where there is none). Distances are
    steps in characters and, threefold, in sentences.

    Args:
        questions: what is asked.
        sentences: where the sentences begin, in order.
    """
    places, gaps = [], []
    for question in questions:
        about, other = question.about, question.other or question.about
        places.append((about[0] + 1, about[1], other[0] + 1, other[1]))
        apart = bisect_right(sentences, other[0]) - bisect_right(sentences, about[0])
        gaps.append((step(other[0] - about[0]), step(3 * apart)))
    return np.array(places, dtype=np.int64).reshape(-1, 4), np.array(gaps, dtype=np.int64).reshape(-1, 2)


def windows(length: int, sentences: Sequence[int], size: int) -> list[Span]:
    """A text in stretches of at most `size` characters, cut where sentences begin, else anywhere.

    Example:
        >>> windows(10, [0, 4, 8], 5)
        [(0, 4), (4, 8), (8, 10)]
    """
    cuts, first = [], 0
    while length - first > size:
        inner = [start for start in sentences if first < start <= first + size]
        cuts.append((first, inner[-1] if inner else first + size))
        first = cuts[-1][1]
    return [*cuts, (first, length)]
