"""Teach a network words first: word boundaries and part-of-speech groups on a tagged newspaper corpus.

What it learns of characters and their neighbourhood is the base that training on the gold starts from; the
output layer is made anew there.
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from thinc.api import Adam

from pipeline.entities.component import CharEntities, parameters
from pipeline.errors import ConfigError, InputError
from pipeline.lexicons import read_toml
from pipeline.training.entities.registry import tagger_of, to_example
from pipeline.training.entities.samples import Sample

_LONGEST = 220
_BATCH = 3000
_TEXT = 400
_WARMUP = 60


def read_tagged(path: Path) -> list[Sample]:
    """Read a text of `word/tag` items, as the People's Daily corpus (PFR) is published.

    Surname and given name, two items there, become one span; long lines are cut after a stop.

    Raises:
        InputError: `missing`, or `tagged` for an item without a tag.
    """
    if not path.is_file():
        raise InputError("missing", f"{path}: no such file")
    groups = {tag: group for group, tags in read_toml("tag_groups.toml").items() for tag in tags.split()}
    samples: list[Sample] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        items = [tuple(item.rpartition("/")[::2]) for item in line.split()]
        if any(not word or not tag for word, tag in items):
            raise InputError("tagged", f"{path}:{number}: an item without word or tag")
        samples += _pieces(tagged_sample(items, groups))
    return list(_joined(samples))


def tagged_sample(items: Sequence[tuple[str, ...]], groups: dict[str, str]) -> Sample:
    """Join words to a text with one span a word.

    Example:
        >>> tagged_sample([("李", "nr"), ("明", "nr"), ("赠", "v")], {"nr": "PER", "v": "V"}).spans
        ((0, 2, 'PER'), (2, 3, 'V'))
    """
    spans: list[tuple[int, int, str]] = []
    text, surname = "", False
    for word, tag in items:
        start, text = len(text), text + word
        if tag == "nr" and surname:
            spans[-1] = (spans[-1][0], len(text), groups[tag])
        elif tag in groups:
            spans.append((start, len(text), groups[tag]))
        surname = tag == "nr" and len(word) == 1 and not surname
    return Sample(text, tuple(spans))


def _pieces(sample: Sample) -> Iterator[Sample]:
    text, spans = sample.text, sample.spans
    while text:
        cut = (
            max(text.rfind(sign, 20, _LONGEST) + 1 for sign in "。；！？")
            if len(text) > _LONGEST
            else len(text)
        )
        cut = cut or text.rfind("，", 20, _LONGEST) + 1 or len(text)
        yield Sample(text[:cut], tuple(span for span in spans if span[1] <= cut))
        spans = tuple((start - cut, end - cut, label) for start, end, label in spans if start >= cut)
        text = text[cut:]


def _joined(samples: Sequence[Sample]) -> Iterator[Sample]:
    """Join neighbours to texts of about a report's length: they mostly belong to one article."""
    text = ""
    spans: tuple[tuple[int, int, str], ...] = ()
    for sample in samples:
        if text and len(text) + len(sample.text) > _TEXT:
            yield Sample(text, spans)
            text, spans = "", ()
        shift = len(text) + 1 if text else 0
        text = f"{text}\n{sample.text}" if text else sample.text
        spans = (*spans, *((start + shift, end + shift, label) for start, end, label in sample.spans))
    if text:
        yield Sample(text, spans)


def pretrain(
    nlp: Language, samples: Sequence[Sample], steps: int, learn_rate: float, seed: int
) -> list[float]:
    """Train an initialised pipeline on word spans; returns the mean loss of every hundredth step."""
    tagger = tagger_of(nlp)
    optimiser = Adam(learn_rate, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0)
    losses: dict[str, float] = {}
    told = []
    for step, batch in zip(range(steps), _batches(samples, random.Random(seed)), strict=False):
        optimiser.learn_rate = learn_rate * min(step / _WARMUP, 1.0) * max(1 - step / steps, 0.03)
        tagger.update([to_example(sample, nlp) for sample in batch], sgd=optimiser, losses=losses)
        if step % 100 == 99:
            told.append(round(losses.pop(tagger.name) / 100, 4))
    return told


def _batches(samples: Sequence[Sample], rng: random.Random) -> Iterator[list[Sample]]:
    order = list(samples)
    batch: list[Sample] = []
    while True:
        rng.shuffle(order)
        for sample in order:
            batch.append(sample)
            if sum(len(each.text) for each in batch) > _BATCH:
                yield batch
                batch = []


def save_base(tagger: CharEntities, path: Path) -> None:
    """Write everything but the output layer and the transitions, in half precision."""
    arrays: dict[str, Any] = {
        name: values.astype(np.float16) for name, values in parameters(tagger.model) if _is_base(tagger, name)
    }
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(buffer.getvalue())


def load_base(tagger: CharEntities, path: Path) -> None:
    """Start a network from a base; columns that the base did not see begin without weight.

    Raises:
        ConfigError: the base is missing or was made for a network of another shape.
    """
    if not path.is_file():
        raise ConfigError(f"{path}: no such base; make one, or set `base` to null")
    with np.load(path) as arrays:
        for name, values in parameters(tagger.model):
            if not _is_base(tagger, name):
                continue
            if name not in arrays.files or not _fits(name, arrays[name].shape, values.shape):
                raise ConfigError(f"{path}: made for a network of another shape ({name})")
            values[...] = 0
            values[tuple(slice(0, size) for size in arrays[name].shape)] = arrays[name]


def _fits(name: str, base: tuple[int, ...], own: tuple[int, ...]) -> bool:
    """Tell whether shapes agree, but for columns at the end of a layer's inputs."""
    return base == own or (name.endswith(".W") and base[0] == own[0] and base[1] < own[1])


def _is_base(tagger: CharEntities, name: str) -> bool:
    last = len(tagger.model.layers)  # the walk goes by breadth: the output layer ends the first level
    return not name.startswith(f"{last}.") and not name.endswith(".transitions")
