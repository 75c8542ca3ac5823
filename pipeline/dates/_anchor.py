"""The day that 当天, 次日 and a 今天 in somebody's words lean on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pipeline.dates._lexicon import story
from pipeline.dates._timeline import Point, Timeline, days_ahead

SAID = "said on the day before it"
_MEMORY = 100
_SENTENCE_END = re.compile("[。!?\n]")
_LEVELS = ("day", "month", "near")
_UP_TO = ("截至", "截止", "截止到", "截至到")
_PLAIN = ("day", "day-range", "relative-day", "chain")


def point_before(line: Timeline, start: int) -> Point | None:
    """The last point that a word at `start` can lean on: a day, else a month or a vague near time.

    A month or a vague time of an earlier sentence (今年3月开始装修。) hides no day before it, nor does a
    festival in passing (为迎接春节) or a day still to come; background of the word's own sentence counts.
    """
    told = [point for point in _told(line, start) if _bears(point)]
    for point in told:
        if point.level != "day" or (point.expression.kind == "chain" and point.days.first is None):
            if _same_sentence(line, point, start):
                return point
        elif not _in_passing(line, point, start):
            return point
    return told[0] if told else None


def _bears(point: Point) -> bool:
    """Whether 当天 could lean on it at all; 年初 does so no better than a month."""
    return point.level in _LEVELS or point.expression.kind == "year-part"


def single_day(point: Point | None, shift: int, *, second: bool = False) -> date | None:
    """The day itself; of a range 次日 has the day after its end, 第二天 is its second day."""
    if point is None or point.days.vague or point.level != "day":
        return None
    if second and point.days.first != point.days.last:
        return point.days.first
    if shift == 0 and point.days.first != point.days.last:
        return None
    return point.days.last if shift > 0 else point.days.first


_SAYS = re.compile(r"(?:说|表示|坦言|告诉[^,。]{1,8})[,:]")


def is_said(text: str, start: int) -> bool:
    """Whether `start` stands inside “…”, or behind 他说 in its sentence."""
    head = text[max(0, start - 400) : start]
    if head.rfind("“") > head.rfind("”"):
        return True
    ends = [found.end() for found in _SENTENCE_END.finditer(head)]
    return bool(_SAYS.search(head, ends[-1] if ends else 0))


def _told(line: Timeline, start: int) -> Iterator[Point]:
    """The points of the story, and all of the sentence that `start` stands in, last one first.

    The day of the news (记者昨日从该校获悉) and of the page are none of the story,
    nor is a beginning told in another sentence (活动从5月13日启动。); a count goes up to
    the day of the news (记者26日获悉,截至当日).
    """
    counts = line.text[:start].endswith(_UP_TO)
    for point in line.points[: -_MEMORY - 1 : -1]:
        aside = point.background or _begins(line.text, point)
        hidden = point.of_page or (aside and not _same_sentence(line, point, start))
        news = _is_news(line.text, point) and not (counts and _same_sentence(line, point, start))
        if point.days.reason != SAID and not hidden and not news:
            yield point


def _begins(text: str, point: Point) -> bool:
    """从5月13日启动, 自3月1日起."""
    return text[: point.expression.start].endswith(("从", "自"))


def _is_news(text: str, point: Point) -> bool:
    """记者昨日从该校获悉; 昨日,记者获悉."""
    told = story().told.match(text, point.expression.end)
    return told is not None and (text[: point.expression.start].endswith("记者") or "记者" in told[0][:8])


def _same_sentence(line: Timeline, point: Point, start: int) -> bool:
    return not _SENTENCE_END.search(line.text, point.expression.end, start)


def _in_passing(line: Timeline, point: Point, start: int) -> bool:
    """A festival named behind a plain day of the report, or a day after `published` beside no plan."""
    published = line.facts.published
    if published and point.days.first and point.days.first > published and not days_ahead(line.text, start):
        return True
    if point.expression.kind not in ("festival", "lunar") or "当" in point.expression.fields.get("near", ""):
        return False
    before = (one for one in line.points if one.expression.end <= point.expression.start)
    return any(one.level == "day" and one.expression.kind in _PLAIN for one in before)
