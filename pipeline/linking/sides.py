"""Which of the likely parties of one side of an act belong together: those beside the best, of one sort."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.linking.crowds import marked_group
from pipeline.linking.drafts import Draft, Scene
from pipeline.linking.scan import Party

# Characters behind a verb in which the group that it gives to may stand.
_BEHIND = 24
# What people told by number in the act's sentence must score against somebody whom only a later one tells.
_LIKELY = 0.05
_COUNTED = re.compile(r"[0-9〇零一二两三四五六七八九十百千万多几]+(?:余|多)?(?:名|位|户)")
# What a donor named in the act's own clause is worth against a likelier one further off.
_NEAR = 0.15
# What a recipient of the act's own sentence is worth against a likelier one further off.
_SAME = 0.05


def own_group(
    scene: Scene, draft: Draft, scored: Sequence[tuple[float, Party]], chosen: list[tuple[float, Party]]
) -> list[tuple[float, Party]]:
    """看望8户困难家庭,送去米面: a group of the act's sentence, where everybody named is told elsewhere."""
    if any(scene.sentence(party.start) == draft.sentence for _, party in chosen):
        return chosen
    later = bool(chosen) and all(scene.sentence(party.start) > draft.sentence for _, party in chosen)
    groups = [
        (score, party)
        for score, party in scored
        if party.kind == "GROUP"
        and scene.sentence(party.start) == draft.sentence
        and (
            (party.start < draft.end + _BEHIND and marked_group(scene.text, (party.start, party.end)))
            or (later and score >= _LIKELY and _COUNTED.match(scene.text, party.start))
        )
    ]
    return [max(groups, key=lambda pair: pair[0])] if groups else chosen


_SCHOOLS = "小学|中学|学校|中心校|完小|教学点|幼儿园"
SETTLEMENT = re.compile(rf"(?:村|社区|屯|寨|嘎查|敬老院|福利院|养老院|光荣院|福利中心|{_SCHOOLS})$")
# 在石桥小学举行 tells where a ceremony was, 来到石桥小学 whom they went to.
_SCHOOL = re.compile(rf"(?:{_SCHOOLS})$")
# 全校177名学生 are the people of a school told before.
_WHOLE = re.compile(r"全(?P<of>[校园])(?:[0-9一二两三四五六七八九十百千]|师生|学生|孩子)")
_OF_WHOLE = {
    "校": re.compile(r"(?:小学|中学|学校|中心校|完小|教学点|学院|大学)$"),
    "园": re.compile(r"幼儿园$"),
}


def visited(scene: Scene, draft: Draft, chosen: Sequence[tuple[float, Party]]) -> Party | None:
    """走进石桥敬老院为60名老人送去面粉: the place gone to, whose people are told by number only."""
    best = max(chosen, key=lambda pair: pair[0], default=None)
    if best is None or best[1].kind != "GROUP":
        return None
    places = [
        party
        for party in scene.named
        if party.before == "at"
        and not (scene.text[party.start - 1] == "在" and _SCHOOL.search(scene.text, party.start, party.end))
        and scene.sentence(party.start) == draft.sentence
        and party.end <= min(best[1].start, draft.start)
        and ";" not in scene.text[party.end : draft.start]
        and SETTLEMENT.search(scene.text, party.start, party.end)
        and not _takes_itself(scene, party, best[1])
    ]
    return places[-1] if places else _home_of(scene, best[1])


def _takes_itself(scene: Scene, place: Party, group: Party) -> bool:
    """来到石桥小学,给17名学生送上助学金;向学校捐赠电脑: whether the place gone to gets more."""
    names = {name for span in place.members for name in scene.names.of(span)}
    later = (
        p
        for p in scene.named
        if p.start >= group.end
        and p.before == "to"
        and scene.sentence(p.start) == scene.sentence(group.start)
    )
    return any(names & {name for span in p.members for name in scene.names.of(span)} for p in later)


def _home_of(scene: Scene, group: Party) -> Party | None:
    """全校177名学生: the school told last before them."""
    whole = _WHOLE.match(scene.text, group.start)
    if whole is None:
        return None
    kind = _OF_WHOLE[whole["of"]]
    places = (p for p in reversed(scene.named) if p.end <= group.start and len(p.members) == 1)
    return next((p for p in places if any(kind.search(n) for n in scene.names.of(p.members[0]))), None)


