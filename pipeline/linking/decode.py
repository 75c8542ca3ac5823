"""From a scene and the learned decisions to acts with their arguments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline import schema
from pipeline.linking.drafts import Draft, Scene
from pipeline.linking.features import act_features, date_features, good_features, role_features
from pipeline.linking.goods import Good
from pipeline.linking.model import LinkerModel
from pipeline.linking.scan import Party, Span, find_groups, find_institutions
from pipeline.params import Section


class LinkingParams(Section):
    """Thresholds of the decoder; probabilities of the learned decisions."""

    model: str = "models/linker"
    act: float = 0.45
    report: float = 0.55
    batch: float = 0.15
    planned: float = 0.5
    planned_hint: float = 0.25
    cumulative: float = 0.4
    role: float = 0.5
    intermediary: float = 0.35
    role_floor: float = 0.15
    role_share: float = 0.8
    good: float = 0.4
    date: float = 0.15
    window: int = 3


def decode(scene: Scene, model: LinkerModel, params: LinkingParams) -> tuple[schema.Act | schema.Link, ...]:
    """Acts of a report, each followed by its links, in order of position."""
    found: list[schema.Act | schema.Link] = []
    number = 0
    scored = [(draft, facts, model["act"].probabilities(facts)["yes"]) for draft, facts in _with_facts(scene)]
    if max((score for _, _, score in scored), default=0.0) < params.report:
        return ()
    for draft, facts, score in scored:
        bar = params.batch if is_batch(scene, draft) else params.act
        if score < bar or _leads_collection(scene, draft):
            continue
        links = list(_links(scene, draft, number, model, params))
        if not any(link.role == "item" for link in links):
            continue
        found += [_act(scene, draft, number, facts, score, model, params), *links]
        number += 1
    return tuple(found)


_RUNNING = re.compile(
    r"(?:累计|迄今|历年|[年月]以来|自[^,。;]{2,14}以来|截至|(?:[一二两三四五六七八九十几数多]|[0-9]+)(?:余|多)?年(?:多)?来"
    r"|(?:今年|全年|年内|去年)[^。;日]{0,24}(?:共|先后|累计))[^。;日]{0,40}$"
)


def _is_running_total(scene: Scene, draft: Draft) -> bool:
    """两年多来, 累计, 全年共: said before the figure, with no day of an act in between."""
    figures = [g.figure.start for g in draft.goods if g.figure is not None]
    if not figures:
        return False
    sentence = scene.sentences[draft.sentence]
    return bool(_RUNNING.search(scene.text[sentence.start : max(min(figures), draft.start)]))


def _act(
    scene: Scene,
    draft: Draft,
    number: int,
    facts: set[str],
    score: float,
    model: LinkerModel,
    params: LinkingParams,
) -> schema.Act:
    hinted = draft.trigger is not None and "planned" in draft.trigger.flags
    planned = model["status"].probabilities(facts)["planned"] >= (
        params.planned_hint if hinted else params.planned
    )
    likely = model["scope"].probabilities(facts)["cumulative"]
    cumulative = likely >= params.cumulative or _is_running_total(scene, draft)
    sentence = scene.sentences[draft.sentence]
    return schema.Act(
        report_id=scene.report.report_id,
        act_no=number,
        start=draft.start,
        end=draft.end,
        first=sentence.start,
        last=sentence.end,
        trigger=draft.trigger.word if draft.trigger else None,
        status="planned" if planned else "completed",
        scope="cumulative" if cumulative else "single",
        score=score,
    )


_BATCH = re.compile(r"(?:这批|该批|此批|这些|此次|本次|这次|所赠|受赠|捐赠的|赠送的)[^,。;]{0,10}$")


def is_batch(scene: Scene, draft: Draft) -> bool:
    """这批图书共860册: a sentence that only counts what another one tells as given."""
    if draft.trigger is not None or not draft.goods or draft.goods[0].figure is None:
        return False
    start = scene.clauses[scene.clause(draft.start)]
    return bool(
        _BATCH.match(scene.text[start : draft.start] + " ")
        or _BATCH.search(scene.text[start : draft.goods[0].end])
    )


def _with_facts(scene: Scene) -> Iterator[tuple[Draft, set[str]]]:
    return ((draft, act_features(scene, draft)) for draft in scene.drafts)


def _leads_collection(scene: Scene, draft: Draft) -> bool:
    """会长带头捐出2万元: one gift inside a collection, which counts as a whole."""
    first = scene.clauses[scene.clause(draft.start)]
    return "带头" in scene.text[first : draft.start]


def _links(
    scene: Scene, draft: Draft, number: int, model: LinkerModel, params: LinkingParams
) -> Iterator[schema.Link]:
    yield from _items(scene, draft, number, model, params)
    yield from _roles(scene, draft, number, model, params)
    yield from _dates(scene, draft, number, model, params)
    for value in draft.values:
        yield schema.Link(scene.report.report_id, number, "value", value.start, value.end, 1.0, "value")


def _items(
    scene: Scene, draft: Draft, number: int, model: LinkerModel, params: LinkingParams
) -> Iterator[schema.Link]:
    scored = [
        (model["good"].probabilities(good_features(scene, draft, good))["yes"], good) for good in draft.goods
    ]
    passed = [(score, good) for score, good in scored if score >= _bar(good, params)]
    for score, good in passed or _headline_goods(scene, draft, scored):
        yield _item_link(scene.report.report_id, number, good, score)


def _headline_goods(
    scene: Scene, draft: Draft, scored: Sequence[tuple[float, Good]]
) -> list[tuple[float, Good]]:
    """甲县图书馆赠送电脑: goods of the headline alone, when nothing else in the report is counted."""
    named = [pair for pair in scored if pair[1].rule != "inner"]
    counted = any(g.figure is not None or g.value is not None for d in scene.drafts for g in d.goods)
    if counted or scene.sentences[draft.sentence].kind != "title":
        return []
    return named[:1]


def _bar(good: Good, params: LinkingParams) -> float:
    """What a phrase has to score; a stated part of an overall figure less than others."""
    part = good.figure is not None and good.figure.role == "part"
    return params.good / 4 if part else params.good


def _item_link(report_id: str, number: int, good: Good, score: float) -> schema.Link:
    figure, value = good.figure, good.value
    return schema.Link(
        report_id,
        number,
        "item",
        good.start,
        good.end,
        score,
        good.rule,
        category=good.category,
        figure_start=figure.start if figure else None,
        figure_end=figure.end if figure else None,
        value_start=value.start if value else None,
        value_end=value.end if value else None,
    )


def near_parties(scene: Scene, draft: Draft, window: int) -> Iterator[Party]:
    """Parties that may take part: a few sentences around, the title, and the first sentence of the body."""
    for party in scene.parties:
        sentence = scene.sentence(party.start)
        if party.after == "media":
            continue
        if party.start < scene.report.body_start or abs(sentence - draft.sentence) <= window:
            yield party


def _roles(
    scene: Scene, draft: Draft, number: int, model: LinkerModel, params: LinkingParams
) -> Iterator[schema.Link]:
    scored: dict[str, list[tuple[float, Party]]] = {"donor": [], "recipient": [], "intermediary": []}
    for party in near_parties(scene, draft, params.window):
        classes = model["role"].probabilities(role_features(scene, draft, party))
        for role, entries in scored.items():
            entries.append((classes.get(role, 0.0), party))
    group = _explicit_group(scene, draft)
    explicit = None if group else explicit_recipient(scene, draft)
    if explicit is not None:
        scored["recipient"] = [(1.0, explicit)]
    if group:
        scored["recipient"] = []
        yield _group_link(scene, number, group)
    best = _best_roles(scene, scored)
    for role in sorted(scored):
        own = [(score, party) for score, party in scored[role] if best.get(_key(scene, party)) == role]
        yield from _choose(scene, draft, number, role, own, params)


# What a donor named in the act's own clause is worth against a likelier one further off.
_NEAR = 0.15
_TO_BEHIND = re.compile(r"(?:给|到|至|往|予|达|抵|进)了?$")


def explicit_recipient(scene: Scene, draft: Draft) -> Party | None:
    """The party that grammar marks as recipient: 向X捐赠 in the trigger's clause, 捐赠给X right behind it."""
    trigger = draft.trigger
    if trigger is None or trigger.kind != "give":
        return None
    own = [p for p in scene.parties if any(scene.names.of(span) for span in p.members)]
    behind = [p for p in own if p.start == trigger.end and _TO_BEHIND.search(trigger.word)]
    if behind:
        return behind[0]
    first = scene.clauses[scene.clause(trigger.start)]
    before = [p for p in own if first <= p.start and p.end <= trigger.start and p.before == "to"]
    verbs = [d.trigger.end for d in scene.drafts if d.trigger and first <= d.trigger.start < trigger.start]
    return before[-1] if before and not any(v > before[-1].end for v in verbs) else None


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


