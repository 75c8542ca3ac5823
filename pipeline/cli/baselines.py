"""The table of `donations evaluate --baselines`."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table

from pipeline.errors import ConfigError

if TYPE_CHECKING:
    from pipeline.baselines import Row
    from pipeline.evaluation import Evaluation, EvaluationParams

_COLUMNS = {"slots": "slots", "exact": "exact", "events": "events", "names": "ORG+LOC", "links": "links"}


def baseline_rows(
    ours: Evaluation, run: Path, params: EvaluationParams
) -> tuple[tuple[Row, ...], Collection[str]]:
    """Ours and every other system, and one line for each that is not installed.

    Names are those of the run; the other steps have their default parameters and the shipped models.
    """
    from pipeline import baselines
    from pipeline.events import EventsParams
    from pipeline.linking import LinkingParams
    from pipeline.linking.model import load_linker
    from pipeline.shipped import model_folder

    linking, events = LinkingParams(), EventsParams()
    steps = linking, events, load_linker(model_folder(linking.model))
    cases = tuple(one.case for one in ours.scored)
    systems, left_out = [*baselines.simpler_systems(*steps)], []
    try:
        systems.append(baselines.system_with_lac(*steps))
    except ConfigError as error:
        left_out.append(f"LAC tags left out: {error}")
    if any(case.mentions for case in cases):
        systems.append(baselines.gold_names(*steps, cases))
    readings = baselines.read_run(run, {case.report_id for case in cases})
    return baselines.compare_systems(ours, readings, systems, params), left_out


def baseline_table(rows: Iterable[Row]) -> Table:
    """One line a system: figures over their intervals, and how far the slot F1 is from ours."""
    rows = tuple(rows)
    table = Table(
        title=f"Systems on the same {rows[0]['reports']:,} reports", title_justify="left", show_lines=True
    )
    table.add_column("system")
    for column in (*_COLUMNS.values(), "slots to ours", "negatives clean", "books"):
        table.add_column(column, justify="right")
    for row in rows:
        clean = f"{row['negatives_clean']} of {row['negatives']}"
        table.add_row(
            str(row["system"]),
            *(_with_interval(row, name) for name in _COLUMNS),
            _with_interval(row, "slots.to_ours", "+.3f"),
            clean,
            _shown(row["books"], "+.1%"),
        )
    return table


def _with_interval(row: Row, name: str, form: str = ".3f") -> str:
    if row.get(name) is None:
        return "–"
    low, high = (_shown(row.get(f"{name}.{end}"), form) for end in ("low", "high"))
    return f"{_shown(row[name], form)}\n{low}…{high}"


def _shown(value: str | int | float | None, form: str) -> str:
    return "–" if value is None else format(value, form)
