"""Stage `train_entities`: gold -> the recogniser's model."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.corpus.gold import read_gold
from pipeline.corpus.splits import read_splits
from pipeline.training.entities import TrainEntitiesParams, train
from pipeline.training.figures import write_figures

SECTIONS = (TrainEntitiesParams,)


def run(inputs: Mapping[str, Path], outputs: Mapping[str, Path], params: TrainEntitiesParams) -> None:
    """Write the model and the figures of the training."""
    own = params.model_copy(update={"base": inputs["entities-base"].as_posix()})
    figures = train_from_files(inputs["gold"], inputs["splits"], own, outputs["entities"])
    write_figures(figures, outputs["train_entities"])


def train_from_files(
    gold: Path, splits: Path, params: TrainEntitiesParams, out: Path, force: bool = False
) -> dict[str, Any]:
    """Train the recogniser on the gold files of a folder; without `force` a worse model is refused."""
    return train(read_gold(gold), read_splits(splits), params, out, force)
