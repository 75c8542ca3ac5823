"""One renaming of the places of a text: what shares a stem before shares another stem after.

A report that has 奇峰村, 奇峰小学 and bare 奇峰 shows by its repeats what 奇峰 is; to swap each by itself
would teach that repeats tell nothing.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping

from pipeline.training.entities.names import NameSource, stem_and_kind

_SHORTEST, _LONGEST = 2, 4


class Renaming:
    """Swap places as `NameSource` does, but the same stem for the same stem.

    Args:
        names: where new names come from.
        stems: stem -> the stem that takes its place, perhaps itself.
    """

    def __init__(self, names: NameSource, stems: Mapping[str, str]) -> None:
        self._names = names
        self._stems = dict(stems)

    @classmethod
    def drawn(cls, names: NameSource, surfaces: Iterable[str], share: float, rng: random.Random) -> Renaming:
        """Draw new stems for a share of those in the surfaces of a text."""
        stems: dict[str, str] = {}
        for surface in surfaces:
            for piece in names.pieces(surface)[:-1]:
                stem, _ = stem_and_kind(piece)
                if len(stem) >= _SHORTEST and stem not in stems:
                    fresh, _ = stem_and_kind(names.like(piece, rng)) if rng.random() < share else (stem, "")
                    stems[stem] = fresh if len(fresh) >= _SHORTEST else stem
        return cls(names, stems)

    def pieces(self, surface: str) -> list[str]:
        """Split the address in front of a name; the stems of the text are pieces, too."""
        parts = self._names.pieces(surface)
        if len(parts) > 1:
            return parts
        for length in range(min(_LONGEST, len(surface)), _SHORTEST - 1, -1):
            if surface[:length] in self._stems:
                return [surface[:length], surface[length:]]
        return parts

    def like(self, piece: str, rng: random.Random) -> str:
        """Give the place that takes the place of a piece.

        Example:
            >>> from pipeline.training.entities.names import name_source
            >>> renaming = Renaming(name_source(), {"奇峰": "白水"})
            >>> [renaming.like(piece, random.Random(0)) for piece in ("奇峰村", "奇峰镇", "奇峰")]
            ['白水村', '白水镇', '白水']
        """
        stem, kind = stem_and_kind(piece)
        return self._stems[stem] + kind if stem in self._stems else self._names.like(piece, rng)
