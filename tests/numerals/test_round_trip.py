"""Every number in every writing style reads back exactly."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from numeral_writer import STYLES

from pipeline.numerals import find_numerals, parse_numeral

NUMBERS = 100_000


def _numbers() -> list[int]:
    """Whole numbers of all lengths up to 16 digits, round and broken ones, and all the small ones."""
    dice = random.Random(20211014)
    drawn = [dice.randrange(10 ** dice.randint(1, 16)) for _ in range(NUMBERS // 2)]
    round_ones = [
        dice.randrange(1, 10 ** dice.randint(1, 4)) * 10 ** dice.randint(0, 12) for _ in range(NUMBERS // 2)
    ]
    return [*range(1, 12_001), *drawn, *round_ones]


@pytest.mark.parametrize("style", STYLES)
def test_every_number_reads_back_exactly(style: str) -> None:
    write, wrong, written = STYLES[style], [], 0
    for number in _numbers():
        text = write(number)
        if text is None:
            continue
        written += 1
        numeral = parse_numeral(text)
        if numeral is None or not numeral.value == numeral.low == numeral.high == number:
            wrong.append((number, text))
    assert written
    assert wrong == []


@pytest.mark.parametrize("style", ["small", "formal", "mixed", "thousands", "in-ten-thousands"])
def test_numbers_are_found_whole_in_a_sentence(style: str) -> None:
    for number in _numbers()[:: NUMBERS // 1000]:
        text = STYLES[style](number)
        if text is None:
            continue
        sentence = f"现场向学校赠书共{text}册，"
        found = [sentence[one.start : one.end] for one in find_numerals(sentence)]
        assert found == [text]


def test_decimals_keep_every_place() -> None:
    dice = random.Random(7)
    for _ in range(5_000):
        value = Decimal(dice.randrange(1, 10**9)).scaleb(-dice.randint(1, 4))
        for unit, factor in (("", 1), ("万", 10**4), ("亿", 10**8)):
            numeral = parse_numeral(f"{value:f}{unit}")
            assert numeral is not None
            assert numeral.value == value * factor
