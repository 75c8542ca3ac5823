"""Parameters of the tagger's training."""

from __future__ import annotations

from pydantic import Field

from pipeline.params import Section


class TrainTaggerParams(Section):
    """How the tagger is fine-tuned.

    Attributes:
        seed: of the order of reports, of dropout, masking and renaming.
        splits: the splits it learns from.
        base: folder of the pretrained weights and their vocabulary.
        epochs: passes over the reports.
        characters: characters a step, padding included.
        rate: highest learning rate of the pretrained layers; the new layer takes `head_rate` times as much.
        head_rate: see `rate`.
        dropout: share of hidden values left out.
        mask: share of characters hidden from the network while it learns.
        average: decay of the running mean of the weights, which is what is kept.
        bfloat16: whether to multiply in bfloat16, which is faster where the processor knows it.
        rename: share of reports read with other names, drawn anew in every pass.
        aside: weight of the layer of goods beside that of names.
        window: longest stretch read at once, in characters.
    """

    seed: int = 0
    splits: tuple[str, ...] = ("train",)
    base: str = "models/encoder-base"
    epochs: int = Field(default=5, ge=1)
    characters: int = Field(default=3600, ge=1)
    rate: float = 7e-5
    head_rate: float = 8.0
    dropout: float = 0.1
    mask: float = 0.05
    average: float = 0.99
    bfloat16: bool = True
    rename: float = Field(default=0.35, ge=0.0, le=1.0)
    aside: float = 0.5
    window: int = Field(default=480, ge=1)
