"""Passages that tell the same act become one event."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline import schema
from pipeline.events.alike import agree, family, figure_of, overlap, same_goods, same_name
from pipeline.events.heirs import with_heirs
from pipeline.events.proto import Named, Piece, Proto
from pipeline.events.raised import is_raised, without_bare_money, without_raised
from pipeline.events.totals import totals_marked, without_sums
from pipeline.linking.phrases import is_summing


def merge(protos: Sequence[Proto], text: str) -> tuple[Proto, ...]:
    """Join protos that tell one act; body passages lead, titles and captions follow them."""
    protos = [without_raised(proto, text) for proto in protos]
    order = sorted(protos, key=lambda p: (_rank(p), p.acts[0]))
    merged: list[Proto] = []
    for proto in order:
        home = next((i for i, other in enumerate(merged) if same_act(other, proto, text)), None)
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
    return with_heirs(sorted(kept, key=lambda p: p.acts[0]), text)


_HANDS_ON = ("转赠", "转交", "转送", "转捐", "转给")


def _passes_on(first: Proto, second: Proto, text: str) -> bool:
    """甲向县妇联捐书2000册,县妇联将这批书转赠给乙小学: the second passage says where the goods went."""
    if second.trigger is None or not second.trigger.startswith(_HANDS_ON) or not second.donors:
        return False
    between = overlap(second.donors, first.recipients) or overlap(second.recipients, first.recipients)
    return between and not overlap(second.donors, first.donors) and _repeats(first, second, text)


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


def same_act(first: Proto, second: Proto, text: str) -> bool:
    """Whether two passages tell the same act; the second is the one that says less."""
    if first.split and second.split and first.acts == second.acts:
        return False
    return _tells_again(first, second, text) or _announces(first, second, text) or _fits(first, second, text)


def _announces(first: Proto, second: Proto, text: str) -> bool:
    """百万册图书将进校园: a headline that counts the goods of a passage tells no act beside it."""
    counted = second.pieces and all(figure_of(piece) is not None for piece in second.pieces)
    apart = second.donors and not overlap(first.donors, second.donors) and not _unnamed(second)
    return (
        second.kind == "title"
        and first.kind == "body"
        and bool(counted)
        and all(
            any(
                (own.category != "money" or not apart) and same_goods(own, piece, text) and agree(own, piece)
                for own in first.pieces
            )
            for piece in second.pieces
        )
    )


def _fits(first: Proto, second: Proto, text: str) -> bool:
    """Whether nothing that two passages say keeps them apart."""
    if set(first.apart) & set(second.acts) or set(second.apart) & set(first.acts):
        return False
    if (first.status, first.scope) != (second.status, second.scope):
        return False
    if first.donors and second.donors and not overlap(first.donors, second.donors) and not _unnamed(second):
        return False
    if _days_apart(first.date, second.date) or _conflict(first, second, text):
        return False
    return _recipients_agree(first, second, text)


def _tells_again(first: Proto, second: Proto, text: str) -> bool:
    """Whether a passage repeats the goods of the same parties, with their figures or with none."""
    if first.status != second.status or not overlap(first.donors, second.donors):
        return False
    if not any(a.name in b.name or b.name in a.name for a in first.recipients for b in second.recipients):
        return False
    figured = [piece for piece in second.pieces if figure_of(piece) is not None]
    if not figured:
        named = {text[piece.start : piece.end] for piece in first.pieces}
        return first.scope == second.scope and any(text[p.start : p.end] in named for p in second.pieces)
    return (
        len(figured) == len(second.pieces)
        and _repeats(first, second, text)
        and not _split_apart(first, second)
    )


def _split_apart(first: Proto, second: Proto) -> bool:
    return first.split or second.split or _days_apart(first.date, second.date)


def _unnamed(proto: Proto) -> bool:
    """退休教师捐书千册: a headline whose donors are told by their kind only."""
    return proto.kind != "body" and all(donor.rule == "group" for donor in proto.donors)


def _recipients_agree(first: Proto, second: Proto, text: str) -> bool:
    """The same recipient, or none; another one only where the second passage merely repeats the goods."""
    if not first.recipients or not second.recipients:
        return True
    if any(a.name in b.name or b.name in a.name for a in first.recipients for b in second.recipients):
        return True
    if set(first.spans) & set(second.spans) and _room_of(first.recipients, second.recipients):
        return True
    return second.kind != "body" or _repeats(first, second, text)


# 石桥村 in 青溪县柳河镇石桥村农家书屋
_VILLAGE = re.compile(r"(?:^|[省市县区旗乡镇])([^省市县区旗乡镇]{1,6}(?:村|社区|嘎查))(?:农家书屋|图书室)?$")


def _room_of(first: Sequence[Named], second: Sequence[Named]) -> bool:
    """Whether a village and its reading room stand for each other: 柳河镇石桥村, 石桥村农家书屋."""
    one, two = ({m[1] for p in side if (m := _VILLAGE.search(p.name))} for side in (first, second))
    return bool(one & two)


def _repeats(first: Proto, second: Proto, text: str) -> bool:
    """Every piece of the second passage is a piece of the first, with the same figure or none."""
    return all(
        any(
            same_goods(own, piece, text) and (figure_of(piece) is None or agree(own, piece))
            for own in first.pieces
        )
        for piece in second.pieces
    )


def _days_apart(first: schema.DateMention | None, second: schema.DateMention | None) -> bool:
    if first is None or second is None or first.surface == second.surface or first.vague or second.vague:
        return False
    if first.first is None or second.first is None or first.last is None or second.last is None:
        return (
            "日" in first.surface
            and "日" in second.surface
            and first.surface not in second.surface
            and second.surface not in first.surface
        )
    return first.last < second.first or second.last < first.first


def _conflict(first: Proto, second: Proto, text: str) -> bool:
    """Both state figures of the same goods and none of them agree."""
    clashes = 0
    for a in first.pieces:
        for b in second.pieces:
            if figure_of(a) is None or figure_of(b) is None or not same_goods(a, b, text):
                continue
            if agree(a, b, loose=second.kind != "body"):
                return False
            clashes += 1
    if not clashes:
        return False
    return not (_is_whole(first, second) or _is_whole(second, first))


def _is_whole(whole: Proto, parts: Proto) -> bool:
    """Whether the one figure of a passage is the sum of the other's figures of that category."""
    wholes = [p for p in whole.pieces if figure_of(p) is not None]
    if len(wholes) != 1 or len(parts.pieces) < 2:
        return False
    total = sum(
        (figure_of(p) or Decimal(0) for p in parts.pieces if family(p) == family(wholes[0])), Decimal(0)
    )
    told = figure_of(wholes[0]) or Decimal(0)
    if whole.kind != "body" and wholes[0].category != "money":
        return abs(told - total) <= _ROUNDED * total
    return total == told


# 4000余册 in a headline over 4155 copies of five kinds.
_ROUNDED = Decimal("0.05")


def _join(first: Proto, second: Proto, text: str) -> Proto:
    second = _with_own_worth(first, second)
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
        if _is_whole(whole, parts) and sum(figure_of(p) is not None for p in parts.pieces) > 1:
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
    alone = len(second.pieces) == len(second.values) == 1 and second.pieces[0].value is None
    if not alone or any(p.category == "money" for p in second.pieces) or not _money_alone(first):
        return second
    return replace(second, pieces=(replace(second.pieces[0], value=second.values[0]),), values=())


def _money_alone(proto: Proto) -> bool:
    return all(piece.category == "money" for piece in proto.pieces)


def _is_new(piece: Piece, before: Proto, text: str) -> bool:
    """Whether goods of a later passage are of a kind not told before, and no word for the whole."""
    return piece.category not in {p.category for p in before.pieces} and not is_summing(
        text[piece.start : piece.end]
    )


def _date(first: schema.DateMention | None, second: schema.DateMention | None) -> schema.DateMention | None:
    if first is None or second is None:
        return first or second
    return second if first.first is None and second.first is not None else first
