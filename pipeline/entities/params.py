"""Parameters of the recogniser."""

from __future__ import annotations

from pydantic import Field

from pipeline.params import Section


class EntitiesParams(Section):
    """Parameters of the recogniser.

    `model` is the folder of the trained model, relative to the working folder, or else the one shipped
    with the package; mentions with a score under `min_score` are left out.
    """

    model: str = "models/entities"
    min_score: float = Field(default=0.0, ge=0.0, le=1.0)
