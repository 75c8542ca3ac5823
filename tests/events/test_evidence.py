"""Every cell of an event goes back to its characters: the dev reports of the corpus, and texts at random."""

from itertools import groupby

import pytest
import scenes
from house import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corpus.gold import read_gold_file
from pipeline.corpus.splits import read_splits
from pipeline.events.identity import event_id
from pipeline.schema import CATEGORIES, SCOPES, STATUSES

_SLOTS = {
    "donor",
    "recipient",
    "intermediary",
    "item",
    "figure",
    "value",
    "date",
    "place",
    "trigger",
    "sentence",
}
_PIECES = st.sampled_from(
    [
        "青溪县图书馆",
        "石桥村",
        "柳河镇中心小学",
        "禾丰公司",
        "向",
        "捐赠",
        "收到",
        "图书500册",
        "、",
        "书架6组",
        "，",
        "。",
        "\n",
        "2021年9月1日",
        "各",
        "分别",
        "每人1000元",
        "30名学生",
        "价值3万元",
        "其中期刊200册",
        "我馆",
        "该村",
        "計劃",
        "\U00020000",
        "（",
        "”",
    ]
)


@pytest.fixture(scope="module")
def dev_reports():
    writers = read_splits(ROOT / "corpus/splits.toml").dev.writers
    paths = [path for writer in writers for path in sorted((ROOT / "corpus/gold").glob(f"{writer}-*.yaml"))]
    return [read_gold_file(path).report for path in paths]


@pytest.fixture(scope="module")
def extracted(extractor, dev_reports):
    return extractor(dev_reports)


def _check(text, event):
    """Every span of an event lies in the text and says what its cell says."""
    assert {each.slot for each in event.evidence} <= _SLOTS
    assert all(0 <= each.start < each.end <= len(text) for each in event.evidence)
    assert list(event.evidence) == sorted(event.evidence, key=lambda e: (e.start, e.end, e.slot))
    spans = {slot: {(e.start, e.end) for e in event.evidence if e.slot == slot} for slot in _SLOTS}
    surfaces = {slot: {text[start:end] for start, end in found} for slot, found in spans.items()}
    assert spans["trigger"]
    assert spans["sentence"]
    for number, item in enumerate(event.items, 1):
        assert item.item_no == number
        assert text[item.start : item.end] == item.text
        assert item.category in CATEGORIES
        assert any(start <= item.start and item.end <= end for start, end in spans["item"])
        assert item.quantity_text is None or item.quantity_text in surfaces["figure"]
        assert item.value_text is None or item.value_text in surfaces["value"]
    assert bool(event.donors) == bool(spans["donor"])
    assert bool(event.recipients) == bool(spans["recipient"])
    assert event.date_text is None or surfaces["date"] == {event.date_text}
    assert event.place_text is None or surfaces["place"] == {event.place_text}
    assert event.status in STATUSES
    assert event.scope in SCOPES
    assert 0 <= event.confidence <= 1


def test_the_dev_reports_tell_events(extracted):
    assert len(extracted) >= 20
    assert sum(len(each.events) for each in extracted) >= 20


def test_every_cell_of_the_dev_reports_goes_back_to_its_characters(extracted):
    for each in extracted:
        for event in each.events:
            assert event.items
            assert event.report_id == each.report.report_id
            _check(each.report.text, event)


def test_mentions_of_the_dev_reports_are_slices(extracted):
    for each in extracted:
        assert all(each.report.text[m.start : m.end] == m.surface for m in each.mentions)


def test_ids_are_unique_and_come_from_content_alone(extractor, dev_reports, extracted):
    ids = [event.event_id for each in extracted for event in each.events]
    assert len(set(ids)) == len(ids)
    alone = [event.event_id for report in dev_reports[:8] for event in extractor([report])[0].events]
    assert alone == ids[: len(alone)]
    assert all(event_id(event) == event.event_id for each in extracted for event in each.events)


def test_events_of_a_report_stand_in_the_order_of_the_text(extracted):
    for each in extracted:
        firsts = [min(e.start for e in event.evidence if e.slot == "trigger") for event in each.events]
        assert [first for first, _ in groupby(firsts)] == sorted(set(firsts))


@given(pieces=st.lists(_PIECES, min_size=4, max_size=24))
@settings(deadline=None, max_examples=25)
def test_every_cell_of_any_text_goes_back_to_its_characters(extractor, pieces):
    (found,) = extractor([scenes.report_of("".join(pieces))])
    for event in found.events:
        _check(found.report.text, event)
