"""Repairs of spans where the language leaves no doubt; patterns in `entity_repairs.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from pipeline.entities.decoding import Span
from pipeline.lexicons import read_toml
from pipeline.text import fold


def repaired(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the spans of a text in order, with brackets closed and datelines cut off.

    Example:
        >>> text = "昭通市烟草局（公司）讯"
        >>> [text[span.start : span.end] for span in repaired(text, [Span(0, 9, "ORG", 0.9)])]
        ['昭通市烟草局（公司）']
    """
    folded = fold(text)
    taken = 0
    for found in spans:
        span = _without_dateline(folded, _closed(folded, found)) if found.label == "ORG" else found
        if span.start >= taken:
            yield span
            taken = span.end


def _closed(text: str, span: Span) -> Span:
    inside = text[span.start : span.end]
    if inside.count("(") > inside.count(")") and (found := _patterns()["closed"].match(text, span.end)):
        return span._replace(end=found.end())
    return span


def _without_dateline(text: str, span: Span) -> Span:
    found = _patterns()["dateline"].search(text, span.start, span.end)
    return span._replace(end=found.start()) if found else span


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = read_toml("entity_repairs.toml")
    return {
        "closed": re.compile(f"{data['closing']}{data['legal_form']}?"),
        "dateline": re.compile(data["dateline"]),
    }
