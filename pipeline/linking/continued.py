"""Figures without goods of their own: they count what was told before them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline import schema
from pipeline.linking.spans import Span

if TYPE_CHECKING:
    from pipeline.linking.goods import Good


def goes_on(text: str, figure: schema.Quantity, before: Good, names: tuple[Span, ...]) -> bool:
    """Whether a figure without goods of its own counts those before it."""
    return (
        _chained(text, before, figure)
        or _behind_name(text, figure, before, names)
        or _behind_verb(text, figure, before)
    )


def counts_again(text: str, figure: schema.Quantity, before: Good) -> bool:
    """Whether a figure counts the goods before it a second time, and better: in all, by weight, by piece."""
    if _totals_rate(text, figure, before) or _weighs_load(text, figure, before):
        return True
    return _unpacks(text, figure, before)


_PACKS = ("箱", "件", "大箱", "纸箱", "包", "大包", "捆", "车", "提")
_SINGLE = (
    "支",
    "瓶",
    "只",
    "个",
    "双",
    "枚",
    "盒",
    "罐",
    "桶",
    "片",
    "顶",
    "条",
    "把",
    "套",
    "件套",
    "副",
    "小瓶",
    "小包",
)
_HOLDING = re.compile(r"[,、(]?(?:总共|一共|共计|合计|总计|共)?")


def _unpacks(text: str, figure: schema.Quantity, before: Good) -> bool:
    """肥皂12箱1440块, 24箱口罩,共36000只: how many pieces the boxes hold."""
    packs = before.figure
    if packs is None or packs.unit not in _PACKS or figure.unit not in _SINGLE:
        return False
    gap = text[max(packs.end, before.end) : figure.start]
    said = gap != "," or figure.surface.startswith(("共", "总", "合计", "一共"))
    follows = re.match(r"(?![和与及等以])[\u4e00-\u9fff]", text[figure.end :])
    whole = packs.per is None and figure.per is None and figure.number > packs.number
    return whole and said and not follows and _HOLDING.fullmatch(gap) is not None


_IN_ALL = re.compile(r"[,;(](?:总共|一共|共计|合计|总计|共)?")


def _totals_rate(text: str, figure: schema.Quantity, before: Good) -> bool:
    """每人一套书包,一共140套: whether a figure adds up what each gets."""
    rate = before.figure
    if rate is None or rate.per is None or figure.per is not None or figure.unit != rate.unit:
        return False
    said = figure.surface.startswith(("共", "一共", "总", "合计")) or text[: figure.start].endswith("共")
    gap = text[max(rate.end, before.end) : figure.start]
    return said and figure.number > rate.number and _IN_ALL.fullmatch(gap) is not None


_LOADS = ("车", "船", "卡车", "货车")
_WEIGHTS = ("吨", "公斤", "千克", "斤")
_WEIGHS = re.compile(r"[,(](?:共|总)?(?:计|重|约|达|足足|整整|足有|有)*")


def _weighs_load(text: str, figure: schema.Quantity, before: Good) -> bool:
    """3车大米,计60吨: whether a weight says how much the lorries carry."""
    load = before.figure
    if load is None or load.unit not in _LOADS or figure.unit not in _WEIGHTS:
        return False
    return _WEIGHS.fullmatch(text, max(load.end, before.end), figure.start) is not None


_CHAIN = re.compile(r"[、,和及与;]|以及")


def _chained(text: str, before: Good, figure: schema.Quantity) -> bool:
    """Whether a figure continues the one before it: 800册和200册."""
    if before.figure is None or before.figure.unit != figure.unit or figure.start <= before.figure.end:
        return False
    gap = text[before.figure.end : figure.start]
    return bool(_CHAIN.fullmatch(gap))


_GOT = re.compile(r"(?:收到|分到|得到|获得|获赠|领到|接收|分得)了?$")


def is_got(text: str, figure: schema.Quantity) -> bool:
    """甲校收到520套: a figure right behind a verb of getting."""
    return bool(_GOT.search(text[: figure.start][-6:]))


def last_before(figure: schema.Quantity, phrases: Sequence[Span]) -> Span | None:
    """The last goods phrase before a figure that stands behind a name: 定做了校服,分别送给甲校520套."""
    before = [span for span in phrases if span[1] <= figure.start]
    return before[-1] if before and figure.unit is not None else None


_GAVE = re.compile(
    r"[,;、][^,。;!?:]{2,24}?(?:(?:捐赠|赠送|捐献|捐出|赠出|送出|送去|送上|发放|认捐|认领|购置|收到|获得|获赠|分到)了?|领走了?|各捐|各送|[捐赠送])(?:共|约|近|(?:余下|剩下|剩余|其余)的?)?$"
)


def _behind_verb(text: str, figure: schema.Quantity, before: Good) -> bool:
    """甲捐出图书1000册,乙捐出800册: a figure right behind a verb that continues the goods before."""
    if figure.unit is None or before.figure is None or before.figure.unit != figure.unit:
        return False
    end = max(before.end, before.figure.end)
    return bool(_GAVE.fullmatch(text[end : figure.start])) and not re.match(
        r"[\u4e00-\u9fff]", text[figure.end :]
    )


def _behind_name(text: str, figure: schema.Quantity, before: Good, names: tuple[Span, ...]) -> bool:
    """Whether a figure stands right behind a name and continues the goods before: 甲村210册,乙村180册."""
    starts = {figure.start, figure.start - text[: figure.start].endswith("各")}
    return figure.unit is not None and before.figure is not None and any(end in starts for _, end in names)
