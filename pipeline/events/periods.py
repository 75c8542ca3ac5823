"""How long a running total lasted: 自2019年结对以来累计, 从2004年起共."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

from pipeline import schema
from pipeline.events.proto import Proto

_FROM = ("自", "从")
_ON = re.compile(r"[^。;!?\n]{0,12}?(?:以来|至今|到现在|到今天)|起[^。;!?\n]{0,24}?(?:累计|已|共)|开始")


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
    begins = text[: date.start].endswith(_FROM) and _ON.match(text, date.end)
    if not begins or date.vague or date.first > published:
        return date
    return replace(date, last=published, precision="range")
