from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from evaluation_builders import build_event, write_run

from pipeline.evaluation import gold_events
from pipeline.evaluation.facts import Case, EventFacts, Prediction

GOLD = Path(__file__).parent.parent / "cases" / "corpus" / "gold"


@pytest.fixture
def event():
    return build_event


@pytest.fixture
def gift(event):
    """An event with every slot filled."""

    def build(**changes: Any) -> EventFacts:
        filled = {
            "donors": ["青溪县图书馆"],
            "recipients": ["石桥村"],
            "date": ["9月1日", "2021-09-01", "2021-09-01"],
            "place": ["石桥村", "520000"],
            "value": 30000,
            "items": [
                {"text": "图书", "category": "book", "quantity": 1200, "unit": "册", "qualifier": "exact"}
            ],
        }
        return event(**{**filled, **changes})

    return build


@pytest.fixture
def run_folder(tmp_path):
    def write(predictions: list[Prediction], name: str = "events") -> Path:
        return write_run(tmp_path / name, predictions)

    return write


@pytest.fixture
def perfect():
    """The prediction that says exactly what a labelled report says."""

    def build(case: Case, **changes: Any) -> Prediction:
        return Prediction(
            report_id=case.report_id,
            text=case.text or "",
            events=tuple(event for event in case.events if not event.optional),
            mentions=case.mentions or (),
            **changes,
        )

    return build


@pytest.fixture
def case():
    """The labelled report of the case files."""
    return gold_events(GOLD)[0]


@pytest.fixture
def good(case, perfect):
    run = perfect(case)
    return replace(run, events=(replace(run.events[0], confidence=0.95),))


@pytest.fixture
def bad(good):
    """One quantity wrong, one mention cut short, one event too many."""
    event = good.events[0]
    wrong = replace(
        event, items=(replace(event.items[0], quantity=Decimal(12)), event.items[1]), confidence=0.85
    )
    stranger = replace(event, donors=(("<b>海阳集团",),), recipients=(), items=(), first=None, last=None)
    stranger = replace(stranger, places=(None,), value=None, evidence=(), confidence=0.15)
    first = good.mentions[0]
    cut = replace(first, end=first.end - 1, surface=first.surface[:-1], rule="model")
    return replace(good, events=(wrong, stranger), mentions=(cut, *good.mentions[1:]))
