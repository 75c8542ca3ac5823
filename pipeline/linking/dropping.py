"""Goods phrases that are no gift of their own: wholes of lists, contents, lent stock, figures of speech."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.lexicons import read_toml, words
from pipeline.linking.phrases import PRINT, is_summing

if TYPE_CHECKING:
    from pipeline.linking.goods import Good


def given(text: str, goods: Sequence[Good]) -> Iterator[Good]:
    """The goods of a sentence that are given, in order of position."""
    named = _drop_vague(text, _drop_summing(text, _as_kinds(text, _as_both(text, goods))))
    told = _drop_examples(text, _drop_contents(text, sorted(named, key=_place)))
    whole = (good for good in told if not _in_each(text, good) and not _held(text, good))
    yield from _drop_wholes(text, list(whole))


def _as_both(text: str, goods: Sequence[Good]) -> list[Good]:
    """物资、善款10多万元, 资金和物资总价值20万元: money and goods under one sum are one item."""
    ordered = sorted(goods, key=_place)
    for first, second in pairwise(ordered):
        one, two = (text[g.start : g.end] for g in (first, second))
        kinds = {first.category == "money", second.category == "money"}
        summed = ends_summing(two if first.category == "money" else one)
        worth = second.value
        told = first.bare and second.figure is None and text[first.end : second.start] in _PAIRED
        if worth is None or not (told and summed and len(kinds) > 1):
            continue
        if worth.role == "part" or re.match(r"[,，(]其中", text[worth.end :]):
            continue
        whole = replace(second, start=first.start, category="other", rule="both")
        return _as_both(text, [*(g for g in ordered if g not in (first, second)), whole])
    return ordered


_PAIRED = ("、", "和", "与", "及", "以及")
_OF_WHICH = re.compile(r"[中里]面?,")


def _drop_wholes(text: str, goods: Sequence[Good]) -> Iterator[Good]:
    """9000册图书中,甲捐来5000册: a whole of which what is given follows."""
    for number, good in enumerate(goods):
        figure = good.figure
        whole = figure is not None and _OF_WHICH.match(text, max(good.end, figure.end))
        parts = (g.figure for g in goods[number + 1 :] if g.figure is not None)
        if not whole or not any(figure and p.unit == figure.unit and p.number < figure.number for p in parts):
            yield good


_MEMBERS_BEHIND = re.compile(
    r"(?:一批|若干)?[,:(]?(?:其中)?(?:包括|包含|含有|含|计有|分别为|分别是)|,其中|[”\"」]?:"
)
_MEMBERS_BEFORE = re.compile(r"等(?:(?![捐赠送发献])[\u4e00-\u9fff]){0,10}$")


_JOINED = re.compile(r"[、和与及]|以及")
_KIND_BEHIND = re.compile(r"(?:[、和与及][^,。;、和与及]{2,8}){0,3}等(?:各[类种]|一批|一系列|多种|若干)?")


def _as_kinds(text: str, goods: Sequence[Good]) -> list[Good]:
    """法律、科技等图书, 篮球、跳绳等体育器材: a list closed by the name of its kind is one item."""
    ordered = sorted(goods, key=_place)
    for number, good in enumerate(ordered):
        if good.figure is not None or text[good.start : good.end] not in _kinds():
            continue
        members: list[Good] = []
        for other in reversed(ordered[:number]):
            nearer = members[-1].start if members else good.start
            link = _JOINED if members else _KIND_BEHIND
            if not (
                other.bare and other.category == good.category and link.fullmatch(text[other.end : nearer])
            ):
                break
            members.append(other)
        if members:
            whole = replace(good, start=members[-1].start, rule="kind")
            return _as_kinds(text, [*(g for g in ordered if g is not good and g not in members), whole])
    return ordered


@cache
def _kinds() -> frozenset[str]:
    return frozenset(words(read_toml("goods.toml")["kinds"]["words"]))


def _drop_summing(text: str, goods: Sequence[Good]) -> Iterator[Good]:
    """Leave out 物资, 物品 … where the members of the list stand right before 等."""
    for good in goods:
        phrase = text[good.start : good.end]
        summing = good.figure is None and (is_summing(phrase) or ends_summing(phrase))
        listed = _MEMBERS_BEFORE.search(text[max(0, good.start - 12) : good.start])
        told = _MEMBERS_BEHIND.match(text, good.end) and any(g.start > good.end for g in goods)
        named = summing and ((listed and good.bare) or told or _behind_figure(text, good, goods))
        if not named and not _sums_list(text, good, goods):
            yield good


_ADDS = re.compile(r"[和与及、,;。]|以及|另|还")


def _behind_figure(text: str, good: Good, goods: Sequence[Good]) -> bool:
    """会议桌、书柜等30多件(套)办公用品: the kind of what was listed, right behind the figure of the list."""
    return good.bare and any(
        g.figure is not None
        and g.end <= g.figure.start
        and 0 <= good.start - g.figure.end <= 3
        and not _ADDS.match(text, g.figure.end)
        for g in goods
    )


_WORTH_OF_LIST = re.compile(r"等(?:共计|合计|总计|共|总)?(?:价值|折合|折价)$")


def _sums_list(text: str, good: Good, goods: Sequence[Good]) -> bool:
    """大米、食用油等价值18万元的爱心物资: the members are the goods, the value is theirs together."""
    if good.value is None or good.value.end > good.start or not ends_summing(text[good.start : good.end]):
        return False
    listed = any(g.end <= good.value.start and g.bare for g in goods)
    return listed and bool(_WORTH_OF_LIST.search(text[: good.value.start][-8:]))


def _place(good: Good) -> tuple[int, int]:
    return good.start, good.end


_HOLDS = re.compile(
    r"[^,。;:]{0,6}?[”\"」]?[,:(](?:[箱包袋书里内面中其]{0,3})(?:有|装有|装着|包括|包含|内含|含|涵盖|涉及|既有)[^。;]{0,80}$"
)


def _drop_contents(text: str, goods: list[Good]) -> Iterator[Good]:
    """60只家庭箱,箱内有毛巾、手电; 1500册图书,有科普读物: what counted goods hold or consist of."""
    for number, good in enumerate(goods):
        lead = next((g for g in reversed(goods[:number]) if g.figure is not None), None)
        inner = good.bare and lead is not None and not ends_summing(text[lead.start : lead.end])
        end = max(lead.end, lead.figure.end) if lead and lead.figure else 0
        if not (inner and end and _HOLDS.match(text, end, good.start)) and not _covered(text, good, goods):
            yield good


_COVER = re.compile(r"(?:的)?(?:主要)?(?:是|有|为|包括|包含|涵盖|涉及)|\([^()0-9]*\)")


def _covered(text: str, good: Good, goods: Sequence[Good]) -> bool:
    """书籍主要是散文集甲等,近700部, 一个装有毛巾的礼包: what stands between goods and their figure."""
    within = good.bare and any(
        other.figure is not None and other.figure.end <= good.start and good.end < other.start
        for other in goods
    )
    return within or (
        good.bare
        and any(
            other.figure is not None
            and other.end <= good.start
            and good.end <= other.figure.start
            and _COVER.match(text, other.end)
            for other in goods
        )
    )


_EXAMPLE = re.compile(
    r"》?(?:、[^,。;:!?]{1,9}){0,12}(?:等(?:方面|领域)?的?|之类的?)(?:各类|各种|多种|众多)?"
)


_SUBJECTS = re.compile(r"(?:、[^,。;:!?0-9]{1,9}){0,12}等?(?:方面|领域)的?(?:各类|各种|多种|众多)?")


_SORT = re.compile(r"[\u4e00-\u9fff]{2,8}类")
_ON_TO = re.compile(r"(?:、[^,。;:!?0-9、]{1,9}){0,12}、")


def _is_subject_of(text: str, good: Good, other: Good) -> bool:
    """养羊方面的书90册, 民族服饰、电商营销类图书90册: what printed matter is about."""
    if _SUBJECTS.fullmatch(text, good.end, other.start):
        return True
    sorted_by = good.category not in PRINT and _SORT.match(text[other.start : other.end])
    return bool(sorted_by and _ON_TO.fullmatch(text, good.end, other.start))


def _drop_examples(text: str, goods: Iterable[Good]) -> Iterator[Good]:
    """《农村天地》等期刊120册, 铜镜等7件铜器, 养羊方面的书90册: what only says of what kind goods are."""
    told = list(goods)
    counted = [good for good in told if good.figure is not None and good.category in PRINT]
    kinds = [good.figure.start for good in told if good.figure is not None and good.start >= good.figure.end]
    for good in told:
        places = [*kinds, *(other.start for other in counted if good.category in PRINT)]
        example = any(_EXAMPLE.fullmatch(text, good.end, place) for place in places)
        subject = any(_is_subject_of(text, good, other) for other in counted)
        if not (good.bare and (example or subject)):
            yield good


_HOLDS_NOW = re.compile(
    r"(?:目前|现在|如今)[^,。;]{0,10},?[^,。;]{0,12}(?:共有|现有|拥有|藏有|存有|[里内中]有)(?:[^,。;]{0,24}的)?$"
)
_MOVES = re.compile(r"[^,。;]{0,24}[送捐赠运发]")
# 带来展示的图书有900册, 这套书共800册: what is only shown, and how many volumes a set has.
_SHOWN = re.compile(r"(?:展示|展出|参展|陈列)的[^,。;]{0,6}$")
_OF_SET = re.compile(r"(?:这|该|此|全|整)(?:一)?(?:套|部)(?:丛|套)?书?$")


def _held(text: str, good: Good) -> bool:
    """目前,书屋共有书籍8600余册: what somebody has, though nobody gives it."""
    if good.figure is None:
        return False
    if _SHOWN.search(text[max(0, good.start - 12) : good.start]):
        return True
    if good.figure.start > good.start and _OF_SET.search(text[max(0, good.start - 3) : good.end]):
        return True
    if _MOVES.match(text, max(good.end, good.figure.end)):
        return False
    return bool(_HOLDS_NOW.search(text[max(0, good.start - 48) : good.start]))


_EACH = re.compile(
    r"\((?:其中)?(?:每[\u4e00-\u9fff]{1,4}|内)(?:配备|配有|配|含|有|装|包括|包含)[^()]{1,60}\)"
)


def _in_each(text: str, good: Good) -> bool:
    """600个书包(每个书包配有8本书、一套文具): what each of the counted goods holds."""
    first = text.rfind("(", max(0, good.start - 60), good.start)
    match = _EACH.match(text, first) if first >= 0 else None
    return match is not None and good.end < match.end()


@cache
def _vague() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(words(read_toml("goods.toml")["vague"]["words"])) + ")$")


def _drop_vague(text: str, named: Iterable[Good]) -> list[Good]:
    """Leave out 一份厚礼, 精神大餐 …: they stand for goods named elsewhere, or for none."""
    goods = list(named)
    return [
        g
        for g in goods
        if not (
            _vague().search(text[g.start : g.end])
            and g.value is None
            and not _names_members(text, g)
            and not _is_listed(text, g, goods)
        )
        and not _lent().match(text, g.start, g.end)
    ]


def _is_listed(text: str, good: Good, goods: Iterable[Good]) -> bool:
    """送去爱心礼物和红包: presents that are told as one of several goods."""
    if not text[good.start : good.end].endswith(_PRESENTS):
        return False
    return any(
        text[min(g.end, good.end) : max(g.start, good.start)] in _BESIDE for g in goods if g is not good
    )


_PRESENTS = ("礼物", "礼品")
_BESIDE = ("和", "与", "及", "以及", "、")


def _names_members(text: str, good: Good) -> bool:
    """自行车、书包等礼物46件: a list that only ends in such a word."""
    return good.figure is not None and "等" in text[good.start : good.end]


@cache
def _lent() -> re.Pattern[str]:
    """流通图书: stock that is lent round, no gift."""
    lent = "|".join(words(read_toml("goods.toml")["lent"]["words"]))
    return re.compile(f"配?(?:{lent})(?![车馆箱站柜屋点])")


def ends_summing(phrase: str) -> bool:
    """Whether a goods phrase is a word for the whole of a list: 救灾物资."""
    return any(phrase.endswith(word) for word in ("物资", "物品", "用品", "用具", "设备", "器材"))
