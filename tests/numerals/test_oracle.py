"""cn2an reads the same where it reads at all; the differences stand in docs/numbers-and-dates.md."""

from __future__ import annotations

import random
from decimal import Decimal

import cn2an
import pytest
from numeral_writer import STYLES

from pipeline.numerals import parse_numeral


def _numbers() -> list[int]:
    dice = random.Random(23)
    return [*range(1, 500), *(dice.randrange(10 ** dice.randint(3, 16)) for _ in range(3_000))]


@pytest.mark.parametrize("style", ["small", "with-two", "formal"])
def test_whole_numbers_agree_with_cn2an(style: str) -> None:
    for number in _numbers():
        text = STYLES[style](number)
        numeral = parse_numeral(text) if text else None
        if numeral is not None:
            assert numeral.value == cn2an.cn2an(text, "smart")


@pytest.mark.parametrize("number", [*range(1, 2_000, 7), *range(10_000, 10**9, 9_876_543)])
def test_what_cn2an_writes_reads_back(number: int) -> None:
    for mode in ("low", "up"):
        numeral = parse_numeral(cn2an.an2cn(number, mode))
        assert numeral is not None
        assert numeral.value == number


@pytest.mark.parametrize("text", ["一点五", "零点二五", "三点一四", "十二点五", "一百点零一"])
def test_decimals_agree_with_cn2an(text: str) -> None:
    numeral = parse_numeral(text)
    assert numeral is not None
    assert numeral.value == Decimal(str(cn2an.cn2an(text, "smart")))


@pytest.mark.parametrize(
    "text", ["百余", "三十多", "十几", "三五百", "数千", "二三十", "1,200", "百万", "3万5千余"]
)
def test_cn2an_refuses_what_is_read_here(text: str) -> None:
    assert parse_numeral(text) is not None
    with pytest.raises(ValueError):
        cn2an.cn2an(text, "smart")
