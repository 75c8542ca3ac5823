"""Folding of characters that never moves an offset.

Every fold maps one code point to one code point, so that an offset into the folded text is an offset
into the stored text. What would change the length (㎡, ½) stays as it is.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def _table() -> dict[int, str]:
    lines = files("pipeline.lexicons").joinpath("folding.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if not line.startswith("# "))
    return {ord(written): folded for written, folded in pairs}


def fold(text: str) -> str:
    """Fold full-width forms, radicals and traditional characters, one for one.

    Source: widths and radicals from Unicode NFKC where it is one to one; traditional characters from
    the MediaWiki conversion table (characters only, no phrases).

    Example:
        >>> fold("捐贈圖書２０００冊，⻄安")
        '捐赠图书2000册,西安'
    """
    return text.translate(_table())
