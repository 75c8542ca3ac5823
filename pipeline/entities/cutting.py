"""Columns of jieba's reading of a text: where it cuts words, and what kind of word it takes each for.

The lexicon marks every word that could begin at a character; jieba's likeliest path says which of them do.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from functools import cache
from types import MappingProxyType

import jieba
import numpy as np
from numpy.typing import NDArray

from pipeline.text import fold

TAGS = MappingProxyType(
    {
        "person": ("nr", "nrt", "nrfg"),
        "place": ("ns",),
        "organisation": ("nt",),
        "name": ("nz",),
        "noun": ("n", "ng", "j", "an", "vn", "s", "f"),
        "verb": ("v", "vg", "vd", "vi", "a", "ad", "d", "z", "b"),
        "phrase": ("i", "l"),
        "function": ("p", "c", "u", "ul", "uj", "r", "m", "q", "mq", "t", "y", "o"),
    }
)
_BEGIN_INSIDE_END = 3
WIDTH = _BEGIN_INSIDE_END + len(TAGS)
# jieba reports the loading of its dictionary on standard error.
logging.getLogger("jieba").setLevel(logging.WARNING)


def cut_columns(texts: Sequence[str], starts: Sequence[int], rows: int) -> NDArray[np.float32]:
    """Mark begin, inside and end of words of two characters or more, then the group of every word's tag.

    Source: jieba 0.42.1, default dictionary, without its guesses at unknown words.

    Args:
        texts: the texts.
        starts: row of each text's first character.
        rows: number of rows of the result; shape (rows, WIDTH).

    Example:
        >>> cut_columns(["赠送图书"], [1], 5)[:, :3].astype(int).tolist()
        [[0, 0, 0], [1, 0, 0], [0, 0, 1], [1, 0, 0], [0, 0, 1]]
    """
    columns = np.zeros((rows, WIDTH), dtype=np.float32)
    groups = _groups()
    for text, start in zip(texts, starts, strict=True):
        place = start
        for word in _tokenizer().cut(fold(text), HMM=False):
            end = place + len(word)
            if len(word) > 1:
                columns[place, 0] = 1
                columns[place + 1 : end - 1, 1] = 1
                columns[end - 1, 2] = 1
            group = groups.get(word)
            if group is not None:
                columns[place:end, group] = 1
            place = end
    return columns


@cache
def _tokenizer() -> jieba.Tokenizer:
    """A tokenizer of our own: nothing another user of jieba adds reaches it."""
    return jieba.Tokenizer()


def dictionary() -> Iterator[tuple[str, str]]:
    """Yield the words of jieba's default dictionary with their tags."""
    with jieba.get_dict_file() as file:
        for line in file:
            fields = line.decode("utf-8").split()
            yield fields[0], fields[2]


@cache
def _groups() -> dict[str, int]:
    """The column of every word's tag; the words are the tokenizer's own, so that memory holds them once."""
    columns = {tag: _BEGIN_INSIDE_END + n for n, tags in enumerate(TAGS.values()) for tag in tags}
    found = {word: columns[tag] for word, tag in dictionary() if tag in columns}
    tokenizer = _tokenizer()
    tokenizer.initialize()
    return {word: found[word] for word in tokenizer.FREQ if word in found}
