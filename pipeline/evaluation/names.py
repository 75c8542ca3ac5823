"""When two names, goods phrases or figures count as the same.

A party may be written with a fuller address on either side (柳河镇石桥村 is 石桥村), unless the shorter
name is generic and would fit many. The generic names are data: `lexicons/generic_names.toml`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from pipeline.lexicons import read_toml

_IGNORED = re.compile(r"[\s“”\"'《》()、,。·]")
_TOLERANCE = Decimal("0.005")


def same_party(name: str, accepted: Iterable[str]) -> bool:
    """Whether a name is one of the accepted forms, up to a fuller address before it.

    Example:
        >>> same_party("柳河镇石桥村", ["石桥村"]), same_party("青溪县图书馆", ["图书馆"])
        (True, False)
    """
    plain = normalise(name)
    return bool(plain) and any(_agree(plain, normalise(other)) for other in accepted)


def same_goods(text: str, accepted: Iterable[str]) -> bool:
    """Whether a goods phrase holds an accepted one or stands in one.

    Example:
        >>> same_goods("儿童图书", ["图书"]), same_goods("图书", ["书架"])
        (True, False)
    """
    plain = normalise(text)
    others = [normalise(other) for other in accepted]
    return bool(plain) and any(other and (plain in other or other in plain) for other in others)


def same_figure(predicted: Decimal | None, gold: Decimal | None) -> bool:
    """Whether two figures agree within half a percent (below one: within 0.005)."""
    if predicted is None or gold is None:
        return False
    return abs(predicted - gold) < _TOLERANCE * max(Decimal(1), abs(gold))


@cache
def normalise(text: str) -> str:
    """A name without blanks, quotation marks, brackets and width differences.

    Example:
        >>> normalise("“爱心” 书屋（一期）")
        '爱心书屋一期'
    """
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text))


def is_stand_in(name: str) -> bool:
    """Whether a name identifies nobody by itself: generic, cut out of an address, or an anaphor.

    Example:
        >>> [is_stand_in(name) for name in ("图书馆", "县图书馆", "该村", "青溪县图书馆")]
        [True, True, True, False]
    """
    lists = _generic()
    return name in lists.names or name.startswith((*lists.cut_addresses, *lists.anaphora))


class _Generic(NamedTuple):
    names: frozenset[str]
    cut_addresses: tuple[str, ...]
    anaphora: tuple[str, ...]


def _agree(name: str, other: str) -> bool:
    if name == other:
        return True
    short, long = sorted((name, other), key=len)
    lists = _generic()
    telling = len(short) >= 3 and short not in lists.names and not short.startswith(lists.cut_addresses)
    return telling and long.endswith(short)


@cache
def _generic() -> _Generic:
    table = read_toml("generic_names.toml")
    names = frozenset(name for kind in table["names"].values() for name in kind)
    return _Generic(names, tuple(table["cut_addresses"]), tuple(table["anaphora"]))
