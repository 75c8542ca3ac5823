"""Run one stage with the paths of `dvc.yaml` and the parameters of `params.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from pipeline.errors import ConfigError
from pipeline.params import read_params
from pipeline.stages.table import STAGES, Stage

Paths = Mapping[str, Path]


class _Unread(BaseModel):
    """A section of another stage, whose code is not loaded to check it."""

    model_config = ConfigDict(extra="allow")


def run_stage(name: str, dvc_file: Path = Path("dvc.yaml"), params_file: Path = Path("params.yaml")) -> None:
    """Run one stage.

    Raises:
        ConfigError: there is no such stage, or `dvc.yaml` does not name a path for an input or output.
        PipelineError: whatever the step raises.
    """
    if name not in STAGES:
        raise ConfigError(f"no stage {name!r}; there are {', '.join(STAGES)}")
    stage = STAGES[name]
    inputs, outputs = _paths(stage, dvc_file)
    step = import_module(f"pipeline.stages.{name}")
    step.run(inputs, outputs, *_sections(stage, step.SECTIONS, params_file))


def section_kinds(stages: Mapping[str, Stage] = STAGES) -> dict[str, type[BaseModel]]:
    """The type of every section of `params.yaml`; loads the code of every stage."""
    return {
        section: kind
        for stage in stages.values()
        for section, kind in zip(
            stage.sections, import_module(f"pipeline.stages.{stage.name}").SECTIONS, strict=True
        )
    }


def _sections(stage: Stage, kinds: tuple[type[BaseModel], ...], params_file: Path) -> list[Any]:
    known: dict[str, type[BaseModel]] = dict.fromkeys(
        (section for each in STAGES.values() for section in each.sections), _Unread
    )
    own = dict(zip(stage.sections, kinds, strict=True))
    read = read_params(params_file if params_file.exists() else None, known | own)
    return [read[section] for section in stage.sections]


def _paths(stage: Stage, dvc_file: Path) -> tuple[Paths, Paths]:
    try:
        entry = yaml.safe_load(dvc_file.read_text(encoding="utf-8"))["stages"][stage.name]
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError) as error:
        raise ConfigError(f"{dvc_file}: no stage {stage.name} there ({type(error).__name__})") from error
    deps = _by_name(entry.get("deps", ()))
    outs = _by_name([*entry.get("outs", ()), *entry.get("metrics", ()), *entry.get("plots", ())])
    return (
        _chosen(stage, "deps", stage.inputs, deps, dvc_file),
        _chosen(stage, "outs", stage.outputs, outs, dvc_file),
    )


def _by_name(entries: Iterable[Any]) -> Paths:
    """Paths of data by name; those under `pipeline/` are code."""
    paths = [Path(next(iter(each)) if isinstance(each, dict) else each) for each in entries]
    return {path.stem: path for path in paths if path.parts[0] != "pipeline"}


def _chosen(stage: Stage, kind: str, names: Iterable[str], paths: Paths, dvc_file: Path) -> Paths:
    missing = [name for name in names if name not in paths]
    if missing:
        raise ConfigError(f"{dvc_file}: stage {stage.name} names no {missing[0]!r} among its {kind}")
    return {name: paths[name] for name in names}
