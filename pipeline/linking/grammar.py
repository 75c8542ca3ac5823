"""What grammar says outright of an act's parties: 向X捐赠, 由X转交Y, 受X委托, X为Y发放."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline import schema
from pipeline.linking.drafts import Draft, Scene
from pipeline.linking.scan import Party


def may_pass_on(scene: Scene, draft: Draft, party: Party) -> bool:
    """甲捐款;丙通过丁捐物: whoever is named by 通过 serves the act behind, and none of another subject."""
    if party.before != "via" or scene.sentence(party.start) != draft.sentence:
        return True
    if party.start > draft.start:
        return not any(d.sentence == draft.sentence and d.start > party.end for d in scene.drafts)
    return not any(
        p.before == "start" and p.kind in ("ORG", "PER") and party.end <= p.start < draft.start
        for p in scene.named
    )


_TO_BEHIND = re.compile(r"(?:给|到|至|往|予|达|抵|进)了?$")


# 捐助180名困难大学生: the object of these verbs gets the gift.
_HELPING = ("捐助", "资助", "慰问", "奖励", "补助", "援助", "支援")


def explicit_recipient(scene: Scene, draft: Draft) -> Party | None:
    """The party that grammar marks as recipient: 向X捐赠 in the trigger's clause, 捐赠给X right behind it."""
    trigger = draft.trigger
    if trigger is None or trigger.kind != "give":
        return None
    own = [p for p in scene.parties if _can_be_told(scene, p) and any(scene.names.of(s) for s in p.members)]
    reached = _TO_BEHIND.search(trigger.word) or trigger.word.removesuffix("了") in _HELPING
    behind = [p for p in own if p.start == trigger.end and reached]
    if behind:
        return behind[0]
    first = scene.clauses[scene.clause(trigger.start)]
    before = [p for p in own if first <= p.start and p.end <= trigger.start and p.before == "to"]
    verbs = [d.trigger.end for d in scene.drafts if d.trigger and first <= d.trigger.start < trigger.start]
    return before[-1] if before and not any(v > before[-1].end for v in verbs) else None


_COUNTED = re.compile(r"[0-9一二两三四五六七八九十百千万余多]+(?:个|所|家|座|户|名|位)")


def _can_be_told(scene: Scene, party: Party) -> bool:
    """Whether a particle alone makes a party the recipient: by name, number (150个村), place (青溪县学生)."""
    counted = bool(_COUNTED.search(scene.text, party.start, party.end))
    return party.kind != "GROUP" or counted or _has_place(scene, party)


def _has_place(scene: Scene, group: Party) -> bool:
    """Whether a group's words begin with the name of a place."""
    return any(start == group.start and end < group.end for start, end in scene.names.names)


# 受甲委托, 受甲的委托, 受甲委员之托, 受旅加侨胞李平之托
_CHARGED = re.compile(r"[\u4e00-\u9fff]{0,4}?(?:的?委托|之托|所托)")


_TITLED = re.compile(r"受[\u4e00-\u9fff]{2,10}$")


def _is_charge(scene: Scene, party: Party) -> bool:
    titled = party.kind == "PER" and _TITLED.search(scene.text, max(0, party.start - 12), party.start)
    return bool(party.before == "charge" or titled) and _CHARGED.match(scene.text, party.end) is not None


def commissioned(scene: Scene, draft: Draft) -> tuple[Party, Party | None] | None:
    """受甲委托,乙将图书送到丙: who gives and who acts for them, in its sentence or the one before."""
    sentence = scene.sentences[draft.sentence]
    first = sentence.start
    if draft.sentence and "\n" not in scene.text[scene.sentences[draft.sentence - 1].start : first]:
        first = scene.sentences[draft.sentence - 1].start
    own = [p for p in scene.named if first <= p.start < sentence.end]
    for party in own:
        if _is_charge(scene, party):
            agents = [p for p in own if p is not party and p.before == "start" and p.start < draft.start]
            told_anew = any(p.start >= sentence.start > party.start for p in agents)
            return None if told_anew else (party, agents[0] if agents else None)
    return None


_ALSO = re.compile(r"(?:还|又|并|另|再|同时|并且|另外|此外)")


