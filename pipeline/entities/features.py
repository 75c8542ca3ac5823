"""What the network sees of a text: rows of the embedding tables and plain columns, one row a character."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipeline.entities import cutting
from pipeline.entities.cutting import cut_columns
from pipeline.entities.lexicon import Codes, HashedLexicon, code_points
from pipeline.entities.memory import WIDTH, memory_columns
from pipeline.lexicons import read_toml
from pipeline.text import fold

GAP = 8  # empty rows between two texts: the widest reach of one convolution
_PLANE = 0x10000
_DIGIT = ord("0")
_NEWLINE = ord("\n")


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts laid out one after the other with empty rows between.

    `chars` and `grams` are hashes of the character and of it with its successor; `columns` are 0 or 1, shape
    (rows, columns); `mask` is 0 on the empty rows and on newlines, which no span crosses; `bounds` are the
    rows of each text, end exclusive.
    """

    chars: Codes
    grams: Codes
    columns: NDArray[np.float32]
    mask: NDArray[np.float32]
    bounds: tuple[tuple[int, int], ...]


def featurise(texts: Sequence[str], lexicon: HashedLexicon, cut: bool = False) -> Batch:
    """Lay out texts for the network, with columns of jieba's cut where `cut` says so.

    Example:
        >>> batch = featurise(["赠书", "甲县"], HashedLexicon.build((), {}))
        >>> batch.bounds, len(batch.mask)
        (((8, 10), (18, 20)), 28)
    """
    gap = "\0" * GAP
    codes = _folded(code_points(gap + gap.join(texts) + gap))
    bounds, place = [], GAP
    for text in texts:
        bounds.append((place, place + len(text)))
        place += len(text) + GAP
    kinds = _kinds()[codes]
    owners = np.repeat(np.arange(len(texts) + 1), [GAP, *(len(text) + GAP for text in texts)])
    parts = [lexicon.flags(codes), kinds, memory_columns(codes, owners)]
    if cut:
        parts.append(cut_columns(texts, [start for start, _ in bounds], len(codes)))
    following = np.append(codes[1:], np.uint32(0))
    grams = codes * np.uint32(0x9E3779B1) + following * np.uint32(0x85EBCA77)
    mask = np.zeros((len(codes), 1), dtype=np.float32)
    for start, end in bounds:
        mask[start:end] = 1
    mask[codes == _NEWLINE] = 0
    return Batch(_mixed(codes), _mixed(grams), np.concatenate(parts, axis=1), mask, tuple(bounds))


def column_count(lexicon: HashedLexicon, cut: bool = False) -> int:
    """Number of columns of a batch."""
    return lexicon.width + int(_kinds().shape[1]) + WIDTH + (cutting.WIDTH if cut else 0)


def _mixed(codes: Codes) -> Codes:
    mixed = codes ^ (codes >> np.uint32(15))
    mixed = mixed * np.uint32(0x2C1B3C6D)
    spread: Codes = mixed ^ (mixed >> np.uint32(12))
    return spread


def _folded(codes: Codes) -> Codes:
    """Fold and bring every code point into the basic plane; those beyond all look the same."""
    folded: Codes = np.take(_folding(), np.minimum(codes, _PLANE - 1))
    return folded


@cache
def _folding() -> Codes:
    table = np.array([ord(fold(chr(code))) for code in range(_PLANE)], dtype=np.uint32)
    table[(table >= _DIGIT) & (table < _DIGIT + 10)] = _DIGIT
    return np.minimum(table, np.uint32(_PLANE - 1))


@cache
def _kinds() -> NDArray[np.float32]:
    """Which kinds of character each code point belongs to, from `character_kinds.toml`."""
    lists = read_toml("character_kinds.toml")
    table = np.zeros((_PLANE, len(lists) + 2), dtype=np.float32)
    table[0x4E00:0xA000, 0] = 1
    table[0x3400:0x4DC0, 0] = 1
    table[0, 1] = 1
    for column, name in enumerate(lists, start=2):
        for character in lists[name]:
            table[ord(character), column] = 1
    return table
