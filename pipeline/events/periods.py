"""How long a running total lasted: 自2019年结对以来累计, 从2004年起共, 2013年开办书角,已累计."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from functools import cache

from pipeline import schema
from pipeline.events.proto import Proto
from pipeline.lexicons import read_toml, words

_FROM = ("自", "从")
_SINCE = "以来"
_ON = re.compile(r"[^。;!?\n]{0,12}?(?:以来|至今|到现在|到今天)|起[^。;!?\n]{0,24}?(?:累计|已|共)|开始")


@cache
def _founded() -> re.Pattern[str]:
    """2010年成立以来, 2013年开办书角,已向…累计: what a total goes on from without 自."""
    begun = "|".join(words(read_toml("when.toml")["begun"]["words"]))
    return re.compile(
        rf"[^,。;!?\n]{{0,8}}?(?:{begun})(?:[^,。;!?\n]{{0,8}}?以来|[^。;!?\n]{{0,40}}?(?:累计|已))"
    )


def lasting(proto: Proto, text: str, published: datetime.date | None) -> schema.DateMention | None:
    """The date of an event; that of a total told from a day on lasts until `published`.

    Args:
        proto: the event.
        text: the folded text of its report.
        published: the day of the report.
    """
    date = proto.date
    if date is None or date.first is None or proto.scope != "cumulative" or published is None:
        return date
    if date.first > published or not _begins(date, text):
        return date
    return replace(date, last=published, precision="range", vague=False)


def _begins(date: schema.DateMention, text: str) -> bool:
    """Whether a total is counted from a date on; a bare 2019年以来 only bounds it."""
    told = text[: date.start].endswith(_FROM)
    if date.vague:
        return told and date.surface.endswith(_SINCE)
    return bool((told and _ON.match(text, date.end)) or _founded().match(text, date.end))
