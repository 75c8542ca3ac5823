"""Labelled texts for training: one shape for the gold format, column files and spaCy's own files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import spacy
from spacy.tokens import DocBin, Span
from spacy.vocab import Vocab

from pipeline.corpus.gold import GoldReport
from pipeline.entities.component import CharTokenizer


@dataclass(frozen=True, slots=True)
class Sample:
    """A text with its labelled spans, sorted and disjoint; `groups` names the slices it counts for."""

    text: str
    spans: tuple[tuple[int, int, str], ...]
    groups: tuple[str, ...] = field(default=())

    def surfaces(self, label: str) -> tuple[str, ...]:
        """The surfaces of one label, in order.

        Example:
            >>> Sample("甲县赠书", ((0, 2, "LOC"),)).surfaces("LOC")
            ('甲县',)
        """
        return tuple(self.text[start:end] for start, end, name in self.spans if name == label)


def gold_samples(gold: Iterable[GoldReport], labels: Sequence[str]) -> list[Sample]:
    """Cut gold reports into lines; blank lines and image marks are left out."""
    return [
        sample
        for each in gold
        for sample in _lines(
            each.report.text,
            [(m.start, m.end, m.label) for m in each.mentions if m.label in labels],
            (f"writer:{each.writer}", *(f"tag:{tag}" for tag in each.tags)),
        )
    ]


def _lines(text: str, spans: Sequence[tuple[int, int, str]], groups: tuple[str, ...]) -> Iterator[Sample]:
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        inside = tuple((a - start, b - start, label) for a, b, label in spans if a >= start and b <= end)
        if line.strip() and not line.startswith("[image:"):
            yield Sample(line, inside, groups)
        start = end + 1


def write_samples(samples: Iterable[Sample], path: Path) -> None:
    """Write samples as a `.spacy` file with one token a character."""
    tokenizer = CharTokenizer(Vocab())
    store = DocBin(attrs=["ENT_IOB", "ENT_TYPE"])
    for sample in samples:
        doc = tokenizer(sample.text)
        doc.ents = [Span(doc, start, end, label=label) for start, end, label in sample.spans]
        store.add(doc)
    store.to_disk(path)


def read_spacy(path: Path) -> list[Sample]:
    """Read the entities of any `.spacy` file."""
    docs = DocBin().from_disk(path).get_docs(spacy.blank("xx").vocab)
    return [
        Sample(doc.text, tuple((ent.start_char, ent.end_char, ent.label_) for ent in doc.ents))
        for doc in docs
    ]
