"""Dates against the case files.

A value is a day `2021-09-01`, an interval `2021-05-26/2021-05-28`, `?` for days that stay open, `~` for a
vague time without days, `~2021-08-22/2021-09-05` for one that is only bounded; a precision may follow.
"""

from __future__ import annotations

from datetime import date

import marked_cases
import pytest

from pipeline.dates import DateReader
from pipeline.schema import DateMention, Report

CASES = marked_cases.load("dates")
READER = DateReader()


def _written(one: DateMention, expected: str) -> str:
    days = "" if one.vague else "?"
    if one.first and one.last:
        days = one.first.isoformat() if one.first == one.last else f"{one.first}/{one.last}"
    words = [f"~{days}" if one.vague else days]
    if " " in expected:
        words.append(one.precision)
    return " ".join(words)


@pytest.mark.parametrize("name", CASES)
def test_dates_of_a_text(name: str) -> None:
    case = CASES[name]
    expected = {(start, end): value for start, end, value in case.marks}
    found = READER(Report("r", text=case.text, published=case.published))
    written = {(one.start, one.end): _written(one, expected.get((one.start, one.end), "")) for one in found}
    assert [case.text[start:end] for start, end in written] == [
        case.text[start:end] for start, end in expected
    ]
    assert written == expected


def test_there_are_enough_cases() -> None:
    positive, negative = marked_cases.count("dates")
    assert positive >= 400
    assert negative >= 300


def test_negatives_are_as_many_as_positives() -> None:
    counts = [marked_cases.count(step) for step in ("numerals", "counts", "money", "dates")]
    assert sum(negative for _, negative in counts) >= sum(positive for positive, _ in counts)


def test_unresolved_dates_say_why() -> None:
    (mention,) = READER(Report("r", text="9月1日，甲县图书馆赠书。"))
    assert (mention.first, mention.last) == (None, None)
    assert mention.reason == "no year stated, no published date"


def test_resolution_changes_with_published_and_extraction_does_not() -> None:
    text = "9月1日，甲县图书馆赠书。近日，乙县图书馆赠书。"
    bare = READER(Report("r", text=text))
    dated = READER(Report("r", text=text, published=date(2021, 9, 3)))
    assert [one.surface for one in bare] == [one.surface for one in dated] == ["9月1日", "近日"]
    assert dated[0].first == date(2021, 9, 1)
