"""The shipped model as a step: offsets, order, batches; repairs and what is left out of a report."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.entities import EntitiesParams, Recogniser
from pipeline.entities.decoding import Span
from pipeline.entities.repair import repaired
from pipeline.entities.told import told
from pipeline.schema import NAMES, Report

_PARTS = [
    "青溪县图书馆", "石桥村", "李明", "向", "赠书500册", "，", "。", "\n", "[image: http://a.b/c.jpg]",
    "\U00020000", "https://a.b/c?d=1", "縣圖書館", "（公司）", " ", "\x00",
]  # fmt: skip
_TEXTS = st.lists(st.sampled_from(_PARTS), max_size=25).map("".join)


@pytest.fixture(scope="module")
def recogniser():
    return Recogniser(EntitiesParams())


@given(text=_TEXTS)
@settings(deadline=None, max_examples=60)
def test_mentions_are_sorted_disjoint_slices(recogniser, text):
    place = 0
    for mention in recogniser(Report("r-1", text=text)):
        assert place <= mention.start < mention.end
        assert mention.label in (*NAMES, "ITEM")
        assert text[mention.start : mention.end] == mention.surface
        assert 0 <= mention.score <= 1
        assert "[image" not in mention.surface
        place = mention.end


def test_a_batch_gives_what_single_reports_give(recogniser):
    texts = [
        "近日，青溪县图书馆向石桥村赠书。",
        "",
        "馆长李明向县教育局赠书500册。\n" * 30,
        "没有名字。",
    ] * 20
    reports = [Report(f"r-{number}", text=text) for number, text in enumerate(texts)]
    assert list(recogniser.batch(reports)) == [recogniser(report) for report in reports]


@given(text=_TEXTS)
def test_told_text_keeps_its_origins(text):
    rest = told(text)
    assert "[image:" not in rest.text
    assert "".join(text[rest.origin(place)] for place in range(len(rest.text))) == rest.text


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        ("昭通市烟草局（公司）捐款", [(0, 9)], ["昭通市烟草局（公司）"]),
        ("蒙牛乳业（集团）股份有限公司捐款", [(0, 7), (8, 14)], ["蒙牛乳业（集团）股份有限公司"]),
        ("江西文明网讯 近日", [(0, 6)], ["江西文明网"]),
        ("青溪县图书馆（见图）捐书", [(0, 6)], ["青溪县图书馆"]),
        ("通讯社捐书", [(0, 3)], ["通讯社"]),
        ("青溪县图向流通站赠书", [(0, 8)], ["青溪县图"]),
        ("青溪县文化馆为农家书屋", [(0, 11)], ["青溪县文化馆"]),
        ("中国向阳集团", [(0, 6)], ["中国向阳集团"]),
        ("闵行区向泽普卫健委捐药", [(0, 9)], ["闵行区", "泽普卫健委"]),
        ("热心企业青禾制造有限公司捐款", [(0, 12)], ["青禾制造有限公司"]),
    ],
)
def test_repairs(text, spans, expected):
    found = repaired(text, [Span(start, end, "ORG", 0.9) for start, end in spans])
    assert [text[span.start : span.end] for span in found] == expected


@pytest.mark.parametrize(
    ("text", "end", "expected"),
    [("包联村石桥村", 6, ["石桥村"]), ("定点帮扶村河东村", 8, ["河东村"]), ("联系村", 3, [])],
)
def test_what_a_place_is_to_somebody_is_no_part_of_its_name(text, end, expected):
    found = repaired(text, [Span(0, end, "LOC", 0.9)])
    assert [text[span.start : span.end] for span in found] == expected
