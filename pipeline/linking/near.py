"""Which parties may take part in an act, and which of them are the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.linking.drafts import Draft, Scene
from pipeline.linking.scan import Party


def near_parties(scene: Scene, draft: Draft, window: int) -> Iterator[Party]:
    """Parties that may take part: a few sentences around, the title, and the first sentence of the body."""
    for party in scene.parties:
        sentence = scene.sentence(party.start)
        if party.after == "media" or (party.kind == "GROUP" and abs(sentence - draft.sentence) > 1):
            continue
        if party.start < scene.report.body_start or abs(sentence - draft.sentence) <= window:
            yield party


_SPEAKS = re.compile(
    r"(?:同志|先生|女士|老师)?(?:激动地|高兴地|动情地)?(?:说|介绍|表示|告诉|称|坦言|讲话|致辞)"
)


def in_reach(scene: Scene, draft: Draft, party: Party, role: str) -> bool:
    """Whether a party near an act can play a part in it, by where it stands.

    甲赠图书;乙向丙赠书架: who is told behind a semicolon, beside another act, takes no part before it.
    People told by kind give nothing that a sentence before theirs tells, nor does who only speaks there.
    """
    if party.start < draft.end:
        return True
    if role == "donor" and scene.sentence(party.start) != draft.sentence:
        return party.kind != "GROUP" and not (party.kind == "PER" and _SPEAKS.match(scene.text, party.end))
    behind = scene.text.find(";", draft.end, party.start)
    if behind < 0 or scene.sentence(party.start) != draft.sentence:
        return True
    return not any(d.sentence == draft.sentence and d.start > behind and d.goods for d in scene.drafts)


# What who gives or gets, told in a later paragraph than the act, counts for.
_AWAY = 0.85


def weighed(scene: Scene, draft: Draft, party: Party, role: str, score: float) -> float:
    """The score of a party: less for who gives or gets if a later paragraph tells them."""
    away = (
        role != "intermediary" and "\n" in scene.text[max(draft.end, scene.report.body_start) : party.start]
    )
    return score * _AWAY if away else score


# What a party of an act's own part of a list must score, so that those of the parts before count no more.
_OWN = 0.1


def of_own_part(scene: Scene, draft: Draft, scored: list[tuple[float, Party]]) -> list[tuple[float, Party]]:
    """甲向丙赠书架;乙向丁赠图书: who is told in an act's own part of a list leaves no room for the others."""
    part = scene.text.rfind(";", scene.sentences[draft.sentence].start, draft.start) + 1
    if not part or not any(score >= _OWN and part <= p.start < draft.end + _NEXT for score, p in scored):
        return scored
    first = scene.sentences[draft.sentence].start
    return [(score, p) for score, p in scored if not first <= p.start < part]


# Characters behind a verb in which whoever gets the goods may stand.
_NEXT = 40


def party_key(scene: Scene, party: Party) -> tuple[str, ...]:
    """The names of a party: its mentions share them."""
    return tuple(name for span in party.members for name in scene.names.of(span))
