"""Scores are stretched where dev says so, and left alone where dev says too little."""

import pytest

from pipeline.entities.decoding import Span, calibrated
from pipeline.training.entities.calibration import calibrate
from pipeline.training.entities.samples import Sample

_TEXT = "青溪县柳河县"
_RIGHT = Span(0, 3, "LOC", 0.99)
_WRONG = Span(3, 5, "LOC", 0.99)


class _Tagger:
    """Gives what it is told, in place of a trained network."""

    calibration = (0.3, 0.7)

    def __init__(self, found):
        self._found = found

    def tag(self, texts):
        assert len(texts) == len(self._found)
        return self._found


def _sample():
    return Sample(_TEXT, ((0, 3, "LOC"),))


def test_an_overconfident_tagger_is_told_so():
    found = [[_RIGHT]] * 60 + [[_WRONG]] * 40
    tagger = _Tagger(found)
    calibrate(tagger, [_sample()] * len(found))
    (span,) = calibrated([_RIGHT], *tagger.calibration)
    assert span.score == pytest.approx(0.6, abs=0.01)
    assert span[:3] == _RIGHT[:3]


def test_surer_stays_surer():
    spans = [Span(0, 3, "LOC", score) for score in (0.2, 0.5, 0.9, 1.0)]
    scores = [span.score for span in calibrated(spans, 0.6, -0.4)]
    assert scores == sorted(scores)
    assert all(0 < score < 1 for score in scores)


@pytest.mark.parametrize("wrong", [0, 19])
def test_too_few_mistakes_change_nothing(wrong):
    found = [[_RIGHT]] * 60 + [[_WRONG]] * wrong
    tagger = _Tagger(found)
    calibrate(tagger, [_sample()] * len(found))
    assert tagger.calibration == (1.0, 0.0)
    assert calibrated([_RIGHT], *tagger.calibration) == [_RIGHT]
