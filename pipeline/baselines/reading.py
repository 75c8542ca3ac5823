"""One report with what the first steps found in it: what every system starts from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.dates import DateReader, DatesParams
from pipeline.quantities import QuantitiesParams, QuantityFinder
from pipeline.schema import DateMention, Mention, Quantity, Report, Sentence
from pipeline.segment import Segmenter, SegmentParams
from pipeline.store import read_table, to_records

NAMES = ("ORG", "LOC", "PER")


@dataclass(frozen=True, slots=True)
class Reading:
    """A report with its layers; `names` are the mentions that the recogniser made."""

    report: Report
    sentences: tuple[Sentence, ...]
    names: tuple[Mention, ...]
    quantities: tuple[Quantity, ...]
    dates: tuple[DateMention, ...]


def read_run(folder: Path, ids: Collection[str] | None = None) -> tuple[Reading, ...]:
    """The reports of a run as the run read them.

    Reports and names come from the run's tables; sentences, figures and dates are made anew by their steps
    with default parameters.

    Args:
        folder: holds `reports` and `mentions` in Parquet.
        ids: the reports to read; None for all.

    Raises:
        InputError: a table is missing or cannot be read.
    """
    reports = to_records(Report, read_table(folder, "reports"))
    names = _by_report(to_records(Mention, read_table(folder, "mentions")))
    segmenter, finder = Segmenter(SegmentParams()), QuantityFinder(QuantitiesParams())
    reader = DateReader(DatesParams())
    return tuple(
        Reading(
            report,
            segmenter(report),
            tuple(names.get(report.report_id, ())),
            finder(report),
            reader(report),
        )
        for report in reports
        if ids is None or report.report_id in ids
    )


def _by_report(mentions: Iterable[Mention]) -> dict[str, Sequence[Mention]]:
    groups: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.label in NAMES:
            groups[mention.report_id].append(mention)
    return dict(groups)
