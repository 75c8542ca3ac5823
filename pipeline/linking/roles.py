"""Who plays which part in an act: learned scores under constraints, and what grammar says outright."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline import schema
from pipeline.linking.crowds import find_groups, find_institutions, marked_group
from pipeline.linking.drafts import Draft, Scene
from pipeline.linking.features import role_features
from pipeline.linking.judge import Judge
from pipeline.linking.near import near_parties, party_key
from pipeline.linking.params import LinkingParams
from pipeline.linking.scan import Party
from pipeline.linking.spans import Span


def role_links(
    scene: Scene, draft: Draft, number: int, judge: Judge, params: LinkingParams
) -> Iterator[schema.Link]:
    """Links of donors, recipients and intermediaries of an act."""
    scored: dict[str, list[tuple[float, Party]]] = {"donor": [], "recipient": [], "intermediary": []}
    for party in near_parties(scene, draft, params.window):
        facts = role_features(scene, draft, party)
        classes = judge("role", facts, (draft.start, draft.end), (party.start, party.end))
        for role, entries in scored.items():
            if role != "intermediary" or _may_pass_on(scene, draft, party):
                entries.append((classes.get(role, 0.0), party))
    group = _explicit_group(scene, draft)
    explicit = None if group else explicit_recipient(scene, draft)
    handed = handed_on(scene, draft)
    if handed is not None:
        scored["intermediary"], explicit = [(1.0, handed[0])], handed[1]
    if explicit is not None:
        scored["recipient"] = [(1.0, explicit)]
    if group:
        scored["recipient"] = []
        yield _group_link(scene, number, group)
    best = _best_roles(scene, scored)
    for role in sorted(scored):
        own = [(score, party) for score, party in scored[role] if best.get(party_key(scene, party)) == role]
        yield from _choose(scene, draft, number, role, own, params)


def _may_pass_on(scene: Scene, draft: Draft, party: Party) -> bool:
    """甲捐款;丙通过丁捐物: whoever is named by 通过 serves the act behind, and none of another subject."""
    if party.before != "via" or scene.sentence(party.start) != draft.sentence:
        return True
    if party.start > draft.start:
        return not any(d.sentence == draft.sentence and d.start > party.end for d in scene.drafts)
    return not any(
        p.before == "start" and p.kind in ("ORG", "PER") and party.end <= p.start < draft.start
        for p in scene.named
    )


# Characters behind a verb in which the group that it gives to may stand.
_BEHIND = 24
# What a donor named in the act's own clause is worth against a likelier one further off.
_NEAR = 0.15


_TO_BEHIND = re.compile(r"(?:给|到|至|往|予|达|抵|进)了?$")


def explicit_recipient(scene: Scene, draft: Draft) -> Party | None:
    """The party that grammar marks as recipient: 向X捐赠 in the trigger's clause, 捐赠给X right behind it."""
    trigger = draft.trigger
    if trigger is None or trigger.kind != "give":
        return None
    own = [p for p in scene.parties if p.kind != "GROUP" and any(scene.names.of(s) for s in p.members)]
    behind = [p for p in own if p.start == trigger.end and _TO_BEHIND.search(trigger.word)]
    if behind:
        return behind[0]
    first = scene.clauses[scene.clause(trigger.start)]
    before = [p for p in own if first <= p.start and p.end <= trigger.start and p.before == "to"]
    verbs = [d.trigger.end for d in scene.drafts if d.trigger and first <= d.trigger.start < trigger.start]
    return before[-1] if before and not any(v > before[-1].end for v in verbs) else None


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


def _explicit_group(scene: Scene, draft: Draft) -> Span | None:
    """有关乡村, 46个行政村: told by number or extent, and nobody named between particle and trigger."""
    if draft.trigger is None or draft.trigger.kind != "give":
        return None
    first = scene.clauses[scene.clause(draft.start)]
    span = find_institutions(scene.text, first, draft.start)
    named = [p for p in scene.parties if span and span[0] <= p.start < span[1] and _is_named(scene, p, span)]
    return None if named else span


def _is_named(scene: Scene, party: Party, span: Span) -> bool:
    """Whether a party inside a group's words is somebody by name: not 村委会, and not the group itself."""
    surface = scene.text[party.start : party.end]
    return party.kind != "PRONOUN" and len(surface) > 4 and (party.start, party.end) != span


def _group_link(scene: Scene, number: int, span: Span) -> schema.Link:
    start, end = span
    name = scene.report.text[start:end]
    return schema.Link(scene.report.report_id, number, "recipient", start, end, 0.5, "group", (name,))


