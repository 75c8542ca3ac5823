"""Ours and the others in one table: same reports, same scorer."""

from dataclasses import replace

import pytest
from house import ROOT

from pipeline.baselines import System, compare_systems, gold_names, read_run, simpler_systems
from pipeline.batch import Job, extract_files
from pipeline.evaluation import EvaluationParams, evaluate
from pipeline.events import EventBuilder, EventsParams
from pipeline.linking import Linker, LinkingParams
from pipeline.linking.model import load_linker

FAST = EvaluationParams(samples=100)
IDS = ("w1-001", "w1-002", "w1-003")
STEPS = LinkingParams(), EventsParams(), load_linker(ROOT / "models/linker")


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("run")
    lines = (ROOT / "corpus/reports/w1.jsonl").read_text(encoding="utf-8").splitlines()[:6]
    (folder / "w1.jsonl").write_text("\n".join(lines), encoding="utf-8")
    extract_files(Job((folder / "w1.jsonl",)), folder / "tables")
    return folder / "tables"


@pytest.fixture(scope="module")
def ours(run):
    return evaluate(run, ROOT / "corpus/gold", IDS)


@pytest.fixture(scope="module")
def whole():
    """Our own steps as a system."""
    return System("again", Linker(STEPS[0], STEPS[2]), EventBuilder(STEPS[1], STEPS[2]))


def test_our_own_steps_give_the_figures_of_our_tables(run, ours, whole):
    mine, again = compare_systems(ours, read_run(run, IDS), [whole], FAST)
    assert mine["slots"] == ours.metrics()["slots.f"]
    own = [name for name in mine if name != "system" and not name.startswith("slots.to_ours")]
    assert {name: again[name] for name in own} == {name: mine[name] for name in own}
    assert (again["slots.to_ours"], again["slots.to_ours.p"]) == (0.0, 1.0)
    assert list(mine) == list(again)
    assert mine["slots.to_ours"] is None


def test_ours_comes_first_and_every_system_has_a_row(run, ours):
    rows = compare_systems(ours, read_run(run), simpler_systems(*STEPS), FAST)
    names = [row["system"] for row in rows]
    assert names == [
        "ours",
        "rules only",
        "nearest trigger",
        "first sentence",
        "without encoder",
        "jieba tags",
    ]
    assert {row["reports"] for row in rows} == {3}
    assert all(row["slots.low"] <= row["slots"] <= row["slots.high"] for row in rows)


def test_a_system_that_finds_nothing_is_as_far_behind_as_can_be(run, ours, whole):
    silent = replace(whole, linking=lambda *_: (), naming=lambda _: ())
    mine, row = compare_systems(ours, read_run(run), [silent], FAST)
    assert (row["slots"], row["events"], row["names"]) == (0.0, 0.0, 0.0)
    assert row["slots.to_ours"] == -mine["slots"]
    assert row["books"] in (-1.0, None)


def test_a_report_that_was_not_read_has_no_event(ours, whole):
    _, row = compare_systems(ours, (), [whole], FAST)
    assert row["slots"] == 0.0


def test_the_names_of_the_gold_are_perfect_where_the_text_is_the_same(run, ours):
    cases = tuple(one.case for one in ours.scored)
    readings = read_run(run, IDS)
    _, row = compare_systems(ours, readings, [gold_names(*STEPS, cases)], FAST)
    assert row["names"] == 1.0
    other = [replace(each, report=replace(each.report, text=f"{each.report.text}。")) for each in readings]
    _, row = compare_systems(ours, other, [gold_names(*STEPS, cases)], FAST)
    assert row["names"] == 0.0


def test_only_the_reports_asked_for_are_read(run):
    assert [each.report.report_id for each in read_run(run, IDS[:1])] == ["w1-001"]
    assert len(read_run(run)) == 6
    assert {m.label for each in read_run(run) for m in each.names} <= {"ORG", "LOC", "PER"}
