"""Linker models on disk: the same model, the same bytes; a changed file is refused."""

import pytest

from pipeline.errors import ConfigError
from pipeline.linking.model import load_linker
from pipeline.training.linker import fit
from pipeline.training.linker_run import write_linker

_EXAMPLES = {
    "act": [({"verb=捐赠"}, "yes"), ({"verb=开展"}, "no")],
    "role": [({"before"}, "donor"), ({"after"}, "recipient"), ({"far"}, "none")],
}


def _files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_fitting_and_writing_twice_gives_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        write_linker(fit(_EXAMPLES, {}, 0), tmp_path / name)
    assert _files(tmp_path / "one") == _files(tmp_path / "two")


def test_what_was_written_decides_as_what_was_fitted(tmp_path):
    fitted = fit(_EXAMPLES, {}, 0)
    write_linker(fitted, tmp_path)
    model = load_linker(tmp_path)
    for name, rows in _EXAMPLES.items():
        for facts, _ in rows:
            expected = dict(
                zip(
                    fitted[name].classes_,
                    fitted[name].predict_proba([dict.fromkeys(facts, 1.0)])[0],
                    strict=True,
                )
            )
            assert model[name].probabilities(facts) == pytest.approx(expected)


def test_a_decision_that_is_no_more_is_removed(tmp_path):
    write_linker(fit(_EXAMPLES, {}, 0), tmp_path)
    write_linker(fit({"act": _EXAMPLES["act"]}, {}, 0), tmp_path)
    assert set(_files(tmp_path)) == {"act.skops", "meta.json"}


def test_a_changed_file_is_refused(tmp_path):
    write_linker(fit(_EXAMPLES, {}, 0), tmp_path)
    path = tmp_path / "act.skops"
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(ConfigError, match=r"act\.skops"):
        load_linker(tmp_path)
