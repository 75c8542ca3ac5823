"""Fine-tune the tagger on the gold corpus and write it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.corpus.gold import GoldReport
from pipeline.corpus.splits import Splits
from pipeline.encoder import Tagger
from pipeline.entities.decoding import decode_alone
from pipeline.errors import InputError
from pipeline.training.encoder.pretrained import pretrained_characters
from pipeline.training.tagger.params import TrainTaggerParams
from pipeline.training.tagger.samples import LAYERS, TaggedText, tagged_text


def train_tagger(
    gold: Sequence[GoldReport], splits: Splits, params: TrainTaggerParams, out: Path
) -> dict[str, Any]:
    """Fine-tune on the chosen splits and write the ONNX files.

    Returns:
        By label on the dev split: precision, recall and F1 of spans, strict, measured with the written files.

    Raises:
        ConfigError: torch is not installed, or the pretrained weights are missing.
        InputError: the splits hold no gold to learn from.
    """
    texts = _texts(gold, splits, params.splits)
    if not texts:
        raise InputError("empty", f"no gold report in {', '.join(params.splits)}")
    _fit_and_write(texts, params, out)
    return measure(Tagger(out, threads=2), _texts(gold, splits, ("dev",)))


def _texts(gold: Sequence[GoldReport], splits: Splits, chosen: Sequence[str]) -> list[TaggedText]:
    return [tagged_text(each) for each in gold if splits.of(each.report.report_id, each.writer) in chosen]


def measure(tagger: Tagger, texts: Sequence[TaggedText]) -> dict[str, dict[str, float]]:
    """Strict precision, recall and F1 of every label, by the tagger alone."""
    counts = {label: [0, 0, 0] for labels in LAYERS.values() for label in labels}
    for text in texts:
        scores = tagger(text.text)
        for layer, labels in LAYERS.items():
            found = {span[:3] for span in decode_alone(scores[layer], labels)}
            for label in labels:
                made = {span for span in found if span[2] == label}
                wanted = {span for span in text.layers[layer] if span[2] == label}
                for place, size in enumerate((len(made & wanted), len(made), len(wanted))):
                    counts[label][place] += size
    return {label: _shares(*counted) for label, counted in counts.items()}


def _shares(right: int, made: int, wanted: int) -> dict[str, float]:
    return {
        "p": round(right / max(made, 1), 4),
        "r": round(right / max(wanted, 1), 4),
        "f": round(2 * right / max(made + wanted, 1), 4),
    }


def _fit_and_write(texts: Sequence[TaggedText], params: TrainTaggerParams, out: Path) -> None:
    base = Path(params.base)
    vocabulary = pretrained_characters(base)
    import torch

    from pipeline.training.digests import write_meta
    from pipeline.training.encoder.export import write_small
    from pipeline.training.encoder.network import load_base
    from pipeline.training.tagger.fitting import TaggingNetwork, fit_tagger

    torch.manual_seed(params.seed)
    network = TaggingNetwork(len(vocabulary))
    load_base(network.reader, base)
    fit_tagger(network, texts, vocabulary, params)
    out.mkdir(parents=True, exist_ok=True)
    sample = (torch.ones(24, dtype=torch.long),)
    write_small(network.eval(), sample, out / "tagger.onnx", {"characters": 0}, "tags")
    (out / "vocabulary.txt").write_bytes((base / "vocabulary.txt").read_bytes())
    layers = {layer: list(labels) for layer, labels in LAYERS.items()}
    write_meta(out, ("tagger.onnx", "vocabulary.txt"), {"layers": layers, "window": params.window})
