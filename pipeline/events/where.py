"""Where the goods went: through the recipients, else the places near the act, else the donor's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline import schema
from pipeline.events.proto import Named, Proto
from pipeline.lexicons import read_toml, words
from pipeline.places import PlaceContext, PlaceResolver, PlacesParams
from pipeline.text import fold


class Where:
    """Finds the place of an event in its report's context."""

    def __init__(self, params: PlacesParams) -> None:
        self._resolver = PlaceResolver(params)

    def __call__(
        self, report: schema.Report, mentions: Sequence[schema.Mention], proto: Proto
    ) -> tuple[schema.Place | None, tuple[int, int] | None]:
        """The place, and the span of the words that name it (None when only context gives it)."""
        if _anywhere(proto):
            return None, _span(report, proto)
        context = _context(report, mentions, proto)
        named = [p for p in proto.recipients if p.rule != "group" or _EXTENT.match(p.name)]
        found = [self._of_party(report, mentions, party, context) for party in named]
        places = _stated([place for place in found if place is not None])
        span = _span(report, proto)
        if places:
            return self._resolver.common(places), span
        told = [m for m in mentions if not _is_origin(report.text, m)]
        for struck in _struck(report.text, told) if _for_relief(proto) else ():
            place = self._resolver.resolve(struck.surface, context).place
            if place is not None:
                return place, span or (struck.start, struck.end)
        for place, at in self._told(report, told, proto, context):
            return place, span or at
        if any(_is_national(party.name) for party in proto.recipients):
            return None, span
        givers = (self._resolver.resolve(donor.name, context).place for donor in proto.donors)
        return next((place for place in givers if place is not None), None), span

    def _told(
        self,
        report: schema.Report,
        mentions: Sequence[schema.Mention],
        proto: Proto,
        context: PlaceContext,
    ) -> Iterator[tuple[schema.Place | None, tuple[int, int] | None]]:
        """Places for a group: those of its sentences, the county that the report plays in, those before."""
        near = _near(mentions, proto)
        for mention in near:
            run = _run(report.text, near, mention)
            found = [self._resolver.resolve(one.surface, context).place for one in run]
            places = [place for place in found if place is not None]
            if places:
                yield self._resolver.common(places), (run[0].start, run[-1].end)
        for party in proto.recipients if proto.scope == "single" else ():
            place = self._resolver.resolve(party.name, context).place
            if place is not None and place.county:
                yield place, None
        for donor in proto.donors if _at_home(proto) else ():
            place = self._resolver.resolve(donor.name, context).place
            if place is not None and place.score > _FALLBACK and not _ANYWHERE.search(donor.name):
                yield place, None
        for mention in _before(mentions, proto) if proto.recipients else ():
            place = self._resolver.resolve(mention.surface, context).place
            if place is not None:
                yield place, (mention.start, mention.end)

    def _of_party(
        self, report: schema.Report, mentions: Sequence[schema.Mention], party: Named, context: PlaceContext
    ) -> schema.Place | None:
        """The place in a recipient's name; where only the report gives a coarse one, that told before it.

        A person's name holds no place (小海 is no 小海镇).
        """
        person = any(m.label == "PER" and m.surface == party.name for m in mentions)
        place = self._resolver.resolve(_SOMEBODY if person else party.name, context).place
        if place is None or place.county or place.score > _FALLBACK:
            return place
        for told in _right_before(report.text, mentions, party.name):
            near = self._resolver.resolve(told.surface, context).place
            if near is not None and near.county and near.code.startswith(place.code.rstrip("0")):
                return near
        return place


_SOMEBODY = "他"
# What the report as a whole gives for a name without a place scores no more than this.
_FALLBACK = 0.5


def _stated(places: list[schema.Place]) -> list[schema.Place]:
    """送到永定区石桥村和希望小学: what only the report gives, in another city, yields to the place told."""
    cities = {place.code[:4] for place in places if place.score > _FALLBACK and place.county}
    return [p for p in places if p.score > _FALLBACK or not cities or p.code[:4] in cities]


def _right_before(text: str, mentions: Sequence[schema.Mention], name: str) -> Iterator[schema.Mention]:
    """Places told before a name in its sentence, wherever the report has it: 石龙区的艳伟小学和中鸿小学."""
    places = [m for m in mentions if m.label == "LOC"][::-1]
    for found in re.finditer(re.escape(name), text):
        for place in places:
            near = 0 <= found.start() - place.end <= _TOLD_WITHIN
            if near and not _PAUSE.search(text, place.end, found.start()):
                yield place


_TOLD_WITHIN = 30
_PAUSE = re.compile(r"[。!?！？；;\n]")


