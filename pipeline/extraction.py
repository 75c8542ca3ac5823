"""The whole way from reports to events, composed of the steps."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline import schema
from pipeline.assembly import Extraction, all_mentions
from pipeline.dates import DateReader, DatesParams, with_published
from pipeline.entities import EntitiesParams, Recogniser
from pipeline.events import EventBuilder, EventsParams
from pipeline.linking import Linker, LinkingParams
from pipeline.linking.model import load_linker
from pipeline.params import Section
from pipeline.quantities import QuantitiesParams, QuantityFinder
from pipeline.segment import Segmenter, SegmentParams
from pipeline.shipped import model_folder


class ExtractionParams(Section):
    """Parameters of every step of the extraction."""

    segment: SegmentParams = SegmentParams()
    entities: EntitiesParams = EntitiesParams()
    quantities: QuantitiesParams = QuantitiesParams()
    dates: DatesParams = DatesParams()
    link: LinkingParams = LinkingParams()
    events: EventsParams = EventsParams()


class Extractor:
    """All steps, built once; the call is pure."""

    def __init__(self, params: ExtractionParams) -> None:
        self._segmenter = Segmenter(params.segment)
        self._recogniser = Recogniser(params.entities)
        self._finder = QuantityFinder(params.quantities)
        self._reader = DateReader(params.dates)
        model = load_linker(model_folder(params.link.model))
        self._linker = Linker(params.link, model)
        self._builder = EventBuilder(
            params.events, model if params.events.model == params.link.model else None
        )

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
