"""What an evaluation writes, and the comparison of two runs."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.errors import InputError
from pipeline.evaluation import (
    EvaluationParams,
    compare,
    comparison_json,
    comparison_lines,
    evaluate,
    gold_events,
    write_evaluation,
)
from pipeline.evaluation.facts import Prediction
from pipeline.evaluation.plots import plot_rows

GOLD = Path(__file__).parent.parent / "cases" / "corpus" / "gold"
CASE = gold_events(GOLD)[0]
FAST = EvaluationParams(samples=100)


@pytest.fixture
def evaluation(run_folder, bad):
    return evaluate(run_folder([bad]), GOLD)


def test_files(evaluation, tmp_path):
    write_evaluation(evaluation, tmp_path / "out", FAST)
    names = sorted(str(path.relative_to(tmp_path / "out")) for path in (tmp_path / "out").rglob("*.*"))
    plots = [f"plots/{name}.json" for name in ("error_kinds", "precision_recall", "reliability", "slots")]
    assert names == ["errors.html", "errors.parquet", "metrics.json", *plots, "slices.json"]
    metrics = json.loads((tmp_path / "out" / "metrics.json").read_text(encoding="utf-8"))
    assert metrics["slots"]["f"] == evaluation.metrics()["slots.f"]
    assert metrics["slots"]["low"] <= metrics["slots"]["f"] <= metrics["slots"]["high"]
    assert metrics["value"]["ranges"]["f"] is None
    assert metrics["exact"]["strict"]["gold"] == 1


def test_files_are_the_same_every_time(evaluation, tmp_path):
    for name in ("one", "two"):
        write_evaluation(evaluation, tmp_path / name, FAST)
    for path in (tmp_path / "one").rglob("*.*"):
        assert path.read_bytes() == (tmp_path / "two" / path.relative_to(tmp_path / "one")).read_bytes()


def test_error_table(evaluation, tmp_path):
    write_evaluation(evaluation, tmp_path, FAST)
    rows = pq.read_table(tmp_path / "errors.parquet").to_pylist()
    assert [(row["level"], row["kind"], row["slot"]) for row in rows] == [
        ("event", "spurious", "event"),
        ("mention", "boundary", "ORG"),
        ("slot", "normalisation", "quantity"),
    ]
    assert {"writer: w0", "tag: joint_donors"} <= set(rows[0]["slices"])
    assert rows[1]["rule"] == "model"
    assert CASE.text[rows[2]["start"] : rows[2]["end"]] == "1200余册"


def test_plots(evaluation):
    rows = plot_rows(evaluation)
    assert {row["slot"]: row["f"] for row in rows["slots"]}["quantity"] == 0.5
    assert rows["reliability"] == [
        {"confidence": pytest.approx(0.15), "right": 0.0, "events": 1},
        {"confidence": pytest.approx(0.85), "right": 0.0, "events": 1},
    ]
    assert {row["kind"]: row["errors"] for row in rows["error_kinds"]} == {
        "spurious": 1,
        "boundary": 1,
        "normalisation": 1,
    }


def test_precision_and_recall_over_confidence(run_folder, good, bad):
    run = replace(good, events=(*good.events, bad.events[1]))
    rows = plot_rows(evaluate(run_folder([run]), GOLD))["precision_recall"]
    assert [(row["precision"], row["recall"]) for row in rows] == [(0.5, 1.0), (1.0, 1.0)]


def test_two_runs_compared(run_folder, good, bad):
    before, after = evaluate(run_folder([bad]), GOLD), evaluate(run_folder([good], "after"), GOLD)
    comparison = compare(before, after, FAST)
    changed = [(change.gold_id, change.verdict, change.before, change.after) for change in comparison.changes]
    assert changed == [
        ("g1", "better", "9 of 10 values, 1 wrong", "exact"),
        (None, "better", "spurious", "absent"),
    ]
    assert comparison.tests["exact"]["difference"] == 1.0
    back = compare(after, before, FAST)
    assert [change.verdict for change in back.changes] == ["worse", "worse"]
    assert compare(after, after, FAST).changes == ()
    lines = list(comparison_lines(comparison))
    assert lines[0].startswith("slots ") and lines[-1].startswith("better w0-001 spurious event")
    assert json.loads(json.dumps(comparison_json(comparison)))["tests"]["slots"]["after"] == 1.0


def test_an_event_missed_and_found(run_folder, good):
    runs = [
        evaluate(run_folder([Prediction("w0-001", CASE.text)]), GOLD),
        evaluate(run_folder([good], "b"), GOLD),
    ]
    (change,) = compare(*runs, FAST).changes
    assert (change.verdict, change.before, change.after) == ("better", "missed", "exact")


def test_runs_on_other_gold_do_not_compare(run_folder, good):
    evaluation = evaluate(run_folder([good]), GOLD)
    with pytest.raises(InputError, match="different gold"):
        compare(evaluation, replace(evaluation, scored=()), FAST)
