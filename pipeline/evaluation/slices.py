"""The same figures for parts of the gold: where a run is weak."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.evaluation.facts import Case, Count, add_counts
from pipeline.evaluation.names import same_party
from pipeline.evaluation.scoring import Evaluation, Scored

FIGURES = ("events", "exact", "slots", "mention.strict.all")
_LENGTHS = ((300, "under 300"), (800, "300 to 799"))
Row = dict[str, str | int | float | None]


def slice_names(scored: Scored, known_donors: Sequence[str] | None = None) -> tuple[str, ...]:
    """The slices a report belongs to, as `kind: value`.

    Kinds: tag, events (none, single, multi), length (characters), writer, year of publication, donor.
    A donor is `unseen` when `known_donors` hold none of its names.
    """
    case = scored.case
    firm = sum(not event.optional for event in case.events)
    text = case.text or scored.prediction.text
    kinds = [
        *(f"tag: {tag}" for tag in case.tags),
        f"events: {'none' if not firm else 'single' if firm == 1 else 'multi'}",
        f"length: {next((name for most, name in _LENGTHS if len(text) < most), '800 and more')}",
        *([f"writer: {case.writer}"] if case.writer else []),
        f"year: {scored.prediction.year or 'unknown'}",
        *_donor_slice(case, known_donors),
    ]
    return tuple(kinds)


def slice_rows(evaluation: Evaluation) -> list[Row]:
    """Precision, recall and F1 of each slice, sorted by its name; null where undefined."""
    groups: dict[str, list[Scored]] = defaultdict(list)
    for one in evaluation.scored:
        for name in slice_names(one, evaluation.known_donors):
            groups[name].append(one)
    return [_row(name, groups[name]) for name in sorted(groups)]


def _row(name: str, scored: Sequence[Scored]) -> Row:
    counts = add_counts(one.counts for one in scored)
    row: Row = {"slice": name, "reports": len(scored)}
    for figure in FIGURES:
        count = counts.get(figure, Count())
        row |= {f"{figure}.p": count.precision, f"{figure}.r": count.recall, f"{figure}.f": count.f1}
    return row


def _donor_slice(case: Case, known: Sequence[str] | None) -> Iterator[str]:
    donors = [donor for event in case.events if not event.optional for donor in event.donors]
    if known is not None and donors:
        seen = [any(same_party(name, known) for name in donor) for donor in donors]
        yield "donor: seen" if all(seen) else "donor: unseen"
