"""Whether parties and goods told in two passages are the same, and figures agree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from pipeline import schema
from pipeline.events.proto import Named, Piece

# How far figures of one gift may lie apart: where one is told as about so much, and in a headline (捐书千册).
_AROUND, _HEADLINE_OFF = Decimal("0.1"), Decimal("0.2")


def figure_of(piece: Piece) -> Decimal | None:
    """The count of goods, or the sum of money."""
    if piece.category == "money":
        return piece.value.number if piece.value else None
    return piece.figure.number if piece.figure else None


def agree(a: Piece, b: Piece, loose: bool = False) -> bool:
    """Whether two stated figures can be one: equal, or near where one is rough or `loose` is set."""
    one, two = figure_of(a), figure_of(b)
    if one is None or two is None:
        return False
    if one == two or _within(a.figure, two) or _within(b.figure, one):
        return True
    if _exceeds(a.figure, two) or _exceeds(b.figure, one):
        return True
    around = any(q is not None and q.qualifier != "exact" for p in (a, b) for q in (p.figure, p.value))
    share = _HEADLINE_OFF if loose else _AROUND
    return (loose or around) and abs(one - two) <= share * max(one, two)


def _within(figure: schema.Quantity | None, number: Decimal) -> bool:
    """几百本 of 500册: whether a range holds a number."""
    return (
        figure is not None
        and figure.qualifier == "range"
        and figure.low is not None
        and figure.high is not None
        and figure.low <= number <= figure.high
    )


def _exceeds(figure: schema.Quantity | None, number: Decimal) -> bool:
    """千余册 of 1386册: whether a number lies between so many and more and the next round one."""
    if figure is None or figure.qualifier != "over" or figure.number <= 0:
        return False
    step = Decimal(1).scaleb(
        figure.number.normalize().adjusted() - len(figure.number.normalize().as_tuple().digits) + 1
    )
    return figure.number <= number < figure.number + step


def same_goods(a: Piece, b: Piece, text: str) -> bool:
    """Whether two goods phrases can speak of the same goods: by name, or by kind and figure."""
    if a.category == "money" or b.category == "money":
        return a.category == b.category
    if family(a) == family(b) and _same_count(a, b):
        return True
    one, two = text[a.start : a.end], text[b.start : b.end]
    if _same_count(a, b) and (one in two or two in one):
        return True
    if a.category == b.category == "book" and _PLAIN.fullmatch(one) and _PLAIN.fullmatch(two):
        return True
    return one.endswith(two) or two.endswith(one) or (a.category == b.category and one[-2:] == two[-2:])


# Words for books that say nothing of which: 图书 and 书籍 are the same goods.
_PLAIN = re.compile(r"(?:各类|各种|优秀|爱心|精品|全新|新|好|捐赠)?(?:图书|书籍|书)(?:资料)?")
_PRINTED = ("book", "periodical")


def family(piece: Piece) -> str:
    """The category of goods; books and periodicals are one."""
    return "print" if piece.category in _PRINTED else piece.category


def _same_count(a: Piece, b: Piece) -> bool:
    """220册书籍, 这220册书: the same figure, of more than a handful, in the same unit."""
    one, two = a.figure, b.figure
    return one is not None and two is not None and one.number == two.number > 9 and one.unit == two.unit


def same_name(first: str, second: str) -> bool:
    """Whether two resolved names are one party: equal, or one with a fuller address."""
    short, full = sorted((first, second), key=len)
    return short == full or (len(short) >= 3 and full.endswith(short))


def overlap(first: Sequence[Named], second: Sequence[Named]) -> bool:
    """Whether two sides have a party in common."""
    return any(same_name(a.name, b.name) for a in first for b in second)


def is_short_for(short: str, full: str) -> bool:
    """丰禾股份 of 青溪丰禾牧业股份有限公司: whether a name of a headline leaves out parts of a fuller one."""
    rest = iter(full)
    return len(short) > 1 and all(char in rest for char in short)
