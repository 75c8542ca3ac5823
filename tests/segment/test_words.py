"""jieba words as offsets, by a tokenizer of our own."""

import subprocess
import sys

import jieba
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.schema import Report
from pipeline.segment import Segmenter, SegmentParams


@pytest.fixture(scope="module")
def segmenter():
    return Segmenter(SegmentParams())


def _surfaces(segmenter, text):
    return [text[each.start : each.end] for each in segmenter.words(Report("r", text))]


def test_words_and_tags(segmenter):
    text = "甲县图书馆赠书500册。"
    words = segmenter.words(Report("r", text))
    assert [text[w.start : w.end] + "/" + w.tag for w in words] == [
        "甲/n",
        "县/zg",
        "图书馆/n",
        "赠书/n",
        "500/m",
        "册/q",
        "。/x",
    ]


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("甲县图书馆赠书500.a+# \t　，。\U00020000é"), max_size=40))
def test_words_cover_the_text(segmenter, text):
    text = "甲县" + text
    assert "".join(_surfaces(segmenter, text)) == "".join(text.split())


def test_foreign_words_do_not_reach_us(segmenter):
    jieba.add_word("县图书馆赠")
    try:
        assert "县图书馆赠" not in _surfaces(segmenter, "甲县图书馆赠书")
    finally:
        jieba.del_word("县图书馆赠")


def test_images_have_no_words(segmenter):
    assert _surfaces(segmenter, "[image: a.jpg]\n8\n甲县。") == ["甲", "县", "。"]


def test_dictionary_is_loaded_late():
    code = (
        "from pipeline.segment import *; from pipeline.schema import Report; s = Segmenter(SegmentParams());"
        "s(Report('r', '甲县。')); assert s._tagger._tagger is None; s.words(Report('r', '甲县。'));"
        "assert s._tagger._tagger is not None"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
