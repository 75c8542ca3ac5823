"""Varied samples keep spans on names, and the same seed gives the same text."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.training.entities.augment import Augmenter, cut_sample
from pipeline.training.entities.names import name_source
from pipeline.training.entities.renaming import Renaming
from pipeline.training.entities.samples import Sample

_TEXT = "近日，青溪县图书馆“送书下乡”，向柳河镇石桥村赠书。馆长李明说：“好！”县教育局、王小红到场。"
_NAMES = [
    ("青溪县图书馆", "ORG"),
    ("柳河镇石桥村", "LOC"),
    ("李明", "PER"),
    ("县教育局", "ORG"),
    ("王小红", "PER"),
]
_SAMPLE = Sample(_TEXT, tuple((_TEXT.index(n), _TEXT.index(n) + len(n), label) for n, label in _NAMES))


def _sound(sample):
    place = 0
    for start, end, label in sample.spans:
        assert place <= start < end <= len(sample.text)
        assert label in ("ORG", "LOC", "PER")
        place = end


@pytest.fixture(scope="module")
def names():
    return name_source()


@given(seed=st.integers(0, 10**6))
@settings(deadline=None, max_examples=60)
def test_everything_outside_names_stays(seed):
    varied = Augmenter(name_source(), rename=1, cut=0, lose=0)(_SAMPLE, random.Random(seed))
    _sound(varied)

    def outside(sample):
        edges = [0, *(edge for start, end, _ in sample.spans for edge in (start, end)), len(sample.text)]
        return [sample.text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]

    assert outside(varied) == outside(_SAMPLE)
    assert [label for *_, label in varied.spans] == [label for *_, label in _SAMPLE.spans]


@given(seed=st.integers(0, 10**6))
@settings(deadline=None, max_examples=60)
def test_cut_and_lost_punctuation_leave_names_whole(seed):
    varied = Augmenter(name_source(), rename=0, cut=1, lose=1)(_SAMPLE, random.Random(seed))
    _sound(varied)
    assert {varied.text[start:end] for start, end, _ in varied.spans} <= {name for name, _ in _NAMES}


@given(seed=st.integers(0, 10**6))
@settings(deadline=None)
def test_cut_is_a_slice_with_all_its_spans(seed):
    cut = cut_sample(_SAMPLE, random.Random(seed))
    first = _TEXT.index(cut.text)
    inside = [s for s in _SAMPLE.spans if s[0] >= first and s[1] <= first + len(cut.text)]
    assert [(start + first, end + first, label) for start, end, label in cut.spans] == inside


def test_same_seed_same_text(names):
    augmenter = Augmenter(names, rename=0.7, cut=0.3, lose=0.3)
    one, other = (
        [augmenter(_SAMPLE, rng) for _ in range(20)] for rng in (random.Random(1), random.Random(1))
    )
    assert one == other
    assert len({sample.text for sample in one}) > 10


@pytest.mark.parametrize(
    ("surface", "pieces"),
    [
        ("青溪县柳河镇中心小学", ["青溪县", "柳河镇", "中心小学"]),
        ("云岭省青溪县石桥村", ["云岭省", "青溪县", "石桥村", ""]),
        ("县图书馆", ["县图书馆"]),
        ("宁波图书馆", ["宁波", "图书馆"]),
        ("新华书店", ["新华书店"]),
    ],
)
def test_pieces(names, surface, pieces):
    assert names.pieces(surface) == pieces


_VILLAGE = "奇峰村在深山。奇峰四面环山，奇峰小学有三个班，青溪县图书馆到奇峰村赠书。"
_VILLAGE_NAMES = [
    (0, 3, "LOC"),
    (7, 9, "LOC"),
    (14, 18, "ORG"),
    (23, 29, "ORG"),
    (30, 33, "LOC"),
]


@given(seed=st.integers(0, 10**6))
@settings(deadline=None, max_examples=60)
def test_one_place_gets_one_other_name(names, seed):
    """Renamed, 奇峰村 and 奇峰 still share their stem."""
    stems = Renaming.drawn(names, ["奇峰村", "奇峰", "奇峰小学"], 1.0, random.Random(seed))
    stem = stems.like("奇峰", random.Random(0))
    assert stems.like("奇峰村", random.Random(1)) == stem + "村"
    *pieces, rest = stems.pieces("奇峰小学")
    assert (pieces, rest) == (["奇峰"], "小学")
    assert stems.like(pieces[0], random.Random(2)) == stem


def test_nearly_every_drawn_stem_is_another(names):
    drawn = [
        Renaming.drawn(names, ["奇峰村"], 1.0, random.Random(n)).like("奇峰", random.Random(0))
        for n in range(50)
    ]
    assert len(set(drawn)) > 30
    kept = [
        Renaming.drawn(names, ["奇峰村"], 0.0, random.Random(n)).like("奇峰", random.Random(0))
        for n in range(5)
    ]
    assert set(kept) == {"奇峰"}


def test_a_renamed_report_still_repeats_itself(names):
    sample = Sample(_VILLAGE, tuple(_VILLAGE_NAMES))
    augmenter = Augmenter(names, rename=1, cut=0, lose=0)
    shared = 0
    for seed in range(40):
        village, short, *_, again = augmenter(sample, random.Random(seed)).surfaces("LOC")
        assert village == again
        shared += village.startswith(short)
    assert shared > 20  # by chance, 9
