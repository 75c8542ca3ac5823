"""Learned decisions: probabilities, and what the loader refuses."""

import hashlib
import json
import math

import pytest
import skops.io
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ConfigError
from pipeline.linking.model import Decision, decision_of, load_linker, restored, stored
from pipeline.training.linker import fit

_WEIGHT = st.floats(-80, 80)
_FACTS = ("甲", "乙", "丙")


class Foreign:
    """A type that no linker model holds."""

    def __init__(self):
        self.word = "甲"


@st.composite
def _decisions(draw):
    count = draw(st.integers(2, 5))
    rows = 1 if count == 2 else count
    row = st.tuples(*[_WEIGHT] * rows)
    return Decision(tuple("abcde"[:count]), draw(row), {fact: draw(row) for fact in _FACTS})


@given(decision=_decisions(), facts=st.sets(st.sampled_from([*_FACTS, "丁"])))
def test_probabilities_sum_to_one(decision, facts):
    found = decision.probabilities(facts)
    assert tuple(found) == decision.classes
    assert math.isclose(sum(found.values()), 1)
    assert all(0 <= value <= 1 for value in found.values())


@given(decision=_decisions(), facts=st.sets(st.sampled_from(_FACTS)))
def test_an_unknown_fact_changes_nothing(decision, facts):
    assert decision.probabilities(facts | {"丁"}) == decision.probabilities(facts)


def test_two_classes_are_logistic_in_the_second():
    decision = Decision(("no", "yes"), (1.0,), {"甲": (2.0,)})
    assert decision.probabilities({"甲"})["yes"] == pytest.approx(1 / (1 + math.exp(-3)))


def test_more_classes_are_a_softmax():
    decision = Decision(("a", "b", "c"), (0.0, 0.0, 0.0), {"甲": (math.log(2), 0.0, 0.0)})
    assert decision.probabilities({"甲"}) == pytest.approx({"a": 0.5, "b": 0.25, "c": 0.25})


def _save(folder, objects):
    for name, each in objects.items():
        skops.io.dump(each, folder / name)
    hashes = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in objects}
    (folder / "meta.json").write_text(json.dumps({"files": hashes}), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def pipeline():
    return stored(decision_of(fit({"act": [({"甲"}, "yes"), ({"乙"}, "no")]}, {}, 0)["act"]))


def test_a_model_comes_back_as_it_was_saved(tmp_path, pipeline):
    model = load_linker(_save(tmp_path, {"act.skops": pipeline}))
    assert model["act"] == restored(pipeline)


def test_estimators_are_not_read(tmp_path):
    estimator = fit({"act": [({"甲"}, "yes"), ({"乙"}, "no")]}, {}, 0)["act"]
    with pytest.raises(ConfigError, match="no decision"):
        load_linker(_save(tmp_path, {"act.skops": estimator}))


@given(decision=_decisions())
def test_a_decision_is_stored_to_the_last_bit(decision):
    assert restored(stored(decision)) == decision


def test_an_unknown_type_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="Foreign"):
        load_linker(_save(tmp_path, {"act.skops": Foreign()}))


def test_a_changed_file_is_refused(tmp_path, pipeline):
    path = _save(tmp_path, {"act.skops": pipeline}) / "act.skops"
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(ConfigError, match="not the file that"):
        load_linker(tmp_path)


def test_a_missing_file_is_refused(tmp_path, pipeline):
    (_save(tmp_path, {"act.skops": pipeline}) / "act.skops").unlink()
    with pytest.raises(ConfigError, match=r"act\.skops: missing"):
        load_linker(tmp_path)


@pytest.mark.parametrize("meta", [None, "", "{"])
def test_a_folder_without_a_readable_list_is_refused(tmp_path, meta):
    if meta is not None:
        (tmp_path / "meta.json").write_text(meta, encoding="utf-8")
    with pytest.raises(ConfigError, match="linker model"):
        load_linker(tmp_path)


def test_a_meta_file_without_files_is_refused(tmp_path):
    (tmp_path / "meta.json").write_text("{}")
    with pytest.raises(ConfigError, match=r"no readable meta\.json"):
        load_linker(tmp_path)
