"""Fine-tuning: the decisions of all reports together, the mean of the last weights kept."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from pipeline.encoder.codes import character_codes, mark_codes, question_codes
from pipeline.training.encoder.network import Heads, Reader
from pipeline.training.encoder.params import TrainEncoderParams
from pipeline.training.encoder.samples import Sample
from pipeline.training.encoder.steps import Steps, run_steps

# What one answer weighs: decisions asked many times a report weigh less each.
WEIGHT = {"role": 0.05, "date": 0.1, "same": 0.08, "category": 0.08}
_USUAL = 0.125


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions of one decision in one report, as tensors; `group` numbers those that share an answer."""

    decision: str
    places: Tensor
    gaps: Tensor
    group: Tensor
    labels: Tensor


@dataclass(frozen=True, slots=True)
class Encoded:
    """A sample as tensors."""

    codes: Tensor
    marks: Tensor
    asked: tuple[Asked, ...]


def encode(
    sample: Sample,
    vocabulary: Mapping[str, int],
    kinds: Sequence[str],
    decisions: Mapping[str, Sequence[str]],
) -> Encoded:
    """Numbers for one report."""
    by_decision: dict[str, list[int]] = defaultdict(list)
    for number, (question, _) in enumerate(sample.asked):
        by_decision[question.decision].append(number)
    places, gaps = question_codes([question for question, _ in sample.asked], sample.sentences)
    asked = []
    for decision, numbers in sorted(by_decision.items()):
        groups: dict[object, int] = {}
        members, labels = [], []
        for number in numbers:
            question, label = sample.asked[number]
            key = (question.about, question.group or number)
            if key not in groups:
                groups[key] = len(groups)
                labels.append(decisions[decision].index(label))
            members.append(groups[key])
        chosen = np.array(numbers)
        asked.append(
            Asked(
                decision,
                torch.from_numpy(places[chosen]),
                torch.from_numpy(gaps[chosen]),
                torch.tensor(members),
                torch.tensor(labels),
            )
        )
    codes = torch.from_numpy(character_codes(sample.text, vocabulary))
    return Encoded(codes, torch.from_numpy(mark_codes(len(sample.text), sample.marks, kinds)), tuple(asked))


def pooled(scores: Tensor, group: Tensor) -> Tensor:
    """Scores of a group's members joined by log-sum-exp: (members, classes) to (groups, classes)."""
    size = int(group.max()) + 1
    index = group[:, None].expand_as(scores)
    floor = torch.full((size, scores.shape[1]), -1e9).scatter_reduce(0, index, scores.detach(), "amax")
    summed = torch.zeros_like(floor).index_add(0, group, (scores - floor[group]).exp())
    return summed.log() + floor


class Fitting:
    """Trains a reader and its heads on encoded samples.

    Args:
        reader: with the pretrained weights.
        heads: new.
        mask: number of the character that hides another.
        params: how to train.
    """

    def __init__(self, reader: Reader, heads: Heads, mask: int, params: TrainEncoderParams) -> None:
        self.reader, self.heads, self._mask, self._params = reader, heads, mask, params
        self._both = nn.ModuleDict({"reader": reader, "heads": heads})

    def __call__(self, passes: Sequence[Sequence[Encoded]]) -> None:
        """Train on the reports of every pass; afterwards both hold the running mean of their weights."""
        params, order = self._params, random.Random(self._params.seed)
        batches = [_batches(samples, params.batch, order) for samples in passes]
        new = [*self.heads.parameters(), *self.reader.marks.parameters()]
        steps = Steps(params.rate, params.head_rate, params.average)
        run_steps(self._both, new, batches, self._loss, steps)

    def _loss(self, batch: Sequence[Encoded]) -> Tensor:
        length = max(len(each.codes) for each in batch)
        codes = torch.stack([functional.pad(each.codes, (0, length - len(each.codes))) for each in batch])
        unused = self.reader.marks.num_embeddings - 1
        marks = torch.stack(
            [functional.pad(each.marks, (0, 0, 0, length - len(each.codes)), value=unused) for each in batch]
        )
        seen = (codes > 0)[:, None, None, :]
        hidden = (torch.rand(codes.shape) < self._params.mask) & (codes > 0)
        codes = torch.where(hidden, torch.tensor(self._mask), codes)
        with torch.autocast("cpu", torch.bfloat16, enabled=self._params.bfloat16):
            rows = self.reader(codes, marks, seen, self._params.dropout)
        rows = rows.float()
        losses = [
            WEIGHT.get(asked.decision, _USUAL)
            * functional.cross_entropy(
                pooled(self.heads.one(asked.decision, rows[number], asked.places, asked.gaps), asked.group),
                asked.labels,
                reduction="sum",
            )
            for number, each in enumerate(batch)
            for asked in each.asked
        ]
        return torch.stack(losses).sum() * 4 / len(batch) if losses else rows.sum() * 0


def _batches(samples: Sequence[Encoded], size: int, order: random.Random) -> list[list[Encoded]]:
    """Batches in random order, each of reports of like length."""
    shuffled = list(samples)
    order.shuffle(shuffled)
    pool = 8 * size
    sorted_runs = [
        each
        for first in range(0, len(shuffled), pool)
        for each in sorted(shuffled[first : first + pool], key=lambda sample: len(sample.codes))
    ]
    batches = [sorted_runs[first : first + size] for first in range(0, len(sorted_runs), size)]
    order.shuffle(batches)
    return batches
