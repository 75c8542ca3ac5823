"""Gold as layers of spans; a tiny training where torch is installed."""

import random
from itertools import pairwise

import pytest
from house import ROOT

from pipeline.corpus.gold import read_gold_file
from pipeline.corpus.splits import Split, Splits
from pipeline.encoder import Tagger
from pipeline.entities.reader import ITEMS, NAMES
from pipeline.errors import ConfigError
from pipeline.training.entities.augment import Augmenter
from pipeline.training.entities.names import name_source
from pipeline.training.tagger.params import TrainTaggerParams
from pipeline.training.tagger.running import measure, train_tagger
from pipeline.training.tagger.samples import TaggedText, renamed, stretches, tagged_text

_SPLITS = Splits(train=Split(writers=("w17",)))
_REPORTS = sorted((ROOT / "corpus/gold").glob("w17-*.yaml"))
_GIVEN = TaggedText(
    "青溪县图书馆向石桥村30名学生赠书包。",
    {
        NAMES: ((0, 6, "ORG"), (7, 10, "LOC")),
        ITEMS: ((16, 18, "ITEM"),),
    },
)


def _gold():
    return read_gold_file(ROOT / "corpus/gold/w17-005.yaml")


def test_layers_hold_what_the_gold_marks():
    tagged = tagged_text(_gold())
    assert {tagged.text[s:e] for s, e, _ in tagged.layers[NAMES]} == {
        mention.surface for mention in _gold().mentions if mention.label in ("ORG", "LOC", "PER")
    }
    items = {tagged.text[s:e] for s, e, _ in tagged.layers[ITEMS]}
    assert items and items <= {form for event in _gold().events for item in event.items for form in item.text}


@pytest.mark.parametrize("path", _REPORTS, ids=lambda path: path.stem)
def test_spans_are_disjoint_and_goods_are_no_names(path):
    tagged = tagged_text(read_gold_file(path))
    for spans in tagged.layers.values():
        assert all(a[1] <= b[0] for a, b in pairwise(spans))
    names = {place for start, end, _ in tagged.layers[NAMES] for place in range(start, end)}
    assert all(names.isdisjoint(range(start, end)) for start, end, _ in tagged.layers[ITEMS])


def test_renaming_moves_goods_along():
    assert _GIVEN.text[16:18] == "书包"
    rng, augmenter = random.Random(3), Augmenter(name_source(), 1.0, 0.0, 0.0)
    texts = [renamed(_GIVEN, augmenter, rng) for _ in range(20)]
    assert len({each.text for each in texts}) > 5
    for each in texts:
        assert [each.text[s:e] for s, e, _ in each.layers[ITEMS]] == ["书包"]
        (giver, _, _), (taker, _, _) = each.layers[NAMES]
        assert each.text[giver:taker].endswith("向")


def test_stretches_keep_their_spans():
    long = TaggedText(
        "天晴。" + _GIVEN.text,
        {k: tuple((s + 3, e + 3, x) for s, e, x in v) for k, v in _GIVEN.layers.items()},
    )
    first, second = stretches(long, 20)
    assert first.text == "天晴。"
    assert second == _GIVEN


def test_measuring_counts_spans():
    figures = measure(Tagger(ROOT / "models/tagger"), [tagged_text(_gold())])
    assert set(figures) == {"LOC", "ORG", "PER", "ITEM"}
    assert figures["ORG"]["f"] > 0.8


def test_without_pretrained_weights_there_is_no_training(tmp_path):
    params = TrainTaggerParams(base=(tmp_path / "none").as_posix())
    with pytest.raises(ConfigError, match="no pretrained weights"):
        train_tagger([_gold()], _SPLITS, params, tmp_path / "out")


def test_a_tiny_training_writes_a_tagger_that_reads(tmp_path):
    pytest.importorskip("torch", reason="the extra `train` is not installed")
    pytest.importorskip("onnx", reason="the extra `train` is not installed")
    params = TrainTaggerParams(
        epochs=1, average=0.0, bfloat16=False, base=(ROOT / "models/encoder-base").as_posix()
    )
    train_tagger([_gold()], _SPLITS, params, tmp_path / "out")
    assert len(Tagger(tmp_path / "out")("捐赠图书")["names"]) == 4
