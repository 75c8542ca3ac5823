"""`donations summary`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from rich.table import Table

from pipeline.cli.console import number, output
from pipeline.cli.show import Tables
from pipeline.schema import DonationEvent

_UNKNOWN = "unknown"
# Widths in characters of a year's column, and of the province, the earlier years, unknown and total.
_COLUMN, _MARGIN = 12, 58


@dataclass(frozen=True, slots=True)
class Books:
    """Books by province and year, and the events that were left out, by reason."""

    cells: Mapping[tuple[str, str], Decimal]
    counted: int
    left_out: Mapping[str, Sequence[DonationEvent]]


def summary_command(folder: Tables = Path("corpus/events")) -> None:
    """Add up the books given, by province and year, and say what was left out of the sum.

    Counted are single, completed events with a stated number of books, each act once, however many reports
    tell it.
    """
    from pipeline.store import read_events

    books = count_books(read_events(folder))
    console = output()
    console.print(_table(books, console.width))
    whole = books.counted + sum(map(len, books.left_out.values()))
    console.print(f"Counted: {books.counted:,} of {whole:,} events. Left out:", soft_wrap=True)
    for reason, events in books.left_out.items():
        total = sum((book_count(event) for event in events), Decimal(0))
        console.print(f"  {reason}: {len(events):,}" + (f" ({number(total)} books)" if total else ""))


def count_books(events: Iterable[DonationEvent]) -> Books:
    """Add up the books of single, completed events, the same act once: its surest telling counts."""
    kept: dict[str, DonationEvent] = {}
    left: dict[str, list[DonationEvent]] = defaultdict(list)
    for event in sorted(events, key=lambda each: (-each.confidence, each.event_id)):
        reason = _reason(event, kept)
        if reason is None:
            kept[event.cluster_id] = event
        else:
            left[reason].append(event)
    cells: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for event in kept.values():
        cells[_province(event), _year(event)] += book_count(event)
    return Books(dict(cells), len(kept), {reason: left[reason] for reason in sorted(left)})


def book_count(event: DonationEvent) -> Decimal:
    """The stated number of books of an event."""
    stated = (item.quantity for item in event.items if item.category == "book")
    return sum((quantity for quantity in stated if quantity is not None), Decimal(0))


def _reason(event: DonationEvent, kept: Mapping[str, DonationEvent]) -> str | None:
    if not any(item.category == "book" for item in event.items):
        return "without books"
    if event.status == "planned":
        return "planned"
    if event.scope == "cumulative":
        return "cumulative totals"
    if not book_count(event):
        return "without a number of books"
    return "duplicates of an act already counted" if event.cluster_id in kept else None


def _province(event: DonationEvent) -> str:
    return event.place.province if event.place else _UNKNOWN


def _year(event: DonationEvent) -> str:
    return str(event.date_start.year) if event.date_start else _UNKNOWN


def _table(books: Books, width: int) -> Table:
    provinces = sorted({province for province, _ in books.cells}, key=lambda name: (name == _UNKNOWN, name))
    columns = _columns({year for _, year in books.cells}, width)
    table = Table(title="Books by province and year", title_justify="left", show_footer=True)
    table.add_column("province", footer="total")
    for name, years in columns.items():
        table.add_column(name, justify="right", footer=number(_sum(books, provinces, years)))
    for province in provinces:
        table.add_row(province, *(number(_sum(books, [province], years)) for years in columns.values()))
    return table


def _columns(years: set[str], width: int) -> dict[str, set[str]]:
    """The years of each column: the latest ones singly, as many as the width takes."""
    known = sorted(years - {_UNKNOWN})
    cut = max(len(known) - max((width - _MARGIN) // _COLUMN, 1), 0)
    earlier = {f"to {known[cut - 1]}": set(known[:cut])} if cut else {}
    unknown = {_UNKNOWN: {_UNKNOWN}} if _UNKNOWN in years else {}
    return {**earlier, **{year: {year} for year in known[cut:]}, **unknown, "total": years}


def _sum(books: Books, provinces: Collection[str], years: Collection[str]) -> Decimal | None:
    chosen = [count for (p, y), count in books.cells.items() if p in provinces and y in years]
    return sum(chosen, Decimal(0)) if chosen else None
