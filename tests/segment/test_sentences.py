"""A report -> sentences: bounds and kinds."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.schema import Report
from pipeline.segment import Segmenter, SegmentParams

_CASES = tomllib.loads((Path(__file__).parents[1] / "cases/segment/sentences.toml").read_text("utf-8"))[
    "case"
]
_MARKS = "“”（）()「」：，。！？?!.；　 ☆]\n\x0b\u2028\U00020000"
_WORDS = [
    "甲县",
    "赠书",
    "500册",
    "1.5万元",
    "……",
    "记者",
    "[image:",
    "https://a.org/b?c=1",
    "（来源：甲县）",
]
_PIECES = st.sampled_from([*_MARKS, *_WORDS, "\n8\n", "[image: a.jpg]"])
_TEXTS = st.lists(_PIECES, max_size=40).map("".join)


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case["id"])
def test_sentences(case):
    text = case["text"]
    found = Segmenter(SegmentParams())(Report("r", text))
    assert [f"{each.kind[0]} {text[each.start : each.end]}" for each in found] == case["sentences"]


def test_title_lines():
    text = "[image: a.jpg]\n甲县赠书\n——侧记\n\n近日，甲县赠书。"
    found = Segmenter(SegmentParams())(Report("r", text, body_start=24))
    assert [each.kind for each in found] == ["noise", "title", "title", "body"]


def test_long_quotation_is_cut():
    text = "他说：“" + "甲县赠书。" * 30 + "”"
    found = Segmenter(SegmentParams(max_quote_length=100))(Report("r", text))
    assert len(found) == 30
    assert text[found[-1].start : found[-1].end] == "甲县赠书。”"


@settings(deadline=None)
@given(text=_TEXTS, title=st.booleans())
def test_sentences_cover_the_text_in_order(text, title):
    body_start = text.find("\n") + 1 if title else 0
    place = 0
    for each in Segmenter(SegmentParams())(Report("r", text, body_start=body_start)):
        assert not text[place : each.start].strip()
        surface = text[each.start : each.end]
        assert surface and surface == surface.strip()
        place = each.end
    assert not text[place:].strip()
