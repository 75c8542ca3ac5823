"""Gold as questions; a tiny training where torch is installed."""

import json

import pytest
from house import ROOT

from pipeline.corpus.gold import read_gold_file
from pipeline.corpus.splits import Split, Splits
from pipeline.dates import DateReader
from pipeline.encoder import Encoder, Question
from pipeline.errors import ConfigError
from pipeline.quantities import QuantityFinder
from pipeline.segment import Segmenter, SegmentParams
from pipeline.training.encoder.params import TrainEncoderParams
from pipeline.training.encoder.running import decisions_of, kinds_of, measure, train_encoder
from pipeline.training.encoder.samples import gold_sample
from pipeline.training.linker_run import gold_scene

_STEPS = Segmenter(SegmentParams()), QuantityFinder(), DateReader()
_REPORT = ROOT / "corpus/gold/w17-005.yaml"
_SPLITS = Splits(train=Split(writers=("w17",)))


def _gold():
    return read_gold_file(_REPORT)


def _sample():
    return gold_sample(gold_scene(_gold(), _STEPS), _gold(), 3)


def test_questions_stand_in_the_text_and_have_answers():
    sample = _sample()
    assert {"act", "role", "good"} <= {question.decision for question, _ in sample.asked}
    for question, label in sample.asked:
        for start, end in (question.about, question.other or question.about):
            assert 0 <= start < end <= len(sample.text)
        assert label


def test_gold_donors_are_asked_for_and_answered():
    sample = _sample()
    donors = {
        sample.text[slice(*question.other)]
        for question, label in sample.asked
        if (question.decision, label) == ("role", "donor")
    }
    named = {name for event in _gold().events for party in event.donors for name in party.names}
    assert any(any(donor in name for name in named) for donor in donors)


def test_classes_and_marks_are_in_order():
    decisions, kinds = decisions_of([_sample()]), kinds_of([_sample()])
    assert decisions["act"] == ["no", "yes"] or decisions["act"] == ["yes"]
    assert list(decisions) == sorted(decisions)
    assert kinds == sorted(set(kinds))


def test_the_shipped_encoder_knows_every_decision_and_mark_of_the_gold():
    meta = json.loads((ROOT / "models/encoder/meta.json").read_text(encoding="utf-8"))
    sample = _sample()
    assert set(decisions_of([sample])) <= set(meta["decisions"])
    assert set(kinds_of([sample])) <= set(meta["marks"])


def test_measuring_counts_right_answers():
    sample = _sample()
    figures = measure(Encoder(ROOT / "models/encoder"), [sample])
    asked = [question.decision for question, _ in sample.asked]
    assert {name: row["questions"] for name, row in figures.items()} == {
        name: asked.count(name) for name in set(asked)
    }
    assert all(0 <= row["right"] <= 1 and row["loss"] >= 0 for row in figures.values())


def test_without_pretrained_weights_there_is_no_training(tmp_path):
    params = TrainEncoderParams(base=(tmp_path / "none").as_posix())
    with pytest.raises(ConfigError, match="no pretrained weights"):
        train_encoder([_gold()], _SPLITS, params, tmp_path / "out")


def test_a_tiny_training_writes_an_encoder_that_answers(tmp_path):
    pytest.importorskip("torch", reason="the extra `train` is not installed")
    pytest.importorskip("onnx", reason="the extra `train` is not installed")
    params = TrainEncoderParams(
        epochs=2, batch=1, average=0.0, bfloat16=False, base=(ROOT / "models/encoder-base").as_posix()
    )
    train_encoder([_gold()], _SPLITS, params, tmp_path / "out")
    (answer,) = Encoder(tmp_path / "out")("捐赠图书", [0], (), [Question("act", (0, 2))])
    assert sum(answer.values()) == pytest.approx(1)
