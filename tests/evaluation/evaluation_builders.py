"""Events and runs built by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.evaluation.facts import EventFacts, ItemFacts, Prediction
from pipeline.schema import TABLES


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
    """A run's tables, as far as the scorer reads them."""
    folder.mkdir(parents=True, exist_ok=True)
    reports, mentions, events, items = [], [], [], []
    for one in predictions:
        published = date(one.year, 1, 1) if one.year else None
        reports.append({"report_id": one.report_id, "text": one.text, "published": published})
        mentions += [{name: getattr(m, name) for name in _MENTION} for m in one.mentions]
        for number, event in enumerate(one.events):
            event_id = f"{one.report_id}-{number}"
            events.append(_event_row(event, event_id, one.report_id))
            items += [_item_row(item, event_id, i) for i, item in enumerate(event.items, start=1)]
    for name, rows in {"reports": reports, "mentions": mentions, "events": events, "items": items}.items():
        pq.write_table(_table(name, rows), folder / f"{name}.parquet")
    return folder


_MENTION = ("report_id", "start", "end", "surface", "label", "value", "rule", "score")


def _table(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    schema = pa.schema([pa.field(f.name, f.type) for f in TABLES[name].schema])
    return pa.Table.from_pylist(rows, schema=schema)


def _event_row(event: EventFacts, event_id: str, report_id: str) -> dict[str, Any]:
    return {
        "event_id": event_id,
        "report_id": report_id,
        "status": event.status,
        "scope": event.scope,
        "donors": [names[0] for names in event.donors],
        "recipients": [names[0] for names in event.recipients],
        "intermediaries": [names[0] for names in event.intermediaries],
        "date_text": event.date_text,
        "date_start": event.first,
        "date_end": event.last,
        "date_precision": event.precision,
        "place_text": event.place_text,
        "place_code": event.places[0],
        "value_cny": event.value,
        "evidence": [{"slot": e.slot, "start": e.start, "end": e.end} for e in event.evidence],
        "confidence": event.confidence,
    }


def _item_row(item: ItemFacts, event_id: str, number: int) -> dict[str, Any]:
    return {
        "event_id": event_id,
        "item_no": number,
        "text": item.texts[0],
        "category": item.category,
        "quantity": item.quantity,
        "quantity_min": item.low,
        "quantity_max": item.high,
        "unit": item.unit,
        "qualifier": item.qualifier,
        "per": item.per,
        "derived": item.derived,
        "quantity_text": item.figure,
        "value_cny": item.value,
        "value_text": item.value_text,
    }
