"""Figures beside goods that count something else: how large or long each is, the lorries that carry them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline import schema
from pipeline.lexicons import read_toml, words
from pipeline.linking.phrases import category_of
from pipeline.linking.spans import Span

_SIZE_UNITS = frozenset(
    ["公斤", "千克", "斤", "市斤", "克", "kg", "KG", "g", "升", "公升", "毫升", "L", "ml", "ML", "寸", "英寸"]
)
_SIZED = re.compile(r"装的?(?=[\u4e00-\u9fff])|的?(?=[\u4e00-\u9fff]{0,4}[机箱柜视])")
_SEATS = re.compile(r"[0-9]{1,2}座(?:的|新能源|豪华)?(?:面包车|客车|轿车|商务车|越野车|中巴|大巴|校车|汽车)")


_CARRIES = re.compile(r"[^,。;!?]{0,6}?(?:满载|载满|装满|载着|拉着|装着)")


def is_carrier(text: str, figure: schema.Quantity) -> bool:
    """6辆货车满载着物资: the lorries are counted, not what they carry."""
    return figure.unit in ("辆", "艘", "架", "车") and _CARRIES.match(text, figure.end) is not None


def is_size(text: str, figure: schema.Quantity, figures: Sequence[schema.Quantity]) -> bool:
    """10公斤装大米120袋, 一台10公斤的洗衣机, 7座面包车: how large each is, not how many there are."""
    if figure.unit not in _SIZE_UNITS:
        return _SEATS.match(text, figure.start) is not None
    sized = _SIZED.match(text, figure.end)
    packed = text.startswith("装", figure.end)
    return sized is not None and (packed or any(q.end == figure.start for q in figures))


def measures_goods(text: str, figure: schema.Quantity, phrases: Sequence[Span]) -> bool:
    """水管4500米, 晨报300期: a length, or issues, right behind the goods; not kinds (少儿读物几类)."""
    before = next((span for span in phrases if span[1] == figure.start), None)
    if before is None:
        return False
    issues = figure.unit == "期" and category_of(text[slice(*before)]) == "periodical"
    return issues or (figure.kind == "measure" and figure.unit not in _kind_units())


@cache
def _kind_units() -> frozenset[str]:
    return frozenset(words(read_toml("goods.toml")["not_goods"]["units"]))


_BUILT = re.compile(r"(?:捐|援|兴|新|修|扩|助|帮|各)建(?!的)(?:了|起|成)?[^,。;!?的]{0,16}$")


def counts_building(text: str, figure: schema.Quantity) -> bool:
    """捐建了一座操场: how many of what was built."""
    if figure.kind != "place":
        return False
    head = text[max(0, figure.start - 20) : figure.start]
    return bool(_BUILT.search(head)) or _is_given_building(text, figure, head)


_GIVES = re.compile(r"(?:捐赠|赠送|捐献|捐|迎来|落成|配备|援助)了?(?P<what>[^,。;!?的向为给在到]{0,16})$")


def _is_given_building(text: str, figure: schema.Quantity, head: str) -> bool:
    """捐赠图书室12个, 迎来一座图书馆: a building for an object; 向12个图书室捐赠 tells of none."""
    gives = _GIVES.search(head)
    if gives is None:
        return False
    if gives["what"]:
        return gives["what"].endswith(_buildings()) and not re.match(r"[\u4e00-\u9fff]", text[figure.end :])
    behind = re.match(r"[\u4e00-\u9fff“\"]{2,12}?(?=[,、。;!?”\"]|$)", text[figure.end :])
    return behind is not None and behind[0].endswith(_buildings())


@cache
def _buildings() -> tuple[str, ...]:
    return words(read_toml("goods.toml")["buildings"]["words"])
