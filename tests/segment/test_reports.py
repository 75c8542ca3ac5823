"""Plain text -> reports: titles, regions, sources, bounds."""

import tomllib
from pathlib import Path

import pytest

from pipeline.readers import Document
from pipeline.segment import Segmenter, SegmentParams

_CASES = tomllib.loads((Path(__file__).parents[1] / "cases/segment/layouts.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case["id"])
def test_layout(case):
    document = Document("甲.txt", 1, case["text"], plain=True)
    reports = Segmenter(SegmentParams()).segment_document(document)
    found = [[r.region or "", r.title or "", r.source or ""] for r in reports]
    assert found == [expected[:3] for expected in case["reports"]]
    for report, (*_, first, last) in zip(reports, case["reports"], strict=True):
        assert report.text.startswith(first)
        assert report.text.endswith(last)


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case["id"])
def test_report_is_slice_of_file(case):
    document = Document("甲.txt", 1, case["text"], plain=True)
    reports = Segmenter(SegmentParams()).segment_document(document)
    for number, report in enumerate(reports, 1):
        assert report.report_id == f"甲-{number}"
        assert report.text == case["text"][report.start : report.end]
        if report.title is None:
            assert report.body_start == 0
        else:
            assert report.text[: report.body_start - 1].endswith(report.title)
            assert report.text[report.body_start - 1] == "\n"
    assert [r.end for r in reports[:-1]] <= [r.start for r in reports[1:]]
