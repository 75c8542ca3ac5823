"""The layers of a corpus, put together report by report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar

from pipeline.dates import with_published
from pipeline.schema import Act, DateMention, Link, Mention, Quantity, Report, Sentence
from pipeline.store import read_layer

RecordT = TypeVar("RecordT")
Layer = tuple[Act | Link, ...]
_OWNER = attrgetter("report_id")


@dataclass(frozen=True, slots=True)
class Layers:
    """One report with what the first steps found in it."""

    report: Report
    sentences: tuple[Sentence, ...]
    entities: tuple[Mention, ...]
    quantities: tuple[Quantity, ...]
    dates: tuple[DateMention, ...]


def read_layers(inputs: Mapping[str, Path]) -> Iterator[Layers]:
    """Every report with its layers and its day of publication; without a path, `entities` are left empty."""
    sentences = by_report(read_layer(inputs["sentences"], Sentence))
    mentions = read_layer(inputs["entities"], Mention) if "entities" in inputs else ()
    entities = by_report(mentions)
    quantities = by_report(read_layer(inputs["quantities"], Quantity))
    dates = by_report(read_layer(inputs["dates"], DateMention))
    for report in read_layer(inputs["reports"], Report):
        key = report.report_id
        yield Layers(
            with_published(report),
            *(found.get(key, ()) for found in (sentences, entities, quantities, dates)),  # type: ignore[arg-type]
        )


def read_acts(inputs: Mapping[str, Path]) -> dict[str, Layer]:
    """Acts, each followed by its links, by report."""
    links = by_report(read_layer(inputs["links"], Link))
    acts = by_report(read_layer(inputs["acts"], Act))
    return {owner: _together(found, links.get(owner, ())) for owner, found in acts.items()}


def by_report(records: Iterable[RecordT]) -> dict[str, tuple[RecordT, ...]]:
    """Records of a layer, which is sorted by report, by report id."""
    groups: Iterable[tuple[Any, Any]] = groupby(records, key=_OWNER)
    return {owner: tuple(group) for owner, group in groups}


def _together(acts: Iterable[Act], links: Iterable[Link]) -> Layer:
    found: list[Act | Link] = []
    for act in sorted(acts, key=attrgetter("act_no")):
        found.append(act)
        found += (link for link in links if link.act_no == act.act_no)
    return tuple(found)
