"""What linking asks the encoder about a report, and the answers by what they are about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from pipeline.encoder import Encoder, Mark, Question
from pipeline.linking.drafts import Draft, Scene
from pipeline.linking.near import near_parties, party_key
from pipeline.linking.spans import Span

Key = tuple[str, Span, Span | None]


@dataclass(frozen=True, slots=True)
class Reading:
    """Class probabilities by decision, act and the other stretch."""

    answers: Mapping[Key, Mapping[str, float]]

    def of(self, decision: str, about: Span, other: Span | None = None) -> Mapping[str, float]:
        """The probabilities of one decision; empty where it was not asked."""
        return self.answers.get((decision, about, other), {})


def read(scene: Scene, encoder: Encoder, window: int) -> Reading:
    """Ask about everything in a scene that linking has to decide."""
    questions = tuple(dict.fromkeys(scene_questions(scene, window)))
    starts = [sentence.start for sentence in scene.sentences]
    answers = encoder(scene.text, starts, scene_marks(scene), questions)
    return Reading(
        {(q.decision, q.about, q.other): answer for q, answer in zip(questions, answers, strict=True)}
    )


def scene_marks(scene: Scene) -> tuple[Mark, ...]:
    """Parties, figures, dates, sentences, triggers and goods, each with its kind."""
    return tuple(_marks(scene))


def _marks(scene: Scene) -> Iterator[Mark]:
    for party in scene.parties:
        yield from (Mark(start, end, f"party:{party.kind}") for start, end in party.members)
    yield from (Mark(q.start, q.end, f"figure:{q.kind}") for q in scene.quantities)
    yield from (Mark(d.start, d.end, f"date:{d.precision}") for d in scene.dates)
    yield from (Mark(s.start, s.end, f"sentence:{s.kind}") for s in scene.sentences)
    for draft in scene.drafts:
        kind = draft.trigger.kind if draft.trigger else "none"
        yield Mark(draft.start, draft.end, f"trigger:{kind}")
        yield from (Mark(good.start, good.end, "goods") for good in draft.goods)


def scene_questions(scene: Scene, window: int) -> Iterator[Question]:
    """Every question about a scene, by draft; those about one party of a draft are a group."""
    for draft in scene.drafts:
        yield from draft_questions(scene, draft, window)
    for first, second in combinations(scene.drafts, 2):
        yield same_question(first, second)


def draft_questions(scene: Scene, draft: Draft, window: int) -> Iterator[Question]:
    """The questions about one draft."""
    about = span_of(draft)
    for decision in ("act", "status", "scope"):
        yield Question(decision, about)
    for party in near_parties(scene, draft, window):
        yield Question("role", about, (party.start, party.end), party_key(scene, party))
    for good in draft.goods:
        yield Question("good", about, (good.start, good.end))
        yield Question("category", (good.start, good.end))
    for date in scene.dates:
        yield Question("date", about, (date.start, date.end))


def same_question(first: Draft, second: Draft) -> Question:
    """Do two drafts tell the same event?"""
    return Question("same", span_of(first), span_of(second))


def span_of(draft: Draft) -> Span:
    """The stretch that stands for a draft."""
    return draft.start, draft.end
