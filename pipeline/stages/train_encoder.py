"""Stage `train_encoder`: gold -> the encoder, fine-tuned."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.corpus.gold import read_gold
from pipeline.corpus.splits import read_splits
from pipeline.training.encoder.params import TrainEncoderParams
from pipeline.training.encoder.running import train_encoder
from pipeline.training.figures import write_figures

SECTIONS = (TrainEncoderParams,)


def run(inputs: Mapping[str, Path], outputs: Mapping[str, Path], params: TrainEncoderParams) -> None:
    """Write the encoder and how well it answers."""
    own = params.model_copy(update={"base": inputs["encoder-base"].as_posix()})
    figures = train_from_files(inputs["gold"], inputs["splits"], own, outputs["encoder"])
    write_figures(figures, outputs["train_encoder"])


def train_from_files(gold: Path, splits: Path, params: TrainEncoderParams, out: Path) -> dict[str, Any]:
    """Fine-tune the encoder on the gold files of a folder."""
    return train_encoder(read_gold(gold), read_splits(splits), params, out)
