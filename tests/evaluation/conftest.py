from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from evaluation_builders import build_event, write_run

from pipeline.evaluation.facts import Case, EventFacts, Prediction


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
