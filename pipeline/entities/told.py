"""The part of a report that tells something: everything but image marks and links."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

_SKIPPED = re.compile(r"\[image:[^\]\n]*\]\n?|https?://[\x21-\x7e]+")


@dataclass(frozen=True, slots=True)
class Told:
    """A text without image marks and links, and where its pieces stood in the whole."""

    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]

    def origin(self, place: int) -> int:
        """Return where a character stood in the whole text."""
        piece = bisect_right(self.starts, place) - 1
        return self.origins[piece] + place - self.starts[piece]


def told(text: str) -> Told:
    r"""Take image marks and links out of a text.

    Example:
        >>> rest = told("甲县赠书\n[image: http://a.b/c.jpg]\n近日，甲县赠书。")
        >>> rest.text, rest.origin(5)
        ('甲县赠书\n近日，甲县赠书。', 31)
    """
    pieces, starts, origins, place, length = [], [0], [0], 0, 0
    for skipped in _SKIPPED.finditer(text):
        pieces.append(text[place : skipped.start()])
        length += len(pieces[-1])
        place = skipped.end()
        starts.append(length)
        origins.append(place)
    return Told("".join((*pieces, text[place:])), tuple(starts), tuple(origins))
