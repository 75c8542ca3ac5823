"""Spans and patterns that the modules of linking share."""

from __future__ import annotations

import re
from collections.abc import Iterable

Span = tuple[int, int]


def alternation(entries: Iterable[str]) -> re.Pattern[str]:
    """A pattern of words, longest first."""
    ordered = sorted(set(entries), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, ordered)))


def inside(span: Span, spans: Iterable[Span]) -> bool:
    """Whether a span lies within one of others."""
    return any(first <= span[0] and span[1] <= last for first, last in spans)


def overlaps(span: Span, spans: Iterable[Span]) -> bool:
    """Whether a span shares a character with one of others."""
    return any(first < span[1] and span[0] < last for first, last in spans)
