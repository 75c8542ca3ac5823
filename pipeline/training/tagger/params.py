"""Parameters of the tagger's training."""

from __future__ import annotations

from pydantic import Field

from pipeline.training.encoder.params import FineTuneParams


class TrainTaggerParams(FineTuneParams):
    """How the tagger is fine-tuned, besides what every fine-tuning has.

    Attributes:
        epochs: passes over the reports.
        characters: characters a step, padding included.
        head_rate: how many times as much the new layer learns.
        mask: share of characters hidden from the network while it learns.
        aside: weight of the layer of goods beside that of names.
        window: longest stretch read at once, in characters.
    """

    epochs: int = Field(default=5, ge=1)
    characters: int = Field(default=3600, ge=1)
    head_rate: float = 8.0
    mask: float = 0.05
    aside: float = 0.5
    window: int = Field(default=480, ge=1)