def going_on(scene: Scene, draft: Draft) -> Draft | None:
    """校友捐给学校图书100册,还给学生送去书包: the act before, whose subject gives this, too."""
    own = scene.clauses[scene.clause(draft.start)]
    before = [d for d in scene.drafts if d.sentence == draft.sentence and d.end <= own and d.goods]
    if not before or not _ALSO.match(scene.text, own):
        return None
    last = before[-1]
    anew = any(p.before == "start" and last.end <= p.start < draft.start for p in scene.parties)
    if anew or ";" in scene.text[last.end : draft.start]:
        return None
    return going_on(scene, last) or last


_FROM_HANDS = re.compile(r"(?:先生|女士|老人|同志|老师)?手[中里上](?:接[过下到]|领[到过]|收到|拿到)")


def out_of_hands(scene: Scene, draft: Draft) -> Party | None:
    """馆长从李平手里接下一箱旧书: whose hands the goods came from, unless a title stands before."""
    first = scene.clauses[scene.clause(draft.start)]
    own = [p for p in scene.named if first < p.start and p.end <= draft.start]
    return next(
        (
            p
            for p in own
            if p.kind in ("PER", "ORG")
            and scene.text[p.start - 1] == "从"
            and _FROM_HANDS.match(scene.text, p.end)
        ),
        None,
    )


def acting_party(scene: Scene, draft: Draft) -> Party | None:
    """河湾村为120名老人发放大米: the place or office that opens the act's own clause, before 向 为 给.

    甲向学校捐桌椅30套、乙向学校捐电扇6台: behind another act's goods a clause opens again.
    """
    trigger = draft.trigger
    if trigger is None or trigger.kind != "give" or trigger.flags & {"nominal", "owned", "passive"}:
        return None
    reopened = opens_again(scene, draft)
    own = scene.clause(draft.start)
    parties = (
        p
        for p in scene.named
        if scene.clause(p.start) == own and reopened <= p.start and p.end <= draft.start
    )
    first = next(parties, None)
    opens = first is not None and (first.before == "start" or first.start == reopened)
    named = first is not None and first.kind in ("LOC", "ORG", "PRONOUN")
    return first if first and opens and named and _TOWARDS.match(scene.text, first.end) else None


def opens_again(scene: Scene, draft: Draft) -> int:
    """Where an act begins inside its clause, behind 、 and the figure of an act before; else 0."""
    first = scene.clauses[scene.clause(draft.start)]
    figures = [
        good.figure.end
        for other in scene.drafts
        if other.trigger is not None and first <= other.start < draft.start
        for good in other.goods
        if good.figure is not None and good.figure.end < draft.start
    ]
    last = max(figures, default=0)
    return last + 1 if last and scene.text[last] == "、" else 0


_TOWARDS = re.compile(r"(?:也|还|又|共|将)?[向为给](?!民|主)")


_HANDS_ON = re.compile(r"[^,。;]{0,6}(?:转交|转赠|转送|转捐|转给)(?:给|到|至|予)?")


def handed_on(scene: Scene, draft: Draft) -> tuple[Party, Party] | None:
    """由甲转交乙, 委托甲转赠给乙 in the act's sentence: who passes it on, and to whom."""
    sentence = scene.sentences[draft.sentence]
    own = [p for p in scene.parties if sentence.start <= p.start < sentence.end]
    for via, receiver in pairwise(own):
        between = scene.text[via.end : receiver.start]
        if via.before in ("from", "via", "by_occasion") and _HANDS_ON.fullmatch(between):
            return via, receiver
    return None


_RECEIVES = re.compile(
    r"(?:(?:副?[\u4e00-\u9fff]{1,3}(?:长|记|任|席|员|裁|理|人))[\u4e00-\u9fff]{2,4})?(?:共|已|先后|累计|现场|当场)*(?:接受|收到|接到|接收)(?:了|到)?[^,。;]{0,20}$"
)


def receiver(scene: Scene, draft: Draft) -> Party | None:
    """团县委副书记李平接受了各方的捐款: who opens the clause and takes what the verb behind gives."""
    if draft.trigger is None or draft.trigger.kind != "give":
        return None
    own = scene.clause(draft.start)
    parties = (p for p in scene.named if scene.clause(p.start) == own and p.end <= draft.start)
    first = next(parties, None)
    opens = first is not None and first.before == "start" and first.kind in ("ORG", "LOC", "PRONOUN")
    return first if first and opens and _RECEIVES.match(scene.text[: draft.start], first.end) else None


