"""Names, values and the kinds of errors, from case files."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.evaluation.differences import differences
from pipeline.evaluation.names import same_figure, same_goods, same_party
from pipeline.evaluation.slots import count_slots, is_exact
from pipeline.evaluation.values import count_values, is_strictly_exact

CASES = Path(__file__).parent.parent / "cases" / "evaluation"
NAMES = tomllib.loads((CASES / "names.toml").read_text(encoding="utf-8"))
DIFFERENCES = tomllib.loads((CASES / "differences.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("one", "other"), NAMES["same"])
def test_same_party(one, other):
    assert same_party(one, [other])
    assert same_party(other, [one])


@pytest.mark.parametrize(("one", "other"), NAMES["different"])
def test_other_party(one, other):
    assert not same_party(one, [other])
    assert not same_party(other, [one])


def test_any_accepted_form_will_do():
    assert same_party("石桥村", ["青溪县图书馆", "柳河镇石桥村"])
    assert not same_party("石桥村", [])


def test_goods_hold_one_another():
    assert same_goods("图书", ["儿童图书"])
    assert same_goods("儿童图书", ["图书"])
    assert not same_goods("", ["图书"])
    assert not same_goods("书架", ["图书"])


@pytest.mark.parametrize(
    ("predicted", "gold", "same"),
    [
        ("1200", "1200", True),
        ("1205", "1200", True),
        ("1206", "1200", False),
        ("0", "0", True),
        (None, "0", False),
    ],
)
def test_figures_agree_within_half_a_percent(predicted, gold, same):
    assert same_figure(Decimal(predicted) if predicted else None, Decimal(gold)) is same


@pytest.mark.parametrize("name", DIFFERENCES)
def test_kind_of_error(name, event):
    case = DIFFERENCES[name]
    found = differences(event(**case["predicted"]), event(**case["gold"]))
    assert [[d.kind, d.slot] for d in found] == case["errors"]


def test_no_error_means_exact_and_the_reverse(event):
    for case in DIFFERENCES.values():
        predicted, gold = event(**case["predicted"]), event(**case["gold"])
        core = [
            d for d in differences(predicted, gold) if d.slot not in ("category", "unit", "scope", "status")
        ]
        assert is_exact(count_slots(predicted, gold)) == (not core)


def test_an_empty_code_is_fine_where_the_gold_says_so(gift):
    gold = replace(gift(), places=("520000", None))
    for code, counted in (("520000", (1, 1, 1)), (None, (0, 0, 0)), ("510000", (0, 1, 0))):
        place = count_slots(replace(gift(), places=(code,)), gold)["place"]
        assert (place.tp, place.predicted, place.gold) == counted


def test_strict_counts_see_what_the_slots_forgive(gift):
    gold = gift(recipients=["柳河镇石桥村"], value=30000)
    near = gift(recipients=["石桥村"], value=30001)
    assert is_exact(count_slots(near, gold))
    assert not is_strictly_exact(near, gold)
    assert count_values(near, gold)["value.yuan"].tp == 0
    assert count_values(near, gold)["value.names"].tp == 1
    assert is_strictly_exact(gold, gold)


def test_a_whole_item_needs_its_unit_and_qualifier(gift):
    gold = gift()
    for changed in ({"unit": "本"}, {"qualifier": "over"}, {"category": "other"}, {"text": "图"}):
        item = {"text": "图书", "category": "book", "quantity": 1200, "unit": "册", "qualifier": "exact"}
        assert count_values(gift(items=[item | changed]), gold)["items"].tp == 0
    assert count_values(gold, gold)["items"].tp == 1
