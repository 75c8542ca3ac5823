"""What an evaluation writes, the comparison of two runs, and the page in a browser."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import replace
from decimal import Decimal
from html import unescape
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
from pipeline.evaluation.page import error_page
from pipeline.evaluation.plots import plot_rows

GOLD = Path(__file__).parent.parent / "cases" / "corpus" / "gold"
CASE = gold_events(GOLD)[0]
FAST = EvaluationParams(samples=100)
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
)


@pytest.fixture
def good(perfect):
    run = perfect(CASE)
    return replace(run, events=(replace(run.events[0], confidence=0.95),))


@pytest.fixture
def bad(good):
    """One quantity wrong, one mention cut short, one event too many."""
    event = good.events[0]
    wrong = replace(
        event, items=(replace(event.items[0], quantity=Decimal(12)), event.items[1]), confidence=0.85
    )
    stranger = replace(event, donors=(("<b>海阳集团",),), recipients=(), items=(), first=None, last=None)
    stranger = replace(stranger, places=(None,), value=None, evidence=(), confidence=0.15)
    first = good.mentions[0]
    cut = replace(first, end=first.end - 1, surface=first.surface[:-1], rule="model")
    return replace(good, events=(wrong, stranger), mentions=(cut, *good.mentions[1:]))


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


def test_the_page_needs_nothing_from_outside(evaluation):
    page = error_page(evaluation, title="甲 < 乙", params=FAST)
    assert not re.search(r"(?:src|href)\s*=|@import|https?://|url\(", page)
    assert "<title>甲 &lt; 乙</title>" in page
    assert "<b>海阳集团" not in page


def _rendered(page: Path, fragment: str, profile: Path) -> str:
    flags = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-sync",
    ]
    flags += ["--disable-background-networking", "--disable-component-update", f"--user-data-dir={profile}"]
    command = [BROWSER, *flags, "--virtual-time-budget=5000", "--dump-dom", f"{page.as_uri()}{fragment}"]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return run.stdout


@pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine (package chromium)")
def test_the_page_in_a_browser(evaluation, tmp_path):
    write_evaluation(evaluation, tmp_path, FAST)
    dom = _rendered(tmp_path / "errors.html", "", tmp_path / "profile")
    shown = dom.split("<main", 1)[1].split("</main>")[0]
    assert shown.count("<article") == 3
    assert "3 of 3 errors" in dom
    assert "<mark>1200余册</mark>" in shown.replace('<mark class="">', "<mark>")
    assert "<b>海阳集团" in unescape(shown) and "<b>海阳集团" not in shown
    assert '<option value="tag: joint_donors">' in dom
    filtered = _rendered(tmp_path / "errors.html", "#kind=boundary", tmp_path / "profile")
    assert filtered.count("<article") == 1
    assert "1 of 3 errors" in filtered
