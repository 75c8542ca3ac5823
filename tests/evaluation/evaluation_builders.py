"""Events and runs built by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipeline.evaluation.facts import EventFacts, ItemFacts, Prediction
from pipeline.schema import DonatedItem, DonationEvent, Place, Report
from pipeline.store import to_table


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def build_item(raw: Mapping[str, Any]) -> ItemFacts:
    return ItemFacts(
        texts=(raw["text"],),
        category=raw.get("category"),
        quantity=_decimal(raw.get("quantity")),
        unit=raw.get("unit"),
        qualifier=raw.get("qualifier"),
        value=_decimal(raw.get("value")),
        figure=raw.get("figure"),
        value_text=raw.get("value_text"),
    )


def build_event(**raw: Any) -> EventFacts:
    """An event from plain values; `date` is [text, first, last], `place` [text, code]."""
    when, where = [*raw.get("date", []), None, None, None], [*raw.get("place", []), None, None]
    first, last = (date.fromisoformat(day) if day else None for day in when[1:3])
    return EventFacts(
        donors=tuple((name,) for name in raw.get("donors", ())),
        recipients=tuple((name,) for name in raw.get("recipients", ())),
        intermediaries=tuple((name,) for name in raw.get("intermediaries", ())),
        items=tuple(build_item(item) for item in raw.get("items", ())),
        date_text=when[0],
        first=first,
        last=last,
        place_text=where[0],
        places=(where[1],),
        value=_decimal(raw.get("value")),
        scope=raw.get("scope", "single"),
        status=raw.get("status", "completed"),
        optional=raw.get("optional", False),
        event_id=raw.get("event_id", ""),
        confidence=raw.get("confidence"),
        evidence=tuple(raw.get("evidence", ())),
    )


def write_run(folder: Path, predictions: list[Prediction]) -> Path:
    """A run's tables, each sound by itself; what does not stand in the text is let through."""
    events = [_record(event, one.report_id, i) for one in predictions for i, event in enumerate(one.events)]
    records = {
        "reports": [_report(one) for one in predictions],
        "mentions": [mention for one in predictions for mention in one.mentions],
        "events": events,
        "items": events,
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in records.items():
        pq.write_table(to_table(name, rows), folder / f"{name}.parquet")
    return folder


def _report(one: Prediction) -> Report:
    published = date(one.year, 1, 1) if one.year else None
    return Report(one.report_id, text=one.text, end=len(one.text), published=published)


def _record(event: EventFacts, report_id: str, number: int) -> DonationEvent:
    code = event.places[0]
    return DonationEvent(
        event_id=f"{report_id}-{number}",
        report_id=report_id,
        status=event.status,
        scope=event.scope,
        donors=tuple(names[0] for names in event.donors),
        recipients=tuple(names[0] for names in event.recipients),
        intermediaries=tuple(names[0] for names in event.intermediaries),
        items=tuple(_item(item, i) for i, item in enumerate(event.items, start=1)),
        date_text=event.date_text,
        date_start=event.first,
        date_end=event.last,
        date_precision=event.precision,
        place_text=event.place_text,
        place=Place(code, "贵州省") if code else None,
        value_cny=event.value,
        evidence=event.evidence,
        confidence=event.confidence or 0.0,
    )


def _item(item: ItemFacts, number: int) -> DonatedItem:
    return DonatedItem(
        item_no=number,
        text=item.texts[0],
        start=0,
        end=len(item.texts[0]),
        category=item.category or "other",
        quantity=item.quantity,
        quantity_min=item.low,
        quantity_max=item.high,
        unit=item.unit,
        qualifier=item.qualifier,
        per=item.per,
        derived=item.derived,
        quantity_text=item.figure,
        value_cny=item.value,
        value_text=item.value_text,
    )
