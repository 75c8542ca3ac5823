"""Who plays which part in an act: learned scores under constraints, and what grammar says outright."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline import schema
from pipeline.linking.crowds import find_groups
from pipeline.linking.drafts import Draft, Scene
from pipeline.linking.elsewhere import gives_elsewhere
from pipeline.linking.features import role_features
from pipeline.linking.grammar import (
    acting_party,
    brings_in,
    commissioned,
    going_on,
    handed_on,
    helped,
    may_pass_on,
    opens_again,
    out_of_hands,
    sends_givers,
    told_of_another,
)
from pipeline.linking.judge import Judge
from pipeline.linking.near import in_reach, near_parties, of_own_part, party_key, weighed
from pipeline.linking.officers import for_institutions, on_behalf
from pipeline.linking.params import LinkingParams
from pipeline.linking.partners import joined_partners, with_partners
from pipeline.linking.scan import Party
from pipeline.linking.sides import beside_best, of_one_sort, own_group, visited
from pipeline.linking.spans import Span, overlaps
from pipeline.linking.subjects import outright_giver, titled_person, unnamed_givers
from pipeline.linking.takers import outright_taker


def role_links(
    scene: Scene, draft: Draft, number: int, judge: Judge, params: LinkingParams
) -> Iterator[schema.Link]:
    """Links of donors, recipients and intermediaries of an act."""
    scored = _scored(scene, draft, judge, params)
    explicit, group = outright_taker(scene, draft, scored["recipient"])
    if (handed := handed_on(scene, draft)) is not None:
        scored["intermediary"], explicit = [(1.0, handed[0])], handed[1]
    charged = commissioned(scene, draft)
    if charged is not None:
        scored["donor"] = [(1.0, charged[0])]
        scored["intermediary"] = [(1.0, charged[1])] if charged[1] else []
    told = going_on(scene, draft) or draft
    subject = None if charged else _subject(scene, told)
    givers = None if subject or charged else unnamed_givers(scene, told)
    if givers is not None:
        scored = _outside(scored, givers)
        yield _group_link(scene, number, "donor", givers)
    if explicit is not None:
        scored["recipient"] = [(1.0, explicit)]
    if group:
        scored["recipient"] = []
        yield _group_link(scene, number, "recipient", group)
    if explicit is None:
        scored["recipient"] = [pair for pair in scored["recipient"] if _may_take(scene, draft, pair[1])]
    # Who gives is known: nobody else is kept from the other side by being likelier to give.
    if givers is not None:
        scored["donor"] = []
    if subject is not None:
        scored["donor"] = [(1.0, subject)]
    best = _best_roles(scene, scored)
    if subject is not None:
        best[party_key(scene, subject)] = "donor"
    links: list[schema.Link] = []
    for role in sorted(scored):
        own = [pair for pair in scored[role] if best.get(party_key(scene, pair[1])) == role]
        links += _choose(scene, draft, number, role, own, params)
    links = [link for link in links if link.role != "donor" or not brings_in(scene, link, links)]
    acting = None if givers or any(link.role == "donor" for link in links) else acting_party(scene, draft)
    if acting is not None:
        links += _choose(scene, draft, number, "donor", [(params.role, acting)], params)
    links = on_behalf(scene, draft, [*links, *joined_partners(scene, draft, number, links)])
    yield from with_partners(scene, draft, number, list(_on_one_side(links)), params)


def _may_take(scene: Scene, draft: Draft, party: Party) -> bool:
    return not told_of_another(scene, draft, party) and not sends_givers(scene, party)


def _scored(
    scene: Scene, draft: Draft, judge: Judge, params: LinkingParams
) -> dict[str, list[tuple[float, Party]]]:
    """How likely each party near an act plays each part in it."""
    scored: dict[str, list[tuple[float, Party]]] = {"donor": [], "recipient": [], "intermediary": []}
    for party in near_parties(scene, draft, params.window):
        facts = role_features(scene, draft, party)
        classes = judge("role", facts, (draft.start, draft.end), (party.start, party.end))
        for role, entries in scored.items():
            if in_reach(scene, draft, party, role) and _may_play(scene, draft, party, role):
                entries.append((weighed(scene, draft, party, role, classes.get(role, 0.0)), party))
    return {role: of_own_part(scene, draft, entries) for role, entries in scored.items()}


def _may_play(scene: Scene, draft: Draft, party: Party, role: str) -> bool:
    if role == "donor":
        return not gives_elsewhere(scene, draft, party)
    return role != "intermediary" or may_pass_on(scene, draft, party)


def _subject(scene: Scene, draft: Draft) -> Party | None:
    """Who grammar says gives: a titled person, who stands right before the verb, who opens a clause again."""
    person = titled_person(scene, draft) or outright_giver(scene, draft) or out_of_hands(scene, draft)
    return person or (acting_party(scene, draft) if opens_again(scene, draft) else None)


def _outside(
    scored: dict[str, list[tuple[float, Party]]], span: Span
) -> dict[str, list[tuple[float, Party]]]:
    return {
        role: [pair for pair in pairs if not overlaps((pair[1].start, pair[1].end), [span])]
        for role, pairs in scored.items()
    }


def _on_one_side(links: Sequence[schema.Link]) -> Iterator[schema.Link]:
    """图书馆与校友会向图书馆捐赠: who stands in two lists keeps the likelier part."""
    for link in links:
        others = [o for o in links if o.role != link.role and set(o.names) & set(link.names)]
        if not any((o.score, o.role) > (link.score, link.role) for o in others):
            yield link


def _group_link(scene: Scene, number: int, role: str, span: Span) -> schema.Link:
    start, end = span
    name = scene.report.text[start:end]
    return schema.Link(scene.report.report_id, number, role, start, end, 0.5, "group", (name,))


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
    """Links of the parties of one side, each name once."""
    chosen = _passing(scene, draft, role, scored, params)
    if role == "recipient":
        chosen = for_institutions(scene, chosen) or _saved(scene, draft, params)
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


def _passing(
    scene: Scene, draft: Draft, role: str, scored: Sequence[tuple[float, Party]], params: LinkingParams
) -> list[tuple[float, Party]]:
    """Parties whose best mention passes; else the best one if it passes the floor."""
    named = [(score, party) for score, party in scored if any(scene.names.of(span) for span in party.members)]
    ranked = sorted(named, key=lambda pair: (-pair[0], abs(pair[1].start - draft.start)))
    top = ranked[0][0] if ranked else 0.0
    bar = params.intermediary if role == "intermediary" else params.role
    chosen = [(score, party) for score, party in ranked if score >= max(bar, top * params.role_share)]
    if not chosen and role != "intermediary":
        chosen = [(score, party) for score, party in ranked[:1] if score >= params.role_floor]
    if role != "recipient":
        return beside_best(scene, draft, role, chosen)
    chosen = own_group(scene, draft, scored, chosen)
    home = visited(scene, draft, chosen)
    return of_one_sort(beside_best(scene, draft, role, chosen if home is None else [(params.role, home)]))


def _saved(scene: Scene, draft: Draft, params: LinkingParams) -> list[tuple[float, Party]]:
    """资助学生李明: who is helped, where nobody else gets the goods."""
    saved = helped(scene, draft)
    return [(params.role, saved)] if saved is not None else []


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
