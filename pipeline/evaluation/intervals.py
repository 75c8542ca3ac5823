"""How sure the figures are: documents drawn with replacement (Efron 1979), two runs paired.

A report is the unit: its events share a writer, a date and a layout, so that events drawn one by one
would look surer than they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from pipeline.evaluation.facts import Count, Counts
from pipeline.params import Section

_Floats = NDArray[np.float64]


class EvaluationParams(Section):
    """How intervals and tests draw: the seed, the number of draws, the share the interval holds."""

    seed: int = 20_240_501
    samples: int = Field(default=2000, ge=100)
    level: float = Field(default=0.95, gt=0, lt=1)


def f1_interval(counts: Sequence[Counts], name: str, params: EvaluationParams) -> tuple[float, float] | None:
    """Percentile interval of an F1 over documents, or None where it is undefined.

    Args:
        counts: of each document.
        name: the figure, such as `slots`.
        params: seed, draws, level.

    Example:
        >>> f1_interval([{"slots": Count(1, 1, 1)}] * 5, "slots", EvaluationParams(samples=100))
        (1.0, 1.0)
    """
    drawn = _f1(_draws(len(counts), params) @ _matrix(counts, name))
    return _bounds(drawn, params.level)


def paired_test(
    before: Sequence[Counts], after: Sequence[Counts], name: str, params: EvaluationParams
) -> dict[str, float | None]:
    """Difference of an F1 between two runs on the same documents.

    The interval draws documents with replacement; `p` is from approximate randomisation (Noreen 1989):
    how often a difference as large arises when each document's two results are swapped by a coin.
    """
    old, new = _matrix(before, name), _matrix(after, name)
    difference = float(_f1(new.sum(axis=0)) - _f1(old.sum(axis=0)))
    draws = _draws(len(before), params)
    bounds = _bounds(_f1(draws @ new) - _f1(draws @ old), params.level)
    coins = np.random.default_rng(params.seed + 1).integers(0, 2, (params.samples, len(before)))
    swapped = _f1(new.sum(axis=0) + coins @ (old - new)) - _f1(old.sum(axis=0) + coins @ (new - old))
    as_large = np.sum(np.abs(swapped) >= abs(difference) - 1e-12)
    return {
        "before": _number(_f1(old.sum(axis=0))),
        "after": _number(_f1(new.sum(axis=0))),
        "difference": _number(difference),
        "low": bounds[0] if bounds else None,
        "high": bounds[1] if bounds else None,
        "p": None if np.isnan(difference) else float((as_large + 1) / (params.samples + 1)),
    }


def _matrix(counts: Sequence[Counts], name: str) -> _Floats:
    """One row a document: true positives, predicted, gold."""
    cells = [one.get(name, Count()) for one in counts]
    return np.array([[c.tp, c.predicted, c.gold] for c in cells], dtype=float).reshape(len(cells), 3)


def _draws(documents: int, params: EvaluationParams) -> _Floats:
    """How often each draw holds each document."""
    if not documents:
        return np.zeros((params.samples, 0))
    rng = np.random.default_rng(params.seed)
    return rng.multinomial(documents, np.full(documents, 1 / documents), params.samples).astype(float)


def _f1(sums: _Floats) -> Any:
    with np.errstate(invalid="ignore"):
        return 2 * sums[..., 0] / (sums[..., 1] + sums[..., 2])


def _bounds(drawn: _Floats, level: float) -> tuple[float, float] | None:
    defined = drawn[~np.isnan(drawn)]
    if not len(defined):
        return None
    low, high = np.quantile(defined, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
