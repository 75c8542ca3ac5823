"""Goods without a figure in a clause of their own: carried to somebody, bought for them, with their worth.

All spans are offsets into the folded text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from pipeline.lexicons import read_toml, words
from pipeline.linking.spans import Span, alternation

# So far before goods the verb may stand that says that they are carried or bought.
_BACK = 48
# So many clauses may stand between the goods and the verb that says where they go.
_CLAUSES = 3


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return alternation(words(read_toml("triggers.toml")["carried"][name]))


def is_carried(text: str, good: Span) -> bool:
    """带着米和油, 按单子买齐音响: whether a verb of carrying or buying has goods for its object.

    Args:
        text: the folded text.
        good: where the goods stand.
    """
    clause = re.split(r"[,。;!?\n]", text[max(0, good[0] - _BACK) : good[0]])[-1]
    return _pattern("verbs").search(clause) is not None


def hands_over(text: str, good: Span, verb: Span) -> bool:
    """买齐音响、四胡,当天一并送到家: whether a later verb of a sentence says where carried goods go.

    Args:
        text: the folded text.
        good: where the goods stand.
        verb: where a verb of giving stands behind them.
    """
    between = text[good[1] : verb[0]]
    near = ";" not in between and 0 < between.count(",") <= _CLAUSES
    word = text[slice(*verb)]
    told = word.endswith(("给", "到", "往", "至", "进", "去", "上")) or _pattern("handing").fullmatch(word)
    return near and bool(told) and is_carried(text, good)


_TO_SEE = re.compile(r"[^。;!?\n]{0,48}")


def is_taken_along(text: str, good: Span) -> bool:
    """带着挂历、春联,走进军属家中: goods that somebody has with them who goes to see others."""
    found = _TO_SEE.match(text, good[1])
    return is_carried(text, good) and found is not None and _pattern("visits").search(found[0]) is not None


_WORTH = re.compile(
    r"(?:(?:[、和与及]|以及)[^,。;:、0-9]{1,12}){0,12}(?:等[^,。;:、0-9]{0,12})?"
    r",?(?:总?价值|总?值|[共总合]计|折合|折款|折价|码洋|市值|算下来)[^,。;0-9]{0,6}"
)
# 这批衣物价值6万元: goods told before.
_THESE = re.compile(r"(?:[这该此本][批些套次]|上述|所有|全部)[^,。;]{0,16}$")
# So many characters a list of goods may take up to its worth.
_LIST = 120


def is_valued(text: str, good: Span, sums: Iterable[int]) -> bool:
    """篮球、跳绳等体育用品,共计9600元: whether the worth of a list stands right behind it.

    Args:
        text: the folded text.
        good: where a member of the list stands.
        sums: where sums of money begin.
    """
    if _THESE.search(text, max(0, good[0] - 20), good[0]):
        return False
    near = (at for at in sums if good[1] < at <= good[1] + _LIST)
    return any(_WORTH.fullmatch(text, good[1], at) for at in near)
