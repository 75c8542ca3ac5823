"""Working form of an event between linking and the final record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pipeline import schema


@dataclass(frozen=True, slots=True)
class Named:
    """A resolved party and the characters that stand for it."""

    name: str
    start: int
    end: int
    score: float = 1.0
    rule: str = "role"


@dataclass(frozen=True, slots=True)
class Piece:
    """One kind of goods with its figure and value as written.

    `rest` is what an overall figure leaves for these goods when its other parts are stated.
    """

    start: int
    end: int
    category: str
    figure: schema.Quantity | None = None
    value: schema.Quantity | None = None
    score: float = 1.0
    rest: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Proto:
    """An event in the making.

    `spans` are the sentences that tell it; `acts` the places of its triggers, `apart` those of acts that are
    other events.
    """

    status: str
    scope: str
    donors: tuple[Named, ...]
    recipients: tuple[Named, ...]
    intermediaries: tuple[Named, ...]
    pieces: tuple[Piece, ...]
    values: tuple[schema.Quantity, ...]
    date: schema.DateMention | None
    acts: tuple[tuple[int, int], ...]
    spans: tuple[tuple[int, int], ...]
    score: float
    trigger: str | None = None
    kind: str = "body"
    split: bool = field(default=False)
    apart: tuple[tuple[int, int], ...] = ()


def build_protos(
    layer: Sequence[schema.Act | schema.Link],
    sentences: Sequence[schema.Sentence],
    quantities: Sequence[schema.Quantity],
    dates: Sequence[schema.DateMention],
) -> tuple[Proto, ...]:
    """One proto an act, in order."""
    figures = {(q.start, q.end): q for q in quantities}
    days = {(d.start, d.end): d for d in dates}
    kinds = {s.start: s.kind for s in sentences}
    links: dict[int, list[schema.Link]] = {}
    for record in layer:
        if isinstance(record, schema.Link):
            links.setdefault(record.act_no, []).append(record)
    return tuple(
        _proto(act, links.get(act.act_no, []), figures, days, kinds)
        for act in layer
        if isinstance(act, schema.Act)
    )


def _proto(
    act: schema.Act,
    links: Sequence[schema.Link],
    figures: dict[tuple[int, int], schema.Quantity],
    days: dict[tuple[int, int], schema.DateMention],
    kinds: dict[int, str],
) -> Proto:
    by_role: dict[str, list[schema.Link]] = {}
    for link in links:
        by_role.setdefault(link.role, []).append(link)
    date = by_role.get("date", [])
    return Proto(
        act.status,
        act.scope,
        _named(by_role.get("donor", ())),
        _named(by_role.get("recipient", ())),
        _named(by_role.get("intermediary", ())),
        tuple(_piece(link, figures) for link in by_role.get("item", ())),
        tuple(figures[link.start, link.end] for link in by_role.get("value", ())),
        days[date[0].start, date[0].end] if date else None,
        ((act.start, act.end),),
        ((act.first, act.last),),
        act.score,
        act.trigger,
        kinds.get(act.first, "body"),
        apart=tuple((link.start, link.end) for link in by_role.get("apart", ())),
    )


def _named(links: Sequence[schema.Link]) -> tuple[Named, ...]:
    return tuple(
        Named(name, link.start, link.end, link.score, link.rule) for link in links for name in link.names
    )


def _piece(link: schema.Link, figures: dict[tuple[int, int], schema.Quantity]) -> Piece:
    figure = (
        figures[link.figure_start, link.figure_end]
        if link.figure_start is not None and link.figure_end is not None
        else None
    )
    value = (
        figures[link.value_start, link.value_end]
        if link.value_start is not None and link.value_end is not None
        else None
    )
    return Piece(link.start, link.end, link.category or "other", figure, value, link.score)
