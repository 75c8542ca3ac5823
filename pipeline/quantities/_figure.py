"""A figure while it is being read: the numeral or range, its unit, and the words that touch it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.numerals import Numeral
from pipeline.quantities._lexicon import money, units, words

_JOINER = re.compile(r" ?(?:至|到|—{1,2}|-{1,2}|–|~|～|―|─) ?")
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_YEAR_LIKE = re.compile(r"(?:1[89]|20)[0-9]{2}|[一二][〇零○九八一二三四五六七]{3}")
_DATE_TAIL = re.compile(r"年(?: ?[0-9一二三四五六七八九十]{1,2} ?月|代|度|初|底|末|前后|起|版|级|以来)")


@dataclass(frozen=True, slots=True)
class Figure:
    """`start` and `end` span the surface; `first` is where the digits begin."""

    start: int
    end: int
    first: int
    number: Decimal
    low: Decimal | None
    high: Decimal | None
    qualifier: str
    unit: str | None = None
    kind: str = "count"
    currency: str | None = None
    rule: str = "count"


def from_numeral(numeral: Numeral) -> Figure:
    """A figure without unit."""
    return Figure(
        numeral.start, numeral.end, numeral.start, numeral.value, numeral.low, numeral.high, numeral.qualifier
    )


def join_range(text: str, numeral: Numeral, second: Numeral) -> Figure | None:
    """The figure of two numerals that make a range: 300至500, 3—5万, 2册到3册; None when they make none."""
    first = from_numeral(numeral)
    low, between = _low_end(text, first, second)
    if low is None or not _JOINER.fullmatch(between) or second.high is None or low >= second.high:
        return None
    return replace(
        first, end=second.end, number=low, low=low, high=second.high, qualifier="range", rule="range"
    )


def _low_end(text: str, first: Figure, second: Numeral) -> tuple[Decimal | None, str]:
    """The lower end, scaled like the upper one where the scale is said once (3—5万), and the text between."""
    between = text[first.end : second.start]
    unit = units().pattern.match(between) or money().pattern.match(between)
    if unit:
        same = text.startswith(unit.group(1), second.end)
        return (first.number if same else None), between[unit.end() :]
    scale = _SCALES.get(text[second.end - 1], 1)
    shared = text[first.end - 1] not in _SCALES and first.number * scale < second.value
    near = shared and first.number < second.value / scale and first.number < 1000
    return first.number * scale if near else first.number, between


def is_year(text: str, figure: Figure) -> bool:
    """Whether the figure before 年 names a year: 2021年, 二〇二一年, 98年5月."""
    surface = text[figure.first : figure.end]
    return bool(_YEAR_LIKE.fullmatch(surface) or _DATE_TAIL.match(text, figure.end))


def with_words(text: str, figure: Figure) -> Figure:
    """Take in the approximators and totals that touch the figure: 约 近 共计 … 左右 以上."""
    return _with_before(text, _with_after(text, figure))


def _with_after(text: str, figure: Figure) -> Figure:
    found = words().after.match(text, figure.end)
    if not found or text[found.end() : found.end() + 1] in ("少", "种", "样", "次", "名", "位", "家", "元"):
        return figure
    if found.group() == "上下" and text[found.end() : found.end() + 1] in ("铺", "床"):
        return figure
    if found.group() in ("多", "余") and figure.kind not in ("time", "measure"):
        return figure
    return _qualified(replace(figure, end=found.end()), words().after_kind[found.group()])


def _with_before(text: str, figure: Figure) -> Figure:
    """At most three words, as in 共计约."""
    for _ in range(3):
        found = words().before.search(text, max(0, figure.start - 4), figure.start)
        if not found or not _stands_alone(text, found.start(1), found.group(1), figure):
            break
        figure = _qualified(replace(figure, start=found.start(1)), words().before_kind[found.group(1)])
    return figure


def _stands_alone(text: str, start: int, word: str, figure: Figure) -> bool:
    if word == "上" and text[figure.first] not in "百千万亿":
        return False
    blocked = words().not_after.get(word, "")
    return not (start and text[start - 1] in blocked)


def _qualified(figure: Figure, kind: str) -> Figure:
    """Apply one approximator; a stated range keeps its bounds."""
    if kind == "total" or figure.qualifier == "range":
        return figure
    if kind in ("over", "up_to"):
        return replace(figure, qualifier="over", low=figure.number, high=None)
    if kind == "under":
        return replace(figure, qualifier="under", low=None, high=figure.number)
    return replace(figure, qualifier="about", low=None, high=None)
