"""Whatever the text, offsets give the surface and the records neither overlap nor depend on a second call."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.dates import DateReader
from pipeline.quantities import QuantityFinder
from pipeline.schema import Report

PIECES = [
    *[
        "2021年",
        "9月1日",
        "28日",
        "上午",
        "近日",
        "当天",
        "重阳节",
        "第28个世界读书日",
        "今年",
        "至",
        "、",
        "—",
        "，",
        "。",
    ],
    *[
        "共",
        "约",
        "近",
        "2000",
        "３万",
        "余",
        "三五百",
        "册",
        "本",
        "元",
        "圖書",
        "書刊",
        "每人",
        "各",
        "（",
        "）",
        "第",
        "\n",
    ],
    *[
        "捐赠",
        "学生",
        "個",
        "村",
        "%",
        "¥",
        "十几",
        "万一",
        "百姓",
        " ",
        "a",
        "1",
        "[image: http://a.cn/20210305/1.jpg]",
    ],
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_offsets_are_the_surface(text: str) -> None:
    report = Report("r", text=text, published=date(2021, 9, 15))
    for step in (DateReader(), QuantityFinder()):
        found = step(report)
        assert all(report.text[one.start : one.end] == one.surface for one in found)
        assert all(left.end <= right.start for left, right in pairwise(found))
        assert found == step(report)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_days_are_whole_or_absent(text: str) -> None:
    for one in DateReader()(Report("r", text=text, published=date(2021, 9, 15))):
        assert (one.first is None) == (one.last is None)
        assert one.first is None or one.last is None or one.first <= one.last
        assert one.reason
