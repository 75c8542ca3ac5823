"""Short names that a report itself introduces: 甲公司（以下称乙）."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.entities.decoding import Span
from pipeline.text import fold

_DECLARED = re.compile(r"\((?:以下|下)?(?:统一)?(?:简)?称(?:为|:)?[“\"']?([^()”\"',。]{2,14})[”\"']?\)")


def with_declared(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the spans of a text and every further occurrence of the short names it introduces, in order.

    A short name has the label and the score of the full name before its bracket.

    Example:
        >>> text = "青溪县一民农资公司（以下称一民农资）捐款。一民农资还送去大米。"
        >>> spans = [Span(0, 9, "ORG", 0.9)]
        >>> [text[span.start : span.end] for span in with_declared(text, spans)]
        ['青溪县一民农资公司', '一民农资', '一民农资']
    """
    known = list(spans)
    folded = fold(text)
    for match in _DECLARED.finditer(folded):
        owner = next((span for span in known if span.end == match.start()), None)
        if owner is None:
            continue
        for found in re.finditer(re.escape(match[1]), folded):
            if not any(span.start < found.end() and found.start() < span.end for span in known):
                known.append(owner._replace(start=found.start(), end=found.end()))
    yield from sorted(known)
