"""Acts become events: split, merged, placed, with the characters behind every slot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline import schema
from pipeline.events.confidence import confidence, confidence_facts
from pipeline.events.evidence import build_evidence
from pipeline.events.identity import event_id
from pipeline.events.items import build_items
from pipeline.events.merge import merge
from pipeline.events.periods import lasting
from pipeline.events.proto import Proto, build_protos
from pipeline.events.split import split
from pipeline.events.where import Where
from pipeline.linking.model import LinkerModel, load_linker
from pipeline.params import Section
from pipeline.places import PlacesParams
from pipeline.shipped import model_folder
from pipeline.text import fold

__all__ = ["EventBuilder", "EventsParams"]


class EventsParams(Section):
    """Parameters of the step."""

    places: PlacesParams = PlacesParams()
    model: str = "models/linker"


class EventBuilder:
    """Turns the acts of a report into donation events.

    Args:
        params: parameters of the step.
        model: decisions to use instead of those in the folder that `params` names.
    """

    def __init__(self, params: EventsParams, model: LinkerModel | None = None) -> None:
        self._where = Where(params.places)
        self._model = model or load_linker(model_folder(params.model))

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
        return tuple(
            event for event, _ in self.with_facts(report, sentences, mentions, quantities, dates, layer)
        )

    def with_facts(
        self,
        report: schema.Report,
        sentences: Sequence[schema.Sentence],
        mentions: Sequence[schema.Mention],
        quantities: Sequence[schema.Quantity],
        dates: Sequence[schema.DateMention],
        layer: Sequence[schema.Act | schema.Link],
    ) -> tuple[tuple[schema.DonationEvent, set[str]], ...]:
        """Events with the facts that their confidence stands on."""
        acts = build_protos(layer, sentences, quantities, dates)
        text = fold(report.text)
        mentions = schema.names_of(mentions)
        protos = merge([part for act in acts for part in split(act, text, mentions)], text)
        return tuple(self._event(report, mentions, quantities, proto, len(protos)) for proto in protos)

    def _event(
        self,
        report: schema.Report,
        mentions: Sequence[schema.Mention],
        quantities: Sequence[schema.Quantity],
        proto: Proto,
        siblings: int,
    ) -> tuple[schema.DonationEvent, set[str]]:
        items, whole = build_items(proto, report.text, quantities)
        place, place_span = self._where(report, mentions, proto)
        facts = confidence_facts(proto, place is not None, siblings)
        date = lasting(proto, fold(report.text), report.published)
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
            confidence=round(confidence(self._model, facts, proto.score), 4),
        )
        return replace(event, event_id=event_id(event)), facts
