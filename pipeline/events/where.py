"""Where the goods went: through the recipients, else the places near the act, else the donor's own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline import schema
from pipeline.events.proto import Named, Proto
from pipeline.places import PlaceContext, PlaceResolver, PlacesParams


class Where:
    """Finds the place of an event in its report's context."""

    def __init__(self, params: PlacesParams) -> None:
        self._resolver = PlaceResolver(params)

    def __call__(
        self, report: schema.Report, mentions: Sequence[schema.Mention], proto: Proto
    ) -> tuple[schema.Place | None, tuple[int, int] | None]:
        """The place, and the span of the words that name it (None when only context gives it)."""
        context = _context(report, mentions, proto)
        found = [
            (party, self._resolver.resolve(party.name, context).place)
            for party in proto.recipients
            if party.rule != "group" or _EXTENT.match(party.name)
        ]
        places = [place for _, place in found if place is not None]
        span = _span(report, proto)
        if places:
            return self._resolver.common(places), span
        told = [m for m in mentions if not report.text[: m.start].endswith(_FROM)]
        before = _before(told, proto) if proto.recipients else []
        for mention in (*_near(told, proto), *before):
            place = self._resolver.resolve(mention.surface, context).place
            if place is not None:
                return place, span or (mention.start, mention.end)
        if any(party.name.startswith(_NATIONAL) for party in proto.recipients):
            return None, span
        for donor in proto.donors:
            place = self._resolver.resolve(donor.name, context).place
            if place is not None:
                return place, span
        return None, span


# 全省1500所中小学, 我县5所小学: where a group is from stands in its own words.
_EXTENT = re.compile(r"[全我本][省市县区州旗镇乡]")
# 中国红十字会总会: what goes to the whole country's does not stay where its giver is.
_NATIONAL = ("中国", "中华", "全国")
# 来自深圳的企业家: where a giver is from is no place of the gift.
_FROM = ("来自", "远在", "祖籍")


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


def _before(mentions: Sequence[schema.Mention], proto: Proto) -> list[schema.Mention]:
    """The places named before an act, nearest first: where a group without a name is told of."""
    told = [m for m in mentions if m.label == "LOC" and m.end <= proto.acts[0][0]]
    return sorted(told, key=lambda m: -m.start)


def _context(report: schema.Report, mentions: Sequence[schema.Mention], proto: Proto) -> PlaceContext:
    act = proto.acts[0][0]
    near = sorted(
        (m for m in mentions if m.label in ("LOC", "ORG")), key=lambda m: (abs(m.start - act), m.start)
    )
    donors: Sequence[Named] = proto.donors
    return PlaceContext(
        region=report.region,
        source=report.source,
        title=report.title,
        mentions=tuple(dict.fromkeys(m.surface for m in near)),
        donor=donors[0].name if donors else None,
    )
