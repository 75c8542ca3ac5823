"""Strict F1 by label and by slice, and a paired bootstrap of the difference between two models."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from pipeline.training.entities.samples import Sample

Spans = Collection[tuple[int, int, str]]
Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Scored:
    """Counts of each sample in each slice: found and right, found, in the gold; shape (samples, 3)."""

    slices: Mapping[str, Counts]

    def f1(self) -> dict[str, float | None]:
        """Strict F1 of every slice; None where the gold has no span of it."""
        return {name: f1(counts.sum(axis=0)) for name, counts in self.slices.items()}


def f1(counts: Counts) -> float | None:
    """F1 from counts of right, found and gold spans; None without any gold span.

    Example:
        >>> f1(np.array([8, 10, 10]))
        0.8
    """
    right, found, gold = (int(count) for count in counts)
    return round(2 * right / (found + gold), 6) if gold else None


def score(
    samples: Sequence[Sample],
    found: Sequence[Spans],
    known: Collection[str] = (),
) -> Scored:
    """Compare spans found with the gold ones: overall, by label, by the samples' groups, by unseen names.

    Args:
        samples: the gold.
        found: spans of each sample, same order.
        known: surfaces that training saw; the slices `unseen:LABEL` hold the spans with others.
    """
    labels = sorted({label for sample in samples for _, _, label in sample.spans})
    rules: dict[str, _Rule] = {"all": _any}
    rules.update({label: partial(_labelled, frozenset((label,))) for label in labels})
    if set(labels) >= _PLACED:
        rules["ORG+LOC"] = partial(_labelled, _PLACED)
    groups = sorted({group for sample in samples for group in sample.groups})
    rules.update({group: partial(_grouped, group) for group in groups})
    if known:
        rules["unseen"] = partial(_unseen, frozenset(known))
    return Scored({name: _counts(samples, found, rule) for name, rule in rules.items()})


_Span = tuple[int, int, str]
_Rule = Callable[[Sample, _Span], bool]
_PLACED = frozenset(("ORG", "LOC"))


def _any(_sample: Sample, _span: _Span) -> bool:
    return True


def _labelled(labels: frozenset[str], _sample: Sample, span: _Span) -> bool:
    return span[2] in labels


def _grouped(group: str, sample: Sample, _span: _Span) -> bool:
    return group in sample.groups


def _unseen(known: frozenset[str], sample: Sample, span: _Span) -> bool:
    return sample.text[span[0] : span[1]] not in known


def _counts(
    samples: Sequence[Sample],
    found: Sequence[Spans],
    rule: _Rule,
) -> Counts:
    rows = []
    for sample, spans in zip(samples, found, strict=True):
        gold = {span for span in sample.spans if rule(sample, span)}
        ours = {span for span in spans if rule(sample, span)}
        rows.append((len(gold & ours), len(ours), len(gold)))
    return np.array(rows, dtype=np.int64).reshape(-1, 3)


def falls(
    old: Scored, new: Scored, allowed: float, draws: int, seed: int, confidence: float
) -> dict[str, tuple[float, float]]:
    """Find the slices in which the new model is worse than the old one by more than allowed.

    A slice falls when F1 drops by more than `allowed` and a paired bootstrap over samples puts the upper end
    of the interval of the difference below zero. The interval is widened for the number of slices, since of
    forty that did not change two would fall at 95 %.

    Source: Efron and Tibshirani (1993), percentile interval, both models on the same draws; Bonferroni.

    Returns:
        Slice -> (F1 of the old model, F1 of the new one).
    """
    shared = sorted(set(old.slices) & set(new.slices))
    quantile = 1 - (1 - confidence) / len(shared)
    rng = np.random.default_rng(seed)
    count = len(old.slices["all"])
    picks = rng.multinomial(count, np.full(count, 1 / count), size=draws)
    worse = {}
    for name in shared:
        before, after = f1(old.slices[name].sum(axis=0)), f1(new.slices[name].sum(axis=0))
        if before is None or after is None or before - after <= allowed:
            continue
        change = _drawn_f1(picks, new.slices[name]) - _drawn_f1(picks, old.slices[name])
        if np.quantile(change, quantile) < 0:
            worse[name] = (before, after)
    return worse


def _drawn_f1(picks: Counts, counts: Counts) -> NDArray[np.float64]:
    right, found, gold = (picks @ counts).T
    drawn: NDArray[np.float64] = 2 * right / np.maximum(found + gold, 1)
    return drawn


def table(scores: Mapping[str, float | None], names: Iterable[str]) -> str:
    """Write F1 figures as lines `name  figure`."""
    return "\n".join(f"{name:<12} {scores[name]:.4f}" for name in names if scores.get(name) is not None)


def labels_first(scores: Mapping[str, float | None]) -> list[str]:
    """Order the slices for reading: labels, all, then the rest; those of writers and tags left out.

    Example:
        >>> labels_first({"all": 0.9, "LOC": 0.8, "unseen": 0.7, "writer:w1": 0.9})
        ['LOC', 'all', 'unseen']
    """
    names = [name for name in scores if ":" not in name]
    rest = ("all", "ORG+LOC", "unseen")
    return [*(name for name in names if name not in rest), *(name for name in rest if name in names)]
