"""Solar terms and lunar days against published almanac days, and the slips."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.dates import DateReader, find_slips
from pipeline.schema import Report

# Days of the Hong Kong Observatory's almanac.
QINGMING = {2008: 4, 2012: 4, 2016: 4, 2017: 4, 2018: 5, 2019: 5, 2020: 4, 2021: 4, 2022: 5, 2023: 5, 2024: 4}
WINTER_SOLSTICE = {2016: 21, 2017: 22, 2018: 22, 2019: 22, 2020: 21, 2021: 21, 2022: 22, 2023: 22, 2024: 21}
AUTUMN_EQUINOX = {2018: 23, 2019: 23, 2020: 22, 2021: 23, 2022: 23, 2023: 23, 2024: 22}
SPRING_FESTIVAL = {
    2010: (2, 14), 2011: (2, 3), 2012: (1, 23), 2013: (2, 10), 2014: (1, 31), 2015: (2, 19), 2016: (2, 8),
    2017: (1, 28), 2018: (2, 16), 2019: (2, 5), 2020: (1, 25), 2021: (2, 12), 2022: (2, 1), 2023: (1, 22),
}  # fmt: skip


def _day(text: str) -> date | None:
    (mention,) = DateReader()(Report("r", text=text))
    return mention.first


@pytest.mark.parametrize(("year", "day"), QINGMING.items())
def test_qingming(year: int, day: int) -> None:
    assert _day(f"{year}年清明节") == date(year, 4, day)


@pytest.mark.parametrize(("year", "day"), WINTER_SOLSTICE.items())
def test_winter_solstice(year: int, day: int) -> None:
    assert _day(f"{year}年冬至") == date(year, 12, day)


@pytest.mark.parametrize(("year", "day"), AUTUMN_EQUINOX.items())
def test_harvest_festival(year: int, day: int) -> None:
    assert _day(f"{year}年中国农民丰收节") == date(year, 9, day)


@pytest.mark.parametrize(("year", "day"), SPRING_FESTIVAL.items())
def test_spring_festival(year: int, day: tuple[int, int]) -> None:
    assert _day(f"{year}年春节") == date(year, *day)


@pytest.mark.parametrize(
    "slip", ["2月30日", "13月5日", "720日", "2021年2月29日", "4月31日", "7月320日", "11月31日"]
)
def test_impossible_days_are_slips_and_no_dates(slip: str) -> None:
    report = Report("r", text=f"标题\n{slip}，县图书馆赠书。", file="a.txt")
    assert DateReader()(report) == ()
    (reject,) = find_slips(report)
    assert (reject.file, reject.stage, reject.code) == ("a.txt", "dates", "date-slip")
    assert slip in reject.message


@pytest.mark.parametrize("text", ["2020年2月29日", "7月20日", "1月31日", "12日", "300日元"])
def test_possible_days_are_no_slips(text: str) -> None:
    assert find_slips(Report("r", text=f"{text}，县图书馆赠书。")) == ()
