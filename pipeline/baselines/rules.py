"""The linker's decisions by plain rules instead of learning: points that a person gave to a few facts."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from pipeline.linking.model import Decision, LinkerModel


def rule_model() -> LinkerModel:
    """Every decision of the linker from `rules.toml`, over the facts and candidates that the learned one has.

    Example:
        >>> rule_model()["status"].probabilities({"f=planned"})["planned"] > 0.9
        True
    """
    table = tomllib.loads(files("pipeline.baselines").joinpath("rules.toml").read_text(encoding="utf-8"))
    return LinkerModel({name: _decision(rules) for name, rules in table.items()})


def _decision(rules: Mapping[str, Any]) -> Decision:
    """Points by class become the rows of a linear decision; of two classes only the difference counts."""
    classes = tuple(rules["classes"])
    points: Mapping[str, Mapping[str, float]] = rules.get("points", {})
    facts = sorted({fact for given in points.values() for fact in given})
    rows = {fact: tuple(float(points.get(name, {}).get(fact, 0)) for name in classes) for fact in facts}
    start = tuple(float(rules.get("start", {}).get(name, 0)) for name in classes)
    if len(classes) == 2:
        return Decision(classes, (start[1] - start[0],), {f: (row[1] - row[0],) for f, row in rows.items()})
    return Decision(classes, start, rows)
