"""`donations show`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from pipeline.cli.console import day, goods, number, output, where
from pipeline.schema import DonationEvent

Tables = Annotated[Path, typer.Argument(metavar="DIR", help="Folder of tables, as `extract` writes it.")]


def show_command(
    folder: Tables = Path("corpus/events"),
    limit: Annotated[int, typer.Option(min=0, help="Events to show; 0 for all.")] = 20,
) -> None:
    """Print events as a table: who gave what to whom, when and where."""
    from pipeline.store import read_events

    events = read_events(folder)
    shown = events[:limit] if limit else events
    console = output()
    console.print(_table(shown))
    rest = f", {len(shown):,} shown (--limit 0 shows all)" if len(shown) < len(events) else ""
    console.print(f"{len(events):,} events{rest}", soft_wrap=True)


def _table(events: tuple[DonationEvent, ...]) -> Table:
    table = Table(show_lines=True)
    for name, share in (
        ("date", 2),
        ("donors", 4),
        ("recipients", 4),
        ("goods", 5),
        ("place", 3),
        ("report", 2),
    ):
        table.add_column(name, ratio=share, overflow="fold")
    for event in events:
        kinds = [kind for kind in (event.status, event.scope) if kind not in ("completed", "single")]
        table.add_row(
            "\n".join(part for part in (day(event), *kinds) if part),
            "\n".join(event.donors),
            "\n".join((*event.recipients, *(f"(through {name})" for name in event.intermediaries))),
            "\n".join((*map(goods, event.items), *_whole(event))),
            where(event),
            event.report_id,
        )
    return table


def _whole(event: DonationEvent) -> tuple[str, ...]:
    return () if event.value_cny is None else (f"(¥{number(event.value_cny)} in all)",)
