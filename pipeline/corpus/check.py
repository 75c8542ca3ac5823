"""Holds the gold corpus to its own rules and tells what is in it.

Checked: every file reads (`pipeline.corpus.gold`), its text is a segmented raw report to the letter, its
tags are known and agree with its events, it belongs to a split, and no split gives another one away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.corpus.gold import GoldReport, read_gold_file
from pipeline.corpus.leakage import Violation, leaks
from pipeline.corpus.splits import SPLITS, Splits, read_splits
from pipeline.corpus.statistics import phenomena, statistics
from pipeline.errors import InputError
from pipeline.lexicons import read_toml
from pipeline.readers import read_inputs
from pipeline.schema import Report
from pipeline.segment import SegmentParams, segment_documents

_CONTEXT = 12


@dataclass(frozen=True, slots=True)
class CorpusReport:
    """Counts by split, tags by split, and everything that is wrong."""

    statistics: dict[str, dict[str, int]]
    phenomena: dict[str, dict[str, int]]
    violations: tuple[Violation, ...]


def check_corpus(gold_folder: Path, raw: Iterable[Report], splits_file: Path) -> CorpusReport:
    """Check a folder of gold files against the raw reports and the splits.

    Args:
        gold_folder: the YAML files.
        raw: the raw reports as the extraction segments them, see `raw_reports`.
        splits_file: see `pipeline.corpus.splits`.

    Raises:
        InputError: no gold files.
        ConfigError: the splits cannot be read.
    """
    paths = sorted(gold_folder.glob("*.yaml"))
    if not paths:
        raise InputError("empty", f"{gold_folder}: no gold files")
    splits, violations, gold = read_splits(splits_file), [], []
    for path in paths:
        try:
            gold.append(read_gold_file(path))
        except InputError as error:
            violations.append(Violation(error.code, path.stem, str(error)))
    parts = _parts(gold, splits)
    violations += [*_texts(gold, raw), *_tags(gold), *_unsplit(gold, splits), *leaks(parts)]
    return CorpusReport(
        statistics({"all": gold, **parts}),
        phenomena({"all": gold, **parts}, known_tags()),
        tuple(sorted(violations, key=lambda v: (v.report_id, v.code, v.message))),
    )


def raw_reports(folder: Path, params: SegmentParams | None = None) -> tuple[Report, ...]:
    """The raw reports of a folder, read and segmented as the extraction does; rejects are left out.

    Raises:
        InputError: no such folder, or nothing in it that can be read.
    """
    segmented = segment_documents(read_inputs([folder]), params or SegmentParams())
    return tuple(each for each in segmented if isinstance(each, Report))


def known_tags() -> tuple[str, ...]:
    """Ids of the phenomenon tags a gold file may carry.

    Example:
        >>> known_tags()[0]
        'multi_event'
    """
    return tuple(read_toml("phenomena.toml"))


def _parts(gold: Iterable[GoldReport], splits: Splits) -> dict[str, list[GoldReport]]:
    parts: dict[str, list[GoldReport]] = {split: [] for split in SPLITS}
    for labelled in gold:
        split = splits.of(labelled.report.report_id, labelled.writer)
        if split is not None:
            parts[split].append(labelled)
    return parts


def _texts(gold: Iterable[GoldReport], raw: Iterable[Report]) -> Iterator[Violation]:
    reports = {report.report_id: report for report in raw}
    by_text = {report.text: report for report in reports.values()}
    for labelled in gold:
        wanted = labelled.report
        found = reports.get(wanted.report_id) or by_text.get(wanted.text)
        if found is None:
            yield Violation("no-raw-report", wanted.report_id, "no raw report has this id or this text")
        elif found.text != wanted.text:
            yield Violation("text-differs", wanted.report_id, _first_difference(wanted.text, found.text))
        elif found.body_start != wanted.body_start:
            message = f"title ends at {wanted.body_start}, in the raw report at {found.body_start}"
            yield Violation("title-differs", wanted.report_id, message)


def _first_difference(gold: str, raw: str) -> str:
    at = next(
        (i for i, (a, b) in enumerate(zip(gold, raw, strict=False)) if a != b), min(len(gold), len(raw))
    )
    around = slice(max(at - _CONTEXT, 0), at + _CONTEXT)
    return f"text differs at {at}: {gold[around]!r}, in the raw report {raw[around]!r}"


def _tags(gold: Iterable[GoldReport]) -> Iterator[Violation]:
    known = set(known_tags())
    for labelled in gold:
        report_id = labelled.report.report_id
        for tag in labelled.tags:
            if tag not in known:
                yield Violation("unknown-tag", report_id, f"unknown tag {tag!r}")
            if labelled.tags.count(tag) > 1:
                yield Violation("tag-twice", report_id, f"tag {tag!r} stands twice")
        for tag, holds in _decided(labelled).items():
            if holds != (tag in labelled.tags):
                verb = "lacks" if holds else "must not carry"
                yield Violation("wrong-tag", report_id, f"{verb} the tag {tag!r}, as its events tell")


def _decided(labelled: GoldReport) -> Mapping[str, bool]:
    """The tags that the events themselves decide."""
    firm = [event for event in labelled.events if not event.optional]
    return {"multi_event": len(firm) > 1, "negative": not labelled.events}


def _unsplit(gold: Iterable[GoldReport], splits: Splits) -> Iterator[Violation]:
    labelled_ids, writers = set(), set()
    for labelled in gold:
        labelled_ids.add(labelled.report.report_id)
        writers.add(labelled.writer)
        if splits.of(labelled.report.report_id, labelled.writer) is None:
            yield Violation(
                "no-split", labelled.report.report_id, f"writer {labelled.writer!r} is in no split"
            )
    for split in SPLITS:
        named = getattr(splits, split)
        for name in sorted({*named.ids} - labelled_ids | ({*named.writers} - writers)):
            yield Violation("unknown-in-splits", "", f"{split} names {name!r}, which no gold file has")
