"""Who gives in an act of its own gives nothing that was told before it.

All spans are offsets into the folded text.
"""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.linking.drafts import Draft, Scene
from pipeline.linking.scan import Party
from pipeline.linking.subjects import stands_before

_NEXT_ACT = re.compile(r"[。;!?\n]")


def gives_elsewhere(scene: Scene, draft: Draft, party: Party) -> bool:
    """他把积蓄8万元捐给基金会。社会各界又捐来60万元: the subject of a later act, of other figures.

    Args:
        scene: what stands in the report.
        draft: an act of the body; what the headline tells is told again.
        party: a mention behind it that might be told as its donor.
    """
    if draft.start < scene.report.body_start or not _NEXT_ACT.search(scene.text, draft.end, party.start):
        return False
    own = _figures(draft)
    later = (
        d for d in scene.drafts if d.start >= party.end and scene.clause(d.start) == scene.clause(party.start)
    )
    return any(
        _gives(other)
        and stands_before(scene, party, other)
        and own
        and (told := _figures(other))
        and not own & told
        for other in later
    )


def _gives(draft: Draft) -> bool:
    return draft.trigger is not None and draft.trigger.kind == "give" and "owned" not in draft.trigger.flags


def _figures(draft: Draft) -> set[Decimal]:
    """What an act counts and what it says to be worth."""
    told = [figure for good in draft.goods for figure in (good.figure, good.value)]
    return {figure.number for figure in (*told, *draft.values) if figure is not None}
