"""Running text -> names of provinces, cities and counties."""

import tomllib
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.places import PlaceResolver

_CASES = tomllib.loads((Path(__file__).parents[1] / "cases/places/scan.toml").read_text("utf-8"))["cases"]
_TEXT = st.lists(
    st.sampled_from([*"和县，市与朝阳在", "兴山县", "江苏", "海南航空", "錫林郭勒盟"]), max_size=12
)


@cache
def _resolver():
    return PlaceResolver()


@pytest.fixture
def resolver():
    return _resolver()


@pytest.mark.parametrize("case", _CASES, ids=range(len(_CASES)))
def test_case(resolver, case):
    spans = resolver.scan(case["text"])
    assert [f"{span.surface}/{'+'.join(span.codes)}" for span in spans] == case["found"]


@given(parts=_TEXT)
@settings(max_examples=200, deadline=None)
def test_spans_are_slices_in_order(parts):
    text = "".join(parts)
    spans = _resolver().scan(text)
    assert all(len(span.surface) == span.end - span.start for span in spans)
    assert all(one.end <= two.start for one, two in pairwise(spans))
    assert all(span.surface == text[span.start : span.end] for span in spans)
