"""Gold reports as questions with their answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from pipeline.corpus.gold import GoldReport
from pipeline.encoder import Mark, Question
from pipeline.linking.drafts import Scene
from pipeline.linking.near import near_parties, party_key
from pipeline.linking.reading import same_question, scene_marks, span_of
from pipeline.schema import names_of
from pipeline.training.linker import Matched, date_labels, good_labels, match_drafts, role_of

Asked = tuple[Question, str]


@dataclass(frozen=True, slots=True)
class Sample:
    """One report: its folded text and names, where sentences begin, marks, and questions with answers."""

    report_id: str
    text: str
    names: tuple[tuple[int, int, str], ...]
    sentences: tuple[int, ...]
    marks: tuple[Mark, ...]
    asked: tuple[Asked, ...]


def gold_sample(scene: Scene, gold: GoldReport, window: int) -> Sample:
    """What a gold report teaches; what it leaves open is not asked."""
    matched = match_drafts(scene, gold)
    asked = [*_of_drafts(scene, gold, matched, window), *_categories(gold), *_same(matched)]
    return Sample(
        gold.report.report_id,
        scene.text,
        tuple((name.start, name.end, name.label) for name in names_of(gold.mentions)),
        tuple(sentence.start for sentence in scene.sentences),
        scene_marks(scene),
        tuple(asked),
    )


def _of_drafts(scene: Scene, gold: GoldReport, matched: Sequence[Matched], window: int) -> Iterator[Asked]:
    for each in matched:
        draft, about = each.draft, span_of(each.draft)
        if each.label is not None:
            yield Question("act", about), each.label
        if not each.events:
            continue
        events = [gold.events[number] for number in each.events]
        yield Question("status", about), events[0].status
        yield Question("scope", about), events[0].scope
        for party in near_parties(scene, draft, window):
            question = Question("role", about, (party.start, party.end), party_key(scene, party))
            yield question, role_of(scene, party, events)
        for good, label in good_labels(gold, each):
            yield Question("good", about, (good.start, good.end)), label
        for date, label in date_labels(scene, events):
            yield Question("date", about, (date.start, date.end)), label


def _categories(gold: GoldReport) -> Iterator[Asked]:
    """The category of each item where it stands."""
    for event, arguments in zip(gold.events, gold.arguments, strict=True):
        for item in event.items:
            for argument in arguments:
                surface = gold.report.text[argument.start : argument.end]
                if argument.slot == "item" and surface in item.text:
                    yield Question("category", (argument.start, argument.end)), item.category
                    break


def _same(matched: Sequence[Matched]) -> Iterator[Asked]:
    told = [each for each in matched if each.events]
    for first, second in combinations(told, 2):
        shared = set(first.events) & set(second.events)
        yield same_question(first.draft, second.draft), "yes" if shared else "no"
