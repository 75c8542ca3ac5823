"""What one split of the corpus would give away about another.

Near-duplicates by exact Jaccard similarity of character 5-shingles (Broder 1997, without the sketch: a
gold corpus is small enough to count).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.corpus.gold import GoldReport

SHINGLE = 5
# Unrelated reports of the corpus stay below 0.05.
TOO_ALIKE = 0.2
# A later split must share nothing with an earlier one.
_ORDER = ("train", "dev", "test")


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing wrong with the corpus; `report_id` is empty for a file as a whole."""

    code: str
    report_id: str
    message: str


def leaks(reports: Mapping[str, Iterable[GoldReport]]) -> Iterator[Violation]:
    """Stories, donor–recipient pairs and near-duplicate texts that two splits share.

    Args:
        reports: the gold reports of each split by its name (train, dev, test).
    """
    traits = {split: [_traits(report) for report in reports.get(split, ())] for split in _ORDER}
    for later in range(1, len(_ORDER)):
        for earlier in range(later):
            for one in traits[_ORDER[later]]:
                for other in traits[_ORDER[earlier]]:
                    yield from _shared(one, other, _ORDER[later], _ORDER[earlier])


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of the shingles of both that both have.

    Example:
        >>> jaccard(frozenset("甲乙丙"), frozenset("乙丙丁"))
        0.5
    """
    both = len(one & other)
    return both / (len(one) + len(other) - both) if both else 0.0


def shingles(text: str) -> frozenset[str]:
    """Runs of `SHINGLE` letters and digits, punctuation and blanks left out."""
    plain = "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())
    return frozenset(plain[i : i + SHINGLE] for i in range(max(len(plain) - SHINGLE + 1, 1)))


@dataclass(frozen=True, slots=True)
class _Traits:
    report_id: str
    story: str
    parties: frozenset[tuple[str, str]]
    shingles: frozenset[str]


def _traits(labelled: GoldReport) -> _Traits:
    pairs = {
        (donor.names[0], recipient.names[0])
        for event in labelled.events
        for donor in event.donors
        for recipient in event.recipients
    }
    text = labelled.report.text
    return _Traits(labelled.report.report_id, labelled.story, frozenset(pairs), shingles(text))


def _shared(one: _Traits, other: _Traits, split: str, against: str) -> Iterator[Violation]:
    def violation(code: str, what: str) -> Violation:
        return Violation(code, one.report_id, f"{split} shares {what} with {other.report_id} of {against}")

    if one.story == other.story:
        yield violation("shared-story", f"the story {one.story!r}")
    for donor, recipient in sorted(one.parties & other.parties):
        yield violation("shared-parties", f"{donor} → {recipient}")
    likeness = jaccard(one.shingles, other.shingles)
    if likeness >= TOO_ALIKE:
        yield violation("near-duplicate", f"text (Jaccard {likeness:.2f})")
