"""Who is the subject of a clause of giving when no institution is: people told by kind, or a titled person.

All spans are offsets into the folded text.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.lexicons import read_toml, words
from pipeline.linking.drafts import Draft, Scene
from pipeline.linking.scan import Party
from pipeline.linking.spans import Span, alternation

_FLAGS = frozenset({"nominal", "owned", "passive", "named"})


@cache
def _bridge() -> re.Pattern[str]:
    """What stands between a subject and its verb."""
    adverbs, honorifics, stirring = (_words(name).pattern for name in ("adverbs", "honorifics", "stirring"))
    return re.compile(
        rf"(?:{honorifics})*(?:[和与及、][^,。;:!?、]{{1,10}}?(?:先生|女士|博士|教授))?(?:{adverbs})*(?:(?:{stirring}),)?(?:,?(?:[向为给对将把]|通过|委托)[^,。;:!?]{{1,40}}?)?(?:{adverbs})*"
    )


def stands_before(scene: Scene, party: Party, draft: Draft) -> bool:
    """甲公司近日又向石桥小学捐赠: whether a party is what the verb of an act has for its subject."""
    return _bridge().fullmatch(scene.text, party.end, draft.start) is not None


# 会长李平个人捐款2万元
_ALONE = re.compile(r"(?:先生|女士)?(?:个人|自费|自掏腰包|以个人名义)")


@cache
def _titles() -> re.Pattern[str]:
    return re.compile(rf"[^,。;:!?、]{{0,8}}?(?:{_words('titles').pattern})")


def titled_person(scene: Scene, draft: Draft) -> Party | None:
    """甲公司总裁李平向母校捐资: the person, unless 代表甲公司 is said.

    Returns:
        The person as a party, or None where no titled person is the verb's own subject.
    """
    if not _gives(draft):
        return None
    first = scene.clauses[scene.clause(draft.start)]
    own = [p for p in scene.named if first <= p.start and p.end <= draft.start]
    for party in own:
        if party.kind != "PER" or not _bridge().fullmatch(scene.text, party.end, draft.start):
            continue
        if re.search(r"代表|(?<!个人)名义", scene.text[first : draft.start]):
            return None
        owner = next((p for p in reversed(own) if p.kind == "ORG" and p.end <= party.start), None)
        alone = _ALONE.match(scene.text, party.end)
        if owner and (alone or _titles().fullmatch(scene.text, owner.end, party.start)):
            return party
        if owner is None and _private().fullmatch(scene.text, _lead(scene, first, party), party.start):
            return party
    return None


@cache
def _private() -> re.Pattern[str]:
    """个体经营者, 热心村民, 法国侨领: who a person is that stands for nobody else."""
    leads = _words("leads").pattern
    return re.compile(rf"(?:{leads})*[^,。;:!?、]{{0,6}}?(?:{_words('private').pattern})")


def _lead(scene: Scene, first: int, person: Party) -> int:
    """Where the words begin that say who a person is: behind the clause's day, places, other people."""
    ends = [day.end for day in scene.dates if first <= day.end <= person.start]
    ends += [p.end for p in scene.parties if first <= p.start and p.end <= person.start]
    return max([first, *ends])


def outright_giver(scene: Scene, draft: Draft) -> Party | None:
    """石桥小学共捐款6240元: who opens the clause and stands right before a verb of giving alone.

    Returns:
        The party, or None where anything but an adverb stands between, or another verb than of giving.
    """
    if not _gives(draft) or draft.trigger is None or draft.trigger.word not in _outright():
        return None
    first = scene.clauses[scene.clause(draft.start)]
    own = [
        p
        for p in scene.named
        if first <= p.start and p.end <= draft.start and (p.before == "start" or _each_of(scene, p, draft))
    ]
    return next((p for p in own if _adverbs().fullmatch(scene.text, p.end, draft.start)), None)


@cache
def _outright() -> frozenset[str]:
    return frozenset(words(read_toml("subjects.toml")["outright"]))


def _each_of(scene: Scene, party: Party, draft: Draft) -> bool:
    """甲集团主席李安、乙商会各捐20万元: several, right before 各 or 分别."""
    lead = scene.text[scene.clauses[scene.clause(party.start)] : party.start]
    if len(party.members) < 2 or party.kind == "LOC" or party.before not in _SUBJECTS:
        return False
    return scene.text[party.end : draft.start] in _EACH and not _TAKERS.search(lead)


