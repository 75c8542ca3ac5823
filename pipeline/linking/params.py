"""Thresholds of linking."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from pipeline.params import Section


class EncoderShares(Section):
    """Weight of the encoder's answer beside that of the facts, 0 to 1, by decision."""

    act: float = Field(default=0.25, ge=0.0, le=1.0)
    date: float = Field(default=0.5, ge=0.0, le=1.0)
    good: float = Field(default=0.4, ge=0.0, le=1.0)
    role: float = Field(default=0.55, ge=0.0, le=1.0)
    scope: float = Field(default=0.6, ge=0.0, le=1.0)
    status: float = Field(default=0.5, ge=0.0, le=1.0)

    def of(self, decision: str) -> float:
        """The weight in one decision.

        Example:
            >>> EncoderShares(role=1.0).of("role")
            1.0
        """
        return float(getattr(self, decision))


class LinkingParams(Section):
    """Thresholds of the decoder; probabilities of the learned decisions.

    `encoder` may be none: then the named facts decide alone, several times as fast. `encoder_share` weighs
    its answers; reports whose likeliest act stays under `screen` by the facts are not read by it.
    """

    model: str = "models/linker"
    encoder: str | None = "models/encoder"
    encoder_share: EncoderShares = EncoderShares()
    screen: float = 0.05
    act: float = 0.5
    report: float = 0.6
    batch: float = 0.15
    planned: float = 0.5
    planned_hint: float = 0.25
    cumulative: float = 0.4
    role: float = 0.5
    intermediary: float = 0.3
    role_floor: float = 0.2
    role_share: float = 0.95
    good: float = 0.7
    date: float = 0.15
    window: int = 3
    apart: float = 0.85

    def at(self, linker: Path, encoder: Path) -> LinkingParams:
        """The same with the models of a run."""
        read = encoder.as_posix() if self.encoder else None
        return self.model_copy(update={"model": linker.as_posix(), "encoder": read})