_COLLECTED = re.compile(
    r"(?:收到|接收|接受)(?:到|了)?[^,。;!?]{0,14}?(?:捐|款|物资|物品)[^。;!?]{0,30}?(?:元|件|箱|批)"
)


def collector(scene: Scene, draft: Draft) -> Party | None:
    """红十字会已收到捐款300万元。其中,甲公司捐款60万元: who took in the total gets the parts told of it."""
    first = scene.text.rfind("\n", 0, draft.start) + 1
    among = scene.text.rfind("其中", scene.sentences[draft.sentence].start, draft.start)
    totals = list(_COLLECTED.finditer(scene.text, first, among)) if among >= 0 else []
    if not totals:
        return None
    told = totals[-1].start()
    before = [
        p for p in scene.named if first <= p.start and p.end <= told and all(map(scene.names.of, p.members))
    ]
    opens = [p for p in before if p.kind in ("ORG", "PRONOUN") and p.before == "start"]
    if not opens or scene.sentence(told) - scene.sentence(opens[-1].start) > 1:
        return None
    passed_on = any(p.before == "to" and opens[-1].end <= p.start < among for p in scene.named)
    return None if passed_on else opens[-1]


_HELPS = re.compile(r",(?:用于|用来|以)?(?:帮助|资助|救助|支援|支持|捐助)[^,。;:、]{0,8}$")


def helped(scene: Scene, draft: Draft) -> Party | None:
    """捐款6800元,帮助困难学生王小明渡过难关: whom the clause behind says that it helps."""
    if draft.trigger is None or draft.trigger.kind != "give":
        return None
    sentence = scene.sentences[draft.sentence]
    behind = [p for p in scene.named if draft.end <= p.start < sentence.end]
    return next((p for p in behind if _HELPS.search(scene.text, draft.end, p.start)), None)


def told_of_another(scene: Scene, draft: Draft, party: Party) -> bool:
    """甲赠图书;乙向丙赠书架: whether a party behind an act is told as the recipient of a later one."""
    if party.start < draft.end or party.before != "to":
        return False
    later = [d for d in scene.drafts if d.start > draft.start and d.goods and d.goods != draft.goods]
    return any(explicit_recipient(scene, other) is party for other in later)


def sends_givers(scene: Scene, party: Party) -> bool:
    """石桥村村民李明捐款2000元, 石桥小学捐书: who gives, or is the home of those who give, takes nothing.

    Args:
        scene: what stands in the report.
        party: a mention that might be told as a recipient.
    """
    if party.kind not in ("ORG", "LOC") or party.before not in ("start", ""):
        return False
    people = _PEOPLE.match(scene.text, party.end)
    if people is not None:
        return _GIVING.match(scene.text, people.end()) is not None
    return _GIVES.match(scene.text, party.end) is not None


_PEOPLE = re.compile(
    r"(?:的|籍|全体|全校|部分|[0-9]{1,5}(?:余|多)?[名位])*"
    r"(?:村民|居民|社员|党员|群众|教?职工|员工|师生|学生|同学|小朋友|孩子们?|教师|老师|家长|志愿者|干部)们?"
)
_GIVING = re.compile(r"(?:(?!收到|接收|接受|获|领|受|由|被|得到|从)[^,。;!?]){0,24}?(?:捐|拿出|献出|掏出|凑)")
_GIVES = re.compile(
    r"(?:共计?|也|还|又|再|各|分别|踊跃|当场|先后)*(?:捐(?:赠|款|出|资|献|助|了|书)|赠送)"
    r"(?!仪式|活动|现场|大会|证书|协议|物资|[站点箱者人方])"
)
_BRINGS = re.compile(r"[^,。;]{0,3}?(?:积极|主动|多方|努力)?(?:联系|协调|对接|争取|牵线|引进)(?:到|了)?")


def brings_in(scene: Scene, link: schema.Link, links: Sequence[schema.Link]) -> bool:
    """审计局积极联系甲公司,为学校捐赠电脑: who only brings in the donor named behind."""
    brought = _BRINGS.match(scene.text, link.end)
    return brought is not None and any(o.role == "donor" and o.start == brought.end() for o in links)
