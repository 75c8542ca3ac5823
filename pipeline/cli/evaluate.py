"""`donations evaluate`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from pipeline.cli.baselines import baseline_rows, baseline_table
from pipeline.cli.console import output, write_json

if TYPE_CHECKING:
    from pipeline.evaluation import Evaluation

_FIRST = ("slots", "exact", "exact.strict", "events")
_SLICED = ("events", "exact", "slots", "mention.strict.all")


def evaluate_command(
    events: Annotated[Path, typer.Option(metavar="DIR", help="Folder of tables.")] = Path("corpus/events"),
    gold: Annotated[
        Path, typer.Option(metavar="PATH", help="Folder of gold files, YAML or JSON, or one JSON file.")
    ] = Path("corpus/gold"),
    split: Annotated[
        str | None, typer.Option(metavar="train|dev|test", help="Score one split; else all of the gold.")
    ] = None,
    splits: Annotated[Path, typer.Option(metavar="FILE", help="File of splits.")] = Path(
        "corpus/splits.toml"
    ),
    errors: Annotated[bool, typer.Option("--errors", help="List every error.")] = False,
    slices: Annotated[bool, typer.Option("--slices", help="Main figures for parts of the gold.")] = False,
    against: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Tables of an earlier run to compare with.")
    ] = None,
    baselines: Annotated[
        bool, typer.Option("--baselines", help="Put simpler systems beside the run, on the same reports.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write figures, slices, errors (HTML, Parquet), plots.")
    ] = None,
) -> None:
    """Score tables against gold: slots, whole events, values, names, links, sums."""
    from pipeline.evaluation import evaluate

    ids = _ids(gold, splits, split)
    evaluation = evaluate(events, gold, ids, train_ids=_train_ids(gold, splits))
    if errors:
        _print_lines(_error_lines(evaluation))
    output().print(_table(evaluation))
    if slices:
        output().print(_slice_table(evaluation))
    if against is not None:
        _print_comparison(evaluate(against, gold, ids), evaluation, out)
    if baselines:
        _print_baselines(evaluation, events, out)
    if out is not None:
        _write(evaluation, out)


def _print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        output().print(line, soft_wrap=True)


def _write(evaluation: Evaluation, out: Path) -> None:
    from pipeline.evaluation import write_evaluation

    write_evaluation(evaluation, out)
    _print_lines([f"Figures and errors are in {out}; open {out / 'errors.html'} in a browser."])


def _ids(gold: Path, splits: Path, split: str | None) -> tuple[str, ...] | None:
    if split is None:
        return None
    from pipeline.corpus.gold import read_gold
    from pipeline.corpus.splits import SPLITS, read_splits

    if split not in SPLITS:
        raise typer.BadParameter(f"{split!r} is not one of {', '.join(SPLITS)}", param_hint="--split")
    return read_splits(splits).ids_of(split, read_gold(gold))


def _train_ids(gold: Path, splits: Path) -> tuple[str, ...] | None:
    """Reports of the train split, whose donors are no unseen ones; None where the gold holds none."""
    from pipeline.corpus.splits import read_splits
    from pipeline.evaluation import gold_events

    if not splits.is_file():
        return None
    fixed = read_splits(splits)
    return (
        tuple(c.report_id for c in gold_events(gold) if fixed.of(c.report_id, c.writer or "") == "train")
        or None
    )


def _print_comparison(before: Evaluation, after: Evaluation, out: Path | None) -> None:
    from pipeline.evaluation import compare, comparison_json, comparison_lines

    comparison = compare(before, after)
    _print_lines(comparison_lines(comparison))
    if out is not None:
        write_json(comparison_json(comparison), out / "comparison.json")


def _print_baselines(evaluation: Evaluation, run: Path, out: Path | None) -> None:
    from pipeline.evaluation import EvaluationParams

    rows, left_out = baseline_rows(evaluation, run, EvaluationParams())
    output().print(baseline_table(rows))
    _print_lines(left_out)
    if out is not None:
        write_json(rows, out / "baselines.json")


def _error_lines(evaluation: Evaluation) -> Iterable[str]:
    for m in evaluation.mistakes:
        at = f"[{m.start}:{m.end}]" if m.start is not None else ""
        rule = f" ({m.rule})" if m.rule else ""
        yield f"{m.report_id} {m.kind} {m.slot}{at}: {m.predicted} ≠ {m.gold}{rule} | {m.sentence}"


def _figure(value: float | int | str | None) -> str:
    if isinstance(value, float):
        return f"{value:.3f}"
    return "–" if value is None else f"{value:,}" if isinstance(value, int) else value


def _table(evaluation: Evaluation) -> Table:
    from pipeline.evaluation import EvaluationParams
    from pipeline.evaluation.output import figures_with_intervals

    metrics = figures_with_intervals(evaluation, EvaluationParams())
    names = sorted(name[:-2] for name in metrics if name.endswith(".f"))
    ordered = [name for name in _FIRST if name in names] + [name for name in names if name not in _FIRST]
    table = Table(title=f"{metrics['reports']:,} reports", title_justify="left")
    for column in ("figure", "F1", "low", "high", "precision", "recall", "right", "predicted", "gold"):
        table.add_column(column, justify="left" if column == "figure" else "right")
    for name in ordered:
        ends = (_figure(metrics[f"{name}.{e}"]) if f"{name}.{e}" in metrics else "" for e in ("low", "high"))
        rest = (_figure(metrics[f"{name}.{part}"]) for part in ("p", "r", "tp", "predicted", "gold"))
        table.add_row(name, _figure(metrics[f"{name}.f"]), *ends, *rest)
    single = [name for name in metrics if name.rpartition(".")[0] not in names and not name.endswith(".f")]
    for name in single:
        table.add_row(name, _figure(metrics[name]))
    return table


def _slice_table(evaluation: Evaluation) -> Table:
    from pipeline.evaluation.slices import slice_rows

    table = Table(title="F1 by slice", title_justify="left")
    for column in ("slice", "reports", *_SLICED):
        table.add_column(column, justify="left" if column == "slice" else "right")
    for row in slice_rows(evaluation):
        table.add_row(str(row["slice"]), _figure(row["reports"]), *(_figure(row[f"{f}.f"]) for f in _SLICED))
    return table