_SUBJECTS = ("", "start", "staff", "title_person")
_EACH = ("各", "分别", "各自")
# 向甲校、乙校各捐: what stands behind such a word gets it.
_TAKERS = re.compile(r"[向给为对到往赴至在]|助|支援|驰援|走进|分别|[捐赠送]")


@cache
def _adverbs() -> re.Pattern[str]:
    return re.compile(f"(?:{_words('adverbs').pattern})*")


def _gives(draft: Draft) -> bool:
    return draft.trigger is not None and draft.trigger.kind == "give" and not draft.trigger.flags & _FLAGS


_FROM = re.compile(r"(?:接受|收到|接到|获得|得到|来自|由)(?:了)?(?:来自)?$")
_TOWARDS = re.compile(r"(?:共|又|还)?[向为给]")


def unnamed_givers(scene: Scene, draft: Draft) -> Span | None:
    """Who gives by kind alone: 全镇机关及驻地单位向图书馆捐赠, 接受各地企业和个人捐赠.

    Returns:
        The words for them, or None where somebody named is the subject.
    """
    trigger = draft.trigger
    if trigger is None or trigger.kind != "give" or trigger.flags & (_FLAGS - {"passive"}):
        return None
    first = _reach(scene, draft)
    for head in reversed(list(_words("people").finditer(scene.text, first, draft.start))):
        if _bridge().fullmatch(scene.text, head.end(), draft.start):
            start = _begin(scene, first, head.start())
            passive = "passive" in trigger.flags and not _FROM.search(scene.text, first, start)
            return (start, head.end()) if not passive and _is_subject(scene, start, head) else None
    return None


def _reach(scene: Scene, draft: Draft) -> int:
    """Where the clause of an act begins; the clause before, if its own begins with 向, 为, 给 or its verb.

    全校学生行动起来,捐给石桥小学图书100册: the clause before the verb's tells who.
    """
    clause = scene.clause(draft.start)
    own = scene.clauses[clause]
    if clause == 0 or scene.text[own - 1] != ",":
        return own
    towards = _TOWARDS.match(scene.text, own)
    stirred = _adverbs().fullmatch(scene.text, own, draft.start) and _stirring().search(scene.text, 0, own)
    return scene.clauses[clause - 1] if towards or stirred else own


@cache
def _stirring() -> re.Pattern[str]:
    return re.compile(rf"(?:{_words('stirring').pattern}),$")


@cache
def _words(name: str) -> re.Pattern[str]:
    return alternation(words(read_toml("subjects.toml")[name]))


def _begin(scene: Scene, first: int, head: int) -> int:
    """Where the words for people begin: at their clause, behind its day, its first words, or 组织, 收到."""
    days = [day.end for day in scene.dates if first <= day.end <= head]
    called = [found.end() for found in _words("called").finditer(scene.text, first, head)]
    halves = [found.end() for found in _SPACE.finditer(scene.text, first, head)]
    start = max([first, *days, *called, *halves])
    while lead := _words("leads").match(scene.text, start, head):
        start = lead.end()
    return start


# 千支蜡烛照亮归路 乡里商户捐款: a headline of two halves
_SPACE = re.compile(r"[ \u3000]+")


def _collects(scene: Scene, start: int) -> bool:
    """图书馆组织爱心人士捐赠: whether a named institution calls them up; what they bring is its gift."""
    first = scene.clauses[scene.clause(start)]
    calling = _CALLS.search(scene.text, first, start)
    return calling is not None and any(
        p.kind == "ORG" and first <= p.start and p.end <= calling.start() for p in scene.named
    )


_CALLS = re.compile(r"(?:先后|积极|广泛)?(?:组织|发动|动员|号召|带动|鼓励)$")


def _is_subject(scene: Scene, start: int, head: re.Match[str]) -> bool:
    """Whether a stretch names people by kind: no verb, nobody by name, and more than 企业 alone."""
    lead = scene.text[start : head.start()]
    if _words("barred").search(lead) or re.search(r"[\n“”\"()]", lead):
        return False
    if _collects(scene, start):
        return False
    surname = len(lead) == 1 and head[0] in ("先生", "女士")
    if len(lead) < 2 and not surname and head[0] not in words(read_toml("subjects.toml")["alone"]):
        return False
    inside = [p for p in scene.named if p.start < head.end() and start < p.end]
    return not any(p.kind in ("ORG", "PER") or p.end == head.end() for p in inside if p.kind != "GROUP")
