"""From files to figures: the whole way, on one labelled report."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.evaluation import evaluate, gold_events
from pipeline.evaluation.facts import Prediction
from pipeline.evaluation.slices import slice_names, slice_rows
from pipeline.schema import Evidence

GOLD = Path(__file__).parent.parent / "cases" / "corpus" / "gold"
CASE = gold_events(GOLD)[0]


def as_json(folder: Path, **changes) -> Path:
    """The labelled report in plain JSON, as far as JSON tells it."""
    event = CASE.events[0]
    raw = {
        "id": CASE.report_id,
        "mentions": {"ORG": sorted({m.surface for m in CASE.mentions if m.label == "ORG"}), "PER": []},
        "dates": [{"text": "9月1日上午", "start": "2021-09-01", "end": "2021-09-01"}],
        "events": [
            {
                "donors": [list(names) for names in event.donors],
                "recipients": [list(names) for names in event.recipients],
                "date": {"text": event.date_text, "start": "2021-09-01", "end": "2021-09-01"},
                "place": {"text": event.place_text, "code": "520000"},
                "value_cny": 30000,
                "items": [
                    {
                        "text": list(i.texts),
                        "category": i.category,
                        "quantity": int(i.quantity),
                        "unit": i.unit,
                    }
                    for i in event.items
                ],
                **changes,
            }
        ],
    }
    folder.mkdir(exist_ok=True)
    (folder / f"{CASE.report_id}.json").write_text(json.dumps(raw), encoding="utf-8")
    return folder


def test_the_gold_against_itself_is_perfect_and_without_error(run_folder, perfect):
    evaluation = evaluate(run_folder([perfect(CASE)]), GOLD)
    metrics = evaluation.metrics()
    assert [name for name in metrics if name.endswith(".f") and metrics[name] not in (1.0, None)] == []
    assert metrics["slots.gold"] == 10
    assert metrics["mention.strict.all.gold"] == 12
    assert metrics["link.all.gold"] == 9
    assert metrics["value.ranges.f"] is None
    assert evaluation.mistakes == ()


def test_plain_json_scores_the_same(run_folder, perfect, tmp_path):
    run = run_folder([perfect(CASE)])
    plain, marked = (evaluate(run, gold).metrics() for gold in (as_json(tmp_path / "json"), GOLD))
    same = [
        name
        for name in plain
        if name.startswith(("slot", "events", "exact.", "sums")) and "strict" not in name
    ]
    assert {name: plain[name] for name in same} == {name: marked[name] for name in same}
    assert plain["mention.surface.ORG.f"] == 1.0
    assert "link.all.f" not in plain


def test_a_single_json_file_and_a_list_of_codes(run_folder, perfect, tmp_path):
    folder = as_json(tmp_path / "json", place={"text": None, "code": ["520000", None]})
    (case,) = gold_events(folder / f"{CASE.report_id}.json")
    assert case.events[0].places == ("520000", None)
    assert evaluate(run_folder([perfect(CASE)]), folder).metrics()["slot.place.f"] == 1.0


def test_a_report_the_run_lacks_is_missed(run_folder):
    metrics = evaluate(run_folder([Prediction("another")]), GOLD).metrics()
    assert metrics["events.r"] == metrics["slots.r"] == metrics["mention.strict.all.r"] == 0.0
    assert metrics["slots.p"] is None


def test_another_text_is_told(run_folder, perfect):
    run = run_folder([replace(perfect(CASE), text="别的文字")])
    assert evaluate(run, GOLD).metrics()["reports.other_text"] == 1


def test_sums_of_books_and_money(run_folder, perfect):
    run = perfect(CASE)
    event = run.events[0]
    books = replace(event, items=(replace(event.items[0], quantity=Decimal(1236)),))
    planned = replace(event, status="planned")
    metrics = evaluate(run_folder([replace(run, events=(books, planned))]), GOLD).metrics()
    assert (metrics["sums.books.predicted"], metrics["sums.books.gold"]) == (1236.0, 1200.0)
    assert metrics["sums.books.error"] == pytest.approx(0.03)
    assert metrics["sums.money.error"] is None


def test_half_the_links_proposed_is_half_the_recall(run_folder, perfect):
    run = perfect(CASE)
    event = run.events[0]
    some = tuple(e for e in event.evidence if e.slot in ("donor", "recipient", "item"))
    metrics = evaluate(run_folder([replace(run, events=(replace(event, evidence=some),))]), GOLD).metrics()
    assert metrics["link.all.r"] == 5 / 9
    assert metrics["link.all.p"] == 1.0
    assert metrics["link.date.r"] == 0.0


def test_a_link_in_another_role_is_wrong(run_folder, perfect):
    run = perfect(CASE)
    event = run.events[0]
    turned = tuple(replace(e, slot={"donor": "recipient"}.get(e.slot, e.slot)) for e in event.evidence)
    other = replace(event, evidence=(*turned, Evidence("sentence", 0, 9)))
    metrics = evaluate(run_folder([replace(run, events=(other,))]), GOLD).metrics()
    assert (metrics["link.donor.r"], metrics["link.recipient.p"]) == (0.0, 1 / 3)
    assert metrics["link.all.predicted"] == 9


def test_linking_from_gold_mentions_stands_beside_the_runs_own(run_folder, perfect):
    run = perfect(CASE)
    bare = replace(run, events=(replace(run.events[0], evidence=()),))
    folders = run_folder([bare]), run_folder([run], "upper")
    metrics = evaluate(folders[0], GOLD, from_gold_mentions=folders[1]).metrics()
    assert (metrics["link.all.r"], metrics["link.from_gold.all.r"]) == (0.0, 1.0)


def test_split_and_merged_events(run_folder, perfect):
    run = perfect(CASE)
    event = run.events[0]
    halves = tuple(replace(event, items=(item,), value=None) for item in event.items)
    (whole,) = [
        m for m in evaluate(run_folder([replace(run, events=halves)]), GOLD).mistakes if m.level == "event"
    ]
    assert (whole.kind, whole.gold_id) == ("split", None)
    again = replace(run, events=(event, replace(event, donors=(("别家",),), items=(), value=None)))
    (extra,) = [m for m in evaluate(run_folder([again], "again"), GOLD).mistakes if m.level == "event"]
    assert extra.kind == "spurious"


def test_merged_events(run_folder, perfect, tmp_path):
    shared = {"donors": ["海阳集团"], "date": None, "place": None, "value_cny": None}
    book = [{"text": "图书", "category": "book", "quantity": 300}]
    events = [{**shared, "recipients": [village], "items": book} for village in ("甲村", "乙村")]
    (tmp_path / "m-1.json").write_text(json.dumps({"id": "m-1", "events": events}), encoding="utf-8")
    first, second = gold_events(tmp_path / "m-1.json")[0].events
    both = replace(first, recipients=first.recipients + second.recipients)
    run = run_folder([Prediction("m-1", "海阳集团向甲村、乙村各赠书300册。", events=(both,))])
    found = [(m.level, m.kind) for m in evaluate(run, tmp_path / "m-1.json").mistakes]
    assert ("event", "merged") in found


def test_an_error_tells_where_it_stands_and_what_made_it(run_folder, perfect):
    run = perfect(CASE)
    event = run.events[0]
    wrong = replace(event, items=(replace(event.items[0], quantity=Decimal(12)), event.items[1]))
    (mistake,) = evaluate(run_folder([replace(run, events=(wrong,))]), GOLD).mistakes
    assert (mistake.kind, mistake.slot, mistake.predicted, mistake.gold) == (
        "normalisation",
        "quantity",
        "12",
        "1200",
    )
    assert CASE.text[mistake.start : mistake.end] == "1200余册"
    assert mistake.sentence.startswith("9月1日上午，") and mistake.sentence.endswith("3万余元。")
    assert mistake.rule == "linker-good, gold"


def test_slices(run_folder, perfect):
    evaluation = evaluate(run_folder([perfect(CASE, year=2021)]), GOLD, train_ids=[])
    names = {
        "tag: joint_donors",
        "events: single",
        "length: under 300",
        "writer: w0",
        "year: 2021",
        "donor: unseen",
    }
    assert {row["slice"] for row in slice_rows(evaluation)} == names
    assert all(row["slots.f"] == 1.0 for row in slice_rows(evaluation))
    (one,) = evaluate(run_folder([perfect(CASE)]), GOLD, train_ids=["w0-001"]).scored
    assert "donor: seen" in slice_names(one, ["青溪县图书馆", "青溪县新华书店"])
    assert "donor: unseen" in slice_names(one, ["青溪县图书馆"])
    assert not any(name.startswith("donor") for name in slice_names(one))


@pytest.mark.parametrize("gold", ["none", "empty", "broken"])
def test_gold_that_is_none(tmp_path, run_folder, gold):
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "r-1.json").write_text('{"id": "r-1"}', encoding="utf-8")
    with pytest.raises(InputError, match=gold):
        evaluate(run_folder([]), tmp_path / gold)


def test_tables_that_are_none(tmp_path):
    with pytest.raises(InputError, match=r"items\.parquet"):
        evaluate(tmp_path, GOLD)
    (tmp_path / "items.parquet").write_bytes(b"no Parquet")
    with pytest.raises(InputError, match=r"items\.parquet"):
        evaluate(tmp_path, GOLD)


def test_an_id_without_gold(run_folder):
    with pytest.raises(InputError, match="w9-001"):
        evaluate(run_folder([]), GOLD, ["w9-001"])
