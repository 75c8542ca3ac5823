"""Linking: which words of the report were tied to which act, in which role.

A link is an event, a role and the words that fill it; words that stand twice count once. It is right when
its event is paired and the same words, or overlapping ones, fill that role in the gold. A link that was
never proposed is a miss.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.evaluation.alignment import Alignment, sum_over
from pipeline.evaluation.facts import Case, Count, Counts, EventFacts, Prediction
from pipeline.evaluation.mentions import Span, overlap
from pipeline.evaluation.slots import match_one_to_one

ROLES = ("donor", "recipient", "intermediary", "item", "figure", "value", "date", "place")


@dataclass(frozen=True, slots=True)
class _Filler:
    words: str
    spans: tuple[Span, ...]


def count_links(case: Case, prediction: Prediction, alignment: Alignment) -> Counts:
    """Counts of links by role and in all; empty where the gold has no offsets."""
    text = case.text
    if text is None:
        return {}

    def count(predicted: EventFacts, gold: EventFacts) -> Counts:
        parts = {
            role: match_one_to_one(_fillers(predicted, role, text), _fillers(gold, role, text), _same)
            for role in ROLES
        }
        return {"all": sum(parts.values(), Count()), **parts}

    counts = sum_over(count, prediction.events, case.events, alignment)
    return {f"link.{role}": counted for role, counted in counts.items()}


def _fillers(event: EventFacts, role: str, text: str) -> list[_Filler]:
    spans: dict[str, list[Span]] = {}
    for evidence in event.evidence:
        if evidence.slot == role:
            spans.setdefault(text[evidence.start : evidence.end], []).append((evidence.start, evidence.end))
    return [_Filler(words, tuple(found)) for words, found in sorted(spans.items())]


def _same(predicted: _Filler, gold: _Filler) -> bool:
    return predicted.words == gold.words or any(overlap(p, g) for p in predicted.spans for g in gold.spans)
