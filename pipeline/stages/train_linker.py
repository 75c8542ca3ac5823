"""Stage `train_linker`: gold -> the linker's models."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.corpus.gold import read_gold
from pipeline.corpus.splits import read_splits
from pipeline.training.figures import write_figures
from pipeline.training.linker_run import TrainLinkerParams, train_linker

SECTIONS = (TrainLinkerParams,)


def run(inputs: Mapping[str, Path], outputs: Mapping[str, Path], params: TrainLinkerParams) -> None:
    """Write the models and the figures of the training."""
    figures = train_from_files(inputs["gold"], inputs["splits"], params, outputs["linker"])
    write_figures(figures, outputs["train_linker"])


def train_from_files(gold: Path, splits: Path, params: TrainLinkerParams, out: Path) -> dict[str, Any]:
    """Fit the linker on the gold files of a folder."""
    return train_linker(read_gold(gold), read_splits(splits), params, out)
