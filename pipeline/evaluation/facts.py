"""What the scorer compares: events, items and reports, predicted and gold in the same shape.

A gold party or goods phrase holds every acceptable form; a predicted one holds one form.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pipeline.schema import Evidence, Mention


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """One kind of goods; `quantity` in units, `value` in yuan."""

    texts: tuple[str, ...]
    category: str | None
    quantity: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    qualifier: str | None = None
    per: str | None = None
    derived: bool = False
    value: Decimal | None = None
    figure: str | None = None
    value_text: str | None = None


@dataclass(frozen=True, slots=True)
class EventFacts:
    """One act of giving; `places` holds the acceptable codes, None among them where leaving it is fine."""

    donors: tuple[tuple[str, ...], ...] = ()
    recipients: tuple[tuple[str, ...], ...] = ()
    intermediaries: tuple[tuple[str, ...], ...] = ()
    items: tuple[ItemFacts, ...] = ()
    first: date | None = None
    last: date | None = None
    precision: str | None = None
    date_text: str | None = None
    places: tuple[str | None, ...] = (None,)
    place_text: str | None = None
    value: Decimal | None = None
    scope: str | None = None
    status: str | None = None
    optional: bool = False
    event_id: str = ""
    confidence: float | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled report.

    `mentions` is None where the gold has none with offsets. `surfaces` are the distinct (label, surface)
    pairs of the labels in `labels`, the only ones this gold marks; `days` are the days of DATE surfaces.
    """

    report_id: str
    events: tuple[EventFacts, ...]
    text: str | None = None
    mentions: tuple[Mention, ...] | None = None
    labels: tuple[str, ...] = ()
    surfaces: frozenset[tuple[str, str]] = frozenset()
    days: frozenset[tuple[str, str | None]] = frozenset()
    tags: tuple[str, ...] = ()
    writer: str | None = None
    story: str | None = None


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a run made of one report; `year` is that of its publication."""

    report_id: str
    text: str = ""
    year: int | None = None
    events: tuple[EventFacts, ...] = ()
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """True positives, predicted and gold, added up over whatever is scored."""

    tp: int = 0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.tp + other.tp, self.predicted + other.predicted, self.gold + other.gold)

    @property
    def precision(self) -> float | None:
        """Share of the predicted that is right; None without predictions."""
        return self.tp / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """Share of the gold that was found; None without gold."""
        return self.tp / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of both; None where there is neither prediction nor gold.

        Example:
            >>> Count(3, 4, 4).f1, Count().f1
            (0.75, None)
        """
        total = self.predicted + self.gold
        return 2 * self.tp / total if total else None


Counts = dict[str, Count]


def add_counts(parts: Iterable[Counts]) -> Counts:
    """Sum of counts, figure by figure.

    Example:
        >>> add_counts([{"date": Count(1, 1, 1)}, {"date": Count(0, 1, 2)}])
        {'date': Count(tp=1, predicted=2, gold=3)}
    """
    total: Counts = {}
    for part in parts:
        for name, count in part.items():
            total[name] = total.get(name, Count()) + count
    return total
