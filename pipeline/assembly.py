"""What the steps found, put together: mentions of every label, and the five tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from pipeline import schema, store
from pipeline.events.cluster import assign_clusters

_COUNTED = frozenset({"count", "people", "household", "place", "times"})
_LARGE = ("reports", "mentions")


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one report says."""

    report: schema.Report
    mentions: tuple[schema.Mention, ...]
    events: tuple[schema.DonationEvent, ...]


@dataclass(frozen=True, slots=True)
class Portion:
    """A part of a run: the large tables as Arrow, which is compact, the rest as records."""

    tables: dict[str, pa.Table]
    events: tuple[schema.DonationEvent, ...]
    rejects: tuple[schema.Reject, ...]


def all_mentions(
    report: schema.Report,
    names: Iterable[schema.Mention],
    quantities: Iterable[schema.Quantity],
    dates: Iterable[schema.DateMention],
    layer: Iterable[schema.Act | schema.Link],
) -> tuple[schema.Mention, ...]:
    """Mentions of every label with their values, in order of position."""
    resolved = {
        (link.start, link.end): link.names[0]
        for link in layer
        if isinstance(link, schema.Link) and len(link.names) == 1
    }
    rows = [
        replace(m, value=resolved.get((m.start, m.end), m.value) if m.label in ("ORG", "LOC") else m.value)
        for m in schema.names_of(names)
    ]
    rows += _figures(report, quantities)
    rows += [
        schema.Mention(d.report_id, d.start, d.end, d.surface, "DATE", _days(d), d.rule, 1.0) for d in dates
    ]
    return tuple(sorted(rows, key=lambda m: (m.start, m.end, m.label, m.rule)))


def portion(extractions: Sequence[Extraction], rejects: Iterable[schema.Reject] = ()) -> Portion:
    """Pack some extractions."""
    return Portion(
        {
            "reports": store.to_table("reports", (each.report for each in extractions)),
            "mentions": store.to_table("mentions", (m for each in extractions for m in each.mentions)),
        },
        tuple(event for each in extractions for event in each.events),
        tuple(rejects),
    )


def tables(portions: Sequence[Portion], rejects: Iterable[schema.Reject] = ()) -> dict[str, pa.Table]:
    """The five tables of a run, the same acts clustered; how it was cut into portions makes no difference.

    Example:
        >>> report = schema.Report("r-1", text="近日，青溪县图书馆赠书。")
        >>> {name: table.num_rows for name, table in tables([portion([Extraction(report, (), ())])]).items()}
        {'reports': 1, 'mentions': 0, 'events': 0, 'items': 0, 'rejects': 0}
    """
    events = assign_clusters([event for each in portions for event in each.events])
    refused = [*rejects, *(reject for each in portions for reject in each.rejects)]
    return {
        **{name: _joined(name, [each.tables[name] for each in portions]) for name in _LARGE},
        "events": store.to_table("events", events),
        "items": store.to_table("items", events),
        "rejects": store.to_table("rejects", refused),
    }


def _joined(name: str, parts: Sequence[pa.Table]) -> pa.Table:
    spec = schema.TABLES[name]
    whole = pa.concat_tables([spec.schema.empty_table(), *parts])
    return whole.sort_by([(column, "ascending") for column in spec.order]).combine_chunks()


def _figures(report: schema.Report, quantities: Iterable[schema.Quantity]) -> Iterator[schema.Mention]:
    for q in quantities:
        if q.label == "MONEY" or q.kind in _COUNTED:
            foreign = q.label == "MONEY" and q.currency not in (None, "CNY")
            value = None if foreign else f"{q.number:f}"
            yield schema.Mention(report.report_id, q.start, q.end, q.surface, q.label, value, q.rule, 1.0)


def _days(date: schema.DateMention) -> str | None:
    return None if date.first is None or date.last is None else f"{date.first}/{date.last}"
