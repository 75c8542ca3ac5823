"""Data of the plots, as rows that `dvc plots` reads."""

from __future__ import annotations

from collections import Counter
from typing import Any

from pipeline.evaluation.scoring import Evaluation, Scored
from pipeline.evaluation.slots import SIDE_SLOTS, SLOTS, is_exact

BINS = 10
Rows = list[dict[str, Any]]


def plot_rows(evaluation: Evaluation) -> dict[str, Rows]:
    """Rows by plot: `slots`, `reliability`, `precision_recall`, `error_kinds`.

    Reliability and precision–recall are over the confidence of events; an event is right when every slot
    value is. Events without a confidence are left out; those paired with optional gold count neither way.
    """
    judged = sorted(pair for one in evaluation.scored for pair in _judged(one))
    return {
        "slots": _slot_rows(evaluation),
        "reliability": _reliability(judged),
        "precision_recall": _precision_recall(judged, _wanted(evaluation)),
        "error_kinds": _kind_rows(evaluation),
    }


def _slot_rows(evaluation: Evaluation) -> Rows:
    metrics = evaluation.metrics()
    return [
        {"slot": slot, **{part: metrics[f"slot.{slot}.{part}"] for part in ("p", "r", "f")}}
        for slot in (*SLOTS, *SIDE_SLOTS)
    ]


def _judged(scored: Scored) -> list[tuple[float, bool]]:
    """Confidence and rightness of each predicted event that counts."""
    pairs = {pair.predicted: pair for pair in scored.alignment.pairs}
    found = []
    for i, event in enumerate(scored.prediction.events):
        pair = pairs.get(i)
        optional = pair is not None and scored.case.events[pair.gold].optional
        if event.confidence is not None and not optional:
            found.append((event.confidence, pair is not None and is_exact(pair.counts)))
    return found


def _wanted(evaluation: Evaluation) -> int:
    return sum(not event.optional for one in evaluation.scored for event in one.case.events)


def _reliability(judged: list[tuple[float, bool]]) -> Rows:
    rows = []
    for number in range(BINS):
        inside = [(c, right) for c, right in judged if min(int(c * BINS), BINS - 1) == number]
        if inside:
            rows.append(
                {
                    "confidence": sum(c for c, _ in inside) / len(inside),
                    "right": sum(right for _, right in inside) / len(inside),
                    "events": len(inside),
                }
            )
    return rows


def _precision_recall(judged: list[tuple[float, bool]], wanted: int) -> Rows:
    rows = []
    for threshold in sorted({confidence for confidence, _ in judged}):
        kept = [right for confidence, right in judged if confidence >= threshold]
        recall = sum(kept) / wanted if wanted else None
        rows.append({"confidence": threshold, "precision": sum(kept) / len(kept), "recall": recall})
    return rows


def _kind_rows(evaluation: Evaluation) -> Rows:
    kinds = Counter((m.level, m.kind, m.slot) for m in evaluation.mistakes)
    return [
        {"level": level, "kind": kind, "slot": slot, "errors": count}
        for (level, kind, slot), count in sorted(kinds.items())
    ]
