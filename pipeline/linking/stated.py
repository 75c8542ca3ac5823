"""Values stated of goods as a whole, and whose they are: 图书500册、书架6组,总价值约5万元."""

from __future__ import annotations

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
    for figure in scene.quantities:
        own = scene.sentence(figure.start)
        if figure.kind != "money" or own in told or not is_value(scene.text, figure):
            continue
        holders = [
            number
            for number, draft in enumerate(found)
            if draft.goods and 0 < own - draft.sentence <= _LATER and not _is_worth(draft)
        ]
        if holders:
            held = found[holders[-1]]
            found[holders[-1]] = replace(held, values=(figure,))
    return found


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
