"""Goods phrases and the figures bound to them.

A phrase ends in a head noun of `goods.toml`; a figure takes the phrase right behind or right before it,
and punctuation decides between the two (`图书2000册、杂志400本` against `2000册图书、400本杂志`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from pipeline import schema
from pipeline.lexicons import read_toml, words
from pipeline.linking.phrases import (
    STOP,
    category_of,
    find_listed,
    find_objects,
    find_phrases,
    find_works,
    is_aim,
    is_content,
    is_summing,
    stands_alone,
)
from pipeline.linking.spans import Span
from pipeline.linking.worth import is_value


@dataclass(frozen=True, slots=True)
class Good:
    """A goods phrase with its figure and value, if any.

    `value` is set where the value clearly belongs to this phrase alone (`价值3万元的电脑`).
    `bare` marks a phrase without a figure; `money` a gift of money.
    """

    start: int
    end: int
    category: str
    figure: schema.Quantity | None = None
    value: schema.Quantity | None = None
    bare: bool = False
    rule: str = ""


_GAP_RIGHT = re.compile(
    r"(?:的|(?:各|全|崭|多|优|精|爱)[\u4e00-\u9fff]|类|种|新|(?:(?!以及|和|及|与|给|送|捐|赠|车|沿|开|驶|来|往|从|在)[^,。;、:!?()\n]){0,10}的)?"
)
_GAP_LEFT = re.compile(
    r"(?:共计|合计|总计|共有|一共|总共|累计|共|计|约|近|达|各|等|分别|有|数量|为|:|\(|”|\"|》|)*(?:约|近|逾|超|达|超过|多达)?"
)


class GoodsFinder:
    """Finds goods of one stretch of folded text.

    Args of the call: text, the stretch, the quantities inside it, and the spans of names.
    """

    def __call__(
        self,
        text: str,
        first: int,
        last: int,
        figures: Iterable[schema.Quantity],
        names: tuple[Span, ...],
        verbs: tuple[Span, ...],
    ) -> tuple[Good, ...]:
        """Goods of one sentence in order of position."""
        inside_figures = [q for q in figures if first <= q.start and q.end <= last]
        walls = names + tuple((q.start, q.end) for q in inside_figures) + verbs
        phrases = sorted(
            {*find_phrases(text, first, last, walls), *find_works(text, first, last, inside_figures)}
        )
        counts = [q for q in inside_figures if q.kind == "count" or _measures_goods(q, phrases)]
        sums = [q for q in inside_figures if q.kind == "money" and q.number >= 1]
        goods = self._counted(text, first, last, phrases, counts, walls, names)
        goods += self._sums(text, phrases, sums, goods)
        used = {(g.start, g.end) for g in goods}
        goods += [
            Good(s, e, category_of(text[s:e]), bare=True, rule="bare")
            for s, e in phrases
            if (s, e) not in used
            and not is_aim(text, s)
            and not is_content(text, s)
            and stands_alone(text, s, e)
            and not any(g.start < e and s < g.end for g in goods)
        ]
        goods += [
            Good(s, e, category_of(text[s:e]), bare=True, rule="object")
            for s, e in find_objects(text, last, verbs, [(g.start, g.end) for g in goods], walls)
        ]
        goods += [
            Good(s, e, category_of(text[s:e]), bare=True, rule="listed")
            for s, e in find_listed(text, first, last, [(g.start, g.end) for g in goods], walls)
            if not is_aim(text, s) and not is_content(text, s)
        ]
        return tuple(sorted(_drop_vague(text, _drop_summing(text, goods)), key=lambda g: (g.start, g.end)))

    def _counted(
        self,
        text: str,
        first: int,
        last: int,
        phrases: list[Span],
        counts: list[schema.Quantity],
        walls: tuple[Span, ...],
        names: tuple[Span, ...],
    ) -> list[Good]:
        goods: list[Good] = []
        free = list(phrases)
        for figure in counts:
            if figure.unit and text[figure.end : figure.end + len(figure.unit)] == figure.unit:
                continue  # 一捆捆新书
            span = _left(text, figure, free) or _right(text, figure, free, strict=_noun_before(text, figure))
            rule = "counted"
            if (
                span is None
                and goods
                and (_chained(text, goods[-1], figure) or _behind_name(figure, goods[-1], names))
            ):
                goods.append(replace(goods[-1], figure=figure, rule="chained"))
                continue
            if span is None and any(end == figure.start for _, end in names):
                span, rule = _last_before(figure, phrases), "behind-name"
            if span is None:
                span, rule = _unknown(text, first, last, figure, walls), "unknown-noun"
            if span is None:
                continue
            if span in free:
                free.remove(span)
            if figure.end <= span[0]:
                span = _with_kin(text, span, free)
            goods.append(
                Good(
                    *_listed(text, span, figure, free),
                    category_of(text[span[0] : span[1]]),
                    figure,
                    rule=rule,
                )
            )
        return goods

    def _sums(
        self, text: str, phrases: list[Span], sums: list[schema.Quantity], goods: list[Good]
    ) -> list[Good]:
        found: list[Good] = []
        for figure in sums:
            if is_value(text, figure):
                self._value_of_next(text, figure, phrases, goods, found)
                continue
            span = _right(text, figure, phrases) or _left(text, figure, phrases)
            category = category_of(text[span[0] : span[1]]) if span else "money"
            if span is None:
                found.append(Good(figure.start, figure.end, "money", value=figure, rule="sum"))
            elif category == "money":
                found.append(Good(*span, "money", value=figure, rule="sum"))
            else:
                self._attach(span, category, figure, goods, found)
        return found

    def _value_of_next(
        self, text: str, figure: schema.Quantity, phrases: list[Span], goods: list[Good], found: list[Good]
    ) -> None:
        span = _right(text, figure, phrases) if text[figure.end : figure.end + 1] == "的" else None
        if span is not None:
            self._attach(span, category_of(text[span[0] : span[1]]), figure, goods, found)
            return
        match = re.match(
            r"的(?=[^,。;、]{1,12}$|[^,。;、]{1,12}[,。;、])", text[figure.end : figure.end + 16]
        )
        if match:
            following = [i for i, g in enumerate(goods) if 0 <= g.start - figure.end <= 8]
            if following:
                goods[following[0]] = replace(goods[following[0]], value=figure)

    def _attach(
        self, span: Span, category: str, figure: schema.Quantity, goods: list[Good], found: list[Good]
    ) -> None:
        for i, good in enumerate(goods):
            if (good.start, good.end) == span:
                goods[i] = replace(good, value=figure)
                return
        found.append(Good(*span, category, value=figure, rule="valued"))


def _measures_goods(figure: schema.Quantity, phrases: Sequence[Span]) -> bool:
    """水管4500米: a length right behind its goods."""
    return figure.kind == "measure" and any(end == figure.start for _, end in phrases)


_CHAIN = re.compile(r"[、,和及与;]|以及")


def _chained(text: str, before: Good, figure: schema.Quantity) -> bool:
    """Whether a figure continues the one before it: 800册和200册."""
    if before.figure is None or before.figure.unit != figure.unit or figure.start <= before.figure.end:
        return False
    gap = text[before.figure.end : figure.start]
    return bool(_CHAIN.fullmatch(gap))


def _last_before(figure: schema.Quantity, phrases: Sequence[Span]) -> Span | None:
    """The last goods phrase before a figure that stands behind a name: 定做了校服,分别送给甲校520套."""
    before = [span for span in phrases if span[1] <= figure.start]
    return before[-1] if before and figure.unit is not None else None


def _behind_name(figure: schema.Quantity, before: Good, names: tuple[Span, ...]) -> bool:
    """Whether a figure stands right behind a name and continues the goods before: 甲村210册,乙村180册."""
    return (
        figure.unit is not None and before.figure is not None and any(end == figure.start for _, end in names)
    )


_CLOSE = re.compile(r"(?:的|(?:各|全|崭|多|优|精|爱)[\u4e00-\u9fff]|新)?")


def _right(text: str, figure: schema.Quantity, phrases: list[Span], strict: bool = False) -> Span | None:
    after = [span for span in phrases if 0 <= span[0] - figure.end <= 16]
    if not after:
        return None
    gap = text[figure.end : after[0][0]]
    return after[0] if _CLOSE.fullmatch(gap) or (not strict and _GAP_RIGHT.fullmatch(gap)) else None


_OPEN_BEFORE = re.compile(r"[和与及了送赠捐上去来出到给共约近有达予的为发各]$")


def _noun_before(text: str, figure: schema.Quantity) -> bool:
    """Whether a noun stands right before a figure: 稿本4函."""
    head = text[max(0, figure.start - 2) : figure.start]
    return (
        len(head) == 2
        and all("\u4e00" <= char <= "\u9fff" for char in head)
        and not _OPEN_BEFORE.search(head)
    )


def _left(text: str, figure: schema.Quantity, phrases: list[Span]) -> Span | None:
    before = [span for span in phrases if 0 <= figure.start - span[1] <= 8]
    if before and _GAP_LEFT.fullmatch(text[before[-1][1] : figure.start]):
        return before[-1]
    return None


def _listed(text: str, span: Span, figure: schema.Quantity, free: list[Span]) -> Span:
    """Take in list members that share the figure: 图书、期刊共1200册."""
    start = span[0]
    gap = text[span[1] : figure.start] if span[1] <= figure.start else ""
    shared = (
        bool(re.match(r"等?(?:共|合计|总计)", gap + figure.surface))
        or text[max(0, start - 1) : start] == "等"
    )
    while shared:
        joined = [s for s in free if s[1] < start and re.fullmatch(r"[、和与及]|以及|等", text[s[1] : start])]
        if not joined:
            break
        start = joined[-1][0]
        free.remove(joined[-1])
    return start, span[1]


_KIN = ("book", "periodical")


def _with_kin(text: str, span: Span, free: list[Span]) -> Span:
    """120本书籍和期刊: printed matter that shares the figure before it."""
    behind = [s for s in free if s[0] > span[1] and text[span[1] : s[0]] in ("和", "及", "与", "、", "")]
    if not behind or any(category_of(text[s:e]) not in _KIN for s, e in (span, behind[0])):
        return span
    if re.match(r"[0-9一二两三四五六七八九十百千万几]", text[behind[0][1] :].lstrip("共约近")):
        return span
    free.remove(behind[0])
    return span[0], behind[0][1]


_NOUN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9%·-]{1,14}")
_QUOTED_GOODS = re.compile(r"[“\"「]([\u4e00-\u9fffA-Za-z0-9·]{2,12})[”\"」]")
_NO_NOUN = re.compile(
    r"^(?:.*(?:抬进|搬进|搬来|再建|载着|驶|交到|力争|把|被|让|请|说|看|抱)|人手|整整|足足|其余|全部|总共|一共|已有|的|,|。|了|是|为|在|和|与|及|给|并|共|合计|价值|送|捐|赠|交|到|用于|分别|发|由|向|余|左右|以上|其中|等|已|被|将|也|还|均|全|每|来|进行|参加|左右)"
)


def _unknown(
    text: str, first: int, last: int, figure: schema.Quantity, walls: tuple[Span, ...]
) -> Span | None:
    """A goods noun that no lexicon knows, right behind or before a figure with a goods classifier."""
    if figure.unit is None:
        return None
    ceiling = min([s for s, _ in walls if s >= figure.end] + [last])
    quoted = _QUOTED_GOODS.match(text, figure.end, last)
    if quoted:
        return quoted.span(1)
    tail = STOP.split(text[figure.end : ceiling], maxsplit=1)[0]
    match = _NOUN.match(tail)
    if match and len(match[0]) >= 2 and not _NO_NOUN.match(match[0]):
        return figure.end, figure.end + match.end()
    floor = max([e for _, e in walls if e <= figure.start] + [first, figure.start - 14])
    stretch = text[floor : figure.start]
    stops = list(STOP.finditer(stretch))
    start = floor + (stops[-1].end() if stops else 0)
    if 2 <= figure.start - start <= 12 and not _NO_NOUN.match(text[start : figure.start]):
        return start, figure.start
    return None


_MEMBERS_BEHIND = re.compile(r"(?:一批|若干)?[,:(]?(?:其中)?(?:包括|包含|含有|含|计有|分别为|分别是)")
_MEMBERS_BEFORE = re.compile(r"等(?:(?![捐赠送发献])[\u4e00-\u9fff]){0,10}$")


def _drop_summing(text: str, goods: list[Good]) -> Iterator[Good]:
    """Leave out 物资, 物品 … where the members of the list stand right before 等."""
    for good in goods:
        phrase = text[good.start : good.end]
        summing = good.bare and (is_summing(phrase) or _ends_summing(phrase))
        listed = _MEMBERS_BEFORE.search(text[max(0, good.start - 12) : good.start])
        told = _MEMBERS_BEHIND.match(text, good.end) and any(g.start > good.end for g in goods)
        if not (summing and (listed or told)):
            yield good


@cache
def _vague() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(words(read_toml("goods.toml")["vague"]["words"])) + ")$")


def _drop_vague(text: str, goods: Iterable[Good]) -> list[Good]:
    """Leave out 一份厚礼, 精神大餐 …: they stand for goods named elsewhere, or for none."""
    return [g for g in goods if not (_vague().search(text[g.start : g.end]) and g.value is None)]


def _ends_summing(phrase: str) -> bool:
    return any(phrase.endswith(word) for word in ("物资", "物品", "用品"))
