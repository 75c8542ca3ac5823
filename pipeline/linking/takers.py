"""Who gets the goods by grammar alone: behind a particle, told by number, or as who took in the whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.linking.callers import called_on
from pipeline.linking.crowds import find_institutions
from pipeline.linking.drafts import Draft, Scene
from pipeline.linking.grammar import collector, explicit_recipient, receiver
from pipeline.linking.scan import Party
from pipeline.linking.sides import visited
from pipeline.linking.spans import Span
from pipeline.linking.tallies import tally_before

# What a party further off has to score as the recipient of an act to be it all the same.
_SURE = 0.6
# The same for one of the act's own sentence.
_LIKELY = 0.3
# 为家乡捐款: the act says itself for whom it is.
_TOWARDS = re.compile(r"[向为给对]")
_TAKES = re.compile(
    r"(?:[^,。;!?捐赠送]{0,6}?)(?:收到|接收|接受|获赠|获捐|受赠|喜获|再收|迎来)(?:了|到|的)?[^,。;!?]{0,30}?(?:捐|赠|善款|物资|爱心)"
)


def outright_taker(
    scene: Scene, draft: Draft, scored: Sequence[tuple[float, Party]]
) -> tuple[Party | None, Span | None]:
    """Who gets the goods whatever the learned scores say: somebody, or a group told by kind.

    Args:
        scene: what stands in the report.
        draft: the act.
        scored: who may be its recipient, with how likely that is.
    """
    group = explicit_group(scene, draft)
    home = visited(scene, draft, [(1.0, _as_party(group))]) if group else None
    if group and not home:
        return None, group
    told = (
        home or _explicit_party(scene, draft) or called_on(scene, draft) or taker_before(scene, draft, scored)
    )
    return told and (visited(scene, draft, [(1.0, told)]) or told), None


def _explicit_party(scene: Scene, draft: Draft) -> Party | None:
    """Who gets the goods outright: behind a particle, as who takes them in, as who took in the whole."""
    told = explicit_recipient(scene, draft)
    told = _of_place(scene, told) if told else receiver(scene, draft)
    return told or (
        collector(scene, draft) if draft.trigger is None or draft.trigger.kind == "give" else None
    )


# 甲镇、乙镇等乡镇的35所中小学, 甲、乙两市的15所小学, 甲县山区的20所小学
_PLACES = re.compile(
    r"(?:等(?:[0-9一二三四五六七八九十两多几]{0,3}个?(?:乡镇|镇|乡|县市|县区|区县|县|市|区|省份|省|地|村))?"
    r"|[0-9一二三四五六七八九十两]{1,3}个?(?:乡镇|镇|乡|县市|县区|区县|县|市|区|省份|省|地|村))?(?:山区|农村|灾区|境内)?的?"
)
_MANY = re.compile(r"(?:[0-9]{1,5}|[一二三四五六七八九十百]{1,4})(?:余|多)?(?:所|名|户|家|位)")


def _of_place(scene: Scene, told: Party) -> Party:
    """向海州的石桥小学捐款, 为甲镇、乙镇等乡镇的35所学校捐款: the place only says where."""
    others = (p for p in scene.parties if p.start >= told.end and p.kind in ("ORG", "GROUP"))
    behind = next(others, None)
    if told.kind != "LOC" or behind is None:
        return told
    gap = scene.text[told.end : behind.start]
    if behind.kind == "ORG":
        own = gap == "的" and not scene.text[behind.start : behind.end].startswith(_BODIES)
        return behind if own else told
    several = len(told.members) > 1 or len(gap) > 1
    counted = behind.kind == "GROUP" and _MANY.match(scene.text, behind.start)
    return behind if counted and several and gap and _PLACES.fullmatch(gap) else told


_BODIES = ("村委", "村民委员会", "村支部", "党支部", "居委会", "社区居委会")


def _as_party(span: Span) -> Party:
    return Party(*span, "GROUP", (span,), "", "")


def explicit_group(scene: Scene, draft: Draft) -> Span | None:
    """有关乡村, 46个行政村: told by number or extent, and nobody named between particle and trigger."""
    if draft.goods and draft.goods[-1].category == "money":
        told = tally_before(scene.text, scene.sentences[draft.sentence].start, draft.goods[-1].start)
        if told is not None:
            return told
    if draft.trigger is None:
        return None
    if draft.trigger.kind != "give":
        return _fetching(scene, draft)
    first = scene.clauses[scene.clause(draft.start)]
    span = find_institutions(scene.text, first, draft.start)
    named = [p for p in scene.parties if span and span[0] <= p.start < span[1] and _is_named(scene, p, span)]
    return None if named else span


_FIGURED = re.compile(
    r"(?:[0-9]{2,}|[一二三四五六七八九]?[十百千][一二三四五六七八九十百]*)(?:余|多)?(?:名|位|户)"
)


def _fetching(scene: Scene, draft: Draft) -> Span | None:
    """80名农户一早赶来,排队领取化肥: people told by number who open the sentence's last clauses."""
    before = [
        p
        for p in scene.parties
        if scene.sentence(p.start) == draft.sentence and p.end <= draft.start and p.before == "start"
    ]
    last = before[-1] if before else None
    counted = last is not None and last.kind == "GROUP" and _FIGURED.match(scene.text, last.start)
    return (last.start, last.end) if last and counted else None


def _is_named(scene: Scene, party: Party, span: Span) -> bool:
    """Whether a party inside a group's words is somebody by name: not 村委会, and not the group itself.

    两所学校 is, where it stands for those named before.
    """
    if party.kind == "PRONOUN" and (party.start, party.end) == span:
        return bool(scene.names.of(span))
    surface = scene.text[party.start : party.end]
    told = len(surface) > 4 or party.kind == "LOC"
    return party.kind != "PRONOUN" and told and (party.start, party.end) != span


def taker_before(scene: Scene, draft: Draft, scored: Sequence[tuple[float, Party]]) -> Party | None:
    """红十字会收到捐款300万元。其中,甲公司捐50万元: who takes, told before an act without a recipient."""
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
