"""Score a folder of tables from the shell: `python -m pipeline.evaluation EVENTS GOLD --errors --out DIR`."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.evaluation import (
    Evaluation,
    compare,
    comparison_lines,
    evaluate,
    gold_events,
    write_evaluation,
)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m pipeline.evaluation")
    parser.add_argument("events", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--ids", help="prefixes of report ids, separated by commas")
    parser.add_argument("--errors", action="store_true", help="list every error")
    parser.add_argument("--against", type=Path, help="tables of an earlier run to compare with")
    parser.add_argument("--out", type=Path, help="folder for figures, errors and plots")
    return parser.parse_args()


def _figure(value: float | int | None) -> str:
    return "–" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)


def _print_figures(evaluation: Evaluation) -> None:
    metrics = evaluation.metrics()
    for name in sorted(key[:-2] for key in metrics if key.endswith(".f")):
        cells = [_figure(metrics[f"{name}.{part}"]) for part in ("f", "p", "r", "tp", "predicted", "gold")]
        print(f"{name:22s} F {cells[0]:6s} P {cells[1]:6s} R {cells[2]:6s}  {'/'.join(cells[3:])}")
    for name, value in metrics.items():
        if not name.endswith((".f", ".p", ".r", ".tp")) and f"{name.rpartition('.')[0]}.f" not in metrics:
            print(f"{name:22s} {_figure(value)}")


def main() -> None:
    """Print figures and errors."""
    args = _arguments()
    ids = None
    if args.ids:
        prefixes = tuple(args.ids.split(","))
        ids = [case.report_id for case in gold_events(args.gold) if case.report_id.startswith(prefixes)]
    evaluation = evaluate(args.events, args.gold, ids)
    if args.errors:
        for m in evaluation.mistakes:
            at = f"[{m.start}:{m.end}]" if m.start is not None else ""
            print(f"{m.report_id} {m.kind} {m.slot}{at} {m.predicted} ≠ {m.gold} ({m.rule}) | {m.sentence}")
    _print_figures(evaluation)
    if args.against:
        for line in comparison_lines(compare(evaluate(args.against, args.gold, ids), evaluation)):
            print(line)
    if args.out:
        write_evaluation(evaluation, args.out)


if __name__ == "__main__":
    main()
