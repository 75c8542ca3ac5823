"""An evaluation as files: figures, intervals, slices, errors, plots."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipeline.evaluation.comparison import Comparison
from pipeline.evaluation.error_table import error_table
from pipeline.evaluation.intervals import EvaluationParams, f1_interval
from pipeline.evaluation.page import FIGURES, error_page
from pipeline.evaluation.plots import plot_rows
from pipeline.evaluation.scoring import Evaluation
from pipeline.evaluation.slices import slice_rows


def write_evaluation(evaluation: Evaluation, folder: Path, params: EvaluationParams | None = None) -> None:
    """Write `metrics.json` and, beside it, what stands behind the figures.

    `metrics.json` nests the figures by the dots of their names and holds intervals as `low` and `high`;
    `slices.json`, `errors.parquet`, `errors.html` and `plots/*.json` are the rest.
    """
    params = params or EvaluationParams()
    (folder / "plots").mkdir(parents=True, exist_ok=True)
    _write_json(folder / "metrics.json", nested(figures_with_intervals(evaluation, params)))
    _write_json(folder / "slices.json", slice_rows(evaluation))
    for name, rows in plot_rows(evaluation).items():
        _write_json(folder / "plots" / f"{name}.json", rows)
    pq.write_table(error_table(evaluation), folder / "errors.parquet")
    (folder / "errors.html").write_text(error_page(evaluation, params=params), encoding="utf-8")


def figures_with_intervals(evaluation: Evaluation, params: EvaluationParams) -> dict[str, float | int | None]:
    """Every figure by name, with `low` and `high` for the F1 of the main ones."""
    counts = [one.counts for one in evaluation.scored]
    metrics = evaluation.metrics()
    for name in FIGURES:
        if f"{name}.f" in metrics:
            interval = f1_interval(counts, name, params) or (None, None)
            metrics[f"{name}.low"], metrics[f"{name}.high"] = interval
    return metrics


def comparison_lines(comparison: Comparison) -> Iterator[str]:
    """Tests and changed events of two runs, as lines for the reader."""
    for name, test in comparison.tests.items():
        cells = {part: "–" if value is None else f"{value:.3f}" for part, value in test.items()}
        yield (
            f"{name:15s} {cells['before']} → {cells['after']}  {cells['difference']}"
            f" [{cells['low']}, {cells['high']}]  p {cells['p']}"
        )
    for change in comparison.changes:
        where = f"{change.report_id} {change.gold_id or 'spurious event'}"
        yield f"{change.verdict} {where}: {change.before} → {change.after} | {change.event}"


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """Tests and changed events of two runs as plain data."""
    return {"tests": comparison.tests, "changes": [asdict(change) for change in comparison.changes]}


def nested(figures: dict[str, float | int | None]) -> dict[str, Any]:
    """Figures grouped by the dots of their names.

    A name that is also the beginning of others keeps its own value under `count`.

    Example:
        >>> nested({"slot.date.f": 1.0, "negatives": 2, "negatives.clean": 1})
        {'slot': {'date': {'f': 1.0}}, 'negatives': {'count': 2, 'clean': 1}}
    """
    tree: dict[str, Any] = {}
    for name, value in figures.items():
        *groups, last = name.split(".")
        node = tree
        for group in groups:
            if not isinstance(node.get(group, {}), dict):
                node[group] = {"count": node[group]}
            node = node.setdefault(group, {})
        node[last] = value
    return tree


def _write_json(path: Path, data: object) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
