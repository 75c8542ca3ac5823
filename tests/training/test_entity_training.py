"""A tiny model from start to end: it learns, it repeats, it is replaced only by one that is not worse."""

import json

import pytest
import spacy

from pipeline.entities import EntitiesParams, Recogniser, cutting
from pipeline.entities.decoding import calibrated, decode
from pipeline.entities.features import featurise
from pipeline.errors import ConfigError, InputError
from pipeline.schema import Report
from pipeline.training.entities import TrainEntitiesParams, fitting, running, train_base, train_files
from pipeline.training.entities.pretraining import load_base
from pipeline.training.entities.registry import tagger_of
from pipeline.training.entities.samples import Sample, write_samples

_PLACES = ["青溪县", "柳河县", "石桥县", "云岭县", "白水县", "平湖县"]
_PARAMS = TrainEntitiesParams(
    base=None,
    members=1,
    steps=40,
    eval_every=20,
    width=16,
    rename=0,
    cut=0,
    lose=0,
    dropout=0,
    least_spans=1,
)


def _columns(path, count):
    rows = []
    for number in range(count):
        place = _PLACES[number % len(_PLACES)]
        tags = ["B-LOC", *["I-LOC"] * (len(place) - 1), "O", "O", "O"]
        rows += [f"{char} {tag}" for char, tag in zip(f"{place}赠书。", tags, strict=True)] + [""]
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    folder = tmp_path_factory.mktemp("entities")
    files = [_columns(folder / f"{name}.txt", 60) for name in ("train", "dev", "test")]
    return folder, files, train_files(*files, _PARAMS, folder / "model")


def test_learns_its_own_labels(trained):
    folder, _, metrics = trained
    assert metrics["test"]["LOC"] == 1
    recogniser = Recogniser(EntitiesParams(model=str(folder / "model")))
    (mention,) = recogniser(Report("r-1", text="平湖县赠书。"))
    assert (mention.surface, mention.label, mention.rule) == ("平湖县", "LOC", "entities-0.1.0")
    assert 0.5 < mention.score <= 1


def test_same_seed_same_bytes(trained, tmp_path):
    folder, files, _ = trained
    train_files(*files, _PARAMS, tmp_path / "again")
    for name in ("entities/weights.npz", "config.cfg", "meta.json", "README.md"):
        assert (tmp_path / "again" / name).read_bytes() == (folder / "model" / name).read_bytes()


def test_calibration_is_kept_with_the_model(trained, tmp_path):
    tagger = tagger_of(spacy.load(trained[0] / "model"))
    (before,) = tagger.tag(["平湖县赠书。"])[0]
    tagger.calibration = (0.5, -1.0)
    again = tagger_of(spacy.load(trained[0] / "model")).from_bytes(tagger.to_bytes())
    (after,) = again.tag(["平湖县赠书。"])[0]
    assert again.calibration == (0.5, -1.0)
    assert after[:3] == before[:3]
    assert after.score < before.score


def test_says_where_it_comes_from(trained):
    folder, _, _ = trained
    meta = json.loads((folder / "model/meta.json").read_text())
    assert meta["training"]["params"]["steps"] == 40
    assert meta["training"]["samples"] == {"train": 60, "dev": 60, "test": 60}
    assert meta["performance"]["test"]["LOC"] == 1


def test_a_worse_model_is_not_put_in_place(trained, tmp_path):
    folder, files, _ = trained
    parts = {
        name: running.read_samples(path) for name, path in zip(("train", "dev", "test"), files, strict=True)
    }
    before = (folder / "model/entities/weights.npz").read_bytes()
    untrained = _PARAMS.model_copy(update={"steps": 1, "eval_every": 1})
    metrics = running.train_samples(parts, ("LOC",), untrained, folder / "model", force=False)
    assert metrics["replaced"] is False
    assert set(metrics["worse"]) == {"all", "LOC"}
    assert (folder / "model/entities/weights.npz").read_bytes() == before


def test_base_of_another_shape_is_refused(trained, tmp_path):
    (tmp_path / "base.npz").write_bytes(b"")
    params = _PARAMS.model_copy(update={"base": str(tmp_path / "none.npz")})
    with pytest.raises(ConfigError, match="no such base"):
        train_files(*trained[1], params, tmp_path / "model")


def test_missing_model_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="no recogniser"):
        Recogniser(EntitiesParams(model=str(tmp_path)))


def test_missing_training_file_is_refused(tmp_path):
    with pytest.raises(InputError):
        train_files(tmp_path / "a", tmp_path / "b", tmp_path / "c", _PARAMS, tmp_path / "model")


def test_a_base_is_what_training_starts_from(trained, tmp_path):
    tagged = tmp_path / "tagged.txt"
    tagged.write_text("青溪县/ns  赠/v  书/n  。/w\n李/nr  明/nr  来/v\n" * 20, encoding="utf-8")
    told = train_base(tagged, _PARAMS, steps=5, out=tmp_path / "base.npz")
    assert told["texts"] > 0
    params = _PARAMS.model_copy(update={"base": str(tmp_path / "base.npz")})
    metrics = train_files(*trained[1], params, tmp_path / "model")
    assert metrics["test"]["LOC"] == 1
    wider = params.model_copy(update={"width": 24})
    with pytest.raises(ConfigError, match="another shape"):
        train_files(*trained[1], wider, tmp_path / "model")


def test_a_base_without_jiebas_words_still_serves(trained, tmp_path):
    tagged = tmp_path / "tagged.txt"
    tagged.write_text("青溪县/ns  赠/v  书/n  。/w\n" * 20, encoding="utf-8")
    train_base(tagged, _PARAMS.model_copy(update={"jieba": False}), steps=1, out=tmp_path / "base.npz")
    params = _PARAMS.model_copy(update={"base": str(tmp_path / "base.npz"), "steps": 1})
    nlp = fitting.start(_stored(tmp_path), ("LOC",), params)
    load_base(tagger_of(nlp), tmp_path / "base.npz")
    weights = tagger_of(nlp).model.layers[0].layers[0].get_param("W")
    assert (weights[:, -cutting.WIDTH :] == 0).all()
    assert (weights[:, : -cutting.WIDTH] != 0).any()


def _stored(folder):
    for name in ("train", "dev"):
        write_samples([Sample("青溪县赠书。", ((0, 3, "LOC"),))] * 4, folder / f"{name}.spacy")
    return folder


def test_members_vote(trained, tmp_path):
    _, files, _ = trained
    params = _PARAMS.model_copy(update={"members": 2, "steps": 20})
    train_files(*files, params, tmp_path / "two")
    tagger = tagger_of(spacy.load(tmp_path / "two"))
    first, second = tagger.networks
    assert (first.layers[-1].get_param("W") != second.layers[-1].get_param("W")).any()
    laid = featurise(["平湖县赠书。"], tagger._lexicon, cut=True)
    mean = (first.predict(laid) + second.predict(laid)) / 2
    transitions = (first.get_param("transitions") + second.get_param("transitions")) / 2
    assert tagger.tag(["平湖县赠书。"]) == [
        calibrated(spans, *tagger.calibration)
        for spans in decode(mean, laid.mask, laid.bounds, transitions, tagger.labels)
    ]


def test_untagged_text_is_refused(tmp_path):
    path = tmp_path / "plain.txt"
    path.write_text("赠/v 书/n\n没有 标注\n", encoding="utf-8")
    with pytest.raises(InputError, match=":2:"):
        train_base(path, _PARAMS, steps=1, out=tmp_path / "base.npz")
