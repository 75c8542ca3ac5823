"""What the network is given: characters, marks, places and distances."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.encoder.codes import (
    MARKS,
    STEPS,
    Mark,
    Question,
    character_codes,
    mark_codes,
    question_codes,
    step,
    windows,
)

_VOCABULARY = {"[UNK]": 1, "[CLS]": 2, "捐": 3, "书": 4, "a": 5}


def test_characters_have_their_numbers_and_unknown_ones_one_of_their_own():
    assert character_codes("捐A某书", _VOCABULARY).tolist() == [2, 3, 5, 1, 4]


def test_a_mark_tells_its_first_character_from_the_others():
    codes = mark_codes(4, [Mark(1, 3, "goods")], ["date:day", "goods"])
    assert codes[:, 0].tolist() == [4, 4, 2, 3, 4]


def test_marks_of_unknown_kinds_are_left_out():
    assert (mark_codes(2, [Mark(0, 2, "other")], ["goods"]) == 2).all()


def test_more_marks_than_places_are_dropped_in_order():
    kinds = [f"k{number:02}" for number in range(MARKS + 2)]
    codes = mark_codes(1, [Mark(0, 1, kind) for kind in kinds], kinds)
    assert codes[1].tolist() == [2 * number for number in range(MARKS)]


@given(st.integers(-(10**7), 10**7))
def test_a_distance_and_its_opposite_are_as_far_from_the_middle(distance):
    assert step(distance) - STEPS == STEPS - step(-distance)
    assert 0 <= step(distance) <= 2 * STEPS


def test_a_question_names_the_rows_of_its_ends():
    places, gaps = question_codes([Question("role", (6, 8), (0, 3)), Question("act", (6, 8))], [0, 5])
    assert places.tolist() == [[7, 8, 1, 3], [7, 8, 7, 8]]
    assert gaps.tolist() == [[step(-6), step(-3)], [STEPS, STEPS]]


@given(st.integers(1, 400), st.lists(st.integers(1, 399), unique=True).map(sorted), st.integers(1, 90))
def test_windows_cover_the_text_once(length, starts, size):
    found = windows(length, [start for start in starts if start < length], size)
    assert [first for first, _ in found] == [0, *(last for _, last in found[:-1])]
    assert found[-1][1] == length
    assert max(last - first for first, last in found) <= size


@pytest.mark.parametrize(
    ("size", "expected"), [(5, [(0, 4), (4, 8), (8, 10)]), (3, [(0, 3), (3, 4), (4, 7), (7, 10)])]
)
def test_windows_end_where_sentences_begin_or_else_anywhere(size, expected):
    assert windows(10, [0, 4, 8], size) == expected
