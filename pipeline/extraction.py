"""The whole way from reports to events, composed of the steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline import schema
from pipeline.dates import DateReader, DatesParams, derive_published
from pipeline.entities import EntitiesParams, Recogniser
from pipeline.events import EventBuilder, EventsParams
from pipeline.linking import Linker, LinkingParams
from pipeline.params import Section
from pipeline.quantities import QuantitiesParams, QuantityFinder
from pipeline.segment import Segmenter, SegmentParams

_COUNTED = frozenset({"count", "people", "household", "place", "times"})


class ExtractionParams(Section):
    """Parameters of every step of the extraction."""

    segment: SegmentParams = SegmentParams()
    entities: EntitiesParams = EntitiesParams()
    quantities: QuantitiesParams = QuantitiesParams()
    dates: DatesParams = DatesParams()
    link: LinkingParams = LinkingParams()
    events: EventsParams = EventsParams()


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one report says."""

    report: schema.Report
    mentions: tuple[schema.Mention, ...]
    events: tuple[schema.DonationEvent, ...]


class Extractor:
    """All steps, built once; the call is pure."""

    def __init__(self, params: ExtractionParams) -> None:
        self._segmenter = Segmenter(params.segment)
        self._recogniser = Recogniser(params.entities)
        self._finder = QuantityFinder(params.quantities)
        self._reader = DateReader(params.dates)
        self._linker = Linker(params.link)
        self._builder = EventBuilder(params.events)

    def __call__(self, reports: Sequence[schema.Report]) -> list[Extraction]:
        """Extract a batch; one result a report, in order."""
        dated = [with_published(report) for report in reports]
        found = self._recogniser.batch(dated)
        return [self._extract(report, names) for report, names in zip(dated, found, strict=True)]

    def _extract(self, report: schema.Report, names: tuple[schema.Mention, ...]) -> Extraction:
        sentences = self._segmenter(report)
        quantities = self._finder(report)
        dates = self._reader(report)
        layer = self._linker(report, sentences, names, quantities, dates)
        events = self._builder(report, sentences, names, quantities, dates, layer)
        return Extraction(report, all_mentions(report, names, quantities, dates, layer), events)


def with_published(report: schema.Report) -> schema.Report:
    """The report with its day of publication as metadata, page line or image links give it."""
    published, source = derive_published(report)
    return replace(report, published=published, published_from=source)


def all_mentions(
    report: schema.Report,
    names: Iterable[schema.Mention],
    quantities: Iterable[schema.Quantity],
    dates: Iterable[schema.DateMention],
    layer: Iterable[schema.Act | schema.Link],
) -> tuple[schema.Mention, ...]:
    """Mentions of every label with their values, in order of position."""
    resolved = {
        (link.start, link.end): link.names[0]
        for link in layer
        if isinstance(link, schema.Link) and len(link.names) == 1
    }
    rows = [
        replace(m, value=resolved.get((m.start, m.end), m.value) if m.label in ("ORG", "LOC") else m.value)
        for m in names
    ]
    rows += _figures(report, quantities)
    rows += [
        schema.Mention(d.report_id, d.start, d.end, d.surface, "DATE", _days(d), d.rule, 1.0) for d in dates
    ]
    return tuple(sorted(rows, key=lambda m: (m.start, m.end, m.label, m.rule)))


def _figures(report: schema.Report, quantities: Iterable[schema.Quantity]) -> Iterator[schema.Mention]:
    for q in quantities:
        if q.label == "MONEY" or q.kind in _COUNTED:
            foreign = q.label == "MONEY" and q.currency not in (None, "CNY")
            value = None if foreign else f"{q.number:f}"
            yield schema.Mention(report.report_id, q.start, q.end, q.surface, q.label, value, q.rule, 1.0)


def _days(date: schema.DateMention) -> str | None:
    return None if date.first is None or date.last is None else f"{date.first}/{date.last}"
