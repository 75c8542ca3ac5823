"""Scores that keep their promise: a slope and a shift of the log odds, fitted on dev."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from pipeline.entities.component import CharEntities
from pipeline.entities.decoding import log_odds
from pipeline.training.entities.samples import Sample

_LEAST = 20
_STRENGTH = 100.0  # inverse: hardly any


def calibrate(tagger: CharEntities, samples: Sequence[Sample]) -> None:
    """Fit the calibration of a tagger's scores; none with fewer than 20 spans right or 20 wrong.

    Source: Platt (1999), on the log odds of the field's probability, of which a network is too sure after
    seeing the same texts many times.
    """
    tagger.calibration = (1.0, 0.0)
    found = tagger.tag([sample.text for sample in samples])
    pairs = [
        (log_odds(span.score), span[:3] in set(sample.spans))
        for sample, spans in zip(samples, found, strict=True)
        for span in spans
    ]
    right = sum(true for _, true in pairs)
    if min(right, len(pairs) - right) >= _LEAST:
        tagger.calibration = _fitted(np.array([odds for odds, _ in pairs]), np.array([t for _, t in pairs]))


def _fitted(odds: NDArray[np.float64], right: NDArray[np.bool_]) -> tuple[float, float]:
    model = LogisticRegression(C=_STRENGTH).fit(odds[:, None], right)
    return round(float(model.coef_[0, 0]), 4), round(float(model.intercept_[0]), 4)
