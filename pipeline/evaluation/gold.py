"""Gold in the scorer's shape, from YAML files or from plain JSON files.

JSON is one file a report, `{"id", "mentions": {label: [surface]}, "dates": [...], "events": [...]}`, with
the fields of `docs/corpus-format.md` and no text or offsets.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.corpus.gold import GoldEvent, GoldReport, Party, read_gold
from pipeline.errors import InputError
from pipeline.evaluation.facts import Case, EventFacts, ItemFacts
from pipeline.schema import LABELS, Evidence


def gold_events(gold: Path) -> tuple[Case, ...]:
    """Labelled reports of a folder of YAML, a folder of JSON or one JSON file, sorted by id.

    Raises:
        InputError: nothing there, or a file not in the format.
    """
    cases = tuple(sorted(_read(gold), key=lambda case: case.report_id))
    if not cases:
        raise InputError("empty", f"{gold}: no gold reports")
    return cases


def keep(cases: tuple[Case, ...], ids: Collection[str] | None) -> tuple[Case, ...]:
    """The reports named by `ids`, or all of them for None.

    Raises:
        InputError: an id has no gold report.
    """
    if ids is None:
        return cases
    wanted = set(ids)
    unknown = sorted(wanted - {case.report_id for case in cases})
    if unknown:
        raise InputError("unknown-id", f"no gold report {unknown[0]!r}")
    return tuple(case for case in cases if case.report_id in wanted)


def case_of(labelled: GoldReport) -> Case:
    """A labelled report as the scorer sees it."""
    return Case(
        report_id=labelled.report.report_id,
        events=tuple(
            _from_yaml(event, number, tuple(Evidence(a.slot, a.start, a.end) for a in arguments))
            for number, (event, arguments) in enumerate(
                zip(labelled.events, labelled.arguments, strict=True), start=1
            )
        ),
        text=labelled.report.text,
        mentions=labelled.mentions,
        labels=LABELS,
        surfaces=frozenset((m.label, m.surface) for m in labelled.mentions),
        days=frozenset((m.surface, m.value) for m in labelled.mentions if m.label == "DATE"),
        tags=labelled.tags,
        writer=labelled.writer,
        story=labelled.story,
    )


def _read(gold: Path) -> Iterable[Case]:
    if gold.is_file():
        return [_json_case(gold)]
    if gold.is_dir() and any(gold.glob("*.json")):
        return [_json_case(path) for path in sorted(gold.glob("*.json"))]
    return [case_of(report) for report in read_gold(gold)]


def _names(parties: tuple[Party, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(party.names for party in parties)


def _from_yaml(event: GoldEvent, number: int, evidence: tuple[Evidence, ...]) -> EventFacts:
    return EventFacts(
        donors=_names(event.donors),
        recipients=_names(event.recipients),
        intermediaries=_names(event.intermediaries),
        items=tuple(
            ItemFacts(
                texts=tuple(re.sub(r"#\d+$", "", text) for text in item.text),
                category=item.category,
                quantity=item.quantity,
                low=item.quantity_min,
                high=item.quantity_max,
                unit=item.unit,
                qualifier=item.qualifier,
                per=item.per,
                derived=item.derived,
                value=item.value_cny,
                figure=item.figure,
                value_text=item.value_text,
            )
            for item in event.items
        ),
        first=event.date.start,
        last=event.date.end,
        precision=event.date.precision,
        date_text=event.date.text,
        places=event.place.code,
        place_text=event.place.text,
        value=event.value_cny,
        scope=event.scope,
        status=event.status,
        optional=event.optional,
        event_id=f"g{number}",
        evidence=evidence,
    )


def _json_case(path: Path) -> Case:
    try:
        raw = json.loads(path.read_text(encoding="utf-8"), parse_int=Decimal, parse_float=Decimal)
        surfaces = {**raw.get("mentions", {})}
        if "dates" in raw:
            surfaces["DATE"] = [entry["text"] for entry in raw["dates"]]
        return Case(
            report_id=str(raw.get("id", path.stem)),
            events=tuple(_json_event(event, number) for number, event in enumerate(raw["events"], start=1)),
            labels=tuple(surfaces),
            surfaces=frozenset((label, surface) for label, found in surfaces.items() for surface in found),
            days=frozenset((entry["text"], _interval(entry)) for entry in raw.get("dates", ())),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError("gold", f"{path}: not gold JSON ({type(error).__name__}: {error})") from error


def _json_event(raw: Mapping[str, Any], number: int) -> EventFacts:
    when, where = raw.get("date") or {}, raw.get("place") or {}
    codes = where.get("code")
    return EventFacts(
        donors=_json_parties(raw.get("donors")),
        recipients=_json_parties(raw.get("recipients")),
        intermediaries=_json_parties(raw.get("intermediaries")),
        items=tuple(_json_item(item) for item in raw.get("items", ())),
        first=_day(when.get("start")),
        last=_day(when.get("end")),
        precision=when.get("precision"),
        date_text=when.get("text"),
        places=tuple(codes) if isinstance(codes, list) else (codes,),
        place_text=where.get("text"),
        value=raw.get("value_cny"),
        scope=raw.get("scope", "single"),
        status=raw.get("status", "completed"),
        optional=bool(raw.get("optional", False)),
        event_id=f"g{number}",
    )


def _json_item(raw: Mapping[str, Any]) -> ItemFacts:
    return ItemFacts(
        texts=_forms(raw["text"]),
        category=raw.get("category"),
        quantity=raw.get("quantity"),
        low=raw.get("quantity_min"),
        high=raw.get("quantity_max"),
        unit=raw.get("unit"),
        qualifier=raw.get("qualifier"),
        per=raw.get("per"),
        derived=bool(raw.get("derived", False)),
        value=raw.get("value_cny"),
        figure=raw.get("figure"),
        value_text=raw.get("value_text"),
    )


def _json_parties(parties: Iterable[Any] | None) -> tuple[tuple[str, ...], ...]:
    return tuple(_forms(party) for party in parties or ())


def _forms(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _interval(entry: Mapping[str, str | None]) -> str | None:
    return f"{entry['start']}/{entry['end']}" if entry.get("start") else None
