from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.corpus.gold import read_gold, read_gold_file
from pipeline.errors import InputError

CASES = Path(__file__).parent.parent / "cases" / "corpus"
GOOD = CASES / "gold" / "w0-001.yaml"
FAULTS = tomllib.loads((CASES / "gold_errors.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def labelled():
    return read_gold_file(GOOD)


def test_every_mark_becomes_a_mention_at_its_own_characters(labelled):
    assert "{" not in labelled.report.text
    assert [m.surface for m in labelled.mentions] == [
        labelled.report.text[m.start : m.end] for m in labelled.mentions
    ]
    labels = "ORG LOC DATE ORG ORG LOC QUANTITY QUANTITY MONEY DATE ORG PER"
    assert [m.label for m in labelled.mentions] == labels.split()


def test_days_of_a_date_mention(labelled):
    days = {m.surface: m.value for m in labelled.mentions if m.label == "DATE"}
    assert days == {"9月1日上午": "2021-09-01/2021-09-01", "9月1日下午": None}


def test_title_ends_before_the_body(labelled):
    report = labelled.report
    assert report.title == "青溪县图书馆向石桥村赠书"
    assert report.text[report.body_start :].startswith("9月1日上午")


def test_arguments_stand_at_their_words(labelled):
    text = labelled.report.text
    found = {
        (a.slot, text[a.start : a.end], a.start >= labelled.report.body_start) for a in labelled.arguments[0]
    }
    assert found == {
        ("donor", "青溪县图书馆", True),
        ("donor", "青溪县新华书店", True),
        ("recipient", "柳河镇石桥村", True),
        ("date", "9月1日上午", True),
        ("place", "柳河镇石桥村", True),
        ("item", "图书", True),
        ("item", "书架", True),
        ("figure", "1200余册", True),
        ("figure", "6组", True),
    }


def test_elided_evidence_runs_to_the_next_tail(labelled):
    (start, end), = labelled.evidence[0]  # fmt: skip
    assert labelled.report.text[start:end].endswith("6组，价值3万余元")


def test_figures_are_exact(labelled):
    event = labelled.events[0]
    assert event.value_cny == Decimal(30000)
    assert [item.quantity for item in event.items] == [Decimal(1200), Decimal(6)]
    assert event.items[1].text == ("铁书架", "书架")


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_names_its_line(name, tmp_path):
    fault, source = FAULTS[name], GOOD.read_text(encoding="utf-8")
    assert source.count(fault["old"]) >= 1
    path = tmp_path / GOOD.name
    path.write_text(source.replace(fault["old"], fault["new"]), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_gold_file(path)
    message = str(caught.value)
    assert message.startswith(f"{path}:{fault['line']}: ")
    assert fault["says"] in message


def test_not_utf8(tmp_path):
    path = tmp_path / GOOD.name
    path.write_bytes(GOOD.read_text(encoding="utf-8").encode("gb18030"))
    with pytest.raises(InputError, match="not UTF-8"):
        read_gold_file(path)


def test_a_folder_is_read_in_order_and_must_exist(tmp_path):
    assert [g.report.report_id for g in read_gold(GOOD.parent)] == ["w0-001"]
    with pytest.raises(InputError, match="no such folder"):
        read_gold(tmp_path / "none")
