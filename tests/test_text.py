"""Folding: one code point for one code point, and what it makes equal."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text import fold

_FOLDED = {
    "full-width digits": ("１２００", "1200"),
    "full-width letters": ("ＡＢｃ", "ABc"),
    "comma and brackets": ("，（）：；", ",():;"),
    "traditional": ("捐贈圖書館縣鎮鄉", "捐赠图书馆县镇乡"),
    "radicals": ("⻄安⻓城", "西安长城"),
    "ideographic blank": ("　", " "),
}
_KEPT = ("。、“”‘’《》", "㎡½", "青溪县图书馆", "2021-09-01", "\n", "")


@pytest.mark.parametrize(("written", "folded"), _FOLDED.values(), ids=_FOLDED)
def test_folded(written, folded):
    assert fold(written) == folded


@pytest.mark.parametrize("text", _KEPT)
def test_kept(text):
    assert fold(text) == text


@given(st.text())
def test_offsets_hold(text):
    assert len(fold(text)) == len(text)


@given(st.text())
def test_folding_again_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.text())
def test_a_slice_folds_as_the_whole_does(one, other):
    assert fold(one + other) == fold(one) + fold(other)


def test_digits_of_other_scripts_are_no_digits_of_ours():
    assert fold("١٢٣") == "١٢٣"
    assert unicodedata.decimal("١") == 1
