"""Who took in the gifts that a report lists one by one (红十字会收到捐款300万元。其中,甲公司捐50万元)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.linking.drafts import Draft, Scene
from pipeline.linking.scan import Party

# What a party further off has to score as the recipient of an act to be it all the same.
_SURE = 0.6
# The same for one of the act's own sentence.
_LIKELY = 0.3
# 为家乡捐款: the act says itself for whom it is.
_TOWARDS = re.compile(r"[向为给对]")
_TAKES = re.compile(
    r"(?:[^,。;!?捐赠送]{0,6}?)(?:收到|接收|接受|获赠|获捐|受赠|喜获|再收|迎来)(?:了|到|的)?[^,。;!?]{0,30}?(?:捐|赠|善款|物资|爱心)"
)


def taker_before(scene: Scene, draft: Draft, scored: Sequence[tuple[float, Party]]) -> Party | None:
    """The one party told as taking gifts before an act that names no recipient in its own sentence.

    Args:
        scene: what stands in the report.
        draft: the act.
        scored: who may be its recipient, with how likely that is.
    """
    if draft.trigger is None or draft.trigger.kind != "give":
        return None
    first = scene.clauses[scene.clause(draft.start)]
    if _TOWARDS.search(scene.text, first, draft.start):
        return None
    if any(score >= _SURE or (score >= _LIKELY and _beside(scene, draft, p)) for score, p in scored):
        return None
    takers = [p for _, p in scored if p.end <= _first(scene, draft) and _takes(scene, p)]
    names = {name for p in takers for span in p.members for name in scene.names.of(span)}
    alike = all(set(_names(scene, p)) == names for p in takers)
    return takers[-1] if takers and alike else None


def _beside(scene: Scene, draft: Draft, party: Party) -> bool:
    return scene.sentence(party.start) == draft.sentence


def _first(scene: Scene, draft: Draft) -> int:
    return scene.sentences[draft.sentence].start


def _names(scene: Scene, party: Party) -> tuple[str, ...]:
    return tuple(name for span in party.members for name in scene.names.of(span))


def _takes(scene: Scene, party: Party) -> bool:
    told = party.kind in ("ORG", "PRONOUN") and party.before in ("start", "")
    return told and _TAKES.match(scene.text, party.end) is not None
