"""jieba words with tags, by a tokenizer of our own: nothing another user of jieba adds reaches it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

import jieba
import jieba.posseg

# Without its HMM jieba tags a figure as English.
_FIGURE = re.compile(r"[0-9.]*[0-9]")
# jieba reports the loading of its dictionary on standard error.
logging.getLogger("jieba").setLevel(logging.WARNING)


class Tagger:
    """jieba's dictionary, loaded at the first call.

    Source: jieba 0.42.1, default dictionary and HMM; tags as in ICTCLAS.
    """

    def __init__(self, unknown_words: bool) -> None:
        self._unknown_words = unknown_words
        self._tagger: jieba.posseg.POSTokenizer | None = None

    def __call__(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and tag of every word that is not white space."""
        if self._tagger is None:
            self._tagger = jieba.posseg.POSTokenizer(jieba.Tokenizer())
        place = 0
        for word, tag in self._tagger.cut(text, HMM=self._unknown_words):
            if word.strip():
                yield place, place + len(word), "m" if _FIGURE.fullmatch(word) else tag
            place += len(word)
