"""Counts and money against the case files.

A value is a figure and a unit: `2000 册`, `2000.. 册` over, `..5000 册` under, `~300 册` about,
`8..10 台` a range, unit `-` when there is none; then `kind=people`, `per=人`, `role=total`,
`currency=USD` where they differ from count, None, None and CNY. Money has no unit in its value.
"""

from __future__ import annotations

import marked_cases
import pytest

from pipeline.quantities import QuantityFinder
from pipeline.schema import Quantity, Report

COUNTS = marked_cases.load("counts")
MONEY = marked_cases.load("money")
FINDER = QuantityFinder()


def _figure(one: Quantity) -> str:
    if one.qualifier == "range":
        return f"{one.low}..{one.high}"
    return {"over": f"{one.number}..", "under": f"..{one.number}", "about": f"~{one.number}"}.get(
        one.qualifier, str(one.number)
    )


def _written(one: Quantity, expected: str) -> str:
    """The record in the words of the case, with role only where the case states one."""
    words = [_figure(one)] if one.kind == "money" else [_figure(one), one.unit or "-"]
    if one.kind not in ("count", "money"):
        words.append(f"kind={one.kind}")
    if one.per:
        words.append(f"per={one.per}")
    if one.role and "role=" in expected:
        words.append(f"role={one.role}")
    if one.currency not in (None, "CNY"):
        words.append(f"currency={one.currency}")
    return " ".join(words)


def _check(case: marked_cases.Marked, kinds: tuple[str, ...]) -> None:
    marked = {(start, end): value for start, end, value in case.marks}
    found = FINDER(Report("r", text=case.text))
    kept = [one for one in found if one.kind in kinds or (one.start, one.end) in marked]
    written = {(one.start, one.end): _written(one, marked.get((one.start, one.end), "")) for one in kept}
    assert {case.text[start:end]: value for (start, end), value in written.items()} == {
        case.text[start:end]: value for (start, end), value in marked.items()
    }
    assert written == marked


@pytest.mark.parametrize("name", COUNTS)
def test_counts_of_a_text(name: str) -> None:
    _check(COUNTS[name], ("count", "money") if not COUNTS[name].marks else ("count",))


@pytest.mark.parametrize("name", MONEY)
def test_money_of_a_text(name: str) -> None:
    _check(MONEY[name], ("money",))


def test_there_are_enough_cases() -> None:
    counts, no_counts = marked_cases.count("counts")
    sums, no_sums = marked_cases.count("money")
    assert counts >= 300
    assert sums >= 150
    assert no_counts >= 200
    assert no_sums >= 100


def test_records_state_their_characters() -> None:
    text = "甲县图书馆\n送去图书（２０００余冊），价值３万元；电话13812345678。[image: http://a.cn/300册.jpg]"
    found = FINDER(Report("r", text=text))
    assert [text[one.start : one.end] for one in found] == ["２０００余冊", "３万元"]
    assert [one.surface for one in found] == ["２０００余冊", "３万元"]
    assert [one.label for one in found] == ["QUANTITY", "MONEY"]
