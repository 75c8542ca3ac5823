"""夫妇俩, 父子俩, 三兄弟: people told by how they are related, and who of those named they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from pipeline import schema
from pipeline.lexicons import read_toml, words
from pipeline.linking.scan import Party
from pipeline.linking.spans import alternation
from pipeline.text import fold

_NUMBER = {"三": 3, "四": 4, "五": 5}
# Characters that may lie between the names of two who are related.
_APART = 20


@cache
def _words(name: str) -> re.Pattern[str]:
    return alternation(words(read_toml("pronouns.toml")["kin"][name]))


@cache
def _called() -> re.Pattern[str]:
    """What stands behind the names of two who are related: 李平、周禾夫妇."""
    return re.compile(f"(?:{_words('titles').pattern})?(?:{_words('called').pattern})")


@cache
def _writers() -> re.Pattern[str]:
    """What stands before the names of those who only write: 记者李平、周禾."""
    return re.compile(rf"(?:{_words('writers').pattern})[\s:/]*$")


def is_kin(word: str) -> bool:
    """Whether a word tells people by how they are related.

    Example:
        >>> is_kin("夫妇俩"), is_kin("他们")
        (True, False)
    """
    return bool(_words("told").fullmatch(word))


def kinfolk(
    text: str, span: tuple[int, int], parties: Sequence[Party], table: dict[tuple[int, int], tuple[str, ...]]
) -> tuple[str, ...]:
    """The names of those whom 夫妇俩 or 三兄弟 stands for; nobody where the report does not tell.

    Args:
        text: the report's text.
        span: where the word stands.
        parties: everybody in the report.
        table: the names of every mention.
    """
    text = fold(text)
    number = next((_NUMBER[c] for c in text[slice(*span)] if c in _NUMBER), 2)
    persons = [
        p for p in parties if p.kind == "PER" and not _writers().search(text, max(0, p.start - 8), p.start)
    ]
    lists = [p for p in persons if len(p.members) == number]
    called = [p for p in lists if _called().match(text, p.end)]
    pairs = list(_pairs(text, persons)) if number == 2 else []
    for found in (called, pairs, lists):
        told = sorted(found, key=lambda p: (p.start > span[0], abs(p.start - span[0])))
        names = tuple(dict.fromkeys(n for s in told[0].members for n in table.get(s, ()))) if told else ()
        if len(names) == number:
            return names
    return ()


def _pairs(text: str, persons: Sequence[Party]) -> list[Party]:
    """李平和老伴周禾: two single persons, the second told as a relation of the first."""
    found = []
    for first, second in pairwise(persons):
        gap = text[first.end : second.start]
        single = len(first.members) == len(second.members) == 1
        if single and len(gap) <= _APART and not re.search(r"[\n]", gap) and _words("ties").search(gap[-6:]):
            found.append(Party(first.start, second.end, "PER", first.members + second.members, "", ""))
    return found


def alma_mater(
    named: Sequence[schema.Mention], table: dict[tuple[int, int], tuple[str, ...]]
) -> tuple[str, ...]:
    """母校 of 石桥中学校友会: the school whose former pupils have an association."""
    for mention in named:
        school = _ALUMNI.match(fold(mention.surface)) if mention.label == "ORG" else None
        if school:
            full = _ALUMNI.match(fold(table[mention.start, mention.end][0]))
            return ((full or school)["school"],)
    return ()


_ALUMNI = re.compile(
    r"(?P<school>[\u4e00-\u9fff]{2,16}?(?:中学|小学|大学|学院|学校|[一二三四五六七八九]中(?!学)))[\u4e00-\u9fff]{0,6}校友(?:总|联谊)?会$"
)
