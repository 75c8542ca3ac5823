"""Fine-tune the encoder on the gold corpus and write it."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.corpus.gold import GoldReport
from pipeline.corpus.splits import Splits
from pipeline.dates import DateReader, DatesParams
from pipeline.encoder import Encoder
from pipeline.errors import InputError
from pipeline.quantities import QuantitiesParams, QuantityFinder
from pipeline.segment import Segmenter, SegmentParams
from pipeline.training.encoder.params import TrainEncoderParams
from pipeline.training.encoder.pretrained import pretrained_characters
from pipeline.training.encoder.renaming import renamed
from pipeline.training.encoder.samples import Sample, gold_sample
from pipeline.training.entities.augment import Augmenter
from pipeline.training.entities.names import name_source
from pipeline.training.linker_run import gold_scene


def train_encoder(
    gold: Sequence[GoldReport], splits: Splits, params: TrainEncoderParams, out: Path
) -> dict[str, Any]:
    """Fine-tune on the gold mentions of the chosen splits and write the ONNX files.

    Returns:
        By decision on the dev split: how many questions, the share answered rightly, and the mean negative
        log-likelihood, all measured with the written files.

    Raises:
        ConfigError: torch is not installed, or the pretrained weights are missing.
        InputError: the splits hold no gold to learn from.
    """
    samples = read_samples(gold, splits, params.splits, params)
    if not samples:
        raise InputError("empty", f"no gold report in {', '.join(params.splits)}")
    _fit_and_write(samples, params, out)
    return measure(Encoder(out, threads=2), read_samples(gold, splits, ("dev",), params))


def read_samples(
    gold: Sequence[GoldReport], splits: Splits, chosen: Sequence[str], params: TrainEncoderParams
) -> list[Sample]:
    """The samples of the chosen splits, in the order of the gold."""
    steps = Segmenter(SegmentParams()), QuantityFinder(QuantitiesParams()), DateReader(DatesParams())
    return [
        gold_sample(gold_scene(each, steps), each, params.party_window)
        for each in gold
        if splits.of(each.report.report_id, each.writer) in chosen
    ]


def measure(encoder: Encoder, samples: Sequence[Sample]) -> dict[str, Any]:
    """How well the encoder answers what the samples ask."""
    told: dict[str, list[tuple[bool, float]]] = defaultdict(list)
    for sample in samples:
        questions = [question for question, _ in sample.asked]
        answers = encoder(sample.text, sample.sentences, sample.marks, questions)
        for (question, label), answer in zip(sample.asked, answers, strict=True):
            right = max(sorted(answer), key=lambda name, answer=answer: answer[name]) == label  # type: ignore[misc]
            told[question.decision].append((right, -math.log(max(answer.get(label, 0.0), 1e-9))))
    return {
        decision: {
            "questions": len(rows),
            "right": round(sum(right for right, _ in rows) / len(rows), 4),
            "loss": round(sum(loss for _, loss in rows) / len(rows), 4),
        }
        for decision, rows in sorted(told.items())
    }


def _fit_and_write(samples: Sequence[Sample], params: TrainEncoderParams, out: Path) -> None:
    base = Path(params.base)
    vocabulary = pretrained_characters(base)
    import torch

    from pipeline.training.encoder.export import export
    from pipeline.training.encoder.fitting import Fitting, encode
    from pipeline.training.encoder.network import Heads, Reader, load_base

    torch.manual_seed(params.seed)
    kinds, decisions = kinds_of(samples), decisions_of(samples)
    reader, heads = Reader(len(vocabulary), len(kinds)), Heads(decisions)
    load_base(reader, base)
    rng, augmenter = random.Random(params.seed), Augmenter(name_source(), params.rename, 0.0, 0.0)
    passes = [
        [encode(renamed(sample, augmenter, rng), vocabulary, kinds, decisions) for sample in samples]
        for _ in range(params.epochs)
    ]
    Fitting(reader, heads, vocabulary["[MASK]"], params)(passes)
    export(reader, heads, kinds, decisions, params.window, base / "vocabulary.txt", out)


def kinds_of(samples: Sequence[Sample]) -> list[str]:
    """Every kind of mark, in order."""
    return sorted({mark.kind for sample in samples for mark in sample.marks})


def decisions_of(samples: Sequence[Sample]) -> Mapping[str, list[str]]:
    """The classes of every decision, in order."""
    found: dict[str, set[str]] = defaultdict(set)
    for sample in samples:
        for question, label in sample.asked:
            found[question.decision].add(label)
    return {decision: sorted(found[decision]) for decision in sorted(found)}
