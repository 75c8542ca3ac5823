"""What a figure counts: its unit, and for a general classifier the noun beside it."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.quantities._figure import Figure, is_year
from pipeline.quantities._lexicon import units, words

_WINDOW = 12
# Units that count places and sorts whatever goods stand behind them: 5类乐器, 3家药店.
_NOT_OF_GOODS = ("家", "所", "处", "类", "大", "项")
_NAMED = re.compile("[\u4e00-\u9fff]{2}$")
_COUNTED = "[册本套台件份组个只支枝盒箱瓶桶袋包把张条块双副部床吨斤架辆]"
_LIST_BEFORE = re.compile(rf"[0-9](?:[余多]|万)?{_COUNTED}?[、,][^0-9,。;、\n]{{2,12}}$")
_LIST_AFTER = re.compile(rf"、[^0-9,。;、\n]{{2,12}}[0-9]{{1,6}}[余多万]?(?:{_COUNTED}|[、,])")


def with_classifier(text: str, figure: Figure, ordinal: bool) -> Figure | None:
    """The figure with its classifier and kind; None when it counts nothing."""
    found = units().pattern.match(text, figure.end) or _in_brackets(text, figure)
    if ordinal:
        unit = found.group(1) if found else None
        end = found.end() if found else figure.end
        return replace(figure, start=figure.first - 1, end=end, unit=unit, kind="ordinal", rule="ordinal")
    if not found:
        return _bare(text, figure)
    unit = found.group(1)
    if found.group().startswith("("):
        return replace(figure, end=found.end(), unit=unit, kind=units().kinds[unit])
    if unit.startswith("年") and is_year(text, figure):
        return None
    kind = units().kinds[unit]
    if unit in units().general:
        kind = _noun_kind(text, replace(figure, unit=unit), found.end(), kind)
    return _with_half(text, replace(figure, end=found.end(), unit=unit, kind=kind))


def _in_brackets(text: str, figure: Figure) -> re.Match[str] | None:
    """医用酒精20(箱): a classifier of goods in brackets behind its figure."""
    found = units().bracketed.match(text, figure.end)
    return found if found and units().kinds.get(found.group(1)) == "count" else None


def _noun_kind(text: str, figure: Figure, end: int, default: str) -> str:
    """20个行政村 counts places, 60个学生 people; the last noun of the chain decides (学生书包 is goods)."""
    after = units().nouns_after.match(text, end, end + _WINDOW)
    if after:
        kind = _last_kind(after.group(1)) or default
        return default if kind == "count" and figure.unit in _NOT_OF_GOODS else kind
    if (whole := _whole_before(text, figure)) is not None:
        return _noun_kind(text, whole, whole.end, default)
    if words().touching.search(text[max(0, figure.start - 3) : figure.start]):
        return default
    before = units().nouns_before.search(text, max(0, figure.start - 8), figure.start)
    return units().noun_kinds[before.group(1)] if before else default


_DIGITS = "[0-9〇零一二两三四五六七八九十百千万余多]{1,9}"


def _whole_before(text: str, figure: Figure) -> Figure | None:
    """书包300个,其中石桥镇中心小学180个: the figure of which this one is a part, of the same unit."""
    first = max(0, figure.start - _PARTS)
    told = text.rfind("其中", first, figure.start)
    if figure.unit is None or told < 0 or _STOPS.search(text, told, figure.start):
        return None
    whole = re.compile(rf"{_DIGITS}({re.escape(figure.unit)})[^,。;0-9]{{0,9}}[,(]$").search(
        text, first, told
    )
    return replace(figure, start=whole.start(), end=whole.end(1)) if whole else None


# So far behind the whole stand its parts.
_PARTS = 80
_STOPS = re.compile(r"[。;!?\n]")


def _last_kind(chain: str) -> str | None:
    kinds = units().noun_kinds
    ends = (kinds.get(chain[start:]) for start in range(len(chain)))
    return next((kind for kind in ends if kind), None)


def _with_half(text: str, figure: Figure) -> Figure:
    """两吨半, 三年半: half a unit more."""
    follows = text[figure.end : figure.end + 1] == "半" and figure.kind in ("count", "measure", "time", "age")
    if (
        not follows
        or figure.qualifier != "exact"
        or text[figure.end + 1 : figure.end + 2] in ("价", "成", "截")
    ):
        return figure
    number = figure.number + type(figure.number)("0.5")
    return replace(figure, end=figure.end + 1, number=number, low=number, high=number)


def _bare(text: str, figure: Figure) -> Figure | None:
    """书刊300: a figure behind goods and before a pause counts them without a classifier."""
    if text[figure.end : figure.end + 1] not in words().bare_after:
        return None
    goods = units().goods_before.search(text, max(0, figure.start - 10), figure.start)
    if not goods and not _in_list(text, figure):
        return None
    return replace(figure, kind="count", rule="bare")


def _in_list(text: str, figure: Figure) -> bool:
    """Whether a figure of two digits or more stands in a list of counted goods (足球15、篮球20个)."""
    if figure.end - figure.first < 2 or not text[figure.first].isdigit() or is_year(text, figure):
        return False
    if not _NAMED.search(text, max(0, figure.start - 2), figure.start):
        return False
    before = _LIST_BEFORE.search(text, max(0, figure.start - 24), figure.start)
    return before is not None or _LIST_AFTER.match(text, figure.end) is not None
