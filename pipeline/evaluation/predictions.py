"""What a run made, read from its folder of tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline.evaluation.facts import EventFacts, ItemFacts, Prediction
from pipeline.schema import DonationEvent, Evidence, Mention
from pipeline.store import read_table

_Rows = Mapping[str, Sequence[dict[str, Any]]]


def read_predictions(folder: Path) -> dict[str, Prediction]:
    """Reports of a folder with `reports`, `mentions`, `events` and `items` in Parquet, by report id.

    Raises:
        InputError: a table is missing or cannot be read.
        SchemaError: a table breaks the contract.
    """
    items = _group(read_table(folder, "items").to_pylist(), "event_id")
    events = _group(read_table(folder, "events").to_pylist(), "report_id")
    mentions = _group(read_table(folder, "mentions").to_pylist(), "report_id")
    reports = {row["report_id"]: row for row in read_table(folder, "reports").to_pylist()}
    return {
        report_id: _prediction(report_id, reports.get(report_id, {}), mentions, events, items)
        for report_id in sorted({*reports, *events})
    }


def _group(rows: Iterable[dict[str, Any]], key: str) -> _Rows:
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row)
    return groups


def _prediction(
    report_id: str, report: Mapping[str, Any], mentions: _Rows, events: _Rows, items: _Rows
) -> Prediction:
    published = report.get("published")
    return Prediction(
        report_id=report_id,
        text=report.get("text") or "",
        year=published.year if published else None,
        events=tuple(_event(row, items.get(row["event_id"], ())) for row in events.get(report_id, ())),
        mentions=tuple(_mention(row) for row in mentions.get(report_id, ())),
    )


def _mention(row: Mapping[str, Any]) -> Mention:
    return Mention(
        report_id=row["report_id"],
        start=row["start"],
        end=row["end"],
        surface=row["surface"],
        label=row["label"],
        value=row.get("value"),
        rule=row.get("rule") or "",
        score=row["score"] if row.get("score") is not None else 1.0,
    )


def _event(row: Mapping[str, Any], items: Iterable[Mapping[str, Any]]) -> EventFacts:
    return EventFacts(
        donors=_parties(row.get("donors")),
        recipients=_parties(row.get("recipients")),
        intermediaries=_parties(row.get("intermediaries")),
        items=tuple(_item(item) for item in sorted(items, key=lambda item: item.get("item_no") or 0)),
        first=row.get("date_start"),
        last=row.get("date_end"),
        precision=row.get("date_precision"),
        date_text=row.get("date_text"),
        places=(row.get("place_code"),),
        place_text=row.get("place_text"),
        value=row.get("value_cny"),
        scope=row.get("scope"),
        status=row.get("status"),
        event_id=row["event_id"],
        confidence=row.get("confidence"),
        evidence=tuple(Evidence(e["slot"], e["start"], e["end"]) for e in row.get("evidence") or ()),
    )


def event_facts(event: DonationEvent) -> EventFacts:
    """An event as the steps make it, in the scorer's shape."""
    return EventFacts(
        donors=_parties(event.donors),
        recipients=_parties(event.recipients),
        intermediaries=_parties(event.intermediaries),
        items=tuple(_item(asdict(item)) for item in event.items),
        first=event.date_start,
        last=event.date_end,
        precision=event.date_precision,
        date_text=event.date_text,
        places=(event.place.code if event.place else None,),
        place_text=event.place_text,
        value=event.value_cny,
        scope=event.scope,
        status=event.status,
        event_id=event.event_id,
        confidence=event.confidence,
        evidence=event.evidence,
    )


def _item(row: Mapping[str, Any]) -> ItemFacts:
    return ItemFacts(
        texts=(row.get("text") or "",),
        category=row.get("category"),
        quantity=row.get("quantity"),
        low=row.get("quantity_min"),
        high=row.get("quantity_max"),
        unit=row.get("unit"),
        qualifier=row.get("qualifier"),
        per=row.get("per"),
        derived=bool(row.get("derived")),
        value=row.get("value_cny"),
        figure=row.get("quantity_text"),
        value_text=row.get("value_text"),
    )


def _parties(names: Iterable[str] | None) -> tuple[tuple[str, ...], ...]:
    return tuple((name,) for name in names or ())
