"""From a scene and the learned decisions to acts with their arguments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline import schema
from pipeline.linking.date_facts import scope_features
from pipeline.linking.drafts import Draft, Scene
from pipeline.linking.features import act_features, good_features
from pipeline.linking.goods import Good
from pipeline.linking.judge import Judge
from pipeline.linking.model import LinkerModel
from pipeline.linking.params import LinkingParams
from pipeline.linking.reading import Reading, span_of
from pipeline.linking.roles import role_links
from pipeline.linking.scan import Party
from pipeline.linking.spans import Span
from pipeline.linking.stocking import stocks_branch
from pipeline.linking.tallies import tally_before
from pipeline.linking.topic import with_topic
from pipeline.linking.when import date_of, dates, is_of_one_day, is_running_total


def decode(
    scene: Scene,
    model: LinkerModel,
    params: LinkingParams,
    reading: Reading | None = None,
    judge: Judge | None = None,
) -> tuple[schema.Act | schema.Link, ...]:
    """Acts of a report, each followed by its links, in order of position.

    Args:
        scene: what stands in the report.
        model: the decisions over named facts.
        params: thresholds.
        reading: the encoder's answers, if it read the report.
        judge: who answers instead of model and reading.
    """
    judge = judge or Judge(model, reading, params.encoder_share)
    found: list[schema.Act | schema.Link] = []
    kept: list[Span] = []
    number = 0
    scored = [
        (draft, facts, judge("act", facts, span_of(draft))["yes"]) for draft, facts in _with_facts(scene)
    ]
    if max((score for _, _, score in scored), default=0.0) < params.report:
        return ()
    lists = {d.sentence for d, _, score in scored if score >= params.act and _of_list(scene, d)}
    for draft, facts, score in scored:
        eased = is_batch(scene, draft) or (draft.sentence in lists and _of_list(scene, draft))
        if score < (params.batch if eased else params.act) or _is_no_gift(scene, draft):
            continue
        links = list(_links(scene, draft, number, judge, params))
        if not any(link.role == "item" for link in links):
            continue
        act = _act(scene, draft, number, facts, score, judge, params)
        links += _dates(scene, draft, act, judge, params)
        links += _apart(scene, draft, kept, number, judge, params)
        found += [act, *links]
        kept.append(span_of(draft))
        number += 1
    return with_topic(scene, found)


def _apart(
    scene: Scene, draft: Draft, others: Sequence[Span], number: int, judge: Judge, params: LinkingParams
) -> Iterator[schema.Link]:
    """Earlier acts that the encoder takes for other events."""
    for start, end in others:
        score = judge.apart((start, end), span_of(draft))
        if score >= params.apart:
            yield schema.Link(scene.report.report_id, number, "apart", start, end, score, "read")


def likeliest(scene: Scene, model: LinkerModel) -> float:
    """How likely the likeliest act of a report is by its named facts; 0 without any draft."""
    return max((model["act"].probabilities(facts)["yes"] for _, facts in _with_facts(scene)), default=0.0)


def _act(
    scene: Scene,
    draft: Draft,
    number: int,
    facts: set[str],
    score: float,
    judge: Judge,
    params: LinkingParams,
) -> schema.Act:
    hinted = draft.trigger is not None and "planned" in draft.trigger.flags
    planned = judge("status", facts, span_of(draft))["planned"] >= (
        params.planned_hint if hinted else params.planned
    )
    date = date_of(scene, draft, judge, params)
    told = scope_features(facts, draft, date[1] if date else None)
    likely = judge("scope", told, span_of(draft))["cumulative"]
    cumulative = is_running_total(scene, draft) or (
        likely >= params.cumulative and not is_of_one_day(scene, draft)
    )
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


def _of_list(scene: Scene, draft: Draft) -> bool:
    """低保户210户,每户800元;孤儿8人,4000元: what one kind of people gets, in a list of such."""
    if draft.trigger is not None or not draft.goods or draft.goods[-1].category != "money":
        return False
    first = scene.sentences[draft.sentence].start
    return tally_before(scene.text, first, draft.goods[-1].start) is not None


def _with_facts(scene: Scene) -> Iterator[tuple[Draft, set[str]]]:
    return ((draft, act_features(scene, draft)) for draft in scene.drafts)


def _is_no_gift(scene: Scene, draft: Draft) -> bool:
    return _leads_collection(scene, draft) or stocks_branch(scene, draft)


def _leads_collection(scene: Scene, draft: Draft) -> bool:
    """会长带头捐出2万元: one gift inside a collection, which counts as a whole."""
    first = scene.clauses[scene.clause(draft.start)]
    at = scene.text.find("带头", first, draft.start)
    return at >= 0 and not any(p.end == at and _is_institution(scene, p) for p in scene.named)


def _is_institution(scene: Scene, party: Party) -> bool:
    """我会带头捐款: no single person."""
    return party.kind == "ORG" or (party.kind == "PRONOUN" and scene.text[party.start] in "我本该")


def _links(
    scene: Scene, draft: Draft, number: int, judge: Judge, params: LinkingParams
) -> Iterator[schema.Link]:
    yield from _items(scene, draft, number, judge, params)
    yield from role_links(scene, draft, number, judge, params)
    for value in draft.values:
        yield schema.Link(scene.report.report_id, number, "value", value.start, value.end, 1.0, "value")


def _items(
    scene: Scene, draft: Draft, number: int, judge: Judge, params: LinkingParams
) -> Iterator[schema.Link]:
    about = span_of(draft)
    scored = [
        (judge("good", good_features(scene, draft, good), about, (good.start, good.end))["yes"], good)
        for good in draft.goods
    ]
    passed = [(score, good) for score, good in scored if score >= _bar(good, params)]
    for score, good in passed or _headline_goods(scene, draft, scored):
        category = judge.category((good.start, good.end), good.category)
        yield _item_link(scene.report.report_id, number, replace(good, category=category), score)


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
    part = (good.figure is not None and good.figure.role == "part") or (
        good.value is not None and good.value.rule == "money-list"
    )
    return params.good / 4 if part else params.good


def _item_link(report_id: str, number: int, good: Good, score: float) -> schema.Link:
    figure, value = good.figure, good.value
    start, end = good.noun or (good.start, good.end)
    return schema.Link(
        report_id,
        number,
        "item",
        start,
        end,
        score,
        good.rule,
        category=good.category,
        figure_start=figure.start if figure else None,
        figure_end=figure.end if figure else None,
        value_start=value.start if value else None,
        value_end=value.end if value else None,
    )


def _dates(
    scene: Scene, draft: Draft, act: schema.Act, judge: Judge, params: LinkingParams
) -> Iterator[schema.Link]:
    best = date_of(scene, draft, judge, params)
    if best is not None and dates(act, *best):
        score, date = best
        yield schema.Link(act.report_id, act.act_no, "date", date.start, date.end, score, "date")
