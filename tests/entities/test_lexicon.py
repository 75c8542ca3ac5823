"""Hashed words: marks, bytes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.entities.lexicon import HashedLexicon, code_points

_WORDS = {"place": ["青溪县", "青溪", "石桥村"], "kind": ["图书馆", "村委会"]}
_LEXICON = HashedLexicon.build(("place", "kind"), _WORDS)


def _marks(text, column):
    flags = _LEXICON.flags(code_points(text)).reshape(len(text), 2, 3)
    return ["".join(str(int(flag)) for flag in flags[:, column, part]) for part in range(3)]


@pytest.mark.parametrize(
    ("text", "column", "begin", "inside", "end"),
    [
        ("青溪县图书馆", 0, "100000", "111000", "001000"),
        ("青溪县图书馆", 1, "000100", "000111", "000001"),
        ("在石桥村委会", 0, "010000", "011100", "000100"),
        ("在石桥村委会", 1, "000100", "000111", "000001"),
        ("青溪石桥村", 0, "10100", "11111", "01001"),
        ("图书", 1, "00", "00", "00"),
        ("", 0, "", "", ""),
    ],
)
def test_marks(text, column, begin, inside, end):
    assert _marks(text, column) == [begin, inside, end]


@given(st.text(alphabet="青溪县石桥村图书馆委会在", max_size=30))
def test_marks_agree_with_plain_search(text):
    for column, words in enumerate(_WORDS.values()):
        begin = "".join("1" if any(text.startswith(w, n) for w in words) else "0" for n in range(len(text)))
        assert _marks(text, column)[0] == begin


def test_bytes_come_back():
    data = _LEXICON.to_bytes()
    again = HashedLexicon.from_bytes(data)
    codes = code_points("青溪县图书馆和石桥村委会")
    assert again.classes == _LEXICON.classes
    assert np.array_equal(again.flags(codes), _LEXICON.flags(codes))
    assert again.to_bytes() == data
