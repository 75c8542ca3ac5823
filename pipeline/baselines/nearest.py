"""Linking by distance alone: goods to the nearest verb of giving, parties by the side they stand on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.baselines.reading import NAMES
from pipeline.linking.drafts import Scene, read_scene
from pipeline.linking.goods import Good
from pipeline.linking.scan import Party, Trigger, find_triggers, quoted_names
from pipeline.schema import Act, DateMention, Link, Mention, Quantity, Report, Sentence

_RULE = "nearest"


def nearest_trigger(
    report: Report,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    quantities: Sequence[Quantity],
    dates: Sequence[DateMention],
) -> tuple[Act | Link, ...]:
    """Acts and links: the nearest ORG before the trigger gives, the nearest party behind it receives.

    The date is the nearest one before the trigger, else behind it. Goods count where a figure or a sum is
    told of them. Every act is single and completed.

    Example:
        >>> from pipeline.quantities import QuantitiesParams, QuantityFinder
        >>> report = Report("r", text="青溪县图书馆捐赠给石桥村图书30册。")
        >>> names = [Mention("r", 0, 6, "青溪县图书馆", "ORG"), Mention("r", 9, 12, "石桥村", "LOC")]
        >>> figures = QuantityFinder(QuantitiesParams())(report)
        >>> _, *links = nearest_trigger(report, [Sentence("r", 0, 18)], names, figures, [])
        >>> [(link.role, report.text[link.start : link.end]) for link in links]
        [('item', '图书'), ('donor', '青溪县图书馆'), ('recipient', '石桥村')]
    """
    scene = read_scene(report, sentences, mentions, quantities, dates)
    entities = tuple((m.start, m.end) for m in mentions if m.label in NAMES)
    triggers = find_triggers(scene.text, quoted_names(scene.text), entities)
    found: list[Act | Link] = []
    for number, (trigger, goods) in enumerate(_goods_by_trigger(scene, triggers)):
        found.append(_act(scene, number, trigger))
        found += (_item(report.report_id, number, good) for good in goods)
        found += _parties(scene, number, trigger)
        found += _date(scene, number, trigger)
    return tuple(found)


def _goods_by_trigger(
    scene: Scene, triggers: Sequence[Trigger]
) -> Iterator[tuple[Trigger, tuple[Good, ...]]]:
    groups: dict[int, list[Good]] = defaultdict(list)
    for good in (good for draft in scene.drafts for good in draft.goods if not good.bare):
        if triggers:
            nearest = min(range(len(triggers)), key=lambda i: (_gap(triggers[i], good), i))
            groups[nearest].append(good)
    for number in sorted(groups):
        yield triggers[number], tuple(sorted(groups[number], key=lambda good: good.start))


def _gap(one: Trigger | DateMention, other: Good | Trigger) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


def _act(scene: Scene, number: int, trigger: Trigger) -> Act:
    sentence = scene.sentences[max(scene.sentence(trigger.start), 0)]
    return Act(
        report_id=scene.report.report_id,
        act_no=number,
        start=trigger.start,
        end=trigger.end,
        first=sentence.start,
        last=sentence.end,
        trigger=trigger.word,
        status="completed",
        scope="single",
        score=1.0,
    )


def _item(report_id: str, number: int, good: Good) -> Link:
    figure, value = good.figure, good.value
    return Link(
        report_id,
        number,
        "item",
        good.start,
        good.end,
        1.0,
        _RULE,
        category=good.category,
        figure_start=figure.start if figure else None,
        figure_end=figure.end if figure else None,
        value_start=value.start if value else None,
        value_end=value.end if value else None,
    )


def _parties(scene: Scene, number: int, trigger: Trigger) -> Iterator[Link]:
    named = [party for party in scene.parties if any(map(scene.names.of, party.members))]
    before = [party for party in named if party.end <= trigger.start and party.kind == "ORG"]
    behind = [party for party in named if party.start >= trigger.end]
    for role, party in (("donor", before[-1:]), ("recipient", behind[:1])):
        yield from (link for each in party for link in _party(scene, number, role, each))


def _party(scene: Scene, number: int, role: str, party: Party) -> Iterator[Link]:
    for start, end in party.members:
        if names := scene.names.of((start, end)):
            yield Link(scene.report.report_id, number, role, start, end, 1.0, _RULE, names)


def _date(scene: Scene, number: int, trigger: Trigger) -> Iterator[Link]:
    order = sorted(scene.dates, key=lambda day: (day.end > trigger.start, _gap(day, trigger), day.start))
    for day in order[:1]:
        yield Link(scene.report.report_id, number, "date", day.start, day.end, 1.0, _RULE)
