"""Where output goes, and values as a reader sees them."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import partial
from pathlib import Path

from rich.console import Console

from pipeline.schema import DonatedItem, DonationEvent

_WIDE = 160
# Names and texts come from outside: no bracket or colon in them is a command to the console.
_console = partial(Console, highlight=False, markup=False, emoji=False)


def output() -> Console:
    """Standard output; as wide as the terminal, or wide where there is none."""
    console = _console()
    return console if console.is_terminal else _console(width=_WIDE)


def errors() -> Console:
    """Standard error."""
    return _console(stderr=True)


def write_json(data: object, path: Path) -> None:
    """Write plain data to a file; its folder is made if missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def number(value: Decimal | int | None) -> str:
    """A figure with thousands apart and no idle zeros.

    Example:
        >>> number(Decimal("12000.5000")), number(None)
        ('12,000.5', '')
    """
    if value is None:
        return ""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def goods(item: DonatedItem) -> str:
    """An item in a few words.

    Example:
        >>> goods(DonatedItem(1, "图书", 0, 2, "book", quantity=Decimal(1200), unit="册", qualifier="over"))
        '图书 1,200+ 册'
    """
    sign = {"over": "+", "about": "~", "under": "-"}.get(item.qualifier or "", "")
    parts = [item.text]
    if item.quantity is not None:
        high = f"–{number(item.quantity_max)}" if item.qualifier == "range" else ""
        parts.append(f"{number(item.quantity)}{high}{sign}")
        parts.append(item.unit or "")
    if item.value_cny is not None:
        parts.append(f"¥{number(item.value_cny)}{'' if item.quantity is not None else sign}")
    return " ".join(part for part in parts if part)


def day(event: DonationEvent) -> str:
    """The day or days of an event, else the words."""
    if event.date_start is None:
        return event.date_text or ""
    if event.date_end in (None, event.date_start):
        return str(event.date_start)
    return f"{event.date_start}\n–{event.date_end}"


def where(event: DonationEvent) -> str:
    """The place of an event, from province to county, else the words."""
    place = event.place
    if place is None:
        return event.place_text or ""
    names = (place.province, place.city if place.city != place.province else None, place.county)
    return " ".join(name for name in names if name)
