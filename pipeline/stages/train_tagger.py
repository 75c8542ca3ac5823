"""Stage `train_tagger`: gold -> the tagger, fine-tuned."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.corpus.gold import read_gold
from pipeline.corpus.splits import read_splits
from pipeline.training.figures import write_figures
from pipeline.training.tagger.params import TrainTaggerParams
from pipeline.training.tagger.running import train_tagger

SECTIONS = (TrainTaggerParams,)


def run(inputs: Mapping[str, Path], outputs: Mapping[str, Path], params: TrainTaggerParams) -> None:
    """Write the tagger and how well it marks."""
    own = params.model_copy(update={"base": inputs["encoder-base"].as_posix()})
    figures = train_from_files(inputs["gold"], inputs["splits"], own, outputs["tagger"])
    write_figures(figures, outputs["train_tagger"])


def train_from_files(gold: Path, splits: Path, params: TrainTaggerParams, out: Path) -> dict[str, Any]:
    """Fine-tune the tagger on the gold files of a folder."""
    return train_tagger(read_gold(gold), read_splits(splits), params, out)
