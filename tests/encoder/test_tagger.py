"""The shipped tagger reads any text, whole or in stretches."""

import shutil

import numpy as np
import pytest
from house import ROOT

from pipeline.encoder import Tagger
from pipeline.errors import ConfigError

_FOLDER = ROOT / "models/tagger"
_TEXT = "9月1日，青溪县图书馆向石桥村捐赠图书500册。"


@pytest.fixture(scope="module")
def tagger():
    return Tagger(_FOLDER)


def test_every_layer_has_probabilities_for_every_character(tagger):
    found = tagger(_TEXT)
    assert {name: scores.shape for name, scores in found.items()} == {
        name: (len(_TEXT), 1 + 4 * len(labels)) for name, labels in tagger.layers.items()
    }
    for scores in found.values():
        np.testing.assert_allclose(np.exp(scores).sum(axis=1), 1, rtol=1e-3)


def test_an_empty_text_has_no_rows(tagger):
    assert all(len(scores) == 0 for scores in tagger("").values())


def test_a_long_text_is_read_in_stretches(tagger):
    text = "青溪县下了雨。" * 150 + _TEXT
    far = tagger(text)["names"][-len(_TEXT) :].argmax(axis=1)
    assert (far == tagger(_TEXT)["names"].argmax(axis=1)).mean() > 0.9


def test_width_of_letters_makes_no_difference(tagger):
    wide, narrow = tagger("捐书５００册"), tagger("捐书500册")
    np.testing.assert_array_equal(wide["names"], narrow["names"])


@pytest.mark.parametrize("name", ["tagger.onnx", "vocabulary.txt", "meta.json"])
def test_a_folder_that_is_not_whole_is_refused(tmp_path, name):
    shutil.copytree(_FOLDER, tmp_path / "tagger")
    (tmp_path / "tagger" / name).write_text("{}", encoding="utf-8")
    with pytest.raises(ConfigError):
        Tagger(tmp_path / "tagger")
