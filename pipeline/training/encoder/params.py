"""Parameters of the encoder's training."""

from __future__ import annotations

from pipeline.params import Section


class TrainEncoderParams(Section):
    """How the encoder is fine-tuned.

    Attributes:
        seed: of the order of reports, of dropout and masking.
        splits: the splits it learns from.
        base: folder of the pretrained weights and their vocabulary.
        epochs: passes over the reports.
        batch: reports a step.
        rate: highest learning rate of the pretrained layers; new layers take `head_rate` times as much.
        head_rate: see `rate`.
        dropout: share of hidden values left out.
        mask: share of characters hidden from the network while it learns.
        average: decay of the running mean of the weights, which is what is kept.
        bfloat16: whether to multiply in bfloat16, which is faster where the processor knows it.
        party_window: sentences from an act in which a party may stand.
        window: longest stretch read at once, in characters.
    """

    seed: int = 0
    splits: tuple[str, ...] = ("train",)
    base: str = "models/encoder-base"
    epochs: int = 6
    batch: int = 8
    rate: float = 7e-5
    head_rate: float = 5.0
    dropout: float = 0.1
    mask: float = 0.06
    average: float = 0.99
    bfloat16: bool = True
    party_window: int = 3
    window: int = 900
