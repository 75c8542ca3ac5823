"""Finding numerals in running text, and refusing what only looks like one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from pipeline.numerals._value import Numeral, evaluate, to_numeral
from pipeline.text import fold

_CHINESE = "零〇○一壹二贰两俩三叁仨四肆五伍六陆七柒八捌九玖参几数廿卅卌"
_UNIT = "十百千拾佰仟万亿兆"
_GROUPED = "|".join(rf"[0-9]{{1,3}}(?:{mark}[0-9]{{3}}){{1,6}}(?![0-9])" for mark in ", ")
_ARABIC = rf"(?:{_GROUPED}|[0-9]{{1,20}}(?![0-9]))(?:\.[0-9]{{1,20}})?"
_ATOM = rf"(?:{_ARABIC}|[{_CHINESE}]{{1,24}}(?:点[{_CHINESE}]{{1,20}})?|半)"
_SCALE = rf"(?:[余多来]|(?<=[0-9]) (?=[千万亿]))?[{_UNIT}]{{1,4}}"
_CANDIDATE = re.compile(
    rf"(?:(?<![0-9]){_ATOM}|(?=[{_UNIT}]))"
    rf"(?:{_SCALE}(?:点[{_CHINESE}]{{1,20}}|零?{_ATOM})?){{0,16}}[余多来]?"
)
_GLUE = frozenset("_./@#&=%+-")
_RANGE_START = re.compile(
    r"(?<![0-9A-Za-z-])(?!0[0-9])[0-9]{1,6}(?:\.[0-9]{1,2})?[十百千万亿册本套台件个元人名]?-$"
)
_DATE_TAIL = re.compile(r"-[0-9]")
_DATE_HEAD = re.compile(r"[0-9]{1,4}([-/.])[0-9]{1,2}\1[0-9]|0[0-9]{2,3}-[0-9]{7}")
_LATIN_UNIT = re.compile(
    r"(?:[kK][gGmMwW]h?|[mMcCdDnu]?[mMlLg][23²³]?|[tTWVL]|[GTMK]B|dB|PCS|pcs)(?![A-Za-z0-9])"
)
_AFTER_KILO = frozenset("米克瓦卡伏赫帕")
_AFTER_COME = frozenset("自到了源")
_SINGLE = frozenset(_CHINESE)
_SHRINK = "余多来数几半两点"


class NumeralFigure(NamedTuple):
    """A numeral with `ordinal` true behind 第."""

    numeral: Numeral
    ordinal: bool


@cache
def _stops() -> tuple[frozenset[str], frozenset[str], int]:
    data = tomllib.loads(
        files("pipeline.lexicons").joinpath("numeral_stops.toml").read_text(encoding="utf-8")
    )
    words = frozenset(data["words"])
    return words, frozenset(data["keep"]), max(map(len, words))


@cache
def _classifier() -> re.Pattern[str]:
    data = tomllib.loads(files("pipeline.lexicons").joinpath("classifiers.toml").read_text(encoding="utf-8"))
    money = tomllib.loads(files("pipeline.lexicons").joinpath("money.toml").read_text(encoding="utf-8"))
    words = {word for kind in data["kinds"].values() for word in kind}
    words.update(word for currency in money["units"].values() for word in currency)
    unit = "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))
    return re.compile(rf"(?: ?(?:至|到|—{{1,2}}|-|~) ?[0-9{_CHINESE}{_UNIT}]{{1,8}})? ?(?:{unit})")


@cache
def _currency_codes() -> frozenset[str]:
    """RMB and the like, which may touch the digits behind them."""
    data = tomllib.loads(files("pipeline.lexicons").joinpath("money.toml").read_text(encoding="utf-8"))
    return frozenset(
        sign for signs in data["signs"].values() for sign in signs if len(sign) == 3 and sign.isalpha()
    )


@cache
def _latin_goods() -> frozenset[str]:
    """AED and the like, which a figure with its classifier may touch: AED5台."""
    data = tomllib.loads(
        files("pipeline.lexicons").joinpath("numeral_stops.toml").read_text(encoding="utf-8")
    )
    return frozenset(data["latin_goods"])


@cache
def _id_label() -> re.Pattern[str]:
    """电话 邮编 and the like before a run of digits."""
    data = tomllib.loads(
        files("pipeline.lexicons").joinpath("numeral_stops.toml").read_text(encoding="utf-8")
    )
    return re.compile("(?:" + "|".join(map(re.escape, data["id_labels"])) + ")[号为是: ]{0,2}$")


def parse_numeral(text: str) -> Numeral | None:
    """Read `text` as one numeral; None when it is not one.

    Ids and telephone numbers are digits, not numerals of a text; `find_numerals` refuses them where they
    stand, this function reads what it is given.

    Example:
        >>> parse_numeral("1亿2000万").value, parse_numeral("三万五").value, parse_numeral("万一")
        (Decimal('120000000'), Decimal('35000'), None)
    """
    folded = fold(text).strip()
    value = None if folded in _stops()[0] else evaluate(folded)
    return None if value is None else to_numeral(value, 0, len(text))


def find_numerals(text: str) -> Iterator[Numeral]:
    """Yield the numerals of `text` from left to right; offsets are code points.

    A single Chinese digit or a bare 百 千 万 counts only before a classifier; words such as 一直, 千方百计 or
    三农, ordinals behind 第, ids and telephone numbers do not count.

    Example:
        >>> [numeral.value for numeral in find_numerals("一直到第3届，共赠书三千五百册")]
        [Decimal('3500')]
    """
    return (figure.numeral for figure in scan_figures(fold(text)) if not figure.ordinal)


def scan_figures(folded: str) -> Iterator[NumeralFigure]:
    """Yield the numerals of a folded text, the ordinal ones marked (for the layers above)."""
    for found in _CANDIDATE.finditer(folded):
        numeral = _accept(folded, found.start(), found.end())
        if numeral is not None:
            yield NumeralFigure(numeral, folded[numeral.start - 1 : numeral.start] == "第")


def _accept(folded: str, start: int, end: int) -> Numeral | None:
    if start == end:
        return None
    if folded[start] in "几数" and folded[start + 1 : start + 2] in _SINGLE and end - start > 1:
        start += 1
    if _is_refused(folded, start, end):
        return None
    value = _shrunk(folded, start, end)
    if value is None:
        return None
    needs = _needs_classifier(folded[value.start : value.end])
    return None if needs and not _before_classifier(folded, value) else value


def _is_refused(folded: str, start: int, end: int) -> bool:
    if not folded[start].isdigit():
        return _in_stop_word(folded, start, end)
    return _is_glued(folded, start, end)


def _shrunk(folded: str, start: int, end: int) -> Numeral | None:
    """The longest numeral from `start`; at most two particles at the end belong to what follows (300来自)."""
    if folded[end - 1] == "千" and folded[end : end + 1] in _AFTER_KILO and end - start > 1:
        end -= 1
    if folded[end - 1] == "来" and folded[end : end + 1] in _AFTER_COME:
        end -= 1
    for stop in range(end, max(end - 3, start), -1):
        if stop < end and folded[stop] not in _SHRINK:
            break
        value = evaluate(folded[start:stop])
        if value is not None:
            return to_numeral(value, start, stop)
    return None


def _needs_classifier(surface: str) -> bool:
    """One Chinese character is a numeral, and a long bare run of digits no id, only before a classifier."""
    return (len(surface) == 1 and not surface.isdigit()) or (surface.isdigit() and len(surface) > 6)


def _before_classifier(folded: str, numeral: Numeral) -> bool:
    ordinal = folded[numeral.start - 1 : numeral.start] == "第"
    return ordinal or _classifier().match(folded, numeral.end) is not None


def _is_glued(folded: str, start: int, end: int) -> bool:
    """Digits that touch Latin letters, links or further digits: N95, A4, v1.2, 2021-03-05, 0564-123456."""
    before, after = folded[start - 1 : start], folded[end : end + 1]
    if before == "-" and _RANGE_START.search(folded, max(0, start - 12), start):
        return _DATE_TAIL.match(folded, end) is not None
    if (
        folded[start:end].isdigit()
        and end - start > 5
        and _id_label().search(folded, max(0, start - 8), start)
    ):
        return True
    if (before and before in _GLUE) or (before.isascii() and before.isalnum()):
        word = folded[max(0, start - 3) : start]
        counted = word in _latin_goods() and _classifier().match(folded, end) is not None
        return not counted and word not in _currency_codes()
    if after in ("-", "/", ".") and after and _DATE_HEAD.match(folded, start):
        return True
    return after.isascii() and (after.isalpha() or after in ("_", "@")) and not _LATIN_UNIT.match(folded, end)


def _in_stop_word(folded: str, start: int, end: int) -> bool:
    """Whether a word that is no numeral covers the candidate: 统一, 十九大."""
    stops, keep, longest = _stops()
    for left in range(max(0, start - longest + 1), start + 1):
        for right in range(max(start, left + 1) + 1, min(len(folded), left + longest) + 1):
            if right - left > 1 and right >= end and folded[left:right] in stops:
                return not any(
                    folded.startswith(word, at) for word in keep for at in (left, max(0, left - 1))
                )
    return False
