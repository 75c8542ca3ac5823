"""Word lists and rules as data; read through `read_toml` and `words`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.errors import ConfigError


@cache
def read_toml(name: str) -> dict[str, Any]:
    """One lexicon file as a dict.

    Raises:
        ConfigError: the file is missing or is no TOML.

    Example:
        >>> read_toml("triggers.toml")["inner_goods"]["赠书"]
        '书'
    """
    try:
        return tomllib.loads(files("pipeline.lexicons").joinpath(name).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"lexicon {name}: {error}") from error


def words(block: str) -> tuple[str, ...]:
    """The words of a blank-separated block, without repeats, longest first.

    Example:
        >>> words("赠 捐赠 赠")
        ('捐赠', '赠')
    """
    return tuple(sorted(dict.fromkeys(block.split()), key=lambda word: (-len(word), word)))
