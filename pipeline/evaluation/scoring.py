"""A run against the gold: counts of every report, figures, errors."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from pipeline.evaluation.alignment import Alignment, align, count_events, sum_over
from pipeline.evaluation.facts import Case, Count, Counts, EventFacts, Prediction, add_counts
from pipeline.evaluation.gold import gold_events, keep
from pipeline.evaluation.links import count_links
from pipeline.evaluation.mentions import count_mentions, mention_mistakes
from pipeline.evaluation.mistakes import Mistake, event_mistakes
from pipeline.evaluation.predictions import read_predictions
from pipeline.evaluation.values import count_values, is_strictly_exact

_BLANK = EventFacts()
Metrics = dict[str, float | int | None]


@dataclass(frozen=True, slots=True)
class Scored:
    """One report's share in every figure. `sums` holds (predicted, gold) totals."""

    case: Case
    prediction: Prediction
    alignment: Alignment
    counts: Counts
    sums: dict[str, tuple[Decimal, Decimal]]
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A run scored report by report; everything else is derived from `scored`.

    `known_donors` are the donors of the training reports, None when these were not named.
    """

    scored: tuple[Scored, ...]
    known_donors: tuple[str, ...] | None = None

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        """Every error, in order of report."""
        return tuple(mistake for one in self.scored for mistake in one.mistakes)

    def metrics(self) -> Metrics:
        """Every figure by name, null where it is undefined."""
        return figures(self.scored)


def evaluate(
    events_folder: Path,
    gold: Path,
    ids: Collection[str] | None = None,
    *,
    train_ids: Collection[str] | None = None,
    from_gold_mentions: Path | None = None,
) -> Evaluation:
    """Score a folder of tables against gold reports.

    Args:
        events_folder: holds `reports`, `mentions`, `events` and `items` in Parquet.
        gold: a folder of YAML or JSON gold files, or one JSON file.
        ids: the reports to score; None for all of the gold.
        train_ids: the reports that the run was fitted on; their donors are the ones already seen.
        from_gold_mentions: a second folder, made by the same steps from the gold mentions; its linking is
            scored beside the run's own, as `link.from_gold`.

    Raises:
        InputError: a table or a gold file is missing or malformed, or an id has no gold.
    """
    cases = gold_events(gold)
    chosen = keep(cases, ids)
    scored = _score_all(events_folder, chosen)
    if from_gold_mentions is not None:
        upper = _score_all(from_gold_mentions, chosen)
        scored = tuple(_with_links(*pair) for pair in zip(scored, upper, strict=True))
    return Evaluation(scored, None if train_ids is None else _donors(keep(cases, train_ids)))


def _score_all(folder: Path, cases: tuple[Case, ...]) -> tuple[Scored, ...]:
    predictions = read_predictions(folder)
    return tuple(score(case, predictions.get(case.report_id, Prediction(case.report_id))) for case in cases)


def _with_links(scored: Scored, upper: Scored) -> Scored:
    links = {name: count for name, count in upper.counts.items() if name.startswith("link.")}
    renamed = {name.replace("link.", "link.from_gold.", 1): count for name, count in links.items()}
    return replace(scored, counts={**scored.counts, **renamed})


def _donors(cases: Collection[Case]) -> tuple[str, ...]:
    names = {name for case in cases for event in case.events for donor in event.donors for name in donor}
    return tuple(sorted(names))


def score(case: Case, prediction: Prediction) -> Scored:
    """Score one report."""
    alignment = align(prediction.events, case.events)
    made, wanted = prediction.events, case.events
    counts = {
        **count_events(made, wanted, alignment),
        **sum_over(_strict, made, wanted, alignment),
        **count_mentions(case, prediction),
        **count_links(case, prediction, alignment),
    }
    return Scored(
        case,
        prediction,
        alignment,
        counts,
        _sums(case, prediction, alignment),
        (*event_mistakes(case, prediction, alignment), *mention_mistakes(case, prediction)),
    )


def figures(scored: Collection[Scored]) -> Metrics:
    """Precision, recall, F1 and counts of every figure over some reports."""
    found: Metrics = {"reports": len(scored), "reports.other_text": sum(_other_text(one) for one in scored)}
    for name, count in add_counts(one.counts for one in scored).items():
        found |= {
            f"{name}.p": count.precision,
            f"{name}.r": count.recall,
            f"{name}.f": count.f1,
            f"{name}.tp": count.tp,
            f"{name}.predicted": count.predicted,
            f"{name}.gold": count.gold,
        }
    empty = [one for one in scored if not one.case.events]
    found["negatives"] = len(empty)
    found["negatives.clean"] = sum(not one.prediction.events for one in empty)
    return found | _sum_figures(scored)


def _strict(predicted: EventFacts, gold: EventFacts) -> Counts:
    exact = Count(int(is_strictly_exact(predicted, gold)), int(predicted != _BLANK), int(gold != _BLANK))
    return {"exact.strict": exact, **count_values(predicted, gold)}


def _sums(case: Case, prediction: Prediction, alignment: Alignment) -> dict[str, tuple[Decimal, Decimal]]:
    """Books and yuan given in single, completed events; what matches an optional event is left out."""
    optional = {pair.predicted for pair in alignment.pairs if case.events[pair.gold].optional}
    made = [event for i, event in enumerate(prediction.events) if i not in optional]
    wanted = [event for event in case.events if not event.optional]
    return {
        "books": (_total(made, "book"), _total(wanted, "book")),
        "money": (_total(made, "money"), _total(wanted, "money")),
    }


def _total(events: list[EventFacts], category: str) -> Decimal:
    given = [event for event in events if (event.scope, event.status) == ("single", "completed")]
    items = [item for event in given for item in event.items if item.category == category]
    figures = [item.value if category == "money" else item.quantity for item in items]
    return sum((figure for figure in figures if figure is not None), Decimal(0))


def _other_text(scored: Scored) -> bool:
    """Whether the run read another text than the gold's, so that offsets do not compare."""
    return scored.case.text is not None and scored.prediction.text not in ("", scored.case.text)


def _sum_figures(scored: Collection[Scored]) -> Metrics:
    found: Metrics = {}
    for name in ("books", "money"):
        made = sum((one.sums[name][0] for one in scored), Decimal(0))
        wanted = sum((one.sums[name][1] for one in scored), Decimal(0))
        found[f"sums.{name}.predicted"] = float(made)
        found[f"sums.{name}.gold"] = float(wanted)
        found[f"sums.{name}.error"] = float((made - wanted) / wanted) if wanted else None
    return found
