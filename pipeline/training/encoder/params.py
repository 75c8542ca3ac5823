"""Parameters of fine-tuning the pretrained transformer, and of the encoder's own training."""

from __future__ import annotations

from pydantic import Field

from pipeline.params import Section


class FineTuneParams(Section):
    """What every fine-tuning of the pretrained weights has.

    Attributes:
        seed: of the order of reports, of dropout, masking and renaming.
        splits: the splits it learns from.
        base: folder of the pretrained weights and their vocabulary.
        rate: highest learning rate of the pretrained layers; new layers take `head_rate` times as much.
        dropout: share of hidden values left out.
        average: decay of the running mean of the weights, which is what is kept.
        rename: share of reports read with other names, drawn anew in every pass.
        bfloat16: whether to multiply in bfloat16, which is faster where the processor knows it.
    """

    seed: int = 0
    splits: tuple[str, ...] = ("train",)
    base: str = "models/encoder-base"
    rate: float = 7e-5
    dropout: float = 0.1
    average: float = 0.99
    rename: float = Field(default=0.35, ge=0.0, le=1.0)
    bfloat16: bool = True


class TrainEncoderParams(FineTuneParams):
    """How the encoder is fine-tuned, besides what every fine-tuning has.

    Attributes:
        epochs: passes over the reports.
        batch: reports a step.
        head_rate: how many times as much new layers learn.
        mask: share of characters hidden from the network while it learns.
        party_window: sentences from an act in which a party may stand.
        window: longest stretch read at once, in characters.
    """

    epochs: int = 6
    batch: int = 8
    head_rate: float = 5.0
    mask: float = 0.06
    party_window: int = 3
    window: int = 900
