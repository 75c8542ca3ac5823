"""A lexicon as hashes: which known words begin, run through and end at each character of a text."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint32]

_PRIME = np.uint64(0x100000001B3)
_MIX = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(32)
_FILTER_BITS = 22
_LONGEST = 10


class HashedLexicon:
    """Words by class, kept as one 32-bit hash each; a foreign string matches with probability 1e-4.

    Example:
        >>> lexicon = HashedLexicon.build(("county", "kind"), {"county": ["青溪县"], "kind": ["图书馆"]})
        >>> lexicon.flags(code_points("青溪县图书馆"))[:, :3].tolist()
        [[1.0, 1.0, 0.0], [0.0, 1.0, 0.0], [0.0, 1.0, 1.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
    """

    def __init__(self, classes: Iterable[str], keys: Mapping[int, Codes], bits: Mapping[int, Codes]) -> None:
        self.classes = tuple(classes)
        self._keys = dict(keys)
        self._bits = dict(bits)
        self._filter = np.zeros(1 << _FILTER_BITS, dtype=np.bool_)
        for hashes in self._keys.values():
            self._filter[hashes >> np.uint32(32 - _FILTER_BITS)] = True

    @classmethod
    def build(cls, classes: Iterable[str], words: Mapping[str, Iterable[str]]) -> HashedLexicon:
        """Hash folded words; those of one character and of more than ten are left out."""
        classes = tuple(classes)
        marked: dict[str, int] = {}
        for number, name in enumerate(classes):
            for word in words.get(name, ()):
                marked[word] = marked.get(word, 0) | (1 << number)
        keys, bits = {}, {}
        for length in range(2, _LONGEST + 1):
            chosen = [word for word in marked if len(word) == length]
            if chosen:
                hashes = _hash_words(chosen, length)
                order = np.argsort(hashes, kind="stable")
                keys[length] = hashes[order]
                bits[length] = np.array([marked[word] for word in chosen], dtype=np.uint32)[order]
        return cls(classes, keys, bits)

    @property
    def width(self) -> int:
        """Number of columns of `flags`."""
        return 3 * len(self.classes)

    def flags(self, codes: Codes) -> NDArray[np.float32]:
        """Mark begin, inside and end of the longest word from each character, three columns a class.

        Shape (len(codes), width).
        """
        count, kinds = len(codes), len(self.classes)
        longest = np.zeros((count, kinds), dtype=np.int32)
        columns = np.arange(kinds, dtype=np.uint32)
        for length, hashes in grams(codes, max(self._keys, default=1)):
            places, bits = self._look_up(hashes, length)
            if len(places):
                found = (bits[:, None] >> columns & 1).astype(np.bool_)
                rows = longest[places]
                rows[found] = length
                longest[places] = rows
        return _begin_inside_end(longest)

    def _look_up(self, hashes: Codes, length: int) -> tuple[NDArray[np.intp], Codes]:
        keys = self._keys.get(length)
        if keys is None:
            return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.uint32)
        places = np.flatnonzero(self._filter[hashes >> np.uint32(32 - _FILTER_BITS)])
        wanted = hashes[places]
        spots = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        hit = keys[spots] == wanted
        return places[hit], self._bits[length][spots[hit]]

    def to_bytes(self) -> bytes:
        """Pack the lexicon; the same lexicon gives the same bytes."""
        arrays: dict[str, Any] = {"classes": np.array(self.classes)}
        for length, keys in self._keys.items():
            arrays[f"keys{length}"] = np.diff(keys, prepend=np.uint32(0))
            arrays[f"bits{length}"] = self._bits[length].astype(np.uint16)
        buffer = io.BytesIO()
        np.savez_compressed(buffer, **arrays)
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> HashedLexicon:
        """Unpack what `to_bytes` packed."""
        with np.load(io.BytesIO(data)) as arrays:
            lengths = sorted(int(name[4:]) for name in arrays.files if name.startswith("keys"))
            keys = {n: np.cumsum(arrays[f"keys{n}"], dtype=np.uint32) for n in lengths}
            bits = {n: arrays[f"bits{n}"].astype(np.uint32) for n in lengths}
            return cls([str(name) for name in arrays["classes"]], keys, bits)


def code_points(text: str) -> Codes:
    """Return the code points of a text.

    Example:
        >>> code_points("甲a").tolist()
        [30002, 97]
    """
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def grams(codes: Codes, longest: int) -> Iterable[tuple[int, Codes]]:
    """Yield, from two characters on, the length and the hashes of every stretch of that length."""
    wide = codes.astype(np.uint64)
    rolled = wide
    for length in range(2, min(longest, len(codes)) + 1):
        rolled = rolled[:-1] * _PRIME + wide[length - 1 :]
        yield length, _finish(rolled)


def _hash_words(words: list[str], length: int) -> Codes:
    codes = code_points("".join(words)).astype(np.uint64).reshape(-1, length)
    rolled = codes[:, 0]
    for column in range(1, length):
        rolled = rolled * _PRIME + codes[:, column]
    return _finish(rolled)


def _finish(rolled: NDArray[np.uint64]) -> Codes:
    mixed = (rolled ^ (rolled >> _SHIFT)) * _MIX
    return (mixed >> _SHIFT).astype(np.uint32)


def _begin_inside_end(longest: NDArray[np.int32]) -> NDArray[np.float32]:
    count, kinds = longest.shape
    marks = np.zeros((count, kinds, 3), dtype=np.float32)
    rows, columns = np.nonzero(longest)
    lengths = longest[rows, columns]
    marks[rows, columns, 0] = 1
    marks[rows + lengths - 1, columns, 2] = 1
    opened = np.bincount(rows * kinds + columns, minlength=(count + 1) * kinds)
    closed = np.bincount((rows + lengths) * kinds + columns, minlength=(count + 1) * kinds)
    depth = np.cumsum((opened - closed).reshape(count + 1, kinds), axis=0)[:count]
    marks[:, :, 1] = depth > 0
    return marks.reshape(count, 3 * kinds)
