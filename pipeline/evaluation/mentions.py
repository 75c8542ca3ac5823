"""Mentions: strict, boundary-relaxed, by distinct surface, and the days of dates.

Strict: same label, same first and last character. Relaxed: same label and a character in common, matched
one to one so that order does not matter; spans that merely touch do not match (SemEval-2013 task 9
counts a partial match so, Segura-Bedmar et al. 2013; there the pairing is left open).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from pipeline.evaluation.facts import Case, Count, Counts, Prediction
from pipeline.evaluation.mistakes import Mistake, rules_at, sentence_at
from pipeline.evaluation.slots import match_one_to_one, pair_one_to_one
from pipeline.schema import LABELS, Mention

Span = tuple[int, int]
T = TypeVar("T")


def count_mentions(case: Case, prediction: Prediction) -> Counts:
    """Counts by label, over all labels and for names of bodies and places together, for one report.

    Without offsets in the gold only distinct surfaces and the days of dates are counted.
    """
    made = {(m.label, m.surface) for m in prediction.mentions if m.label in case.labels}
    counts = _by_label("mention.surface", made, case.surfaces)
    if "DATE" in case.labels:
        days = {(m.surface, m.value) for m in prediction.mentions if m.label == "DATE"}
        counts["value.date_mentions"] = _resolved(days, case.days)
    if case.mentions is not None:
        counts |= _by_label("mention.strict", _spans(prediction.mentions), _spans(case.mentions))
        counts |= _relaxed(prediction.mentions, case.mentions)
    return counts


def overlap(one: Span, other: Span) -> bool:
    """Whether two half-open spans have a character in common.

    Example:
        >>> overlap((0, 3), (2, 5)), overlap((0, 3), (3, 5))
        (True, False)
    """
    return one[0] < other[1] and other[0] < one[1]


def mention_mistakes(case: Case, prediction: Prediction) -> Iterator[Mistake]:
    """Every wrong mention of one report: `boundary`, `wrong label`, `spurious`, `missed`."""
    if case.mentions is None:
        return
    right = _spans(prediction.mentions) & _spans(case.mentions)
    wrong = _unlike(prediction.mentions, right)
    absent = _unlike(case.mentions, right)
    pairs = pair_one_to_one(wrong, absent, _likeness)
    for i, j in pairs:
        kind = "boundary" if wrong[i].label == absent[j].label else "wrong label"
        yield _mistake(case, prediction, kind, wrong[i], absent[j])
    for i in sorted({*range(len(wrong))} - {i for i, _ in pairs}):
        yield _mistake(case, prediction, "spurious", wrong[i], None)
    for j in sorted({*range(len(absent))} - {j for _, j in pairs}):
        yield _mistake(case, prediction, "missed", None, absent[j])


def _unlike(mentions: Iterable[Mention], right: set[tuple[str, Span]]) -> list[Mention]:
    return sorted(
        (m for m in mentions if (m.label, (m.start, m.end)) not in right),
        key=lambda m: (m.start, m.end, m.label, m.rule),
    )


def _likeness(predicted: Mention, gold: Mention) -> float:
    """Characters in common; the same label breaks ties."""
    shared = min(predicted.end, gold.end) - max(predicted.start, gold.start)
    return shared + 0.5 * (predicted.label == gold.label) if shared > 0 else 0.0


def _mistake(
    case: Case, prediction: Prediction, kind: str, predicted: Mention | None, gold: Mention | None
) -> Mistake:
    mention = predicted or gold
    assert mention is not None
    text = prediction.text or case.text or ""
    return Mistake(
        report_id=case.report_id,
        level="mention",
        kind=kind,
        slot=mention.label,
        event_id=None,
        gold_id=None,
        predicted=predicted.surface if predicted else None,
        gold=_named_gold(gold, kind) if gold else None,
        start=mention.start,
        end=mention.end,
        sentence=text[slice(*sentence_at(text, mention.start))].strip(),
        rule=predicted.rule if predicted else rules_at(prediction, mention.start, mention.end),
    )


def _named_gold(gold: Mention, kind: str) -> str:
    return f"{gold.surface}/{gold.label}" if kind == "wrong label" else gold.surface


def _spans(mentions: Iterable[Mention]) -> set[tuple[str, Span]]:
    return {(m.label, (m.start, m.end)) for m in mentions}


def _by_label(
    name: str, predicted: Iterable[tuple[str, object]], gold: Iterable[tuple[str, object]]
) -> Counts:
    made, wanted = set(predicted), set(gold)
    counts = {}
    for label in LABELS:
        one, other = ({pair for pair in pairs if pair[0] == label} for pairs in (made, wanted))
        counts[label] = Count(len(one & other), len(one), len(other))
    return _named(name, counts)


def _relaxed(predicted: Sequence[Mention], gold: Sequence[Mention]) -> Counts:
    made, wanted = _grouped(predicted), _grouped(gold)
    counts = {label: match_one_to_one(made[label], wanted[label], overlap) for label in LABELS}
    return _named("mention.relaxed", counts)


def _grouped(mentions: Iterable[Mention]) -> dict[str, list[Span]]:
    groups: dict[str, list[Span]] = defaultdict(list)
    for label, span in sorted(_spans(mentions)):
        groups[label].append(span)
    return groups


def _named(name: str, counts: Counts) -> Counts:
    names = {"all": LABELS, "ORG+LOC": ("ORG", "LOC")}
    together = {total: sum((counts[label] for label in parts), Count()) for total, parts in names.items()}
    return {f"{name}.{label}": count for label, count in {**counts, **together}.items()}


def _resolved(predicted: set[tuple[str, str | None]], gold: frozenset[tuple[str, str | None]]) -> Count:
    """Distinct date surfaces with the right days; of the unresolved nothing is counted."""
    made, wanted = ({pair for pair in pairs if pair[1] is not None} for pairs in (predicted, gold))
    return Count(len(made & wanted), len(made), len(wanted))
