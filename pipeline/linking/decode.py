"""From a scene and the learned decisions to acts with their arguments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline import schema
from pipeline.linking.date_facts import date_features, scope_features
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
    for draft, facts, score in scored:
        bar = params.batch if is_batch(scene, draft) else params.act
        if score < bar or _leads_collection(scene, draft):
            continue
        links = list(_links(scene, draft, number, judge, params))
        if not any(link.role == "item" for link in links):
            continue
        links += _apart(scene, draft, kept, number, judge, params)
        found += [_act(scene, draft, number, facts, score, judge, params), *links]
        kept.append(span_of(draft))
        number += 1
    return tuple(found)


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


_RUNNING = re.compile(
    r"(?:累计|迄今|历年|[年月]以来|自[^,。;]{2,14}以来|截至|(?:[一二两三四五六七八九十几数多]|[0-9]+)(?:余|多)?年(?:多)?来"
    r"|(?:今年|全年|年内|去年)[^。;日]{0,24}(?:共|先后|累计)|近年来[^。;日]{0,40}(?:共|先后|累计))[^。;日]{0,40}$"
)


def _is_running_total(scene: Scene, draft: Draft) -> bool:
    """两年多来, 累计, 全年共: said before the figure, with no day of an act in between."""
    figures = [q.start for g in draft.goods for q in (g.figure or _sum(g),) if q is not None]
    if not figures:
        return False
    sentence = scene.sentences[draft.sentence]
    return bool(_RUNNING.search(scene.text[sentence.start : max(min(figures), draft.start)]))


def _sum(good: Good) -> schema.Quantity | None:
    """The figure of a gift of money."""
    return good.value if good.category == "money" else None


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
    told = scope_features(facts, draft, _act_date(scene, draft, judge, params))
    likely = judge("scope", told, span_of(draft))["cumulative"]
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
    scene: Scene, draft: Draft, number: int, judge: Judge, params: LinkingParams
) -> Iterator[schema.Link]:
    yield from _items(scene, draft, number, judge, params)
    yield from role_links(scene, draft, number, judge, params)
    yield from _dates(scene, draft, number, judge, params)
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


def _dates(
    scene: Scene, draft: Draft, number: int, judge: Judge, params: LinkingParams
) -> Iterator[schema.Link]:
    best = _best_date(scene, draft, judge, params)
    if best is not None:
        yield schema.Link(scene.report.report_id, number, "date", best[1].start, best[1].end, best[0], "date")


def _act_date(scene: Scene, draft: Draft, judge: Judge, params: LinkingParams) -> schema.DateMention | None:
    best = _best_date(scene, draft, judge, params)
    return best[1] if best is not None else None


def _best_date(
    scene: Scene, draft: Draft, judge: Judge, params: LinkingParams
) -> tuple[float, schema.DateMention] | None:
    if _is_to_date(scene, draft):
        return None
    about = span_of(draft)
    scored = [
        (judge("date", date_features(scene, draft, date), about, (date.start, date.end))["yes"], date)
        for date in scene.dates
        if not _LASTS.search(date.surface) and not _is_news_day(scene, date)
    ]
    best = max(scored, key=lambda pair: (pair[0], -abs(pair[1].start - draft.start)), default=None)
    if best is not None and (
        _of_another(scene, draft, best[1])
        or (_is_running_total(scene, draft) and scene.sentence(best[1].start) != draft.sentence)
    ):
        return None
    return _story_date(draft, scored) if best is not None and best[0] < params.date else best


# 短短一星期时间: how long it took says no day.
_LASTS = re.compile(r"(?:天|日|周|星期|月|小时)(?:的)?时间$")
_LEARNT = re.compile(
    r"(?:上午|下午)?,?(?:本报|本网)?(?:记者)?(?:从|在)[^。;!?]{2,40}?(?:获悉|了解到|得知|了解)"
)


def _is_news_day(scene: Scene, date: schema.DateMention) -> bool:
    """记者23日从市政府获悉, 昨日记者从图书馆了解到: the day of the news, not of the act."""
    told = _LEARNT.match(scene.text, date.end)
    head = scene.text[max(0, date.start - 3) : date.start]
    return told is not None and (head.endswith(("记者", "记者们")) or "记者" in told[0][:8])


def _of_another(scene: Scene, draft: Draft, date: schema.DateMention) -> bool:
    """A day told of another's act, in a paragraph before; this one has a subject of its own."""
    told = scene.sentence(date.start)
    others = [d for d in scene.drafts if d.sentence == told and d.goods and d.trigger is not None]
    new_paragraph = "\n" in scene.text[date.end : draft.start]
    if not new_paragraph or not others or scene.sentences[told].kind != "body":
        return False
    subject = next((p for p in _within(scene, draft.sentence) if p.start < draft.start), None)
    if subject is None or subject.before != "start" or subject.kind not in ("ORG", "PER"):
        return False
    named = {name for p in _within(scene, told) for span in p.members for name in scene.names.of(span)}
    own = {name for span in subject.members for name in scene.names.of(span)}
    return bool(own) and not own & named


def _within(scene: Scene, sentence: int) -> list[Party]:
    return [p for p in scene.named if scene.sentence(p.start) == sentence]


_TO_DATE = re.compile(
    r"(?:截至|截止|截止到|到)(?:了)?(?:目前|当前|现在)|迄今|此前|在此之前|早前|目前已|多年来|历年来|先后(?:多次)?(?:为|向|给)"
)


def _is_to_date(scene: Scene, draft: Draft) -> bool:
    """截至目前共捐款5万元, 此前已捐书: up to now or before now, in a sentence that tells no day, has none."""
    first = scene.sentences[draft.sentence].start
    told = any(first <= date.start < draft.end for date in scene.dates)
    return not told and bool(_TO_DATE.search(scene.text[first : draft.start]))


def _story_date(
    draft: Draft, scored: Sequence[tuple[float, schema.DateMention]]
) -> tuple[float, schema.DateMention] | None:
    """The likeliest day told before an act that names none: reports date the story, not every sentence."""
    days = [pair for pair in scored if pair[1].precision in ("day", "range") and pair[1].end <= draft.start]
    return max(days, key=lambda pair: (pair[0], pair[1].start), default=None)