def _key(scene: Scene, party: Party) -> tuple[str, ...]:
    return tuple(name for span in party.members for name in scene.names.of(span))


def _best_roles(scene: Scene, scored: dict[str, list[tuple[float, Party]]]) -> dict[tuple[str, ...], str]:
    """Nobody is two things in one act: the role of a party's most telling mention counts."""
    best: dict[tuple[str, ...], tuple[float, str]] = {}
    for role in sorted(scored):
        for score, party in scored[role]:
            key = _key(scene, party)
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
    chosen = _beside_best(scene, draft, role, chosen)
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
                yield schema.Link(
                    scene.report.report_id, number, role, span[0], span[1], score, "role", names
                )


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


def _dates(
    scene: Scene, draft: Draft, number: int, model: LinkerModel, params: LinkingParams
) -> Iterator[schema.Link]:
    scored = [
        (model["date"].probabilities(date_features(scene, draft, date))["yes"], date) for date in scene.dates
    ]
    best = max(scored, key=lambda pair: (pair[0], -abs(pair[1].start - draft.start)), default=None)
    if best is not None and best[0] < params.date:
        best = _story_date(draft, scored)
    if best is not None:
        yield schema.Link(scene.report.report_id, number, "date", best[1].start, best[1].end, best[0], "date")


def _story_date(
    draft: Draft, scored: Sequence[tuple[float, schema.DateMention]]
) -> tuple[float, schema.DateMention] | None:
    """The likeliest day told before an act that names none: reports date the story, not every sentence."""
    days = [pair for pair in scored if pair[1].precision in ("day", "range") and pair[1].end <= draft.start]
    return max(days, key=lambda pair: (pair[0], pair[1].start), default=None)
