"""Thresholds of linking."""

from __future__ import annotations

from pipeline.params import Section


class LinkingParams(Section):
    """Thresholds of the decoder; probabilities of the learned decisions."""

    model: str = "models/linker"
    act: float = 0.45
    report: float = 0.6
    batch: float = 0.15
    planned: float = 0.5
    planned_hint: float = 0.25
    cumulative: float = 0.4
    role: float = 0.5
    intermediary: float = 0.35
    role_floor: float = 0.15
    role_share: float = 0.8
    good: float = 0.5
    date: float = 0.15
    window: int = 3
