"""Goods that no lexicon knows: members of a list of goods, and what a verb of sending has for an object."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from pipeline import schema
from pipeline.lexicons import read_toml, words
from pipeline.linking.phrases import LEADS, STOP, category_of
from pipeline.linking.spans import Span, overlaps

_MEMBER_BEHIND = re.compile(
    r"(?:、|和|与|及|以及|还有)([\u4e00-\u9fffA-Za-z0-9-]{2,10}?)"
    r"(?=等|和|与|及|以及|[、,。;:!?“”\"()\n]|$)"
)


def find_listed(
    text: str, first: int, last: int, known: Iterable[Span], walls: Iterable[Span]
) -> tuple[Span, ...]:
    """Members of a list that no lexicon knows, beside goods that one does: 大鼓 in 图书、音响、书架、大鼓.

    Example:
        >>> text = "图书、音响、书架、大鼓等"
        >>> [text[s:e] for s, e in find_listed(text, 0, len(text), [(0, 2), (3, 5), (6, 8)], [])]
        ['大鼓']
    """
    spans, barred = sorted(known), [*walls]
    found: list[Span] = []
    queue = [span for span in spans if not _of_sort(text, span)]
    while queue:
        start, end = queue.pop(0)
        subjects = category_of(text[start:end]) in ("book", "periodical")
        before = _member_before(text, first, start)
        if before and subjects and category_of(text[before[0] : before[1]]) == "other":
            before = None
        for member in (before, _member_behind(text, end, last)):
            taken = spans + found + barred
            clear = member and not any(a < member[1] and member[0] < b for a, b in taken)
            if member and clear and not _is_subject(text, member, spans):
                found.append(member)
                queue.append(member)
    return tuple(sorted(found))


_SORT = re.compile(r"[\u4e00-\u9fff]{2,8}类[\u4e00-\u9fff]{1,4}|[\u4e00-\u9fff]{2,6}药")


def _of_sort(text: str, span: Span) -> bool:
    """痢疾、感冒类药品, 消炎、跌打损伤药: goods whose sort takes up a list."""
    return _SORT.fullmatch(text, *span) is not None and text[span[0] - 1 : span[0]] == "、"


def _member_before(text: str, first: int, start: int) -> Span | None:
    match = re.search(r"(?:、|和|与|及|以及|还有)$", text[first:start])
    if not match:
        return None
    end = first + match.start()
    stretch = text[max(first, end - 10) : end]
    stops = list(STOP.finditer(stretch))
    begin = end - len(stretch) + (stops[-1].end() if stops else 0)
    return None if text[:begin].endswith("等") else _member(text, begin, end)


def _member_behind(text: str, end: int, last: int) -> Span | None:
    match = _MEMBER_BEHIND.match(text, end, last)
    return _member(text, *match.span(1)) if match else None


def _is_subject(text: str, span: Span, known: Iterable[Span]) -> bool:
    """农技、养生等图书: what printed matter later in the clause is about."""
    behind = [k for k in known if k[0] >= span[1] and not re.search(r"[,。;:]", text[span[1] : k[0]])]
    printed = (k for k in behind if category_of(text[slice(*k)]) in ("book", "periodical", "digital"))
    return any(not _is_own_member(text, k) for k in printed)


_LINK_BEFORE = re.compile(r"(?:[、和与及]|以及)$")
_GOES_ON = re.compile(
    r"等(?:物资|物品|用品|设备|礼物|礼品|捐赠物|爱心|生活|学习|慰问)|[、和与及](?=[\u4e00-\u9fff]{2})"
)


def _is_own_member(text: str, span: Span) -> bool:
    """送来衣架、图书等物资: printed matter that is one of a list of other goods."""
    plain = text[slice(*span)] in ("图书", "书籍", "书刊", "书", "光盘", "报刊", "杂志", "期刊")
    return plain and bool(_LINK_BEFORE.search(text[: span[0]][-2:]) and _GOES_ON.match(text, span[1]))


_SUBJECT_END = re.compile(r"类|等(?:方面|类|领域|内容|多)|方面|知识")


def _member(text: str, start: int, end: int) -> Span | None:
    """A stretch that can be goods: a noun of two to eight characters without a verb of giving in it."""
    lead = LEADS.match(text[start:end])
    start += lead.end() if lead else 0
    word = text[start:end]
    fits = 2 <= len(word) <= 8 and re.fullmatch(r"[\u4e00-\u9fffA-Za-z0-9-]+", word)
    barred = (
        STOP.search(word)
        or re.match(r"[0-9]|帮助|支持|用于", word)
        or word in _purposes()
        or re.match(r"类|等(?:方面|类|领域|内容|多)|方面|知识", text[end:])
    )
    return (start, end) if fits and not barred else None


_OBJECT = re.compile(
    r"了?(?:一批|若干|崭新的?|全新的?|新的?)?([\u4e00-\u9fff]{2,8}?)(?=等|[、,。;!]|和|及|以及)"
)


def find_objects(
    text: str, last: int, verbs: Iterable[Span], known: Iterable[Span], walls: Iterable[Span]
) -> tuple[Span, ...]:
    """Nouns that no lexicon knows right behind a verb of sending: 送来崭新园服.

    Example:
        >>> text = "为64名孩子送来崭新园服。"
        >>> [text[s:e] for s, e in find_objects(text, len(text), [(6, 8)], [], [])]
        ['园服']
    """
    known = list(known)
    taken, found = [*known, *walls], []
    for start, end in verbs:
        match = _OBJECT.match(text, end, last) if text[start:end] in _sending() else None
        span = _member(text, *match.span(1)) if match else None
        if span is None or _abstract().search(text[span[0] : span[1]]) or _is_subject(text, span, known):
            continue
        if any(k[0] == span[1] + 1 and _of_sort(text, k) for k in known):
            continue
        if not any(a < span[1] and span[0] < b for a, b in taken):
            found.append(span)
    return tuple(found)


@cache
def _purposes() -> frozenset[str]:
    """抗洪、防疫物资: what goods are for."""
    return frozenset(words(read_toml("goods.toml")["purposes"]["words"]))


@cache
def _sending() -> frozenset[str]:
    return frozenset(words(read_toml("goods.toml")["objects"]["verbs"]))


@cache
def _abstract() -> re.Pattern[str]:
    lexicon = read_toml("goods.toml")
    people = words(read_toml("particles.toml")["crowds"]["people"])
    nouns = [*words(lexicon["objects"]["none"]), *words(lexicon["vague"]["words"])]
    return re.compile("|".join(map(str, sorted([*nouns, *(f"{word}$" for word in people)]))))


def untaken(
    tagged: Iterable[Span],
    known: Sequence[Span],
    walls: Iterable[Span],
    figures: Iterable[schema.Quantity],
) -> list[Span]:
    """Tagged goods that overlap neither a phrase nor a wall, nor only announce others: 急需物品260瓶净水."""
    taken = [*known, *walls]
    begun = {start for start, _ in known}
    announced = {figure.start for figure in figures if figure.end in begun}
    return [span for span in tagged if span[1] not in announced and not overlaps(span, taken)]
