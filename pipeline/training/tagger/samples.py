"""Gold reports as texts with two layers of spans: names and given goods."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.corpus.gold import GoldReport
from pipeline.encoder.codes import windows
from pipeline.entities.reader import ITEMS, NAMES
from pipeline.entities.told import told
from pipeline.schema import NAMES as NAMED
from pipeline.schema import names_of
from pipeline.training.entities.augment import Augmenter
from pipeline.training.entities.samples import Sample

LAYERS: Mapping[str, tuple[str, ...]] = {NAMES: tuple(sorted(NAMED)), ITEMS: ("ITEM",)}

_STOPS = "。！？!?\n"
Labelled = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class TaggedText:
    """A text and its spans by layer; those of one layer are disjoint."""

    text: str
    layers: Mapping[str, tuple[Labelled, ...]]


def tagged_text(gold: GoldReport) -> TaggedText:
    """What a gold report teaches: its names, and its items outside them."""
    part = told(gold.report.text)
    moved = {part.origin(place): place for place in range(len(part.text))}

    def kept(spans: Iterable[Labelled]) -> list[Labelled]:
        return sorted(
            {
                (moved[start], moved[end - 1] + 1, label)
                for start, end, label in spans
                if start in moved and end - 1 in moved
            }
        )

    names = kept((m.start, m.end, m.label) for m in names_of(gold.mentions))
    arguments = [argument for event in gold.arguments for argument in event]
    items = kept((a.start, a.end, "ITEM") for a in arguments if a.slot == "item")
    return TaggedText(part.text, {NAMES: tuple(names), ITEMS: _disjoint(items, names)})


def _disjoint(spans: Iterable[Labelled], taken: Iterable[Labelled]) -> tuple[Labelled, ...]:
    """Spans outside those taken; of two that overlap the longer one."""
    barred = {place for start, end, _ in taken for place in range(start, end)}
    chosen: list[Labelled] = []
    for start, end, label in sorted(spans, key=lambda span: (span[0] - span[1], span)):
        if barred.isdisjoint(range(start, end)):
            chosen.append((start, end, label))
            barred.update(range(start, end))
    return tuple(sorted(chosen))


def renamed(tagged: TaggedText, augmenter: Augmenter, rng: random.Random) -> TaggedText:
    """The text with other names; its goods move along."""
    fixed = sorted(span for spans in tagged.layers.values() for span in spans)
    new = augmenter(Sample(tagged.text, tuple(fixed)), rng)
    layers = {
        layer: tuple(span for span in new.spans if span[2] in labels) for layer, labels in LAYERS.items()
    }
    return TaggedText(new.text, layers)


def stretches(tagged: TaggedText, size: int) -> list[TaggedText]:
    """A text in stretches as the tagger reads them, without the spans that a stretch's end cuts."""
    starts = [place + 1 for place, char in enumerate(tagged.text) if char in _STOPS]
    return [
        TaggedText(
            tagged.text[first:last],
            {
                layer: tuple(
                    (s - first, e - first, label) for s, e, label in spans if first <= s and e <= last
                )
                for layer, spans in tagged.layers.items()
            },
        )
        for first, last in windows(len(tagged.text), starts, size)
        if first < last
    ]
