"""Surfaces in their reports -> places: the hard cases."""

import tomllib
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from pipeline.places import PlaceContext, PlaceResolver, PlacesParams
from pipeline.schema import Place

_CASES = Path(__file__).parents[1] / "cases/places"
_GROUPS = tomllib.loads((_CASES / "resolve.toml").read_text("utf-8"))
_RESOLVE = [(name, case) for name, group in _GROUPS.items() for case in group["cases"]]
_CONTEXT = ("region", "source", "title", "donor")
_PIECES = st.sampled_from(
    [
        *"和平朝阳省市县区镇乡村委会图书馆、与驻我该(“",
        "罗山县",
        "丰都",
        "云南",
        "水井村",
        "农家书屋",
        "青溪县",
        "新华",
    ]
)


@cache
def _resolver():
    return PlaceResolver()


@pytest.fixture
def resolver():
    return _resolver()


@pytest.mark.parametrize(("group", "case"), _RESOLVE, ids=[f"{g}-{n}" for n, (g, _) in enumerate(_RESOLVE)])
def test_case(resolver, group, case):
    known = {key: case[key] for key in _CONTEXT if key in case}
    context = PlaceContext(**known, mentions=tuple(case.get("mentions", ())))
    assert set(case) <= {"surface", "code", "county", "township", "village", "mentions", *_CONTEXT}
    found = resolver.resolve(case["surface"], context)
    assert (found.place.code if found.place else "") == case["code"], found.reason
    for field in ("county", "township", "village"):
        if field in case:
            assert getattr(found.place, field) == case[field]


def test_reason_names_the_clue(resolver):
    found = resolver.resolve("朝阳区", PlaceContext(mentions=("长春市图书馆",)))
    assert "长春市图书馆" in found.reason
    assert found.place.reason == found.reason


def test_ambiguous_name_gives_its_candidates(resolver):
    found = resolver.resolve("朝阳区")
    assert found.place is None
    assert {place.code for place in found.candidates} == {"110105", "220104"}


def test_nearer_mention_wins(resolver):
    near = resolver.resolve("鼓楼区", PlaceContext(mentions=("福州市图书馆", "南京市")))
    far = resolver.resolve("鼓楼区", PlaceContext(mentions=("南京市", "福州市图书馆")))
    alone = resolver.resolve("鼓楼区", PlaceContext(mentions=("南京市",)))
    assert alone.place.code == "320106"
    assert near.place is None or near.place.code == "350102"
    assert far.place is None or far.place.code == "320106"


def test_report_place_can_be_switched_off():
    context = PlaceContext(donor="平罗县图书馆")
    assert PlaceResolver(PlacesParams(report_place=False)).resolve("困难群众", context).place is None
    assert PlaceResolver().resolve("困难群众", context).place.code == "640221"


def test_unknown_parameter_is_refused():
    with pytest.raises(ValidationError, match="guess"):
        PlacesParams(guess=True)


def test_common_of_different_depths(resolver):
    city = Place(code="511800", province="四川省", city="雅安市")
    county = Place(code="511826", province="四川省", city="雅安市", county="芦山县")
    assert resolver.common([city, county]).code == "511800"
    assert resolver.common([city, county]).county is None
    assert resolver.common([county, county]).county == "芦山县"
    assert resolver.common([]) is None


@given(surface=st.lists(_PIECES, max_size=8).map("".join), near=st.lists(_PIECES, max_size=4).map("".join))
@settings(max_examples=300, deadline=None)
def test_any_surface_gives_a_coherent_place(surface, near):
    resolver = _resolver()
    found = resolver.resolve(
        surface, PlaceContext(region=near, source=near, title=near, mentions=(near,), donor=near)
    )
    place = found.place
    assert found.reason
    if place:
        unit = resolver.gazetteer.unit(place.code)
        named = {resolver.gazetteer.names[row] for row in resolver.gazetteer.lineage(unit)}
        assert place.province in named
        assert place.code.endswith("0000") or place.city in named or place.county in named
        assert 0 < place.score <= 1