@cache
def _disaster() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What follows the name of a place that was struck, and what a stricken area is called."""
    strikes, kinds, areas = (
        "|".join(words(block)) for block in read_toml("places.toml")["disaster"].values()
    )
    stop = r"[^,，。;；!！?？、\n]"
    return re.compile(rf"{stop}{{0,8}}?(?:{strikes})[^,，。;；!！?？\n]{{0,10}}?(?:{kinds})"), re.compile(
        areas
    )


def _for_relief(proto: Proto) -> bool:
    """Whether the goods went to a stricken area (灾区) that has no name of its own."""
    _, area = _disaster()
    groups = all(party.rule == "group" and area.search(party.name) for party in proto.recipients)
    return bool(proto.recipients) and groups


def _struck(text: str, mentions: Sequence[schema.Mention]) -> Iterator[schema.Mention]:
    """Where the disaster was: 甲县发生地震, 乙市遭遇强降雨, else 丙省灾区."""
    struck, area = _disaster()
    places = [m for m in mentions if m.label == "LOC"]
    yield from (m for m in places if struck.match(text, m.end))
    yield from (m for m in places if area.match(text, m.end))


# 全省1500所中小学, 我县5所小学: where a group is from stands in its own words.
_EXTENT = re.compile(r"[全我本][省市县区州旗镇乡]")
# 中国红十字会总会: what goes to the whole country's does not stay where its giver is.
_NATIONAL = ("中国", "中华", "全国")
# 中国人民解放军31234部队: a unit lies somewhere.
_UNIT = "部队"


def _is_national(name: str) -> bool:
    return name.startswith(_NATIONAL) and not name.endswith(_UNIT)


@cache
def _all_over() -> re.Pattern[str]:
    """全国各地60所学校, 柬埔寨: all over the country, or abroad, where no county is."""
    rules = read_toml("places.toml")
    spread, countries = "|".join(words(rules["spread"]["words"])), "|".join(rules["abroad"])
    return re.compile(rf"(?:{spread})|(?:{countries})")


def _anywhere(proto: Proto) -> bool:
    """Whether all who take are told to be all over the country, or abroad."""
    return bool(proto.recipients) and all(_all_over().match(fold(p.name)) for p in proto.recipients)


# 来自深圳的企业家: where a giver is from is no place of the gift.
_FROM = ("来自", "远在", "祖籍")


@cache
def _sets_out() -> re.Pattern[str]:
    """从西安出发的货车, 由广州运来: what follows the place where the goods set out."""
    return re.compile("|".join(words(read_toml("places.toml")["origins"]["verbs"])))


def _is_origin(text: str, mention: schema.Mention) -> bool:
    """Whether a place is where a giver is from or where the goods set out, and not where they went."""
    head = text[: mention.start]
    return head.endswith(_FROM) or (
        head.endswith(("从", "由")) and bool(_sets_out().match(text, mention.end))
    )


# A firm or a foundation gives anywhere.
_ANYWHERE = re.compile("公司|集团|基金会|银行|分行")


def _at_home(proto: Proto) -> bool:
    """省总工会累计救助职工5000名: a total for people of no place stays at home, but not one for 灾区."""
    groups = bool(proto.recipients) and not any("灾" in party.name for party in proto.recipients)
    return groups and proto.scope == "cumulative"


def _span(report: schema.Report, proto: Proto) -> tuple[int, int] | None:
    """From the first to the last named recipient of one list; the first one when they stand apart."""
    named = [p for p in proto.recipients if p.rule != "group"]
    if not named:
        return None
    first, last = named[0], named[-1]
    joined = 0 <= last.start - first.end <= 60 and "。" not in report.text[first.end : last.start]
    return (first.start, last.end) if joined else (first.start, first.end)


def _near(mentions: Sequence[schema.Mention], proto: Proto) -> list[schema.Mention]:
    """Places named in the sentences of the act, nearest first."""
    act = proto.acts[0][0]
    inside = [m for m in mentions if m.label == "LOC" and any(s <= m.start < e for s, e in proto.spans)]
    return sorted(inside, key=lambda m: (abs(m.start - act), m.start))


def _run(text: str, mentions: Sequence[schema.Mention], one: schema.Mention) -> list[schema.Mention]:
    """The places of one list with a place: 万安、遂川、永新4个县."""
    run = [one]
    for place in sorted(mentions, key=lambda m: m.start):
        if place.start >= run[-1].end and text[run[-1].end : place.start] in _JOINTS:
            run.append(place)
    for place in sorted(mentions, key=lambda m: -m.start):
        if place.end <= run[0].start and text[place.end : run[0].start] in _JOINTS:
            run.insert(0, place)
    return run


_JOINTS = ("、", "和", "与", "及", "以及")


def _before(mentions: Sequence[schema.Mention], proto: Proto) -> list[schema.Mention]:
    """The places named before an act, nearest first: where a group without a name is told of."""
    told = [m for m in mentions if m.label == "LOC" and m.end <= proto.acts[0][0]]
    return sorted(told, key=lambda m: -m.start)


def _context(report: schema.Report, mentions: Sequence[schema.Mention], proto: Proto) -> PlaceContext:
    act = proto.acts[0][0]
    near = sorted(
        (m for m in mentions if m.label in ("LOC", "ORG")), key=lambda m: (abs(m.start - act), m.start)
    )
    if proto.recipients and all(party.rule == "group" for party in proto.recipients):
        # 来自会宁的新生: where one of them is from
        near = [m for m in near if not (report.text.startswith("的", m.end) and _is_origin(report.text, m))]
    donors: Sequence[Named] = proto.donors
    return PlaceContext(
        region=report.region,
        source=report.source,
        title=report.title,
        mentions=tuple(dict.fromkeys(m.surface for m in near)),
        donor=donors[0].name if donors else None,
    )
