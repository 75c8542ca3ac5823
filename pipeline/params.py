"""Parameters: one typed section a step, filled from `params.yaml`; unknown keys are errors.

Each step defines its own section beside its code, as a `Section`; this module only reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.errors import ConfigError

S = TypeVar("S", bound=BaseModel)


class Section(BaseModel):
    """Parameters of one step: frozen, unknown keys refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def read_params(path: Path | None, kinds: Mapping[str, type[BaseModel]]) -> dict[str, Any]:
    """Every section of a parameter file; defaults for what it leaves out, or for all without a file.

    Raises:
        ConfigError: the file cannot be read, names an unknown section or key, or a value does not fit.

    Example:
        >>> class Demo(Section):
        ...     size: int = 3
        >>> read_params(None, {"demo": Demo})["demo"].size
        3
    """
    raw = _read(path) if path is not None else {}
    unknown = sorted(set(raw) - set(kinds))
    if unknown:
        raise ConfigError(f"{path}: unknown section {unknown[0]!r}; known: {', '.join(sorted(kinds))}")
    return {name: _section(path, name, kind, raw.get(name)) for name, kind in kinds.items()}


def _read(path: Path) -> dict[str, Any]:
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise ConfigError(f"{path}: {str(error).splitlines()[0]}") from error
    if raw is None:
        return {}
    if not isinstance(raw, dict):
        raise ConfigError(f"{path}: sections expected at the top")
    return raw


def _section(path: Path | None, name: str, kind: type[S], values: Any) -> S:
    try:
        return kind.model_validate(values or {})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise ConfigError(f"{path}: {name}.{where}: {first['msg']}") from error
