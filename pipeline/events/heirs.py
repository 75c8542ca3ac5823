"""A passage that names nobody on a side goes on with the party of another passage."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.events.alike import overlap
from pipeline.events.proto import Named, Proto


def with_heirs(protos: Sequence[Proto], text: str) -> tuple[Proto, ...]:
    """A passage that names nobody on a side goes on with those of the passage before it, else behind it.

    What came in altogether (全县共收到社会捐款90万元) is society's gift, not that of the last giver.

    Args:
        protos: the events of a report, in order.
        text: the folded text.
    """
    filled: list[Proto] = []
    for i, proto in enumerate(protos):
        near = [*reversed(filled), *protos[i + 1 :]]
        donors = proto.donors
        if not donors and _taken_in(proto, near, text):
            donors = _society(proto, text)
        elif not donors:
            donors = _inherited([p.donors for p in near], proto.recipients)
        recipients = proto.recipients or _inherited([p.recipients for p in near], donors)
        filled.append(replace(proto, donors=donors, recipients=recipients))
    return tuple(filled)


def _inherited(sides: Sequence[tuple[Named, ...]], opposite: Sequence[Named]) -> tuple[Named, ...]:
    """The nearest parties of a side that do not stand on the other one."""
    return next((side for side in sides if side and not overlap(side, opposite)), ())


_TAKEN = re.compile(
    r"(?:接收|接受|收到|收获|募集|募得|筹集|筹得|筹措)(?:到|了)?[^,。;!?]{0,10}?(?:捐|物资|款|资金|图书|善款)"
    r"|社会(?:各界)?(?:爱心)?捐|捐[款赠](?:款物|资金)?(?:总额)?(?:共计?|累计|合计|总计|总额)"
)
# 收到他的捐款, 接受该公司捐赠: one giver told before.
_OF_ONE = re.compile(r"[他她其该]|上述")


def _taken_in(proto: Proto, others: Sequence[Proto], text: str) -> bool:
    """截至5月3日,学校共收到捐款90万元: a running total of what several have given."""
    if proto.scope != "cumulative" or not proto.pieces:
        return False
    told = " ".join(text[first:last] for first, last in proto.spans)
    givers = {donor.name for other in others for donor in other.donors}
    return bool(_TAKEN.search(told)) and not _OF_ONE.search(told) and (len(givers) > 1 or "社会" in told)


_SOCIETY = re.compile(r"社会(?:各界)?(?=(?:爱心)?捐)")
_CROWD = re.compile(r"社会各界(?:爱心人士)?")


def _society(proto: Proto, text: str) -> tuple[Named, ...]:
    """社会捐款 is what 社会各界 gave; else the report may thank 社会各界 elsewhere, or tell nobody."""
    for first, last in proto.spans:
        if found := _SOCIETY.search(text, first, last):
            return (Named("社会各界", *found.span(), rule="group"),)
    crowds = [found.span() for found in _CROWD.finditer(text)]
    first = proto.acts[0][0]
    nearest = min(crowds, key=lambda span: (span[0] > first, abs(span[0] - first)), default=None)
    return (Named(text[slice(*nearest)], *nearest, rule="group"),) if nearest else ()
