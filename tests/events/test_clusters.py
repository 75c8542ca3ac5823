"""The same act told by several reports gets one cluster id."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.events.cluster import assign_clusters
from pipeline.events.identity import event_id
from pipeline.schema import DonatedItem, DonationEvent, Evidence, Place

_BOOKS = DonatedItem(1, "图书", 10, 12, "book", Decimal(500), unit="册")
_ONE = DonationEvent(
    event_id="a",
    report_id="r-1",
    status="completed",
    scope="single",
    donors=("青溪县图书馆",),
    recipients=("柳河镇石桥村",),
    intermediaries=(),
    items=(_BOOKS,),
    date_start=date(2021, 9, 1),
    date_end=date(2021, 9, 1),
    place=Place("520123", "云岭省"),
    evidence=(Evidence("item", 10, 12),),
)
_TWO = replace(_ONE, event_id="b", report_id="r-2")


def _clusters(*events):
    return [event.cluster_id for event in assign_clusters(events)]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"recipients": ("石桥村",)},
        {"date_start": date(2021, 9, 8), "date_end": date(2021, 9, 8)},
        {"date_start": None, "date_end": None},
        {"place": None},
        {"place": Place("520000", "云岭省")},
        {
            "items": (
                _BOOKS,
                replace(_BOOKS, item_no=2, text="书架", category="furniture", quantity=Decimal(6)),
            )
        },
    ],
    ids=str,
)
def test_the_same_act_in_two_reports_is_one_cluster(changes):
    assert _clusters(_ONE, replace(_TWO, **changes)) == ["a", "a"]


@pytest.mark.parametrize(
    "changes",
    [
        {"report_id": "r-1"},
        {"status": "planned"},
        {"scope": "cumulative"},
        {"donors": ("白沙县图书馆",)},
        {"recipients": ("河东村",)},
        {"recipients": ()},
        {"date_start": date(2021, 9, 9), "date_end": date(2021, 9, 9)},
        {"date_start": date(2020, 9, 1), "date_end": date(2020, 9, 1)},
        {"place": Place("530000", "海州省")},
        {"items": (replace(_BOOKS, quantity=Decimal(300)),)},
    ],
    ids=str,
)
def test_what_differs_is_another_cluster(changes):
    assert _clusters(_ONE, replace(_TWO, **changes)) == ["a", "b"]


def test_bare_goods_agree_by_kind():
    bare = (replace(_BOOKS, quantity=None),)
    desks = (replace(_BOOKS, quantity=None, text="书架", category="furniture"),)
    assert _clusters(replace(_ONE, items=bare), replace(_TWO, items=bare)) == ["a", "a"]
    assert _clusters(replace(_ONE, items=bare), replace(_TWO, items=desks)) == ["a", "b"]


def test_clusters_join_through_a_third_report():
    dates = [date(2021, 9, 1), date(2021, 9, 7), date(2021, 9, 13)]
    events = [
        replace(_ONE, event_id=name, report_id=name, date_start=day, date_end=day)
        for name, day in zip("abc", dates, strict=True)
    ]
    assert _clusters(*events) == ["a", "a", "a"]
    assert _clusters(events[0], events[2]) == ["a", "c"]


@given(order=st.permutations(range(5)))
def test_the_order_of_events_changes_nothing(order):
    events = [
        replace(_ONE, event_id=f"e{n}", report_id=f"r{n}", items=(replace(_BOOKS, quantity=Decimal(n // 2)),))
        for n in range(5)
    ]
    found = {event.event_id: event.cluster_id for event in assign_clusters([events[n] for n in order])}
    assert found == {"e0": "e0", "e1": "e0", "e2": "e2", "e3": "e2", "e4": "e4"}


@pytest.mark.parametrize(
    "changes",
    [
        {"report_id": "r-2"},
        {"status": "planned"},
        {"donors": ("白沙县图书馆",)},
        {"recipients": ()},
        {"items": (replace(_BOOKS, quantity=Decimal(501)),)},
        {"evidence": (Evidence("item", 11, 13),)},
    ],
    ids=str,
)
def test_an_id_says_what_the_event_says(changes):
    assert event_id(replace(_ONE, **changes)) != event_id(_ONE)


def test_an_id_depends_on_neither_itself_nor_its_cluster():
    assert event_id(replace(_ONE, event_id="z", cluster_id="z", confidence=0.5)) == event_id(_ONE)
