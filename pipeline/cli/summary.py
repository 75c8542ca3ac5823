"""`donations summary`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from rich.table import Table

from pipeline.cli.console import number, output
from pipeline.cli.show import Tables
from pipeline.schema import DonationEvent

_UNKNOWN = "unknown"


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
    console.print(_table(books))
    console.print(f"Counted: {books.counted:,} events. Left out:")
    for reason, events in books.left_out.items():
        total = sum((book_count(event) for event in events), Decimal(0))
        console.print(f"  {len(events):,} {reason}" + (f", {number(total)} books" if total else ""))


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
    cells: Counter[tuple[str, str]] = Counter()
    for event in kept.values():
        cells[_province(event), _year(event)] += book_count(event)  # type: ignore[assignment]
    return Books(dict(cells), len(kept), {reason: left[reason] for reason in sorted(left)})  # type: ignore[arg-type]


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


def _table(books: Books) -> Table:
    provinces = sorted({province for province, _ in books.cells}, key=lambda name: (name == _UNKNOWN, name))
    years = sorted({year for _, year in books.cells})
    table = Table(title="Books by province and year", title_justify="left", show_footer=True)
    table.add_column("province", footer="total")
    for year in years:
        table.add_column(year, justify="right", footer=number(_sum(books, year=year)))
    table.add_column("total", justify="right", footer=number(_sum(books)))
    for province in provinces:
        row = (number(books.cells.get((province, year))) for year in years)
        table.add_row(province, *row, number(_sum(books, province=province)))
    return table


def _sum(books: Books, province: str | None = None, year: str | None = None) -> Decimal:
    chosen = (count for (p, y), count in books.cells.items() if province in (None, p) and year in (None, y))
    return sum(chosen, Decimal(0))
