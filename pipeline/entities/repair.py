"""Repairs of spans where the language leaves no doubt; patterns in `entity_repairs.toml`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType

from pipeline.entities.decoding import Span
from pipeline.lexicons import read_toml
from pipeline.text import fold


def repaired(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the spans of a text in order, with brackets closed and datelines, verbs and titles cut off.

    Example:
        >>> text = "昭通市烟草局（公司）讯"
        >>> [text[span.start : span.end] for span in repaired(text, [Span(0, 9, "ORG", 0.9)])]
        ['昭通市烟草局（公司）']
    """
    folded = fold(text)
    taken = 0
    for found in _parted(folded, spans):
        span = _REPAIRS.get(found.label, _kept)(folded, found)
        if span.end > span.start >= taken:
            yield span
            taken = span.end


def _parted(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """甲区向乙局: a place and an institution read as one name."""
    for span in spans:
        both = _patterns()["place_to"].fullmatch(text, span.start, span.end) if span.label == "ORG" else None
        if both is None:
            yield span
        else:
            yield span._replace(end=both.end("place"), label="LOC")
            yield span._replace(start=both.start("rest"))


def _kept(_text: str, span: Span) -> Span:
    return span


def _organisation(text: str, span: Span) -> Span:
    span = _before_preposition(text, _without_dateline(text, _closed(text, span)))
    inside = text[span.start : span.end]
    verb = _patterns()["leading"].match(inside) or _patterns()["kind"].match(inside)
    return span._replace(start=span.start + verb.end()) if verb else span


def _place(text: str, span: Span) -> Span:
    """Cut off what the place is to somebody: 包联村石桥村; nothing is left of a bare 包联村."""
    found = _patterns()["apposed"].match(text[span.start : span.end])
    return span._replace(start=span.start + found.end()) if found else span


def _person(text: str, span: Span) -> Span:
    """Cut the title off; what is left of a surname with a title is empty."""
    found = _patterns()["title"].search(text, span.start, span.end)
    if found is None:
        return span
    return span._replace(end=found.start() if found.start() - span.start > 1 else span.start)


_REPAIRS: Mapping[str, Callable[[str, Span], Span]] = MappingProxyType(
    {"ORG": _organisation, "LOC": _place, "PER": _person}
)


def _closed(text: str, span: Span) -> Span:
    inside = text[span.start : span.end]
    if inside.count("(") > inside.count(")") and (found := _patterns()["closed"].match(text, span.end)):
        return span._replace(end=found.end())
    return span


def _before_preposition(text: str, span: Span) -> Span:
    found = _patterns()["preposition"].search(text, span.start, span.end)
    return span._replace(end=found.start()) if found else span


def _without_dateline(text: str, span: Span) -> Span:
    found = _patterns()["dateline"].search(text, span.start, span.end)
    return span._replace(end=found.start()) if found else span


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = read_toml("entity_repairs.toml")
    return {
        "apposed": re.compile(f"{data['relation']}(?:{data['apposed']}|$)"),
        "closed": re.compile(f"{data['closing']}{data['legal_form']}?"),
        **{
            name: re.compile(data[name])
            for name in ("dateline", "kind", "leading", "place_to", "preposition", "title")
        },
    }
