"""Values stated of goods as a whole, and whose they are: 图书500册、书架6组,总价值约5万元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline import schema
from pipeline.linking.worth import is_price, is_value

if TYPE_CHECKING:
    from pipeline.linking.drafts import Draft, Scene

# 总价值八万元 may follow in so many sentences behind the goods.
_LATER = 2


def with_later_values(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """Values of goods told in a sentence of their own: they belong to the goods told before them."""
    told = {draft.sentence for draft in drafts}
    found = list(drafts)
    later: dict[int, int] = {}
    for figure in scene.quantities:
        own = scene.sentence(figure.start)
        if figure.kind != "money" or not is_value(scene.text, figure):
            continue
        batch = _of_batch(scene.text, figure)
        if own in told and not batch:
            continue
        holders = [
            number
            for number, draft in enumerate(found)
            if draft.goods
            and (0 < own - draft.sentence <= _LATER or (batch and _stands_before(draft, figure)))
            and (not _is_worth(draft) or later.get(number) == own)
        ]
        if holders:
            held = found[holders[-1]]
            found[holders[-1]] = replace(held, values=(*held.values, figure))
            later[holders[-1]] = own
    return found


_WHOLE = "物资|物品|用品|用具|礼物|礼品|东西|设备|器材|慰问品|药品|图书|书籍|书"
_BATCH = re.compile(
    rf"(?:这批|这些|该批|此批|上述|所有)[^,。;!?\n0-9]{{0,16}}(?:{_WHOLE})[^。;!?\n元0-9]{{0,12}}$"
)
_BATCH_BEHIND = re.compile(rf"的(?:{_WHOLE})")
_THIS = re.compile(r"(?:这批|这些|该批|此批|上述)[^,。;!?\n0-9]{0,12}$")


def _of_batch(text: str, figure: schema.Quantity) -> bool:
    """这些物资总价值3万元, 这批价值3万元的物资: whether a worth is that of goods told before."""
    head = text[max(0, figure.start - 32) : figure.start]
    behind = _BATCH_BEHIND.match(text, figure.end) and _THIS.search(head)
    return bool(behind or _BATCH.search(head))


def _stands_before(draft: Draft, figure: schema.Quantity) -> bool:
    """Whether goods of the same sentence are told before a figure, and are no mere 物资."""
    return draft.goods[-1].end < figure.start and any(g.figure is not None for g in draft.goods)


def _is_worth(draft: Draft) -> bool:
    """Whether a draft has a value, or gives money."""
    return bool(draft.values) or any(good.value is not None for good in draft.goods)


def with_values(scene: Scene, sentence: schema.Sentence, draft: Draft, drafts: Sequence[Draft]) -> Draft:
    """Values stated of the goods as a whole: they belong to the nearest draft before them."""
    own = []
    taken = {id(g.value) for d in drafts for g in d.goods if g.value is not None}
    for figure in scene.quantities:
        if (
            figure.kind != "money"
            or not (sentence.start <= figure.start < sentence.end)
            or id(figure) in taken
        ):
            continue
        if not is_value(scene.text, figure):
            continue
        given = [d for d in drafts if d.goods]
        behind = [d for d in given if d.goods[0].start >= figure.end]
        if behind and is_price(scene.text, figure):
            own += [figure] if min(behind, key=lambda d: d.goods[0].start) is draft else []
            continue
        holders = (
            [d for d in given if scene.text[figure.end : d.goods[0].start] == "的"]
            or [d for d in given if d.goods[0].start < figure.start]
            or given
        )
        if holders and max(holders, key=lambda d: d.goods[0].start) is draft:
            own.append(figure)
    return replace(draft, values=tuple(own))


def worth_behind(scene: Scene, end: int) -> bool:
    """修建教学楼,共捐资100万元: whether the sum behind such a verb is what other goods cost."""
    sums = [q for q in scene.quantities if q.kind == "money" and 0 <= q.start - end <= 1]
    return any(is_value(scene.text, q) for q in sums)
