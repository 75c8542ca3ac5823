"""At least 5,000 names with context made from the gazetteer."""

from collections import Counter

import pytest
from generated import families

from pipeline.places import Gazetteer, PlaceResolver

_FAMILIES = families(Gazetteer.load())


def _outcome(expected, place):
    if place is None:
        return "null"
    if place.code == expected:
        return "right"
    return "coarse" if expected.startswith(place.code.rstrip("0")) else "wrong"


@pytest.fixture(scope="module")
def outcomes():
    resolver = PlaceResolver()
    return {
        name: [
            (case, _outcome(case.code, resolver.resolve(case.surface, case.context).place)) for case in make()
        ]
        for name, make in _FAMILIES.items()
    }


@pytest.mark.parametrize("family", _FAMILIES)
def test_family(outcomes, family):
    counts = Counter(outcome for _, outcome in outcomes[family])
    missed = [(case.surface, case.code) for case, outcome in outcomes[family] if outcome != "right"]
    assert len(outcomes[family]) >= 300
    assert counts["right"] >= 0.98 * counts.total(), missed[:20]
    assert counts["wrong"] < 0.01 * counts.total(), missed[:20]


def test_all_families_together(outcomes):
    counts = Counter(outcome for family in outcomes.values() for _, outcome in family)
    assert counts.total() >= 5000
    assert counts["right"] >= 0.98 * counts.total()
    assert counts["wrong"] < 0.01 * counts.total()
