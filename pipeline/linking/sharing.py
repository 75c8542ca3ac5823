"""What shares a figure with the goods beside it: lists before, printed matter and fittings behind."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline import schema
from pipeline.linking.phrases import LEADS, PRINT, STOP, category_of
from pipeline.linking.spans import Span
from pipeline.text import fold

if TYPE_CHECKING:
    from pipeline.linking.goods import Good


def listed_before(text: str, span: Span, figure: schema.Quantity, free: list[Span]) -> Span:
    """Take in list members that share the figure: 图书、期刊共1200册, 玩具和学习用品100多件."""
    start = span[0]
    closed = "等" in text[slice(*span)] or text[max(0, start - 1) : start] == "等"
    shared = closed or (span[1] <= figure.start and not _is_single(text, span, figure))
    while shared:
        joined = [s for s in free if s[1] <= start and _LINK.fullmatch(text[s[1] : start + 1])]
        if not joined or _odd_unit(text[slice(*joined[-1])], figure):
            break
        start = joined[-1][0]
        free.remove(joined[-1])
    return (_examples_before(text, start) if closed else start), span[1]


_LINK = re.compile(r"(?:(?:[、和与及]|以及)新?|等)[^\n]|《")
_PAIR = re.compile(r"(?:^|[^、\u4e00-\u9fff])[\u4e00-\u9fff]+[和与及]$")


def _is_single(text: str, span: Span, figure: schema.Quantity) -> bool:
    """对联、福字和音响1套: one piece is no figure of a list, though of a pair it may be (投影仪和幕布1套)."""
    alone = figure.number == 1 and figure.per is None
    return alone and not _PAIR.search(text[max(0, span[0] - 12) : span[0]])


_MEMBERS = re.compile(r"(?:(?:(?![、和与及])[\u4e00-\u9fff]){2,10}、)+$")
_TOLD_MEMBERS = 30


def _examples_before(text: str, start: int) -> int:
    """膏药、棉签等药品90盒: where a list closed by its kind begins, members no lexicon knows included."""
    match = _MEMBERS.search(text, max(0, start - _TOLD_MEMBERS), start)
    if match is None:
        return start
    stops = list(STOP.finditer(text, match.start(), start - 1))
    inner = [stop for stop in stops if stop[0] != "、"]
    first = inner[-1].end() if inner else match.start()
    lead = LEADS.match(text[first:start])
    first += lead.end() if lead else 0
    return first if len(text[first:start].split("、", maxsplit=1)[0]) > 1 else start


COPY_UNITS = ("册", "本", "部", "函", "卷")
_NO_PRINT = ("clothing", "food", "sports", "medical", "furniture", "electronics", "computer", "agriculture")


def _odd_unit(phrase: str, figure: schema.Quantity) -> bool:
    """衣物、书籍200余本: clothes are not counted in copies."""
    return fold(figure.unit or "") in COPY_UNITS and category_of(phrase) in _NO_PRINT


_FITTINGS = re.compile(r"(?:配套|相关|附属)?(?:设备|设施|配件|器材|附件)$")


_LOADED = ("吨", "斤", "公斤", "千克", "车")


_ENDS = re.compile(r"[,。;!?)]|$")


def _is_pair(text: str, first: Span, second: Span, figure: schema.Quantity) -> bool:
    """4万斤麸皮和油渣: two goods of one category, or under one weight, told as one."""
    kinds = {category_of(text[slice(*span)]) for span in (first, second)}
    joined = text[first[1] : second[0]] in ("和", "与", "及")
    if text[first[1] : second[0]] == "、" and figure.unit in _LOADED:
        return _ENDS.match(text, second[1]) is not None
    return joined and (figure.unit in _LOADED or (len(kinds) == 1 and kinds != {"other"}))


def with_kin(text: str, span: Span, figure: schema.Quantity, free: list[Span]) -> Span:
    """120本书籍和期刊, 20台计算机及设备: printed matter, or fittings, that share the figure before them."""
    behind = [s for s in free if s[0] > span[1] and text[span[1] : s[0]] in ("和", "及", "与", "、", "")]
    if not behind:
        return span
    fittings = _FITTINGS.fullmatch(text[slice(*behind[0])]) or _is_pair(text, span, behind[0], figure)
    if not fittings and any(category_of(text[s:e]) not in PRINT for s, e in (span, behind[0])):
        return span
    if re.match(r"[0-9一二两三四五六七八九十百千万几]", text[behind[0][1] :].lstrip("共约近")):
        return span
    free.remove(behind[0])
    return span[0], behind[0][1]


def subjects_of_print(text: str, noun: Span | None, figure: schema.Quantity, free: list[Span]) -> Span | None:
    """1200余册农业科技、少儿读物: what printed matter is about, told before it, is part of its name."""
    if noun is None or noun[0] < figure.end:
        return noun
    behind = next((s for s in free if s[0] > noun[1] and text[noun[1] : s[0]] in ("、", "和", "及")), None)
    if behind is None or category_of(text[slice(*behind)]) not in PRINT:
        return noun
    free.remove(behind)
    return noun[0], behind[1]


_LISTED = re.compile(r"《[^》\n]{1,30}》|(?:(?!以及|[、和与及])[\u4e00-\u9fff])+")


def of_each(text: str, good: Good) -> list[Good]:
    """面包和牛奶各80箱: the figure of each that is listed."""
    figure = good.figure
    if figure is None or figure.per != "各" or text[good.end : figure.start] != "各":
        return [good]
    members = [m.span() for m in _LISTED.finditer(text, good.start, good.end)]
    if len(members) < 2:
        return [good]
    own = replace(figure, per=None)
    kinds = [(s, e, category_of(text[s:e])) for s, e in members]
    told = ((s, e, kind) for s, e, kind in kinds if e - s > 1 or kind != "other")
    return [replace(good, start=s, end=e, category=kind, figure=own) for s, e, kind in told]
