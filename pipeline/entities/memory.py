"""What the rest of a text says about a stretch of it: is it said again, is it a place's name elsewhere.

`互助` may be a verb; where the same report has `互助县`, it is likely the county. `储成英直` is no name where
`储成英` stands elsewhere without `直`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.entities.lexicon import Codes, grams

_GENERIC = np.array([ord(sign) for sign in "县市区镇乡村州旗省"], dtype=np.uint32)
_REPEATED = (2, 3, 4)
_STEMS = (2, 3)
_TEXT_PRIME = np.uint64(0x9E3779B97F4A7C15)
WIDTH = 2 * (len(_REPEATED) + len(_STEMS))


def memory_columns(codes: Codes, owners: NDArray[np.int64]) -> NDArray[np.float32]:
    """Mark first and last characters of what stands elsewhere in the same text; shape (len(codes), WIDTH).

    First the stretches of two, three and four characters that are repeated, then those of two and three that
    stand before 县, 镇, 村 … elsewhere but not here.

    Args:
        codes: folded code points.
        owners: number of the text that each belongs to.

    Example:
        >>> codes = np.array([ord(sign) for sign in "互助县。互助人"], dtype=np.uint32)
        >>> memory_columns(codes, np.zeros(7, dtype=np.int64))[:, [0, 6]].T.tolist()
        [[1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0]]
    """
    columns = np.zeros((len(codes), WIDTH), dtype=np.float32)
    word = (codes >= 0x4E00) & (codes < 0xA000)
    generic = np.append(np.isin(codes, _GENERIC), np.zeros(max(_REPEATED), dtype=np.bool_))
    stems: list[tuple[int, NDArray[np.intp]]] = []
    for place, (length, hashes) in enumerate(grams(codes, max(_REPEATED))):
        inside = np.lib.stride_tricks.sliding_window_view(word, length).all(axis=1)
        starts = np.flatnonzero(inside)
        keys = hashes[starts].astype(np.uint64) + owners[starts].astype(np.uint64) * _TEXT_PRIME
        _mark(columns, 2 * place, starts[_repeated(keys)], length)
        if length in _STEMS:
            named = generic[starts + length]
            stems.append((length, starts[np.isin(keys, keys[named]) & ~named]))
    for number, (length, starts) in enumerate(stems, start=len(_REPEATED)):
        _mark(columns, 2 * number, starts, length)
    return columns


def _repeated(keys: NDArray[np.uint64]) -> NDArray[np.bool_]:
    _, numbers, counts = np.unique(keys, return_inverse=True, return_counts=True)
    repeated: NDArray[np.bool_] = counts[numbers] > 1
    return repeated


def _mark(columns: NDArray[np.float32], column: int, starts: NDArray[np.intp], length: int) -> None:
    columns[starts, column] = 1
    columns[starts + length - 1, column + 1] = 1
