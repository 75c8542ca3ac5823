"""Two runs on the same gold: what changed, whether by chance, and in which events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.errors import InputError
from pipeline.evaluation.facts import EventFacts
from pipeline.evaluation.intervals import EvaluationParams, paired_test
from pipeline.evaluation.mistakes import describe
from pipeline.evaluation.scoring import Evaluation, Scored
from pipeline.evaluation.slots import SLOTS, is_exact

FIGURES = ("slots", "exact", "events", *(f"slot.{slot}" for slot in SLOTS))


@dataclass(frozen=True, slots=True)
class Change:
    """An event that one run got better than the other.

    `gold_id` is None for a spurious event. `before` and `after` tell its fate in each run.
    """

    report_id: str
    gold_id: str | None
    verdict: str
    before: str
    after: str
    event: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Paired tests by figure (see `intervals.paired_test`) and the events that changed."""

    tests: dict[str, dict[str, float | None]]
    changes: tuple[Change, ...]


def compare(before: Evaluation, after: Evaluation, params: EvaluationParams | None = None) -> Comparison:
    """Compare two runs scored against the same reports.

    Raises:
        InputError: the two were scored on different reports.
    """
    pairs = list(zip(before.scored, after.scored, strict=False))
    old, new = ([one.case.report_id for one in run.scored] for run in (before, after))
    if old != new:
        raise InputError("other-reports", "the two runs were scored on different gold reports")
    counts = [one.counts for one in before.scored], [one.counts for one in after.scored]
    return Comparison(
        {name: paired_test(*counts, name, params or EvaluationParams()) for name in FIGURES},
        tuple(change for pair in pairs for change in _changes(*pair)),
    )


def _changes(before: Scored, after: Scored) -> Iterator[Change]:
    fates = [_fates(before), _fates(after)]
    for number, gold in enumerate(before.case.events):
        (old_rank, old), (new_rank, new) = (fate.get(number, ((0, 0), "missed")) for fate in fates)
        if not gold.optional and old_rank != new_rank:
            verdict = "better" if new_rank > old_rank else "worse"
            yield Change(before.case.report_id, gold.event_id, verdict, old, new, describe(gold))
    spurious = [Counter(describe(event) for event in _spurious(run)) for run in (before, after)]
    for event in (spurious[0] - spurious[1]).elements():
        yield Change(before.case.report_id, None, "better", "spurious", "absent", event)
    for event in (spurious[1] - spurious[0]).elements():
        yield Change(before.case.report_id, None, "worse", "absent", "spurious", event)


def _fates(scored: Scored) -> dict[int, tuple[tuple[int, int], str]]:
    """Of each paired gold event: how well it was read (whole, balance of right and wrong), and in words."""
    fates = {}
    for pair in scored.alignment.pairs:
        counts = [pair.counts[slot] for slot in SLOTS]
        right, wanted = sum(c.tp for c in counts), sum(c.gold for c in counts)
        extra = sum(c.predicted - c.tp for c in counts)
        whole = is_exact(pair.counts)
        words = "exact" if whole else f"{right} of {wanted} values, {extra} wrong"
        fates[pair.gold] = ((1 + whole, right - extra), words)
    return fates


def _spurious(scored: Scored) -> list[EventFacts]:
    return [scored.prediction.events[i] for i in scored.alignment.spurious]
