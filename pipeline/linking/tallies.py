"""Those who get something as lists tell them: a kind with its number, then a sum (低保户210户,每户800元).

All spans are offsets into the folded text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from pipeline.lexicons import read_toml, words
from pipeline.linking.spans import Span, alternation, overlaps


@cache
def _tally() -> re.Pattern[str]:
    """低保户210户, behind which a sum or a rate stands."""
    known = read_toml("particles.toml")["tallies"]
    barred, leads = (alternation(words(known[name])).pattern for name in ("barred", "leads"))
    number = r"[0-9〇零一二两三四五六七八九十百千万]+(?:余|多)?(?:人|户|名|位)"
    return re.compile(
        rf"(?:^|(?<=[,。;:、\n]))(?P<who>(?:(?!{barred})[\u4e00-\u9fff“”\"]){{2,16}}?{number})"
        rf"[,、:](?=(?:{leads})*(?:每[人户名位]|[\u4e00-\u9fff]{{0,5}}?[0-9.]+(?:万|余|多)*元))"
    )


def find_tallies(text: str, taken: Iterable[Span]) -> Iterator[Span]:
    """Groups with their number behind them, right before the sum that they get.

    Example:
        >>> text = "低保户210户,每户800元;孤儿8人,共4000元"
        >>> [text[s:e] for s, e in find_tallies(text, ())]
        ['低保户210户', '孤儿8人']
    """
    named = list(taken)
    for match in _tally().finditer(text):
        if not overlaps(match.span("who"), named):
            yield match.span("who")


def tally_before(text: str, first: int, last: int) -> Span | None:
    """The group of a list that gets what follows it, in the part of a list that ends with it.

    Example:
        >>> text = "低保户210户,每户800元;孤儿8人,共4000元"
        >>> text[slice(*tally_before(text, 0, text.index("4000")))]
        '孤儿8人'
    """
    found = None
    for match in _tally().finditer(text, first):
        if match.end() > last:
            break
        found = match.span("who") if ";" not in text[match.end() : last] else None
    return found
