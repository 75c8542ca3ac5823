"""Labelled texts for training: one shape for the gold format, column files and spaCy's own files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import spacy
from spacy.tokens import DocBin, Span
from spacy.vocab import Vocab

from pipeline.corpus.gold import GoldReport
from pipeline.entities.component import CharTokenizer
from pipeline.entities.told import told


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
    """Make a sample of every gold report, without its image marks and links."""
    samples = []
    for each in gold:
        part = told(each.report.text)
        moved = {part.origin(place): place for place in range(len(part.text))}
        spans = tuple(
            (moved[m.start], moved[m.end - 1] + 1, m.label)
            for m in each.mentions
            if m.label in labels and m.start in moved and m.end - 1 in moved
        )
        groups = (f"writer:{each.writer}", *(f"tag:{tag}" for tag in each.tags))
        samples.append(Sample(part.text, spans, groups))
    return samples


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
