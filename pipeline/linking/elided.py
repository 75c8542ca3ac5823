"""Goods counted without a noun: what was told before says which, of copies their unit that they are books.

购置了一批新书,送给两村各300册: the figure stands with the verb that gives, its noun in another clause.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline import schema
from pipeline.lexicons import read_toml, words
from pipeline.linking.phrases import PRINT, category_of, find_phrases, head_of
from pipeline.linking.spans import Span, alternation
from pipeline.text import fold

_UNITS = ("册", "本", "卷")
# So far back the noun is looked for.
_BACK = 400


def elided_noun(text: str, first: int, figure: schema.Quantity, phrases: Sequence[Span]) -> Span | None:
    """The printed matter that a figure of copies counts, told behind 是 or anywhere before it.

    Args:
        text: the folded text.
        first: where the figure's sentence begins.
        figure: a figure beside which no goods stand.
        phrases: the goods phrases of the sentence.
    """
    if figure.unit and fold(figure.unit) not in _UNITS:
        return _of_unit(text, figure)
    if figure.unit is None or figure.number < 2 or not _moves(text, first, figure):
        return None
    behind = [s for s in phrases if s[0] >= figure.end and _IS.fullmatch(text, figure.end, s[0])]
    before = [s for s in phrases if s[1] <= figure.start]
    earlier = find_phrases(text, max(0, first - _BACK), first, ())
    told = [*_printed(text, behind[:1]), *_printed(text, before)[-1:]]
    return next(iter(told), None) or _told_before(text, _printed(text, earlier))


_VERB = re.compile(r"[借写出了满过到达凑堆配分印]|只有|还有")


def counts_copies(text: str, noun: Span, figure: schema.Quantity) -> bool:
    """当天借出85册, 大家凑了60册: what stands before a figure of copies says what was done."""
    before = fold(figure.unit or "") in _UNITS and noun[1] <= figure.start
    return before and _VERB.search(text, *noun) is not None


_HELD = ("部", "套", "函", "摞", "批", "捆", "箱", "包")
_IN_ALL = re.compile(r",?(?:[总共合]?共?计|总共|一共|共|线装|足足)*")


def fills(text: str, figure: schema.Quantity, noun: Span, before: schema.Quantity | None, span: Span) -> bool:
    """一摞字典,46本: whether copies only say how many a set or a pile told before has."""
    if before is None or before.number != 1 or before.unit not in _HELD or span != noun:
        return False
    gap = text[max(before.end, span[1]) : figure.start]
    return "," in gap and _IN_ALL.fullmatch(gap[gap.rindex(",") :]) is not None


_IS = re.compile(r",?(?:全部?|都|均|皆|多|大多|则|主要)*(?:是|为)(?:[^,。;!?]{0,16}的)?")
_KEPT = re.compile(
    r"(?:[原现已仅只拥藏存](?:有|存|藏)|馆藏|藏书|达到|增[至加]到?|借[出走阅还]?|外借|还回?|读[完了过]|看[完了过]|翻[完了过]"
    r"|写[完了过]?|出版|著有|编[写著]|印[了制]|卖[出了]|丢[了失]?|换走|流转|轮换|通借|每年|平均)[^,。;!?]{0,6}$"
)
_GOES_ROUND = re.compile(r"[^,。;!?]{0,8}(?:通借|归(?:县|市|总)馆|流通图书|供[^,。;]{0,6}(?:借阅|翻阅|阅览))")


# 其中甲院捐1600本,乙院717本: who gave how much of a collection told before.
_EACH_GAVE = re.compile(r"其中[^。;!?]{0,30}[捐赠]")


def _moves(text: str, first: int, figure: schema.Quantity) -> bool:
    """Whether nothing beside the figure says that the copies stay: 原有200册, 借出85册."""
    if _EACH_GAVE.match(text, first, figure.start):
        return False
    head = text[max(first, figure.start - 12) : figure.start]
    return not (_KEPT.search(head) or _NAMED_BY_VERB.search(head) or _GOES_ROUND.match(text, figure.end))


# 捐书500册: the verb names them itself.
_NAMED_BY_VERB = re.compile(r"[捐赠送]书(?:了|,?(?:总共|共计?|累计|合计|总计)|达|近|约|逾|超)*$")


def _printed(text: str, phrases: Sequence[Span]) -> list[Span]:
    return [span for span in phrases if category_of(text[slice(*span)]) in PRINT]


def _told_before(text: str, phrases: Sequence[Span]) -> Span | None:
    """The last books of earlier sentences, else the last printed matter; the noun alone."""
    nouns = [(end - len(head_of(text[start:end])), end) for start, end in phrases]
    books = [s for s in nouns if s[1] - s[0] > 1 and category_of(text[slice(*s)]) == "book"]
    return next(iter(books[-1:] or nouns[-1:]), None)


@cache
def _given() -> re.Pattern[str]:
    """捐赠8台, 刚给职工发过8400多只: a verb of giving right before a figure."""
    verbs = alternation(words(read_toml("triggers.toml")["give"]["verbs"])).pattern
    return re.compile(rf"(?:{verbs})[了过出]?(?:近|约|共|逾|超)?$")


_NUMBER = "(?:[0-9.,]|[〇零一二两三四五六七八九十百千万几数]){1,12}(?:余|多)?"


def _of_unit(text: str, figure: schema.Quantity) -> Span | None:
    """救护车共9台,其中甲公司捐赠8台: the goods told before in the unit of a figure without any."""
    alone = re.match(r"[,。;!?()]|$", text[figure.end : figure.end + 1])
    if not alone or not _given().search(text[max(0, figure.start - 10) : figure.start]):
        return None
    first = max(0, figure.start - _BACK)
    unit = re.escape(figure.unit or "")
    behind = re.compile(f"[^,。;!?0-9]{{0,4}}{_NUMBER}{unit}")
    before = re.compile(f"{_NUMBER}{unit}[^,。;!?0-9]{{0,6}}$")
    told = find_phrases(text, first, figure.start, ())
    counted = (
        s for s in reversed(told) if behind.match(text, s[1]) or before.search(text[max(0, s[0] - 24) : s[0]])
    )
    return next(counted, None)
