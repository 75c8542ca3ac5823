"""The characters behind every slot of an event."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import schema
from pipeline.events.proto import Proto


def build_evidence(proto: Proto, place_span: tuple[int, int] | None) -> tuple[schema.Evidence, ...]:
    """Spans by slot: donor, recipient, intermediary, item, figure, value, date, place, trigger, sentence."""
    return tuple(sorted(set(_spans(proto, place_span)), key=lambda e: (e.start, e.end, e.slot)))


def _spans(proto: Proto, place_span: tuple[int, int] | None) -> Iterator[schema.Evidence]:
    for slot, parties in (
        ("donor", proto.donors),
        ("recipient", proto.recipients),
        ("intermediary", proto.intermediaries),
    ):
        for party in parties:
            yield schema.Evidence(slot, party.start, party.end)
    for piece in proto.pieces:
        yield schema.Evidence("item", piece.start, piece.end)
        if piece.figure is not None:
            yield schema.Evidence("figure", piece.figure.start, piece.figure.end)
        if piece.value is not None:
            yield schema.Evidence("value", piece.value.start, piece.value.end)
    for value in proto.values:
        yield schema.Evidence("value", value.start, value.end)
    if proto.date is not None:
        yield schema.Evidence("date", proto.date.start, proto.date.end)
    if place_span is not None:
        yield schema.Evidence("place", *place_span)
    for start, end in proto.acts:
        yield schema.Evidence("trigger", start, end)
    for start, end in proto.spans:
        yield schema.Evidence("sentence", start, end)
