"""`donations review`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from pipeline.cli.console import day, goods, output, where
from pipeline.cli.show import Tables
from pipeline.schema import DonationEvent

_STYLES = {
    "donor": "bold green",
    "recipient": "bold cyan",
    "intermediary": "bold magenta",
    "item": "bold yellow",
    "figure": "bold yellow",
    "value": "bold yellow",
    "date": "bold blue",
    "place": "underline",
}


def review_command(
    folder: Tables = Path("corpus/events"),
    limit: Annotated[int, typer.Option(min=1, help="Events to list.")] = 10,
) -> None:
    """List the least certain events with the sentences that they were read from."""
    from pipeline.store import read_events, read_table

    reports = read_table(folder, "reports")
    texts = dict(zip(reports["report_id"].to_pylist(), reports["text"].to_pylist(), strict=True))
    doubtful = sorted(read_events(folder), key=lambda event: (event.confidence, event.event_id))
    console = output()
    for event in doubtful[:limit]:
        head = Text(f"{event.confidence:.2f} {event.event_id} in {event.report_id}")
        head.stylize("bold", 0, 4)
        console.print(head, soft_wrap=True)
        console.print(f"  {_told(event)}", soft_wrap=True)
        for start, end in _sentences(event):
            console.print(Text("  ") + _marked(texts[event.report_id], start, end, event), soft_wrap=True)


def _told(event: DonationEvent) -> str:
    parties = f"{'、'.join(event.donors) or '?'} → {'、'.join(event.recipients) or '?'}"
    given = "; ".join(goods(item) for item in event.items)
    kind = "" if (event.status, event.scope) == ("completed", "single") else f"{event.status}, {event.scope}"
    return " | ".join(
        part for part in (parties, given, " ".join(day(event).split()), where(event), kind) if part
    )


def _sentences(event: DonationEvent) -> list[tuple[int, int]]:
    return sorted({(each.start, each.end) for each in event.evidence if each.slot == "sentence"})


def _marked(text: str, start: int, end: int, event: DonationEvent) -> Text:
    shown = Text(text[start:end].replace("\n", " "))
    for each in event.evidence:
        if each.slot in _STYLES and start <= each.start and each.end <= end:
            shown.stylize(_STYLES[each.slot], each.start - start, each.end - start)
    return shown
