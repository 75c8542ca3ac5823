"""How sure an event is: facts of how it was found, and the calibrated decision over them.

The decision is fitted on events of reports that the linker had not seen (`pipeline.training.confidence`), so
that its probability is that of an event being right in every slot.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.events.proto import Named, Proto
from pipeline.linking.model import LinkerModel


def confidence_facts(proto: Proto, placed: bool, siblings: int) -> set[str]:
    """Named facts of an event: scores in tenths, what is missing, and its company in the report.

    Args:
        proto: the event in the making.
        placed: whether its place is known.
        siblings: how many events the report holds.
    """
    date = proto.date
    when = "none" if date is None else "vague" if date.vague else "known" if date.first else "open"
    return {
        f"act={_tenth(proto.score)}",
        f"donor={_weakest(proto.donors)}",
        f"recipient={_weakest(proto.recipients)}",
        f"goods={_tenth(min((p.score for p in proto.pieces), default=0.0))}",
        f"pieces={min(len(proto.pieces), 4)}",
        f"bare={any(p.figure is None and p.value is None for p in proto.pieces)}",
        f"date={when}",
        f"placed={placed}",
        f"status={proto.status}",
        f"scope={proto.scope}",
        f"split={proto.split}",
        f"passages={min(len(proto.acts), 3)}",
        f"events={min(siblings, 4)}",
        f"verb={proto.trigger is not None}",
    }


def confidence(model: LinkerModel, facts: set[str], fallback: float) -> float:
    """The probability that an event with these facts is right; without a decision, the fallback."""
    if "confidence" not in model.decisions:
        return fallback
    return model["confidence"].probabilities(facts)["yes"]


def _tenth(score: float) -> int:
    return min(int(score * 10), 9)


def _weakest(parties: Sequence[Named]) -> str:
    if not parties:
        return "none"
    if any(p.rule == "group" for p in parties):
        return "group"
    return str(_tenth(min(p.score for p in parties)))
