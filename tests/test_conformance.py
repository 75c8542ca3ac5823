"""What every step promises: pure, the same every time, sorted, and every surface a slice of the text."""

import copy
import json
from dataclasses import fields, is_dataclass
from itertools import pairwise

import pytest
from house import ROOT

from pipeline import schema
from pipeline.dates import DateReader, DatesParams, with_published
from pipeline.entities import EntitiesParams, Recogniser
from pipeline.events import EventBuilder, EventsParams
from pipeline.linking import Linker, LinkingParams
from pipeline.quantities import QuantitiesParams, QuantityFinder
from pipeline.segment import Segmenter, SegmentParams
from pipeline.text import fold

_ODD = {
    "empty": "",
    "blanks": " \n\t　\n",
    "one character": "捐",
    "no Chinese": "Lorem ipsum 1200 dolor.",
    "image only": "[image: http://a.example/20210901/a.jpg]",
    "open image": "[image: http://a.example/",
    "astral characters": "𠮷县图书馆向𡋾村捐赠图书1200册。😀",
    "combining marks": "青溪县图书馆é捐赠图书1200册。",
    "full width": "２０２１年９月１日，青溪縣圖書館捐贈圖書１２００冊。",
    "carriage returns": "青溪县图书馆\r\n捐赠图书1200册。\r",
    "zero width": "青溪县\u200b图书馆捐赠\ufeff图书1200册。",
    "unclosed brackets": "（《“青溪县图书馆捐赠图书1200册",
    "figures only": "1200 册 3万 2021 9.1 一二三",
    "one long line": "青溪县图书馆向石桥村捐赠图书1200册，" * 200,
    "null": "青溪县图书馆\x00捐赠图书1200册。",
}


def _reports():
    lines = [
        line
        for name in ("w1", "w5", "w6")
        for line in (ROOT / f"corpus/reports/{name}.jsonl").read_text(encoding="utf-8").splitlines()[:6]
    ]
    for row in map(json.loads, lines):
        title = f"{row['title']}\n" if row.get("title") else ""
        yield (
            row["id"],
            with_published(
                schema.Report(
                    row["id"],
                    title + row["text"],
                    body_start=len(title),
                    title=row.get("title"),
                    region=row.get("region"),
                    source=row.get("source"),
                )
            ),
        )
    for name, text in _ODD.items():
        yield name, schema.Report(f"odd {name}", text)


_REPORTS = dict(_reports())


class Steps:
    """Every step over one report; layers are made once."""

    def __init__(self):
        self.segmenter = Segmenter(SegmentParams())
        self.recogniser = Recogniser(EntitiesParams())
        self.quantities = QuantityFinder(QuantitiesParams())
        self.dates = DateReader(DatesParams())
        self.linker = Linker(LinkingParams())
        self.events = EventBuilder(EventsParams())

    def __call__(self, report):
        sentences = self.segmenter(report)
        layers = (sentences, self.recogniser(report), self.quantities(report), self.dates(report))
        acts = self.linker(report, *layers)
        return {
            "sentences": sentences,
            "words": self.segmenter.words(report),
            "entities": layers[1],
            "quantities": layers[2],
            "dates": layers[3],
            "link": acts,
            "events": self.events(report, *layers, acts),
        }


_STEPS = ("sentences", "words", "entities", "quantities", "dates", "link", "events")


@pytest.fixture(scope="module")
def first():
    steps = Steps()
    return {name: steps(report) for name, report in _REPORTS.items()}


@pytest.fixture(scope="module")
def second():
    """The same from steps built anew, reports in reverse order."""
    steps = Steps()
    return {name: steps(report) for name, report in reversed(_REPORTS.items())}


def _spans(record):
    """Every (start, end, surface or None) within a record."""
    if is_dataclass(record):
        values = {field.name: getattr(record, field.name) for field in fields(record)}
        if "start" in values:
            text = values.get("text") if isinstance(record, schema.DonatedItem) else values.get("surface")
            yield values["start"], values["end"], text
        for prefix in ("figure", "value"):
            if values.get(f"{prefix}_start") is not None:
                yield values[f"{prefix}_start"], values[f"{prefix}_end"], None
        for value in values.values():
            if isinstance(value, tuple):
                for each in value:
                    yield from _spans(each)


@pytest.mark.parametrize("step", _STEPS)
@pytest.mark.parametrize("name", _REPORTS)
def test_a_step_gives_a_tuple_of_frozen_records(first, name, step):
    found = first[name][step]
    assert isinstance(found, tuple)
    assert all(is_dataclass(each) and each.__dataclass_params__.frozen for each in found)


@pytest.mark.parametrize("step", _STEPS)
@pytest.mark.parametrize("name", _REPORTS)
def test_a_step_is_the_same_again_whatever_came_before(first, second, name, step):
    assert first[name][step] == second[name][step]


@pytest.mark.parametrize("step", _STEPS)
@pytest.mark.parametrize("name", _REPORTS)
def test_surfaces_are_slices(first, name, step):
    text = _REPORTS[name].text
    for record in first[name][step]:
        for start, end, surface in _spans(record):
            assert 0 <= start < end <= len(text)
            assert surface is None or text[start:end] == surface


@pytest.mark.parametrize("step", _STEPS)
@pytest.mark.parametrize("name", _REPORTS)
def test_records_belong_to_their_report(first, name, step):
    assert {each.report_id for each in first[name][step]} <= {_REPORTS[name].report_id}


@pytest.mark.parametrize("step", ["sentences", "words", "entities", "quantities", "dates"])
@pytest.mark.parametrize("name", _REPORTS)
def test_spans_are_sorted_and_apart(first, name, step):
    spans = [(each.start, each.end) for each in first[name][step]]
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


@pytest.mark.parametrize("name", _REPORTS)
def test_acts_are_numbered_and_each_is_followed_by_its_links(first, name):
    number = -1
    for record in first[name]["link"]:
        number += isinstance(record, schema.Act)
        assert record.act_no == number


@pytest.mark.parametrize("step", _STEPS)
def test_an_empty_text_gives_nothing(first, step):
    assert first["empty"][step] == ()


def test_steps_leave_what_they_are_given_alone():
    steps, (name, report) = Steps(), next(iter(_REPORTS.items()))
    before = copy.deepcopy(report)
    steps(report)
    assert (name, report) == (before.report_id, before)


def test_a_batch_gives_what_its_reports_give(first):
    found = Recogniser(EntitiesParams()).batch(_REPORTS.values())
    assert dict(zip(_REPORTS, found, strict=True)) == {name: each["entities"] for name, each in first.items()}


@pytest.mark.parametrize("name", _REPORTS)
def test_folding_moves_no_offset(name):
    text = _REPORTS[name].text
    assert len(fold(text)) == len(text)
