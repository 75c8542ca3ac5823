"""Features of the decisions that linking learns: named binary facts, as sets of strings.

Facts are built from clause structure, particles, distance, order, kinds of names, and where in the report a
mention stands. No fact holds a name or a figure; a few hold the one or two characters beside a passage.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.lexicons import read_toml, words
from pipeline.linking.drafts import Draft, Scene
from pipeline.linking.goods import Good
from pipeline.linking.kinds import name_class
from pipeline.linking.scan import Party, particle_after, particle_before
from pipeline.linking.spans import alternation


@cache
def _word_patterns() -> dict[str, re.Pattern[str]]:
    return {name: alternation(words(block)) for name, block in read_toml("suffixes.toml")["words"].items()}


def bucket(number: int, edges: tuple[int, ...] = (0, 1, 2, 3, 5, 8)) -> str:
    """A number by its sign and how many edges it passes.

    Example:
        >>> bucket(4), bucket(-1)
        ('+4', '-1')
    """
    sign = "-" if number < 0 else "+"
    return sign + str(sum(abs(number) > edge for edge in edges))


def _sentence_text(scene: Scene, index: int) -> str:
    sentence = scene.sentences[index]
    return scene.text[sentence.start : sentence.end]


def act_features(scene: Scene, draft: Draft) -> set[str]:
    """Does this draft tell an act of giving?"""
    trigger, text = draft.trigger, scene.text
    clause = scene.clause(draft.start)
    clause_start = scene.clauses[clause]
    sentence = scene.sentences[draft.sentence]
    head, tail = text[clause_start : draft.start], text[draft.end : draft.end + 6]
    word = trigger.word if trigger else "none"
    found = {f"w={word}", f"k={trigger.kind if trigger else 'none'}", f"sk={sentence.kind}"}
    flags = trigger.flags if trigger else frozenset()
    found |= {f"f={flag}" for flag in flags}
    found |= {f"w={word}&f={flag}" for flag in flags}
    counted = [g for g in draft.goods if g.figure is not None]
    sums = [g for g in draft.goods if g.category == "money" and g.value is not None]
    shape = "counted" if counted else "sum" if sums else "bare" if draft.goods else "none"
    found |= {f"goods={shape}", f"w={word}&goods={shape}", f"n={min(len(draft.goods), 3)}"}
    found |= {f"cat={good.category}" for good in draft.goods} | {f"grule={good.rule}" for good in draft.goods}
    if draft.values:
        found.add("value")
    for name, pattern in _word_patterns().items():
        if pattern.search(head):
            found |= {f"head:{name}", f"head:{name}&goods={shape}"}
        if pattern.search(text, sentence.start, sentence.end):
            found |= {f"sent:{name}", f"sent:{name}&goods={shape}"}
    found |= {f"doc:{name}={count}" for name, count in _document_words(scene.text)}
    found |= {f"prev={head[-2:]}", f"prev1={head[-1:]}", f"next={tail[:1]}", f"next2={tail[:2]}"}
    if draft.goods and trigger:
        gap = draft.goods[0].start - trigger.end
        found |= {
            f"gap={bucket(gap, (0, 2, 6, 12))}",
            f"sameclause={scene.clause(draft.goods[0].start) == clause}",
        }
    found |= _party_facts(scene, draft, clause)
    before = [d for d in scene.drafts if d.sentence == draft.sentence and d.start < draft.start]
    found.add(f"order={min(len(before), 2)}")
    strong = sum(1 for d in scene.drafts if d.trigger and not d.trigger.flags and d.goods)
    found.add(f"strong={min(strong, 3)}")
    found.add(f"titlegift={bool(_gift_title(scene))}")
    if re.search(r"[“\"][^”\"]*$", text[sentence.start : draft.start]):
        found.add("in_quote")
    return found


@cache
def _document_patterns() -> dict[str, re.Pattern[str]]:
    return {name: alternation(words(block)) for name, block in read_toml("suffixes.toml")["report"].items()}


def _document_words(text: str) -> list[tuple[str, int]]:
    """What the whole report speaks of: gifts, thanks, loans, tenders, statistics, appeals."""
    return [(name, min(len(p.findall(text)), 3)) for name, p in _document_patterns().items()]


@cache
def _gift_words() -> re.Pattern[str]:
    return re.compile("捐|赠|送书|送去|送上|送温暖|爱心|资助|助学|慰问|援助|驰援")


def _gift_title(scene: Scene) -> bool:
    return bool(_gift_words().search(scene.text, 0, max(scene.report.body_start, 0)))


def _party_facts(scene: Scene, draft: Draft, clause: int) -> set[str]:
    found = set()
    for party in scene.named:
        if scene.clause(party.start) == clause:
            side = "b" if party.end <= draft.start else "a"
            found |= {f"party:{side}:{party.kind}:{party.before}", f"party:{side}:{party.before}"}
    return found or {"party:none"}


def role_features(scene: Scene, draft: Draft, party: Party) -> set[str]:
    """What is this party to this act?"""
    text = scene.text
    trigger = draft.trigger
    kind = trigger.kind if trigger else "none"
    if trigger and "passive" in trigger.flags:
        kind += "-passive"
    side = "before" if party.end <= draft.start else "after"
    sentence = scene.sentence(party.start)
    apart = sentence - draft.sentence
    clauses = scene.clause(party.start) - scene.clause(draft.start)
    place = "same" if clauses == 0 else "sent" if apart == 0 else f"s{bucket(apart, (0, 1, 2, 4))}"
    name = "".join(scene.names.of(party.members[0])[:1]) or text[party.start : party.end]
    sort = name_class(name) if party.kind != "PER" else "person"
    frame = f"{kind}|{side}|{place}"
    gap = text[party.end : draft.start] if side == "before" else text[draft.end : party.start]
    base = {
        f"b={party.before}", f"a={party.after}", f"kind={party.kind}", f"sort={sort}",
        f"members={min(len(party.members), 3)}",
        f"clauses={bucket(clauses)}", f"skind={scene.sentences[sentence].kind}",
    }  # fmt: skip
    base |= _gap_facts(gap, place)
    base |= _order_facts(scene, draft, party, side)
    found = base | {f"{frame}", f"{kind}|{side}", f"{place}"}
    found |= {f"{frame}&{fact}" for fact in base} | {f"{kind}|{side}&{fact}" for fact in base}
    found |= {
        f"b={party.before}&sort={sort}",
        f"a={party.after}&sort={sort}",
        f"b={party.before}&a={party.after}",
    }
    found |= {f"sort={sort}&kind={kind}"}
    found |= _document_facts(scene, party, name, sort)
    return found


def _gap_facts(gap: str, place: str) -> set[str]:
    found = set()
    if place == "same":
        found |= {
            f"gap={gap}" if len(gap) <= 3 else f"gaplen={bucket(len(gap), (3, 6, 12, 20))}",
            f"gap1={gap[:1]}",
            f"gapl={gap[-1:]}",
        }
    if place in ("same", "sent"):
        for mark, pattern in (
            ("to", "向|给|为|对"),
            ("with", "联合|会同|携手|与|和"),
            ("at", "来到|走进|赴|深入|前往|到"),
            ("by", "由|被"),
            ("get", "收到|接受|获"),
            ("say", "说|表示|介绍"),
            ("hold", "将|把"),
            ("act", "捐|赠|送|资助"),
            ("own", "自掏腰包|自费|个人|自己"),
        ):
            if re.search(pattern, gap):
                found.add(f"gap:{mark}")
    return found


def _order_facts(scene: Scene, draft: Draft, party: Party, side: str) -> set[str]:
    own = [
        p
        for p in scene.named
        if scene.sentences[draft.sentence].start <= p.start < scene.sentences[draft.sentence].end
    ]
    between = [
        p
        for p in own
        if (party.end <= p.start and p.end <= draft.start) or (draft.end <= p.start and p.end <= party.start)
    ]
    found = {
        f"between={min(len(between), 3)}",
        f"between:{','.join(sorted({p.before for p in between}))[:24]}",
    }
    if own and own[0] is party:
        found.add("first_in_sentence")
    if any(p.before == "to" and p is not party for p in own):
        found.add("other_to")
    if any(p.before in ("start", "") and p is not party and p.end <= draft.start for p in own):
        found.add("other_subject")
    if party.kind == "PRONOUN":
        found.add(f"pronoun={scene.text[party.start]}")
    rank = (
        [p for p in own if p.end <= draft.start]
        if side == "before"
        else [p for p in own if p.start >= draft.end]
    )
    if rank and (rank[-1] if side == "before" else rank[0]) is party:
        found.add("nearest")
    return found


def _document_facts(scene: Scene, party: Party, name: str, sort: str) -> set[str]:
    text, title = scene.text, scene.text[: scene.report.body_start]
    surface = text[party.start : party.end]
    found = {f"freq={min(text.count(surface), 4)}"}
    if party.start < scene.report.body_start:
        found |= {
            "in_title",
            f"title_head={party.start == 0}",
            f"in_title&b={party.before}",
            f"in_title&sort={sort}",
        }
    elif surface in title or any(n and n in title for n in scene.names.of(party.members[0])):
        at = title.find(surface)
        found |= {"named_in_title", f"title_lead={at == 0}"}
        found |= (
            {f"title_b={particle_before(text, at)}", f"title_a={particle_after(text, at + len(surface))}"}
            if at >= 0
            else set()
        )
    source = scene.report.source or ""
    if source and (source in name or name in source):
        found |= {"is_source", f"is_source&sort={sort}"}
    firsts = [p for p in scene.named if p.start >= scene.report.body_start]
    if firsts and scene.names.of(firsts[0].members[0]) == scene.names.of(party.members[0]):
        found |= {"first_party", f"first_party&sort={sort}"}
    before = {
        p.before for p in scene.parties if scene.names.of(p.members[0]) == scene.names.of(party.members[0])
    }
    found |= {f"everb={b}" for b in before}
    after = {
        p.after for p in scene.parties if scene.names.of(p.members[0]) == scene.names.of(party.members[0])
    }
    return found | {f"evera={a}" for a in after}


def good_features(scene: Scene, draft: Draft, good: Good) -> set[str]:
    """Is this phrase among what the act gave?"""
    text = scene.text
    trigger = draft.trigger
    word = trigger.word if trigger else "none"
    side = "before" if good.end <= draft.start else "after"
    shape = "figure" if good.figure is not None else "sum" if good.value is not None else "bare"
    clauses = scene.clause(good.start) - scene.clause(draft.start)
    clause_start = scene.clauses[scene.clause(good.start)]
    head = text[clause_start : good.start]
    others = [g for g in draft.goods if g is not good]
    found = {
        f"shape={shape}", f"rule={good.rule}", f"cat={good.category}", f"side={side}", f"w={word}",
        f"clauses={bucket(clauses)}", f"prev={text[good.start - 1 : good.start]}",
        f"prev2={text[good.start - 2 : good.start]}", f"next={text[good.end : good.end + 1]}",
        f"next2={text[good.end : good.end + 2]}", f"len={min(good.end - good.start, 5)}",
        f"others={min(len(others), 3)}", f"figured={any(g.figure is not None for g in others)}",
    }  # fmt: skip
    if good.figure is not None:
        found |= {
            f"unit={good.figure.unit}",
            f"role={good.figure.role}",
            f"unit={good.figure.unit}&cat={good.category}",
        }
    for name, pattern in _word_patterns().items():
        if pattern.search(head):
            found.add(f"head:{name}")
    found |= {f"{shape}&{fact}" for fact in found if not fact.startswith("shape")}
    found |= {f"side={side}&clauses={bucket(clauses)}&{shape}", f"w={word}&{shape}&{side}"}
    return found
