"""Ours and the simpler systems on the same reports: one row a system."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import MappingProxyType

from pipeline.baselines.reading import Reading
from pipeline.baselines.systems import System
from pipeline.evaluation import Evaluation, EvaluationParams
from pipeline.evaluation.facts import Prediction
from pipeline.evaluation.intervals import f1_interval, paired_test
from pipeline.evaluation.scoring import score

Row = dict[str, str | int | float | None]
OURS = "ours"
# Figures of a row by the name that the scorer has for them; each is an F1 with an interval.
FIGURES = MappingProxyType(
    {
        "slots": "slots",
        "exact": "exact",
        "events": "events",
        "names": "mention.strict.ORG+LOC",
        "links": "link.all",
    }
)
# Parts of a paired test by their names in a row.
_DIFFERENCE = MappingProxyType(
    {
        "difference": "slots.to_ours",
        "low": "slots.to_ours.low",
        "high": "slots.to_ours.high",
        "p": "slots.to_ours.p",
    }
)


def compare_systems(
    ours: Evaluation, readings: Iterable[Reading], systems: Sequence[System], params: EvaluationParams
) -> tuple[Row, ...]:
    """Figures of our run and of each system on the reports that our run was scored on.

    Args:
        ours: the run, scored.
        readings: of these reports; others are passed over, and one that lacks is a report without an event.
        systems: what to put beside it.
        params: how intervals and tests draw.

    Returns:
        One row a system, ours first: `system`, the `FIGURES` with `.low` and `.high`, `negatives`,
        `negatives_clean`, `books` (relative error of their sum), `reports`, and `slots.to_ours` (slot F1 less
        ours, with `.low`, `.high` and `.p` of a paired test; null for ours).
    """
    by_id = {reading.report.report_id: reading for reading in readings}
    rows = [{**_row(OURS, ours, params), **dict.fromkeys(_DIFFERENCE.values())}]
    for system in systems:
        other = _evaluation(ours, by_id, system)
        rows.append({**_row(system.name, other, params), **_difference(ours, other, params)})
    return tuple(rows)


def _evaluation(ours: Evaluation, readings: dict[str, Reading], system: System) -> Evaluation:
    scored = []
    for one in ours.scored:
        reading = readings.get(one.case.report_id)
        made = system(reading) if reading else Prediction(one.case.report_id)
        scored.append(score(one.case, made))
    return Evaluation(tuple(scored), ours.known_donors)


def _row(name: str, evaluation: Evaluation, params: EvaluationParams) -> Row:
    metrics, counts = evaluation.metrics(), [one.counts for one in evaluation.scored]
    row: Row = {"system": name}
    for short, figure in FIGURES.items():
        low, high = f1_interval(counts, figure, params) or (None, None)
        row |= {short: metrics.get(f"{figure}.f"), f"{short}.low": low, f"{short}.high": high}
    return row | {
        "negatives": metrics["negatives"],
        "negatives_clean": metrics["negatives.clean"],
        "books": metrics["sums.books.error"],
        "reports": metrics["reports"],
    }


def _difference(ours: Evaluation, other: Evaluation, params: EvaluationParams) -> Row:
    counts = [one.counts for one in ours.scored], [one.counts for one in other.scored]
    test = paired_test(*counts, "slots", params)
    return {name: test[part] for part, name in _DIFFERENCE.items()}
