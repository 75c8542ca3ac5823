"""The pretrained reader beside the trained model: what it adds to the names, and what else it finds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import numpy as np

from pipeline.encoder import Tagger
from pipeline.entities.decoding import Scores, Span, decode_alone
from pipeline.entities.params import EntitiesParams
from pipeline.lexicons import read_toml, words
from pipeline.shipped import model_folder

# Its layers of tags; the labels of `names` are those of the model, in the model's order.
NAMES, ITEMS = "names", "items"


@dataclass(frozen=True, slots=True)
class Read:
    """What the reader says of a text: scores to add to those of the names, and spans of its own."""

    names: Scores | None
    spans: tuple[Span, ...]


UNREAD = Read(None, ())


class Reader:
    """Reads texts that hold a word of giving.

    Args:
        params: where its files are, what its scores weigh, and how sure it has to be.
    """

    def __init__(self, params: EntitiesParams) -> None:
        self._tagger = Tagger(model_folder(str(params.tagger)))
        self.labels = tuple(self._tagger.layers[NAMES])
        self._share = np.float32(params.tagger_share)
        self._item_score = params.item_score

    def __call__(self, text: str) -> Read:
        """Read one text."""
        if not _sign().search(text):
            return UNREAD
        scores = self._tagger(text)
        items = decode_alone(scores[ITEMS], self._tagger.layers[ITEMS])
        return Read(scores[NAMES] * self._share, tuple(s for s in items if s.score >= self._item_score))


@cache
def _sign() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words(read_toml("triggers.toml")["signs"]["words"]))))
