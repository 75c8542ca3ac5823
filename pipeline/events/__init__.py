"""Acts become events: split, merged, placed, with the characters behind every slot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.params import Section

from pipeline import schema
from pipeline.events.evidence import build_evidence
from pipeline.events.identity import event_id
from pipeline.events.items import build_items
from pipeline.events.merge import merge
from pipeline.events.proto import Proto, build_protos
from pipeline.events.split import split
from pipeline.events.where import Where
from pipeline.places import PlacesParams
from pipeline.text import fold

__all__ = ["EventBuilder", "EventsParams"]


class EventsParams(Section):
    """Parameters of the step."""

    places: PlacesParams = PlacesParams()


class EventBuilder:
    """Turns the acts of a report into donation events."""

    def __init__(self, params: EventsParams) -> None:
        self._where = Where(params.places)

    def __call__(
        self,
        report: schema.Report,
        sentences: Sequence[schema.Sentence],
        mentions: Sequence[schema.Mention],
        quantities: Sequence[schema.Quantity],
        dates: Sequence[schema.DateMention],
        layer: Sequence[schema.Act | schema.Link],
    ) -> tuple[schema.DonationEvent, ...]:
        """Events of a report, in order of their first act."""
        acts = build_protos(layer, sentences, quantities, dates)
        text = fold(report.text)
        protos = merge([part for act in acts for part in split(act, text, mentions)], text)
        return tuple(self._event(report, mentions, quantities, proto) for proto in protos)

    def _event(
        self,
        report: schema.Report,
        mentions: Sequence[schema.Mention],
        quantities: Sequence[schema.Quantity],
        proto: Proto,
    ) -> schema.DonationEvent:
        items, whole = build_items(proto, report.text, quantities)
        place, place_span = self._where(report, mentions, proto)
        date = proto.date
        event = schema.DonationEvent(
            event_id="",
            report_id=report.report_id,
            status=proto.status,
            scope=proto.scope,
            donors=tuple(dict.fromkeys(p.name for p in proto.donors)),
            recipients=tuple(dict.fromkeys(p.name for p in proto.recipients)),
            intermediaries=tuple(dict.fromkeys(p.name for p in proto.intermediaries)),
            items=items,
            date_text=date.surface if date else None,
            date_start=date.first if date and not date.vague else None,
            date_end=date.last if date and not date.vague else None,
            date_precision=date.precision if date else None,
            place_text=report.text[place_span[0] : place_span[1]] if place_span else None,
            place=place,
            value_cny=whole,
            evidence=build_evidence(proto, place_span),
            confidence=proto.score,
        )
        return replace(event, event_id=event_id(event))
