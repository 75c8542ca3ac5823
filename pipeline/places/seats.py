"""Where universities and hospitals stand whose names tell no city: 华东师范大学, 河南省肿瘤医院."""

from __future__ import annotations

import re
from functools import cache

from pipeline.places.tables import lexicon

_LOCAL = re.compile(
    r"(?!.*(?:山区|[0-9一两三四五六七八九十几数多]所|各|等地|基层))[^、和]{2,16}?(?:大学|学院|医院)(?!生)"
)
_SHORTEST = 4


def seat(name: str) -> str | None:
    """The code of the city that a university at the beginning of a name stands in.

    Example:
        >>> seat("华东师范大学图书馆"), seat("中山大学附属第一医院"), seat("中山市图书馆")
        ('310000', '440100', None)
    """
    table = _seats()
    for end in range(min(len(name), max(map(len, table))), _SHORTEST - 1, -1):
        if name[:end] in table and not name.startswith("生", end):
            return table[name[:end]]
    return None


def capital(name: str, province: str) -> str | None:
    """The capital's code for a province's own university or hospital (河南省肿瘤医院), else None.

    Example:
        >>> capital("河南省肿瘤医院", "410000"), capital("河南省红十字会", "410000")
        ('410100', None)
    """
    if not province.endswith("0000") or province[:2] in ("11", "12", "31", "50", "71", "81", "82"):
        return None
    return province[:2] + "0100" if _LOCAL.match(name) else None


@cache
def _seats() -> dict[str, str]:
    return {name: code for name, code, *_ in lexicon("places_seats.tsv")}
