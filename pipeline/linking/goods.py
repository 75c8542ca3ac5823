"""Goods phrases and the figures bound to them.

A phrase ends in a head noun of `goods.toml`; a figure takes the phrase right behind or right before it,
and punctuation decides between the two (`图书2000册、杂志400本` against `2000册图书、400本杂志`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline import schema
from pipeline.linking.binding import (
    copies_of,
    counted_phrase,
    kind_behind,
    phrase_before,
    phrase_behind,
    summed_before,
    with_titles,
)
from pipeline.linking.continued import counts_again, goes_on, is_got, last_before
from pipeline.linking.dropping import given
from pipeline.linking.elided import counts_copies, elided_noun, fills
from pipeline.linking.members import find_listed, find_objects, untaken
from pipeline.linking.nouns import goes_to, unknown_noun, valued_noun, whole_noun
from pipeline.linking.phrases import (
    category_of,
    find_phrases,
    find_works,
    holds_books,
    is_aim,
    is_content,
    is_kept,
    is_taught,
    stands_alone,
)
from pipeline.linking.sharing import COPY_UNITS, listed_before, of_each, subjects_of_print, with_kin
from pipeline.linking.sizes import counts_building, is_carrier, is_size, measures_goods
from pipeline.linking.spans import Span, inside, overlaps
from pipeline.linking.worth import is_of_list, is_use, is_value
from pipeline.text import fold


@dataclass(frozen=True, slots=True)
class Good:
    """A goods phrase with its figure and value, if any.

    `value` is set where the value clearly belongs to this phrase alone (`价值3万元的电脑`).
    `bare` marks a phrase without a figure. `noun` is where their name stands, when only the figure is here.
    """

    start: int
    end: int
    category: str
    figure: schema.Quantity | None = None
    value: schema.Quantity | None = None
    bare: bool = False
    rule: str = ""
    noun: Span | None = None


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
        tagged: tuple[Span, ...] = (),
    ) -> tuple[Good, ...]:
        """Goods of one sentence in order of position."""
        tagged = tuple(span for span in tagged if first <= span[0] and span[1] <= last)
        inside_figures = [q for q in figures if first <= q.start and q.end <= last]
        walls = names + tuple((q.start, q.end) for q in inside_figures) + verbs
        works = tuple(find_works(text, first, last, inside_figures))
        known = {s for s in find_phrases(text, first, last, walls) if not inside(s, works)}.union(works)
        unknown = untaken(tagged, sorted(known), walls, inside_figures)
        phrases = sorted(known.union(unknown))
        counts = [
            q
            for q in inside_figures
            if q.kind == "count" or measures_goods(text, q, phrases) or counts_building(text, q)
        ]
        sums = [q for q in inside_figures if q.kind == "money" and q.number >= 1 and not is_use(text, q)]
        goods = self._counted(text, first, last, sorted(known), counts, walls, names, unknown)
        goods += self._sums(text, phrases, sums, goods, walls)
        goods += _uncounted(text, phrases, goods, tagged)
        goods += self._unlisted(text, first, last, goods, verbs, walls)
        return tuple(given(text, goods))

    def _unlisted(
        self,
        text: str,
        first: int,
        last: int,
        goods: Sequence[Good],
        verbs: tuple[Span, ...],
        walls: tuple[Span, ...],
    ) -> Iterator[Good]:
        """Goods that no lexicon knows, without a figure."""
        known = [(g.start, g.end) for g in goods]
        objects = find_objects(text, last, verbs, known, walls)
        for start, end in objects:
            yield Good(start, end, category_of(text[start:end]), bare=True, rule="object")
        for start, end in find_listed(text, first, last, [*known, *objects], walls):
            if not is_aim(text, start) and not is_content(text, start):
                yield Good(start, end, category_of(text[start:end]), bare=True, rule="listed")

    def _counted(
        self,
        text: str,
        first: int,
        last: int,
        phrases: list[Span],
        counts: list[schema.Quantity],
        walls: tuple[Span, ...],
        names: tuple[Span, ...],
        unknown: list[Span],
    ) -> list[Good]:
        goods: list[Good] = []
        free = list(phrases)
        for figure in counts:
            if _counts_none(text, figure, counts):
                continue
            whole = with_titles(text, figure, counts)
            span, rule = kind_behind(text, first, last, figure, free, walls), "counted"
            span = span or counted_phrase(text, whole, free) or counted_phrase(text, whole, unknown)
            if span and figure.unit == "笔" and category_of(text[span[0] : span[1]]) == "money":
                continue
            if span is None and goods and counts_again(text, figure, goods[-1]):
                goods[-1] = replace(goods[-1], figure=figure)
                continue
            if span is None and goods and goes_on(text, figure, goods[-1], names):
                goods.append(_chained(goods[-1], figure))
                continue
            if span is None and (
                any(end == figure.start for _, end in names) or is_got(text, figure) or goes_to(text, figure)
            ):
                span, rule = last_before(figure, phrases), "behind-name"
            if span is None:
                noun = unknown_noun(text, first, last, figure, walls)
                noun = None if noun and counts_copies(text, noun, figure) else noun
                span, rule = subjects_of_print(text, noun, figure, free), "unknown-noun"
            if span is None:
                noun = elided_noun(text, first, figure, phrases)
                _add_elided(text, goods, figure, noun and listed_before(text, noun, figure, free))
                continue
            goods += of_each(text, _counted_good(text, span, figure, free, rule))
        return goods

    def _sums(
        self,
        text: str,
        phrases: list[Span],
        sums: list[schema.Quantity],
        goods: list[Good],
        walls: tuple[Span, ...],
    ) -> list[Good]:
        found: list[Good] = []
        for figure in sums:
            if is_value(text, figure):
                self._value_of_next(text, figure, phrases, goods, found)
                found += _valued_unknown(text, figure, [*goods, *found], walls)
                continue
            span = phrase_behind(text, figure, phrases) or phrase_before(text, figure, phrases)
            span = span or summed_before(text, figure, phrases)
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
        span = phrase_behind(text, figure, phrases) if text[figure.end : figure.end + 1] == "的" else None
        span = span or next((s for s in phrases if s[0] == figure.end), None)
        span = span and whole_noun(text, span, len(text))
        if span is not None and is_of_list(text, span[1]):
            return
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
            if good.start == span[0] and span[1] <= good.end and good.value is None:
                goods[i] = replace(good, value=figure)
                return
        found.append(Good(*span, category, value=figure, rule="valued"))


def _valued_unknown(
    text: str, figure: schema.Quantity, goods: Sequence[Good], walls: tuple[Span, ...]
) -> Iterator[Good]:
    """价值3万元的监控探头: what no lexicon knows, with its worth."""
    noun = None if any(g.value is figure for g in goods) else valued_noun(text, figure, walls)
    if noun and not is_of_list(text, noun[1]) and not overlaps(noun, [(g.start, g.end) for g in goods]):
        yield Good(*noun, category_of(text[slice(*noun)]), value=figure, rule="valued")


def _counts_none(text: str, figure: schema.Quantity, counts: list[schema.Quantity]) -> bool:
    """一捆捆新书, 236种1120册, 二十多个品种, 10公斤装: figures that count no goods of their own."""
    if figure.unit and figure.number == 1 and text.startswith(figure.unit, figure.end):
        return True
    if copies_of(text, figure, counts) is not None or _OF_KINDS.match(text, figure.end):
        return True
    return is_size(text, figure, counts) or is_carrier(text, figure)


def _counted_good(text: str, span: Span, figure: schema.Quantity, free: list[Span], rule: str) -> Good:
    """A phrase with its figure and with what shares the figure; both are no longer free."""
    if span in free:
        free.remove(span)
    span = whole_noun(text, span, len(text)) if figure.end <= span[0] else span
    category = category_of(text[span[0] : span[1]])
    if figure.end <= span[0]:
        span = with_kin(text, span, figure, free)
    span = listed_before(text, span, figure, free)
    if (
        category != "book"
        and figure.unit
        and fold(figure.unit) in COPY_UNITS
        and holds_books(text[slice(*span)])
    ):
        category = "book"
    return Good(*span, category, figure, rule=rule)


def _chained(before: Good, figure: schema.Quantity) -> Good:
    """甲捐赠8台,乙捐赠1台: the goods before once more; where only figures stand, in a place of their own."""
    if before.rule == "elided":
        return replace(before, start=figure.start, end=figure.end, figure=figure)
    return replace(before, figure=figure, rule="chained")


def _add_elided(text: str, goods: list[Good], figure: schema.Quantity, noun: Span | None) -> None:
    """向两村各赠300册: copies whose noun stands elsewhere are goods where their figure stands."""
    if noun is None:
        return
    if goods and fills(text, figure, noun, goods[-1].figure, (goods[-1].start, goods[-1].end)):
        goods[-1] = replace(goods[-1], figure=figure)
        return
    category = category_of(text[slice(*noun)])
    goods.append(Good(figure.start, figure.end, category, figure, rule="elided", noun=noun))


_OF_KINDS = re.compile(r"[\u4e00-\u9fff]{0,4}?(?:品种|种类|门类)")


def _uncounted(
    text: str, phrases: Sequence[Span], goods: Sequence[Good], tagged: Sequence[Span]
) -> list[Good]:
    """Phrases without a figure that stand where goods can stand."""
    return [
        Good(start, end, category_of(text[start:end]), bare=True, rule="bare")
        for start, end in phrases
        if (any(end == last for _, last in tagged) or _can_be_given(text, start, end))
        and not any(g.start < end and start < g.end for g in goods)
        and not any(g.end <= start and text[g.start : g.end] == text[start:end] for g in goods)
        and not any(g.noun and inside((start, end), (g.noun,)) for g in goods)
    ]


def _can_be_given(text: str, start: int, end: int) -> bool:
    told = is_aim(text, start) or is_content(text, start) or is_taught(text, end)
    return not told and not is_kept(text, start) and stands_alone(text, start, end)
