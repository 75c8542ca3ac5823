"""Fine-tuning of the tagger: all layers together, the mean of the last weights kept."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from pipeline.encoder.codes import character_codes
from pipeline.entities.decoding import span_tags
from pipeline.entities.reader import NAMES
from pipeline.text import fold
from pipeline.training.encoder.network import WIDTH, Reader
from pipeline.training.encoder.steps import Steps, run_steps
from pipeline.training.entities.augment import Augmenter
from pipeline.training.entities.names import name_source
from pipeline.training.tagger.params import TrainTaggerParams
from pipeline.training.tagger.samples import LAYERS, TaggedText, renamed, stretches

# Tag of the places that only fill up a batch.
_NONE = -100
_POOL = 64

Row = tuple[Tensor, Mapping[str, Tensor]]


class TaggingNetwork(nn.Module):
    """A reader without marks and one layer that scores the tags of every character."""

    def __init__(self, characters: int) -> None:
        super().__init__()
        self.reader = Reader(characters, 0)
        self.tags = nn.Linear(WIDTH, sum(1 + 4 * len(labels) for labels in LAYERS.values()))

    def forward(self, characters: Tensor) -> Tensor:
        """Characters of one stretch (length,) to log-probabilities (length, tags of all layers)."""
        scores = self.tags(self.reader(characters[None])[0])
        return torch.cat([part.log_softmax(-1) for part in by_layer(scores).values()], -1)


def by_layer(scores: Tensor) -> dict[str, Tensor]:
    """The scores of each layer's tags."""
    sizes = [1 + 4 * len(labels) for labels in LAYERS.values()]
    return dict(zip(LAYERS, scores.split(sizes, -1), strict=True))


def fit_tagger(
    network: TaggingNetwork,
    texts: Sequence[TaggedText],
    vocabulary: Mapping[str, int],
    params: TrainTaggerParams,
) -> None:
    """Train; afterwards the network holds the running mean of its weights."""
    rng = random.Random(params.seed)
    augmenter = Augmenter(name_source(), params.rename, 0.0, 0.0)
    passes = []
    for _ in range(params.epochs):
        varied = [renamed(text, augmenter, rng) for text in texts]
        rows = [_row(part, vocabulary) for text in varied for part in stretches(text, params.window)]
        passes.append(_batches(rows, params.characters, rng))
    steps = Steps(params.rate, params.head_rate, params.average)
    run_steps(network, network.tags.parameters(), passes, _Loss(network, vocabulary["[MASK]"], params), steps)


class _Loss:
    """Negative log-likelihood of the tags of a batch."""

    def __init__(self, network: TaggingNetwork, mask: int, params: TrainTaggerParams) -> None:
        self._network, self._mask, self._params = network, mask, params

    def __call__(self, batch: Sequence[Row]) -> Tensor:
        params, length = self._params, max(len(codes) for codes, _ in batch)
        codes = torch.stack([functional.pad(each, (0, length - len(each))) for each, _ in batch])
        seen = (codes > 0)[:, None, None, :]
        hidden = (torch.rand(codes.shape) < params.mask) & (codes > 0)
        codes = torch.where(hidden, torch.tensor(self._mask), codes)
        with torch.autocast("cpu", torch.bfloat16, enabled=params.bfloat16):
            rows = self._network.reader(codes, None, seen, params.dropout)
        scores = by_layer(self._network.tags(functional.dropout(rows.float(), params.dropout)))
        losses = []
        for layer, own in scores.items():
            tags = torch.stack(
                [
                    functional.pad(each[layer], (0, length - len(each[layer])), value=_NONE)
                    for _, each in batch
                ]
            )
            losses.append(
                (1.0 if layer == NAMES else params.aside)
                * functional.cross_entropy(own.transpose(1, 2), tags)
            )
        return torch.stack(losses).sum()


def _row(part: TaggedText, vocabulary: Mapping[str, int]) -> Row:
    """Numbers of the characters, `[CLS]` in front, and of their tags; `[CLS]` has none."""
    codes = torch.from_numpy(character_codes(fold(part.text), vocabulary))
    tags = {
        layer: torch.from_numpy(np.r_[_NONE, span_tags(len(part.text), part.layers[layer], labels)])
        for layer, labels in LAYERS.items()
    }
    return codes, tags


def _batches(rows: Sequence[Row], characters: int, rng: random.Random) -> list[list[Row]]:
    """Batches in random order, each of stretches of like length and of so many characters with padding."""
    shuffled = list(rows)
    rng.shuffle(shuffled)
    batches: list[list[Row]] = []
    for first in range(0, len(shuffled), _POOL):
        batch: list[Row] = []
        for row in sorted(shuffled[first : first + _POOL], key=lambda row: len(row[0])):
            if batch and len(row[0]) * (len(batch) + 1) > characters:
                batches.append(batch)
                batch = []
            batch.append(row)
        batches.append(batch)
    rng.shuffle(batches)
    return batches
