"""The mean of two fine-tunings, by its tensors and by the files that it needs."""

import json
import shutil

import numpy as np
import pytest
from house import ROOT

from pipeline.errors import ConfigError
from pipeline.training.digests import write_meta
from pipeline.training.encoder.mean import _means, mean_of


def _signed(values, scale):
    return {
        "m_quantized": np.array(values, dtype=np.int8),
        "m_scale": np.array(scale, dtype=np.float32),
        "m_zero_point": np.zeros(len(scale), dtype=np.int8),
    }


def _whole(found):
    return (found["m_quantized"].astype(float) - found["m_zero_point"].astype(float)) * found["m_scale"]


def test_matrices_in_eight_bits_meet_in_the_middle_of_their_full_values():
    one, two = _signed([[127, 64], [-100, 0]], [0.01, 0.02]), _signed([[50, 127], [100, -64]], [0.02, 0.01])
    found = dict(_means(one, two))
    assert found["m_quantized"].dtype == np.int8
    steps = found["m_scale"]
    assert np.all(np.abs(_whole(found) - (_whole(one) + _whole(two)) / 2) <= steps / 2 + 1e-6)


def test_unsigned_matrices_keep_zero_and_their_range():
    one = {
        "m_quantized": np.array([[0, 255], [128, 3]], dtype=np.uint8),
        "m_scale": np.array(0.01, dtype=np.float32),
        "m_zero_point": np.array(128, dtype=np.uint8),
    }
    found = dict(_means(one, one))
    assert found["m_quantized"].dtype == np.uint8
    assert np.all(np.abs(_whole(found) - _whole(one)) <= 0.01)


def test_plain_weights_are_averaged_and_counts_are_left():
    one = {"bias": np.array([1.0, 3.0], dtype=np.float32), "shape": np.array([2], dtype=np.int64)}
    two = {"bias": np.array([3.0, 3.0], dtype=np.float32), "shape": np.array([4], dtype=np.int64)}
    found = dict(_means(one, two))
    assert found.keys() == {"bias"}
    assert found["bias"].tolist() == [2.0, 3.0]


def test_encoders_of_other_decisions_have_no_mean(tmp_path):
    shipped, other = ROOT / "models/encoder", tmp_path / "other"
    shutil.copytree(shipped, other)
    told = json.loads((other / "meta.json").read_text(encoding="utf-8"))
    told["marks"] = told["marks"][1:]
    names = sorted(told.pop("files"))
    write_meta(other, names, told)
    with pytest.raises(ConfigError, match="no mean"):
        mean_of(shipped, other, tmp_path / "out")


def test_the_mean_of_an_encoder_and_itself_answers_alike(tmp_path):
    pytest.importorskip("onnx", reason="the extra `train` is not installed")
    from pipeline.encoder import Encoder, Mark, Question

    shipped = ROOT / "models/encoder"
    mean_of(shipped, shipped, tmp_path)
    text, asked = (
        "青溪县图书馆向石桥村赠书500册。",
        [Question("act", (9, 10)), Question("good", (9, 10), (10, 11))],
    )
    marks = (Mark(0, 6, "party:ORG"), Mark(9, 11, "trigger:give"))
    one, two = (Encoder(folder, threads=1)(text, [0], marks, asked) for folder in (shipped, tmp_path))
    for first, second in zip(one, two, strict=True):
        assert first == pytest.approx(second, abs=0.02)
