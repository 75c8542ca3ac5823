"""Each decision answered twice and weighed: from named facts, and from the encoder's reading."""

from __future__ import annotations

import math
from collections.abc import Mapping, Set

from pipeline.linking.model import LinkerModel
from pipeline.linking.params import EncoderShares
from pipeline.linking.reading import Reading
from pipeline.linking.spans import Span

# Less than this a probability is not taken for.
_LEAST = 1e-6
_SHARES = EncoderShares()


class Judge:
    """Answers the decisions about one report.

    Args:
        model: the decisions over named facts.
        reading: the encoder's answers; without them the facts decide alone.
        shares: weight of the encoder's answers by decision.
    """

    def __init__(
        self, model: LinkerModel, reading: Reading | None = None, shares: EncoderShares = _SHARES
    ) -> None:
        self._model, self._reading, self._shares = model, reading, shares

    def __call__(
        self, decision: str, facts: Set[str], about: Span, other: Span | None = None
    ) -> Mapping[str, float]:
        """Class probabilities of one decision."""
        told = self._model[decision].probabilities(facts)
        read = self._reading.of(decision, about, other) if self._reading else {}
        return mixed(told, read, self._shares.of(decision)) if read else told

    def category(self, span: Span, known: str) -> str:
        """The category of goods: what the lexicon says, the encoder's where it says nothing."""
        read = self._reading.of("category", span) if self._reading and known == "other" else {}
        return max(sorted(read), key=lambda name: read[name]) if read else known

    def apart(self, first: Span, second: Span) -> float:
        """How likely two acts are different events by the encoder's reading; 0 without one."""
        return self._reading.of("same", first, second).get("no", 0.0) if self._reading else 0.0


def mixed(told: Mapping[str, float], read: Mapping[str, float], share: float) -> dict[str, float]:
    """The weighted geometric mean of two answers.

    Example:
        >>> mixed({"no": 0.5, "yes": 0.5}, {"no": 0.2, "yes": 0.8}, 1.0)["yes"]
        0.8
    """
    logs = {
        name: (1 - share) * math.log(max(value, _LEAST)) + share * math.log(max(read.get(name, 0.0), _LEAST))
        for name, value in told.items()
    }
    top = max(logs.values())
    shares = {name: math.exp(value - top) for name, value in logs.items()}
    return {name: value / sum(shares.values()) for name, value in shares.items()}
