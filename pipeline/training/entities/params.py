"""Parameters of the recogniser's training."""

from __future__ import annotations

from pydantic import Field

from pipeline.params import Section


class TrainEntitiesParams(Section):
    """Parameters of the recogniser's training.

    The scores of `members` networks are averaged. `base` is the file of pre-trained layers to start from, or
    null; the second member starts from the first of `more_bases`, and so on in turn. With a base, the weights
    of `runs` runs that differ in the order and variation of samples are averaged in each member. `jieba` lets
    the network see jieba's words. `rename`, `cut` and `lose` are the shares of samples that are varied. A
    slice of test with at least `least_spans` gold spans counts as worse when its F1 falls by more than
    `fall_allowed` and the bootstrap interval of `confidence` lies below zero.
    """

    version: str = "0.1.0"
    labels: tuple[str, ...] = ("LOC", "ORG", "PER")
    seed: int = 0
    runs: int = Field(default=3, ge=1)
    members: int = Field(default=1, ge=1)
    base: str | None = "models/entities-base.npz"
    more_bases: tuple[str, ...] = ()
    steps: int = Field(default=1000, ge=1)
    eval_every: int = Field(default=100, ge=1)
    learn_rate: float = Field(default=0.002, gt=0)
    width: int = Field(default=128, ge=8)
    dropout: float = Field(default=0.2, ge=0, lt=1)
    rename: float = Field(default=0.5, ge=0, le=1)
    cut: float = Field(default=0.3, ge=0, le=1)
    lose: float = Field(default=0.05, ge=0, le=1)
    jieba: bool = True
    fall_allowed: float = Field(default=0.005, ge=0, le=1)
    least_spans: int = Field(default=30, ge=1)
    draws: int = Field(default=5000, ge=1)
    confidence: float = Field(default=0.95, gt=0.5, lt=1)
