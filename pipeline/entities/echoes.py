"""Names that only the ones beside them show: 书香青溪 by 青溪县, 文化馆 by 区图书馆和."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from pipeline.entities.decoding import Span
from pipeline.lexicons import read_toml, words
from pipeline.text import fold

# 青溪市, also at the beginning of 青溪市图书馆 and behind 云岭省: the short name and what it is.
_PLACE = re.compile(r"(?:^|[省市州区县])([^省市州盟区县旗镇乡]{2,3})(?:市|州|盟|区|县|旗|镇|乡)")


def with_echoes(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the spans of a text, in order, with the names that those known already show.

    They are the short name of a place in a slogan and before 籍, where the text names the place in full,
    and a bare kind of institution behind a named one. Each has the score of the name that shows it.

    Example:
        >>> text = "青溪县图书馆和文化馆举办“书香青溪”活动，青溪籍企业家捐书。"
        >>> [text[span.start : span.end] for span in with_echoes(text, [Span(0, 6, "ORG", 0.9)])]
        ['青溪县图书馆', '文化馆', '青溪', '青溪']
    """
    known = list(spans)
    folded = fold(text)
    new = [*_short_places(folded, known), *_paired(folded, known)]
    known += [span for span in new if not any(span.start < one.end and one.start < span.end for one in known)]
    yield from sorted(known)


def _short_places(text: str, known: Sequence[Span]) -> Iterator[Span]:
    stems: dict[str, float] = {}
    for span in known:
        if span.label != "PER":
            for match in _PLACE.finditer(text[span.start : span.end]):
                stems[match[1]] = max(span.score, stems.get(match[1], 0.0))
    if stems:
        for match in _echoes(tuple(sorted(stems))).finditer(text):
            start, end = match.span(match.lastgroup or 0)
            yield Span(start, end, "LOC", stems[text[start:end]])


def _paired(text: str, known: Sequence[Span]) -> Iterator[Span]:
    for span in known:
        if span.label == "ORG" and (found := _kinds().match(text, span.end)):
            yield span._replace(start=found.start("kind"), end=found.end("kind"))


@cache
def _kinds() -> re.Pattern[str]:
    kinds = "|".join(map(re.escape, words(read_toml("entity_repairs.toml")["paired"])))
    return re.compile(f"[和、及与](?P<kind>{kinds})")


def _echoes(stems: tuple[str, ...]) -> re.Pattern[str]:
    slogans, origin = _words()
    places = "|".join(map(re.escape, stems))
    return re.compile(
        f"(?:{slogans})(?P<slogan>{places})(?![省市州盟区县旗镇乡村])|(?P<origin>{places})(?={origin})"
    )


@cache
def _words() -> tuple[str, str]:
    data = read_toml("entity_repairs.toml")
    return "|".join(map(re.escape, words(data["slogans"]))), re.escape(data["origin"])
