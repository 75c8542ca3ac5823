"""Draft acts: each trigger with its goods, before anyone decides whether it is an act and whose.

A good goes to the trigger that governs it: the nearest one before it in its sentence, or the one behind it
where the goods stand first (`将500册图书送到…`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline import schema
from pipeline.lexicons import read_toml
from pipeline.linking.aliases import Names, resolve_names
from pipeline.linking.binding import copies_of, describes
from pipeline.linking.carried import is_taken_along, is_valued
from pipeline.linking.coordination import parted
from pipeline.linking.goods import Good, GoodsFinder
from pipeline.linking.governing import governor
from pipeline.linking.phrases import inside_goods
from pipeline.linking.pronouns import settled
from pipeline.linking.scan import (
    Party,
    Trigger,
    clause_starts,
    find_parties,
    find_triggers,
    index_of,
    quoted_names,
)
from pipeline.linking.spans import Span, inside, overlaps
from pipeline.linking.stated import with_later_values, with_values, worth_behind
from pipeline.linking.turns import by_act
from pipeline.linking.unmeant import is_no_gift, tells_no_gift
from pipeline.text import fold


@dataclass(frozen=True, slots=True)
class Draft:
    """A possible act: its trigger (None when the verb is elided), sentence and goods."""

    trigger: Trigger | None
    sentence: int
    start: int
    end: int
    goods: tuple[Good, ...]
    values: tuple[schema.Quantity, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """All that linking looks at in one report."""

    report: schema.Report
    text: str
    sentences: tuple[schema.Sentence, ...]
    clauses: tuple[int, ...]
    parties: tuple[Party, ...]
    names: Names
    quantities: tuple[schema.Quantity, ...]
    dates: tuple[schema.DateMention, ...]
    drafts: tuple[Draft, ...]

    @property
    def named(self) -> tuple[Party, ...]:
        """Parties that are somebody by name, or stand for somebody."""
        return tuple(party for party in self.parties if party.kind != "GROUP")

    def clause(self, offset: int) -> int:
        """Index of the clause that holds an offset."""
        return index_of(list(self.clauses), offset)

    def sentence(self, offset: int) -> int:
        """Index of the sentence that holds an offset."""
        return index_of([s.start for s in self.sentences], offset)


def read_scene(
    report: schema.Report,
    sentences: Sequence[schema.Sentence],
    mentions: Sequence[schema.Mention],
    quantities: Sequence[schema.Quantity],
    dates: Sequence[schema.DateMention],
) -> Scene:
    """Everything in a report that linking needs, with draft acts."""
    text = fold(report.text)
    kept = tuple(s for s in sentences if s.kind not in ("noise",))
    names_in_quotes = quoted_names(text)
    mentions = [m for m in mentions if m.label != "PER" or not inside_goods(text, m.start, m.end)]
    mentions = [part for mention in mentions for part in parted(mention)]
    entities = tuple((m.start, m.end) for m in schema.names_of(mentions))
    tagged = tuple((m.start, m.end) for m in mentions if m.label == "ITEM")
    media = tuple((s.start, s.end) for s in kept if s.kind == "source")
    parties = find_parties(text, mentions, media)
    names = resolve_names(report, mentions, parties)
    scene = Scene(
        report,
        text,
        kept,
        tuple(clause_starts(text)),
        settled(parties, names.names),
        names,
        tuple(q for q in quantities if not inside((q.start, q.end), entities)),
        tuple(dates),
        (),
    )
    triggers = find_triggers(text, names_in_quotes, entities)
    drafts = [
        draft
        for index, sentence in enumerate(kept)
        if sentence.kind != "source"
        for draft in _sentence_drafts(scene, index, sentence, triggers, entities, names_in_quotes, tagged)
    ]
    return replace(scene, drafts=tuple(with_later_values(scene, drafts)))


def _sentence_drafts(
    scene: Scene,
    index: int,
    sentence: schema.Sentence,
    triggers: Sequence[Trigger],
    entities: tuple[Span, ...],
    quoted: tuple[Span, ...],
    tagged: tuple[Span, ...],
) -> list[Draft]:
    own = [t for t in triggers if sentence.start <= t.start < sentence.end]
    verbs = tuple((t.start, t.end) for t in own)
    untagged = [span for span in quoted if not overlaps(span, tagged)]
    works = tuple(s for s in untagged if scene.text[s[0] - 1] in "《〈" or not _figure_beside(scene, s))
    dates = tuple((d.start, d.end) for d in scene.dates)
    goods = GoodsFinder()(
        scene.text, sentence.start, sentence.end, scene.quantities, entities + works + dates, verbs, tagged
    )
    goods = tuple(good for good in goods if not is_no_gift(scene.text, good.start, verbs))
    usable = [t for t in own if "named" not in t.flags and not _is_purpose(scene.text, t)]
    usable = [t for t in usable if not tells_no_gift(scene.text, t.start, t.end)]
    groups: dict[int | None, list[Good]] = {}
    for number, good in enumerate(goods):
        verb = governor(scene, good, usable)
        if verb is None and number and _adds(scene.text, goods[number - 1], good):
            verb = governor(scene, goods[number - 1], usable)
        groups.setdefault(None if verb is None else usable.index(verb), []).append(good)
    drafts, rest = [], []
    for i, t in enumerate(usable):
        if groups.get(i) or t.word in read_toml("triggers.toml")["inner_goods"] or "nominal" in t.flags:
            first, others = by_act(scene, groups.get(i, []), (t.start, t.end))
            drafts.append(Draft(t, index, t.start, t.end, tuple(_own_goods(scene, t, first))))
            rest += others
    first, others = by_act(scene, _told_alone(scene, groups.get(None, ())), None)
    rest += [first, *others]
    drafts += [Draft(None, index, run[0].start, run[-1].end, tuple(run)) for run in rest if run]
    return [with_values(scene, sentence, d, drafts) for d in drafts]


def _adds(text: str, before: Good, good: Good) -> bool:
    """12万元图书及体育用品: goods without a figure that go with those right before them."""
    return good.bare and not before.bare and text[before.end : good.start] in ("和", "与", "及", "、", "以及")


_GOES_ON = re.compile(
    r"[,、]?(?:另有|还有|另外还有|以及|外加)(?:一批|部分|若干)?|[、和与及]"
    r"|[,;](?:余下|其余|剩下|剩余)的?(?:全|都|均|则)?[为是](?:[^,。;]{0,12}[的、和与及])?"
)


def _told_alone(scene: Scene, goods: Sequence[Good]) -> list[Good]:
    """Goods that no verb governs: those with a figure, and what goes on with them.

    …120张,另有雨衣、雨鞋; 绘本300册,余下为小说.
    """
    told: list[Good] = []
    for good in goods:
        end = max(told[-1].end, told[-1].figure.end if told[-1].figure else 0) if told else 0
        goes_on = told and _GOES_ON.fullmatch(scene.text, end, good.start)
        if not good.bare or _batched(scene, good) or goes_on:
            told.append(good)
    return told


_BATCH = re.compile(r"(?:[一大]批|若干|[一两]车)")
# 6辆满载矿泉水、面包等物资的货车: what lorries are laden with.
_LADEN = re.compile(r"(?:满载|载满|装满)(?:着|了)?[^,。;!?的]{0,24}$")


def _batched(scene: Scene, good: Good) -> bool:
    """文体用品一批, 一批图书: goods without a figure that are told as a quantity all the same."""
    text = scene.text
    if _LADEN.search(text[max(0, good.start - 30) : good.start]):
        return True
    sums = (q.start for q in scene.quantities if q.kind == "money")
    if is_taken_along(text, (good.start, good.end)) or is_valued(text, (good.start, good.end), sums):
        return True
    return bool(_BATCH.match(text, good.end) or _BATCH.search(text[max(0, good.start - 4) : good.start]))


_PURPOSE = re.compile(r"(?:用于|用来|用作|专项用于|指定用于|定向用于|作为)[^,。;]{0,16}$")


def _is_purpose(text: str, trigger: Trigger) -> bool:
    """用于购置防护用品: what a gift of money is for is no gift of its own."""
    return "weak" in trigger.flags and bool(_PURPOSE.search(text[max(0, trigger.start - 24) : trigger.start]))


def _figure_beside(scene: Scene, span: Span) -> bool:
    return any(
        0 <= q.start - span[1] <= 2 or 0 <= span[0] - q.end <= 2 or describes(scene.text, q.end, span[0])
        for q in scene.quantities
        if q.kind == "count"
    )


def _own_goods(scene: Scene, trigger: Trigger, goods: Sequence[Good]) -> Sequence[Good]:
    """The goods of a trigger; those named inside it when it has no others."""
    figure = _figure_behind(scene, trigger)
    if goods and (figure is None or any(g.figure is figure for g in goods)):
        return goods
    inner = read_toml("triggers.toml")["inner_goods"].get(trigger.word)
    if inner is None:
        return goods
    start = trigger.start + trigger.word.index(inner)
    category = (
        "money"
        if trigger.word in ("捐款", "捐资", "捐钱", "募捐")
        else {"衣": "clothing", "粮": "food", "物": "other"}.get(inner, "book")
    )
    if category == "money" and worth_behind(scene, trigger.end):
        return goods
    if category == "money":
        figure = None
    own = Good(start, start + len(inner), category, figure, bare=figure is None, rule="inner")
    return (own, *goods)


_BEHIND = re.compile(r"(?:了|,?(?:共|共计|累计|合计|总计)|达|近|约|逾|超)*")


def _figure_behind(scene: Scene, trigger: Trigger) -> schema.Quantity | None:
    """赠书500册: the count right behind a verb that names the goods itself."""
    if trigger.word not in read_toml("triggers.toml")["inner_goods"]:
        return None
    near = [
        q
        for q in scene.quantities
        if q.kind == "count" and q.unit != "笔" and 0 <= q.start - trigger.end <= 4
    ]
    figure = next((q for q in near if _BEHIND.fullmatch(scene.text[trigger.end : q.start])), None)
    return figure and (copies_of(scene.text, figure, scene.quantities) or figure)
