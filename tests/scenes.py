"""Scenes built by hand: a text whose names are marked `{青溪县图书馆|ORG}`, read by the steps before linking.

A text with a line break has a title: its first line. Everything else is found by the rules alone, so that a
test needs no trained model.
"""

from dataclasses import dataclass
from functools import cache

import marked_cases

from pipeline.dates import DateReader, with_published
from pipeline.linking.drafts import read_scene
from pipeline.quantities import QuantityFinder
from pipeline.schema import DateMention, Mention, Quantity, Report, Sentence
from pipeline.segment import Segmenter, SegmentParams

NAMES = ("ORG", "LOC", "PER")


@dataclass(frozen=True, slots=True)
class Told:
    """A report with the layers that linking reads."""

    report: Report
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    quantities: tuple[Quantity, ...]
    dates: tuple[DateMention, ...]

    @property
    def layers(self):
        return self.sentences, self.mentions, self.quantities, self.dates

    def scene(self):
        return read_scene(self.report, *self.layers)

    def words(self, record):
        return self.report.text[record.start : record.end]


@cache
def _steps():
    return Segmenter(SegmentParams()), QuantityFinder(), DateReader()


def report_of(text, *, source=None, published=None, report_id="r-1"):
    """A report; what stands before a line break is its title."""
    at = text.find("\n") + 1
    title = text[: at - 1] if at else None
    return Report(report_id, text, body_start=at, title=title, source=source, published=published)


def mentions_of(case, report_id="r-1"):
    """The marked names; a mark's label ends at `=`, which resolved names may follow."""
    for start, end, value in case.marks:
        label = value.partition("=")[0]
        if label in NAMES:
            yield Mention(report_id, start, end, case.text[start:end], label)


def told(marked, *, source=None, published=None, report_id="r-1"):
    """Read a marked text."""
    case = marked_cases.parse(marked, None, published)
    report = with_published(report_of(case.text, source=source, published=published, report_id=report_id))
    segmenter, finder, reader = _steps()
    names = tuple(mentions_of(case, report_id))
    return Told(report, segmenter(report), names, finder(report), reader(report))
