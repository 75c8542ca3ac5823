"""县图书馆 with no fuller name in the report: the county, town or village that goes before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline import schema
from pipeline.lexicons import read_toml, words
from pipeline.linking.spans import alternation
from pipeline.places.gazetteer import FULL, Gazetteer
from pipeline.text import fold

_LEVEL_NAME = {
    "县": re.compile(r"[\u4e00-\u9fff]{1,7}?(?<!自治)(?:自治县|县)"),
    "市": re.compile(r"[\u4e00-\u9fff]{2,5}?市"),
    "区": re.compile(r"[\u4e00-\u9fff]{2,5}?(?<!社|地|小|灾|山|城|老|辖|园|校|库|景|林|牧|片|厂|矿|院|营)区"),
    "省": re.compile(r"[\u4e00-\u9fff]{2,3}?省"),
    "州": re.compile(r"[\u4e00-\u9fff]{2,10}?州"),
    "旗": re.compile(r"[\u4e00-\u9fff]{2,6}?旗"),
    "镇": re.compile(r"[\u4e00-\u9fff]{2,5}?镇"),
    "乡": re.compile(r"[\u4e00-\u9fff]{2,6}?乡"),
    "村": re.compile(r"[\u4e00-\u9fff]{2,5}?村"),
}


_ABOVE = re.compile(
    r"^.+[省市县区州盟旗镇乡](?=[\u4e00-\u9fff]{2,})|^[省市县区州盟旗](?=[\u4e00-\u9fff]{2,})"
)

# Counties whose own name begins with the word of a level: 镇巴县图书馆 is no library of a town.
_OWN_COUNTY = re.compile(
    r"镇(?:海区|江市|赉县|平县|坪县|巴县|安县|原县|雄县|远县|宁县|康县|沅县|宁布依)|乡(?:宁县|城县)|市(?:中区|南区|北区)"
)


_VILLAGE_BODIES = ("农家书屋", "村委会", "村委", "图书室", "党支部", "文化室", "文化服务中心", "小学")

# 农家书屋 where one village is named is that village's.
_OF_VILLAGES = ("农家书屋",)


def add_places(
    report: schema.Report, named: Sequence[schema.Mention], table: dict[tuple[int, int], tuple[str, ...]]
) -> None:
    """县图书馆 with no fuller name in the report: put the one county that the report names before it."""
    for mention in named:
        span = (mention.start, mention.end)
        if mention.label != "ORG" or table[span] != (mention.surface,):
            continue
        level = mention.surface[0]
        if mention.surface in _VILLAGE_BODIES and report.text[max(0, mention.start - 2) : mention.start] in (
            "该村",
            "本村",
            "全村",
        ):
            place = _nearest(named, "村", mention.start)
            table[span] = (place + mention.surface,) if place else (mention.surface,)
        elif mention.surface in _OF_VILLAGES:
            villages = {p for m in named if m.label == "LOC" and (p := _place_in(fold(m.surface), "村"))}
            table[span] = (f"{villages.pop()}{mention.surface}",) if len(villages) == 1 else table[span]
        elif _OWN_COUNTY.match(mention.surface):
            continue
        elif level in _LEVEL_NAME and len(mention.surface) > 2:
            place = _only(report, named, level, mention.start)
            own = mention.surface if mention.surface.startswith("村委") else mention.surface[1:]
            if place:
                table[span] = (place + own,)
    _carry_on(named, table)


def _carry_on(named: Sequence[schema.Mention], table: dict[tuple[int, int], tuple[str, ...]]) -> None:
    """书店 for 县新华书店, which is 青溪县新华书店 by now: short names follow the one they stand for."""
    placed: dict[str, set[tuple[str, ...]]] = {}
    for mention in named:
        placed.setdefault(mention.surface, set()).add(table[mention.start, mention.end])
    for mention in named:
        span = (mention.start, mention.end)
        fuller = placed.get(table[span][0], set()) if len(table[span]) == 1 else set()
        if len(fuller) == 1:
            table[span] = next(iter(fuller))


def _only(report: schema.Report, named: Sequence[schema.Mention], level: str, before: int) -> str | None:
    """The place of a level that the report's names hold: the only one, of towns and villages the nearest."""
    if level in "镇乡村":
        return _nearest(named, level, before)
    told = [(m.start if m.label == "LOC" else -1, m.surface) for m in named if m.label in ("ORG", "LOC")]
    told.append((-1, report.source or ""))
    pool = [(start, place) for start, name in told if (place := _place_in(fold(name), level))]
    found = {place for _, place in pool}
    if len(found) == 1 and min(start for start, _ in pool) < before:
        return found.pop()
    return _of_medium(report, level) or (found.pop() if len(found) == 1 else None)


@cache
def _medium(county: bool) -> re.Pattern[str]:
    lexicon = read_toml("short_names.toml")["media"]
    tails = alternation(
        words(lexicon["county"]) if county else words(lexicon["county"] + " " + lexicon["tails"])
    )
    leads, stem = alternation(words(lexicon["leads"])).pattern, r"[\u4e00-\u9fff]{2,4}?"
    return re.compile(rf"(?:{leads})(?P<called>{stem})$|(?P<stem>{stem})(?:{tails.pattern})")


def _of_medium(report: schema.Report, level: str) -> str | None:
    """周口市 for 周口日报, where no institution and no place before a short name tells whose it is."""
    medium = _medium(level in "县区").match(fold(report.source or "")) if level in "省市县区" else None
    place = f"{medium['called'] or medium['stem']}{level}" if medium else ""
    return place if place and any(r.form == FULL for r in Gazetteer.load().readings(place)) else None


def own_place(report: schema.Report, level: str) -> str | None:
    """我县: the county that the source line names, 青溪县 in 青溪县人民政府 and 青溪融媒."""
    return _place_in(fold(report.source or ""), level) or _of_medium(report, level)


def own_house(report: schema.Report, tails: tuple[str, ...]) -> str | None:
    """我校: the source whose name ends so, or whose office the source is: 云岭大学新闻网.

    Args:
        report: the report.
        tails: how the names end that the word may stand for.
    """
    source = report.source or ""
    if not tails or source.endswith(tails):
        return source if tails and source else None
    office = _office().search(source)
    house = source[: office.start()] if office else ""
    return house if len(house) > 3 and house.endswith(tails) else None


@cache
def _office() -> re.Pattern[str]:
    return re.compile(f"(?:{alternation(words(read_toml('short_names.toml')['offices']['of'])).pattern})$")


def _nearest(named: Sequence[schema.Mention], level: str, before: int) -> str | None:
    found = [
        p
        for m in named
        if m.start < before and m.label in ("ORG", "LOC") and (p := _place_in(fold(m.surface), level))
    ]
    return found[-1] if found else None


@cache
def _branches() -> re.Pattern[str]:
    """共青团 in 共青团云岭省委: whose branch a name is, before its place."""
    known = alternation(words(read_toml("short_names.toml")["branches"]["of"]))
    return re.compile(f"^(?:{known.pattern})")


def _place_in(name: str, level: str) -> str | None:
    """The part of a name that is a place of a level: 青溪县 in 云岭省青溪县图书馆."""
    for match in _LEVEL_NAME[level].finditer(_branches().sub("", name)):
        place = _ABOVE.sub("", match[0])
        if len(place) > 1 and place[0] not in "省市县区州该本我各全两三四五六七八九十几多":
            return place
    return None
