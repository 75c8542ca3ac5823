"""Totals told from a day on last until the report; other dates stay as they are."""

from datetime import date

import pytest

from pipeline.dates import DateReader
from pipeline.events.periods import lasting
from pipeline.events.proto import Proto
from pipeline.schema import Report
from pipeline.text import fold

_PUBLISHED = date(2021, 9, 15)


def _proto(text: str, scope: str) -> Proto:
    day = DateReader()(Report("r-1", text=text, published=_PUBLISHED))[0]
    return Proto("completed", scope, (), (), (), (), (), day, ((0, 1),), ((0, 1),), 1.0)


@pytest.mark.parametrize(
    ("text", "scope", "last"),
    [
        ("自2018年结对以来，商会已累计送米9吨。", "cumulative", _PUBLISHED),
        ("从2018年起，夫妻俩共送来棉被40床。", "cumulative", _PUBLISHED),
        ("自今年3月开馆至今，书屋收到赠书700册。", "cumulative", _PUBLISHED),
        ("自2018年结对以来，商会已送米9吨。", "single", date(2018, 12, 31)),
        ("2018年，商会累计送米9吨。", "cumulative", date(2018, 12, 31)),
        ("商会自2018年以来，累计送米9吨。", "cumulative", _PUBLISHED),
        ("商会2018年成立以来，累计送米9吨。", "cumulative", _PUBLISHED),
        ("书店2018年开办书角，已累计赠书700册。", "cumulative", _PUBLISHED),
        ("书店2018年开办的书角接待读者。", "cumulative", date(2018, 12, 31)),
        ("从2018年的那场雨说起，商会累计送米9吨。", "cumulative", date(2018, 12, 31)),
    ],
)
def test_a_total_from_a_day_on_lasts_until_the_report(text, scope, last):
    assert lasting(_proto(text, scope), fold(text), _PUBLISHED).last == last


def test_an_open_beginning_only_bounds_a_total():
    text = "2018年以来，商会累计送米9吨。"
    assert lasting(_proto(text, "cumulative"), fold(text), _PUBLISHED).vague


def test_without_a_day_of_the_report_nothing_lasts():
    text = "自2018年结对以来，商会已累计送米9吨。"
    assert lasting(_proto(text, "cumulative"), fold(text), None).last == date(2018, 12, 31)