def _best_roles(scene: Scene, scored: dict[str, list[tuple[float, Party]]]) -> dict[tuple[str, ...], str]:
    """Nobody is two things in one act: the role of a party's most telling mention counts."""
    best: dict[tuple[str, ...], tuple[float, str]] = {}
    for role in sorted(scored):
        for score, party in scored[role]:
            key = party_key(scene, party)
            best[key] = max(best.get(key, (-1.0, "")), (score, role))
    return {key: role for key, (_, role) in best.items()}


def _choose(
    scene: Scene,
    draft: Draft,
    number: int,
    role: str,
    scored: Sequence[tuple[float, Party]],
    params: LinkingParams,
) -> Iterator[schema.Link]:
    """Parties whose best mention passes; else the best one if it passes the floor."""
    named = [(score, party) for score, party in scored if any(scene.names.of(span) for span in party.members)]
    ranked = sorted(named, key=lambda pair: (-pair[0], abs(pair[1].start - draft.start)))
    top = ranked[0][0] if ranked else 0.0
    bar = params.intermediary if role == "intermediary" else params.role
    chosen = [(score, party) for score, party in ranked if score >= max(bar, top * params.role_share)]
    if not chosen and role != "intermediary":
        chosen = [(score, party) for score, party in ranked[:1] if score >= params.role_floor]
    if role == "recipient":
        chosen = _own_group(scene, draft, scored, chosen)
    chosen = (
        _of_one_sort(_beside_best(scene, draft, role, chosen))
        if role == "recipient"
        else (_beside_best(scene, draft, role, chosen))
    )
    if role == "recipient" and not chosen and scored:
        yield from _group(scene, draft, number)
    seen: list[str] = []
    for score, party in chosen:
        for span in party.members:
            names = tuple(
                name for name in scene.names.of(span) if not any(same_party(name, old) for old in seen)
            )
            if names:
                seen += names
                rule = "group" if party.kind == "GROUP" else "role"
                yield schema.Link(scene.report.report_id, number, role, span[0], span[1], score, rule, names)


def _own_group(
    scene: Scene, draft: Draft, scored: Sequence[tuple[float, Party]], chosen: list[tuple[float, Party]]
) -> list[tuple[float, Party]]:
    """看望8户困难家庭,送去米面: a group of the act's sentence, where everybody named is told elsewhere."""
    if any(scene.sentence(party.start) == draft.sentence for _, party in chosen):
        return chosen
    groups = [
        (score, party)
        for score, party in scored
        if party.kind == "GROUP"
        and scene.sentence(party.start) == draft.sentence
        and party.start < draft.end + _BEHIND
        and marked_group(scene.text, (party.start, party.end))
    ]
    return [max(groups, key=lambda pair: pair[0])] if groups else chosen


def _of_one_sort(chosen: list[tuple[float, Party]]) -> list[tuple[float, Party]]:
    """Somebody named or a group, as the likeliest of them: 石桥村 and its 30户脱贫户 are one recipient."""
    if not chosen:
        return []
    unnamed = max(chosen, key=lambda pair: pair[0])[1].kind == "GROUP"
    return [pair for pair in chosen if (pair[1].kind == "GROUP") == unnamed]


def _beside_best(
    scene: Scene, draft: Draft, role: str, chosen: Sequence[tuple[float, Party]]
) -> list[tuple[float, Party]]:
    """The best party with those of its sentence; donors with those of its clause, the act's own first."""
    if not chosen:
        return []
    own = scene.clause(draft.start)
    if role == "donor":
        best = max(chosen, key=lambda pair: pair[0] + _NEAR * (scene.clause(pair[1].start) == own))
        home = scene.clause(best[1].start)
        return [pair for pair in chosen if scene.clause(pair[1].start) == home]
    home = scene.sentence(chosen[0][1].start)
    return [pair for pair in chosen if scene.sentence(pair[1].start) == home]


def same_party(name: str, other: str) -> bool:
    """Whether two names are one party, or one is the place that the other is named after.

    Example:
        >>> same_party("石桥村", "柳河镇石桥村"), same_party("石桥村", "柳河镇石桥村村委会")
        (True, True)
    """
    short, full = sorted((name, other), key=len)
    return len(short) >= 2 and short in full


def _group(scene: Scene, draft: Draft, number: int) -> Iterator[schema.Link]:
    """A recipient without a name (困难学生), when nothing named is there."""
    sentence = scene.sentences[draft.sentence]
    groups = find_groups(scene.text, sentence.start, sentence.end)
    if groups:
        start, end = min(groups, key=lambda span: (abs(span[0] - draft.end), span))
        yield schema.Link(
            scene.report.report_id,
            number,
            "recipient",
            start,
            end,
            0.5,
            "group",
            (scene.report.text[start:end],),
        )
