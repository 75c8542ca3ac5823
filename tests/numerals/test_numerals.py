"""Numerals against the case files: values `35000`, `300..500`, `100..` (over), `~10` (about)."""

from __future__ import annotations

from decimal import Decimal

import marked_cases
import pytest

from pipeline.numerals import Numeral, find_numerals, parse_numeral

CASES = marked_cases.load("numerals")


def _written(numeral: Numeral) -> str:
    if numeral.qualifier == "about":
        return f"~{numeral.value}"
    if numeral.qualifier == "over":
        return f"{numeral.value}.."
    return str(numeral.value) if numeral.qualifier == "exact" else f"{numeral.low}..{numeral.high}"


@pytest.mark.parametrize("name", CASES)
def test_numerals_of_a_text(name: str) -> None:
    case = CASES[name]
    found = [(one.start, one.end, _written(one)) for one in find_numerals(case.text)]
    assert found == list(case.marks)


@pytest.mark.parametrize("name", [name for name in CASES if CASES[name].marks])
def test_surfaces_parse_alone(name: str) -> None:
    case = CASES[name]
    for start, end, expected in case.marks:
        numeral = parse_numeral(case.text[start:end])
        assert numeral is not None
        assert _written(numeral) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "册",
        "一些",
        "万一",
        "三农",
        "五一",
        "一二三万四",
        "1.2.3",
        "3万50000",
        "三四百二十",
        "12,34",
        "十点",
        "点五",
        "百百",
    ],
)
def test_what_is_no_numeral(text: str) -> None:
    assert parse_numeral(text) is None


def test_bounds_are_decimals() -> None:
    numeral = parse_numeral("１２.５万余")
    assert numeral == Numeral(0, 6, Decimal(125000), Decimal(125000), None, "over")


def test_there_are_enough_cases() -> None:
    positive, negative = marked_cases.count("numerals")
    assert positive >= 600
    assert negative >= 400
