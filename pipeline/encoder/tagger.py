"""The tagger: what every character of a text belongs to, by a network that reads the text as it stands.

It has layers of tags that do not know of each other: names of organisations, places and persons, and goods
that are given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.encoder.codes import character_codes, windows
from pipeline.encoder.files import characters_of, checked_meta, session
from pipeline.text import fold

_STOPS = "。！？!?\n"
Scores = NDArray[np.float32]


class Tagger:
    """Scores the tags of every character.

    Args:
        folder: `tagger.onnx`, `vocabulary.txt` and `meta.json` with their hashes.
        threads: processor threads; one keeps runs on several workers from crowding each other.

    Raises:
        ConfigError: a file is missing or is not the one that `meta.json` names.
    """

    def __init__(self, folder: Path, threads: int = 1) -> None:
        meta = checked_meta(folder)
        self.layers: Mapping[str, Sequence[str]] = meta["layers"]
        self._window: int = meta["window"]
        self._vocabulary = characters_of(folder)
        self._network = session(folder / "tagger.onnx", threads)

    def __call__(self, text: str) -> dict[str, Scores]:
        """Log-probabilities of the tags by layer, each of shape (len(text), 1 + 4 * labels of the layer).

        Tags are in the order of `pipeline.entities.crf.tag_names`: O, then B I E S of every label.
        """
        codes = character_codes(fold(text), self._vocabulary)
        starts = [place + 1 for place, char in enumerate(text) if char in _STOPS]
        rows = [self._scores(codes, *stretch) for stretch in windows(len(text), starts, self._window)]
        scores = np.concatenate(rows)
        found, first = {}, 0
        for layer, labels in self.layers.items():
            last = first + 1 + 4 * len(labels)
            found[layer] = scores[:, first:last]
            first = last
        return found

    def _scores(self, codes: NDArray[np.int64], first: int, last: int) -> Scores:
        if first == last:
            return np.zeros((0, sum(1 + 4 * len(labels) for labels in self.layers.values())), np.float32)
        scores: Scores = self._network.run(None, {"characters": codes[np.r_[0, first + 1 : last + 1]]})[0]
        return scores[1:]
