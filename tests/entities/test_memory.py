"""What stands elsewhere in the same text."""

import numpy as np
import pytest

from pipeline.entities.memory import memory_columns

_PAIR, _STEM = 0, 6


def _begins(texts, column):
    codes = np.array([ord(sign) for sign in "".join(texts)], dtype=np.uint32)
    owners = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    marks = memory_columns(codes, owners)[:, column]
    return "".join(str(int(mark)) for mark in marks)


@pytest.mark.parametrize(
    ("texts", "column", "expected"),
    [
        (["石桥，石桥"], _PAIR, "10010"),
        (["石桥，", "石桥"], _PAIR, "00000"),  # another text
        (["12，12"], _PAIR, "00000"),  # no words
        (["互助县，互助"], _STEM, "000010"),
        (["互助县，互助县"], _STEM, "0000000"),
        (["互助县，", "互助"], _STEM, "000000"),
    ],
)
def test_marks(texts, column, expected):
    assert _begins(texts, column) == expected
