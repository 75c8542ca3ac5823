"""`donations evaluate`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from pipeline.cli.console import output

if TYPE_CHECKING:
    from pipeline.evaluation import Evaluation

_FIRST = ("slots", "exact", "exact.strict", "events")


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
    against: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Tables of an earlier run to compare with.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write figures, slices, errors (HTML, Parquet), plots.")
    ] = None,
) -> None:
    """Score tables against gold: slots, whole events, values, names, links, sums."""
    from pipeline.evaluation import compare, comparison_lines, evaluate, write_evaluation

    ids = _ids(gold, splits, split)
    evaluation = evaluate(events, gold, ids)
    console = output()
    if errors:
        for line in _error_lines(evaluation):
            console.print(line, soft_wrap=True)
    console.print(_table(evaluation))
    if against is not None:
        for line in comparison_lines(compare(evaluate(against, gold, ids), evaluation)):
            console.print(line, soft_wrap=True)
    if out is not None:
        write_evaluation(evaluation, out)
        console.print(
            f"Figures and errors are in {out}; open {out / 'errors.html'} in a browser.", soft_wrap=True
        )


def _ids(gold: Path, splits: Path, split: str | None) -> tuple[str, ...] | None:
    if split is None:
        return None
    from pipeline.corpus.gold import read_gold
    from pipeline.corpus.splits import SPLITS, read_splits

    if split not in SPLITS:
        raise typer.BadParameter(f"{split!r} is not one of {', '.join(SPLITS)}", param_hint="--split")
    return read_splits(splits).ids_of(split, read_gold(gold))


def _error_lines(evaluation: Evaluation) -> Iterable[str]:
    for m in evaluation.mistakes:
        at = f"[{m.start}:{m.end}]" if m.start is not None else ""
        rule = f" ({m.rule})" if m.rule else ""
        yield f"{m.report_id} {m.kind} {m.slot}{at}: {m.predicted} ≠ {m.gold}{rule} | {m.sentence}"


def _figure(value: float | int | None) -> str:
    if isinstance(value, float):
        return f"{value:.3f}"
    return "–" if value is None else f"{value:,}"


def _table(evaluation: Evaluation) -> Table:
    metrics = evaluation.metrics()
    names = sorted(name[:-2] for name in metrics if name.endswith(".f"))
    ordered = [name for name in _FIRST if name in names] + [name for name in names if name not in _FIRST]
    table = Table(title=f"{metrics['reports']:,} reports", title_justify="left")
    for column in ("figure", "F1", "precision", "recall", "right", "predicted", "gold"):
        table.add_column(column, justify="left" if column == "figure" else "right")
    for name in ordered:
        parts = ("f", "p", "r", "tp", "predicted", "gold")
        table.add_row(name, *(_figure(metrics[f"{name}.{part}"]) for part in parts))
    single = [name for name in metrics if name.rpartition(".")[0] not in names and not name.endswith(".f")]
    for name in single:
        table.add_row(name, _figure(metrics[name]))
    return table
