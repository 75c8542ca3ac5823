"""Goods phrases with their figures and values against the case files.

A mark's value is `category number unit =value`: the number and its unit are left out for bare goods, the unit
is `-` where none is written, the value in yuan stands only where it belongs to these goods. Two figures of
one phrase are told apart by `; `. `@` marks a name.
"""

import marked_cases
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.linking.goods import GoodsFinder
from pipeline.linking.phrases import category_of, find_phrases
from pipeline.linking.scan import find_triggers, quoted_names
from pipeline.linking.worth import is_value
from pipeline.quantities import QuantityFinder
from pipeline.schema import CATEGORIES, Report
from pipeline.text import fold

CASES = marked_cases.load("linking/goods")
FIGURES = QuantityFinder()
_PIECES = st.sampled_from(
    ["图书", "2000册", "、", "，", "。", "和", "《新华字典》", "电脑", "价值", "3万元", "的", "共", "其中",
     "等", "物资", "赠送", "石桥村", "每人", "500元", "一份", "厚礼", "各", "（", "）"]
)  # fmt: skip


def _goods(text, names=()):
    folded = fold(text)
    quoted = quoted_names(folded)
    verbs = tuple((trigger.start, trigger.end) for trigger in find_triggers(folded, quoted, names))
    works = tuple(span for span in quoted if folded[span[0] - 1] == "《")
    return GoodsFinder()(folded, 0, len(folded), FIGURES(Report("r", text)), names + works, verbs)


def _written(good):
    words = [good.category]
    if good.figure is not None:
        words += [f"{good.figure.number:f}", good.figure.unit or "-"]
    if good.value is not None:
        words.append(f"={good.value.number:f}")
    return " ".join(words)


@pytest.mark.parametrize("name", CASES)
def test_goods_of_a_text(name):
    case = CASES[name]
    names = tuple((start, end) for start, end, value in case.marks if value == "@")
    found = {}
    for good in _goods(case.text, names):
        found.setdefault((good.start, good.end), []).append(_written(good))
    expected = {(start, end): value.split("; ") for start, end, value in case.marks if value != "@"}
    assert _shown(case.text, found) == _shown(case.text, expected)


def _shown(text, found):
    return [(start, text[start:end], values) for (start, end), values in sorted(found.items())]


def test_there_are_as_many_cases_as_promised():
    assert len(CASES) >= 40
    assert sum(all(value == "@" for _, _, value in case.marks) for case in CASES.values()) >= 10


@given(pieces=st.lists(_PIECES, max_size=14))
def test_goods_lie_in_the_text_in_order_and_have_a_category(pieces):
    text = "".join(pieces)
    found = _goods(text)
    assert list(found) == sorted(found, key=lambda good: (good.start, good.end))
    for good in found:
        assert 0 <= good.start < good.end <= len(text)
        assert good.category in CATEGORIES
        assert good.bare == (good.figure is None and good.value is None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("价值3万元", True),
        ("总价值约3万元", True),
        ("码洋3万元", True),
        ("捐款3万元", False),
        ("投入3万元", False),
    ],
)
def test_a_sum_is_a_value_behind_words_that_say_so(text, expected):
    (figure,) = FIGURES(Report("r", text))
    assert is_value(text, figure) is expected


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [("少儿图书", "book"), ("电子书卡", "digital"), ("笔记本电脑", "computer"), ("作业本", "stationery"),
     ("《柳河镇志》", "book"), ("羽绒服", "clothing"), ("石敢当", "other"), ("", "other"),
     ("棉手套", "clothing"), ("医用手套", "medical"), ("护手霜", "other"), ("抽油烟机", "electronics")],
)  # fmt: skip
def test_the_longest_head_gives_the_category(phrase, expected):
    assert category_of(phrase) == expected


def test_a_phrase_never_runs_into_a_wall():
    text = "青溪县农家书屋图书"
    assert find_phrases(text, 0, len(text), ((0, 7),)) == ((7, 9),)
    assert find_phrases(text, 0, len(text), ((6, 9),)) == ()
