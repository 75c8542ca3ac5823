"""Every stage with the names of what it reads and writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of `dvc.yaml`.

    `sections` are the sections of `params.yaml` that it depends on; the first is its own, or that
    of the stage whose figures it repeats.
    """

    name: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    sections: tuple[str, ...]


_LAYERS = ("reports", "sentences", "quantities", "dates")

STAGES: Mapping[str, Stage] = MappingProxyType(
    {
        stage.name: stage
        for stage in (
            Stage(
                "train_entities",
                ("gold", "splits", "entities-base"),
                ("entities", "train_entities"),
                ("train_entities",),
            ),
            Stage(
                "train_encoder",
                ("gold", "splits", "encoder-base"),
                ("encoder", "train_encoder"),
                ("train_encoder",),
            ),
            Stage(
                "train_tagger",
                ("gold", "splits", "encoder-base"),
                ("tagger", "train_tagger"),
                ("train_tagger",),
            ),
            Stage("train_linker", ("gold", "splits"), ("linker", "train_linker"), ("train_linker",)),
            Stage("segment", ("reports",), ("reports", "sentences", "words", "rejects"), ("segment",)),
            Stage("entities", ("reports", "entities", "tagger"), ("entities",), ("entities",)),
            Stage("quantities", ("reports",), ("quantities",), ("quantities",)),
            Stage("dates", ("reports",), ("dates",), ("dates",)),
            Stage("link", (*_LAYERS, "entities", "encoder", "linker"), ("acts", "links"), ("link",)),
            Stage(
                "events",
                (*_LAYERS, "entities", "acts", "links", "rejects", "linker"),
                ("events",),
                ("events",),
            ),
            Stage(
                "evaluate",
                (*_LAYERS, "entities", "events", "encoder", "linker", "gold", "splits"),
                ("dev", "test", "evaluation"),
                ("evaluate", "link", "events"),
            ),
            Stage(
                "baselines",
                (*_LAYERS, "entities", "events", "encoder", "linker", "gold", "splits"),
                ("baselines_dev", "baselines_test"),
                ("evaluate", "link", "events"),
            ),
        )
    }
)
