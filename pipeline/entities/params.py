"""Parameters of the recogniser."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from pipeline.params import Section


class EntitiesParams(Section):
    """Parameters of the recogniser.

    Folders of models are relative to the working folder, or else those shipped with the package.

    Attributes:
        model: folder of the trained model.
        min_score: names less sure are left out.
        tagger: folder of the pretrained reader that is asked beside the model; None: the model alone.
        tagger_share: weight of the reader's log-probabilities beside the model's scores.
        item_score: goods that the reader is less sure of are left out.
    """

    model: str = "models/entities"
    min_score: float = Field(default=0.0, ge=0.0, le=1.0)
    tagger: str | None = "models/tagger"
    tagger_share: float = Field(default=0.5, ge=0.0)
    item_score: float = Field(default=0.5, ge=0.0, le=1.0)

    def at(self, model: Path, tagger: Path) -> EntitiesParams:
        """The same with the models of a run."""
        read = tagger.as_posix() if self.tagger else None
        return self.model_copy(update={"model": model.as_posix(), "tagger": read})
