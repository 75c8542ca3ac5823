"""Passages that tell the same act become one event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline import schema
from pipeline.events.alike import figure_of, overlap, same_goods, same_name
from pipeline.events.heirs import with_heirs
from pipeline.events.proto import Named, Piece, Proto
from pipeline.events.raised import is_raised, without_bare_money, without_raised
from pipeline.events.retold import goes_along, with_day_given
from pipeline.events.same import is_whole, repeats, same_act
from pipeline.events.totals import totals_marked, without_sums
from pipeline.events.worths import apart_from_whole
from pipeline.linking.phrases import is_summing


def merge(protos: Sequence[Proto], text: str) -> tuple[Proto, ...]:
    """Join protos that tell one act; body passages lead, titles and captions follow them."""
    protos = [without_bare_money(without_raised(proto, text), text) for proto in protos]
    order = sorted(protos, key=lambda p: (_rank(p), p.acts[0]))
    merged: list[Proto] = []
    for proto in order:
        home = next((i for i, other in enumerate(merged) if same_act(other, proto, text)), None)
        along = [i for i, other in enumerate(merged) if goes_along(other, proto, text)]
        home = home if home is not None else max(along, key=lambda i: merged[i].acts[-1], default=None)
        sent = next((i for i, other in enumerate(merged) if _passes_on(other, proto, text)), None)
        if home is not None:
            merged[home] = _join(merged[home], proto, text)
        elif sent is not None:
            merged[sent] = _handed(merged[sent], proto)
        else:
            merged.append(proto)
    merged = [without_raised(without_bare_money(proto, text), text) for proto in merged]
    given = [p for p in merged if p.pieces and not is_raised(p, merged, text)]
    kept = totals_marked(without_sums(given, text), text)
    inherited = with_heirs(sorted(kept, key=lambda p: p.acts[0]), text)
    return tuple(sorted(inherited, key=lambda p: min(p.acts)))


_HANDS_ON = ("转赠", "转交", "转送", "转捐", "转给")


def _passes_on(first: Proto, second: Proto, text: str) -> bool:
    """甲向县妇联捐书2000册,县妇联将这批书转赠给乙小学: the second passage says where the goods went."""
    if second.trigger is None or not second.trigger.startswith(_HANDS_ON) or not second.donors:
        return False
    between = overlap(second.donors, first.recipients) or overlap(second.recipients, first.recipients)
    return between and not overlap(second.donors, first.donors) and repeats(first, second, text)


def _handed(first: Proto, second: Proto) -> Proto:
    """The gift with those who passed it on, and those who have it now."""
    return replace(
        first,
        recipients=second.recipients or first.recipients,
        intermediaries=tuple(dict.fromkeys(first.intermediaries + second.donors)),
        acts=first.acts + second.acts,
        spans=tuple(dict.fromkeys(first.spans + second.spans)),
    )


def _rank(proto: Proto) -> int:
    figured = any(p.figure is not None or p.value is not None for p in proto.pieces)
    return (0 if figured else 2) + (proto.kind != "body")


def _join(first: Proto, second: Proto, text: str) -> Proto:
    second = _with_own_worth(first, second)
    first, second = with_day_given(first, second, text)
    return replace(
        first,
        donors=_parties(first.donors, second.donors),
        recipients=_better_recipients(first, second),
        intermediaries=_parties(first.intermediaries, second.intermediaries),
        pieces=_pieces(first, second, text),
        values=first.values or second.values,
        date=_date(first.date, second.date),
        acts=first.acts + second.acts,
        spans=tuple(dict.fromkeys(first.spans + second.spans)),
        score=max(first.score, second.score),
        split=first.split or second.split,
        apart=first.apart + second.apart,
    )


def _parties(first: Sequence[Named], second: Sequence[Named]) -> tuple[Named, ...]:
    """The first passage's parties, by their fuller names where the other has them."""
    if not first:
        return tuple(second)
    return tuple(_fuller(own, second) for own in first)


def _fuller(own: Named, others: Sequence[Named]) -> Named:
    best = max((o for o in others if same_name(o.name, own.name)), key=lambda o: len(o.name), default=own)
    return replace(own, name=best.name) if len(best.name) > len(own.name) else own


def _better_recipients(first: Proto, second: Proto) -> tuple[Named, ...]:
    if (
        first.recipients
        and all(n.rule == "group" for n in first.recipients)
        and any(n.rule != "group" for n in second.recipients)
    ):
        return second.recipients
    return _parties(first.recipients, second.recipients)


def _pieces(first: Proto, second: Proto, text: str) -> tuple[Piece, ...]:
    for whole, parts in ((first, second), (second, first)):
        if is_whole(whole, parts) and sum(figure_of(p) is not None for p in parts.pieces) > 1:
            return parts.pieces
    kept = list(first.pieces)
    for piece in second.pieces:
        twin = next((i for i, own in enumerate(first.pieces) if same_goods(own, piece, text)), None)
        if twin is None:
            told = figure_of(piece) is not None or (piece.value is not None and _money_alone(first))
            figured = told or not any(figure_of(p) is not None for p in kept)
            if figured or (second.kind == "body" and _is_new(piece, first, text)):
                kept.append(piece)
        elif figure_of(kept[twin]) is None and figure_of(piece) is not None:
            kept[twin] = replace(kept[twin], figure=piece.figure, value=piece.value or kept[twin].value)
        elif kept[twin].value is None and piece.value is not None:
            kept[twin] = replace(kept[twin], value=piece.value)
    return tuple(kept)


def _with_own_worth(first: Proto, second: Proto) -> Proto:
    """捐款5万元,捐赠物资折款3万元: beside money, the one good of a passage has the value of the passage."""
    told = apart_from_whole(second.values, first.pieces)[0]
    alone = len(second.pieces) == len(told) == 1 and second.pieces[0].value is None
    if not alone or any(p.category == "money" for p in second.pieces) or not _money_alone(first):
        return second
    whole = tuple(value for value in second.values if value is not told[0])
    return replace(second, pieces=(replace(second.pieces[0], value=told[0]),), values=whole)


def _money_alone(proto: Proto) -> bool:
    return all(piece.category == "money" for piece in proto.pieces)


def _is_new(piece: Piece, before: Proto, text: str) -> bool:
    """Whether goods of a later passage are of a kind not told before, and no word for the whole."""
    if piece.category in {p.category for p in before.pieces}:
        return False
    return (_money_alone(before) and piece.category != "other") or not is_summing(
        text[piece.start : piece.end]
    )


def _date(first: schema.DateMention | None, second: schema.DateMention | None) -> schema.DateMention | None:
    if first is None or second is None:
        return first or second
    return second if first.first is None and second.first is not None else first