def of_one_sort(chosen: list[tuple[float, Party]]) -> list[tuple[float, Party]]:
    """Somebody named or a group, as the likeliest of them: 石桥村 and its 30户脱贫户 are one recipient."""
    if not chosen:
        return []
    unnamed = max(chosen, key=lambda pair: pair[0])[1].kind == "GROUP"
    return [pair for pair in chosen if (pair[1].kind == "GROUP") == unnamed]


def beside_best(
    scene: Scene, draft: Draft, role: str, chosen: Sequence[tuple[float, Party]]
) -> list[tuple[float, Party]]:
    """The best party with those of its sentence; donors with those of its clause, the act's own first."""
    if not chosen:
        return []
    own = scene.clause(draft.start)
    if role == "donor":
        best = max(chosen, key=lambda pair: pair[0] + _NEAR * (scene.clause(pair[1].start) == own))
        best = _with_others(scene, draft, best, chosen)
        home = scene.clause(best[1].start)
        beside = [pair for pair in chosen if scene.clause(pair[1].start) == home]
        return _behind_verb(scene, draft, _without_officers(scene, beside))
    named = {p.start for _, p in chosen if p.kind != "GROUP" and scene.sentence(p.start) == draft.sentence}
    best = max(chosen, key=lambda pair: pair[0] + _SAME * (pair[1].start in named))
    home = scene.sentence(best[1].start)
    return [pair for pair in chosen if scene.sentence(pair[1].start) == home]


def _with_others(
    scene: Scene, draft: Draft, best: tuple[float, Party], chosen: Sequence[tuple[float, Party]]
) -> tuple[float, Party]:
    """甲与乙到村里赠书. …甲…: the list in the act's sentence that holds who is told alone elsewhere."""
    if scene.sentence(best[1].start) == draft.sentence:
        return best
    names = {name for span in best[1].members for name in scene.names.of(span)}
    lists = [
        (score, party)
        for score, party in chosen
        if scene.sentence(party.start) == draft.sentence
        and len(party.members) > len(best[1].members)
        and names <= {name for span in party.members for name in scene.names.of(span)}
    ]
    return max(lists, key=lambda pair: pair[0], default=best)


_OFFICE = re.compile(
    r"[^,。;:!?、和与及同(]{0,12}?(?:长|主任|经理|总裁|书记|主席|理事|代表|负责人|老板|创始人|员工|职工|的)"
)


def _without_officers(scene: Scene, beside: list[tuple[float, Party]]) -> list[tuple[float, Party]]:
    """甲公司董事长李平送去雨衣: the firm and its officer are one giver, the likelier of the two."""
    dropped: list[Party] = []
    for score, party in beside:
        for other, owner in beside:
            if owner.kind in ("ORG", "PRONOUN") and len(owner.members) == len(party.members) == 1:
                dropped += _lesser(scene, (score, party), (other, owner))
    return [pair for pair in beside if pair[1] not in dropped]


def _lesser(scene: Scene, one: tuple[float, Party], whose: tuple[float, Party]) -> list[Party]:
    """Which of an institution and its officer, spokesman (李平代表甲公司) or people (甲协会的志愿者) goes."""
    party, owner = one[1], whose[1]
    if party.kind == "PER" and _OFFICE.fullmatch(scene.text, owner.end, party.start):
        return [owner if one[0] > whose[0] else party]
    spokesman = party.kind == "PER" and scene.text[party.end : owner.start] == "代表"
    people = party.kind == "GROUP" and scene.text[owner.end : party.start] in ("", "的")
    return [party] if spokesman or (people and owner.end <= party.start) else []


def _behind_verb(scene: Scene, draft: Draft, beside: list[tuple[float, Party]]) -> list[tuple[float, Party]]:
    """甲捐款5万元、乙捐款2万元: of givers in one clause those behind the verb before, if there are any."""
    verbs = [d.trigger.end for d in scene.drafts if d.trigger and d.goods and d.trigger.end <= draft.start]
    last = max((end for end in verbs if end > min(p.start for _, p in beside)), default=0)
    return [pair for pair in beside if last <= pair[1].start < draft.start] or beside
