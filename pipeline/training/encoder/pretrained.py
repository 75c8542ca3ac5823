"""What a fine-tuning starts from, before torch is loaded."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from pipeline.encoder.files import characters_of
from pipeline.errors import ConfigError


def pretrained_characters(base: Path) -> dict[str, int]:
    """The number of every character that the pretrained weights know.

    Raises:
        ConfigError: the weights are missing, or torch is not installed.
    """
    if not (base / "weights.safetensors").is_file():
        raise ConfigError(f"no pretrained weights in {base}")
    if find_spec("torch") is None:
        raise ConfigError("fine-tuning needs torch: pip install 'donation-events[train]'")
    return characters_of(base)
