"""The linker's learned decisions: one linear model each over named facts.

Saved with skops as arrays of weights; applied as a dictionary of them, because a report asks for a few
hundred small decisions and a dictionary answers them without building arrays.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.errors import ConfigError

_FIELDS = frozenset({"classes", "facts", "biases", "weights"})


@dataclass(frozen=True, slots=True)
class Decision:
    """A linear classifier: per class a bias and a weight per fact."""

    classes: tuple[str, ...]
    biases: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]

    def probabilities(self, facts: Iterable[str]) -> dict[str, float]:
        """Class probabilities (softmax; two classes: logistic) for a set of facts."""
        totals = list(self.biases)
        for fact in sorted(facts):
            row = self.weights.get(fact)
            if row is not None:
                for i, weight in enumerate(row):
                    totals[i] += weight
        if len(self.classes) == 2:
            second = 1 / (1 + math.exp(-max(-60.0, min(60.0, totals[0]))))
            return {self.classes[0]: 1 - second, self.classes[1]: second}
        top = max(totals)
        grown = [math.exp(total - top) for total in totals]
        return {name: value / sum(grown) for name, value in zip(self.classes, grown, strict=True)}


@dataclass(frozen=True, slots=True)
class LinkerModel:
    """The decisions by name: act, role, good, date."""

    decisions: Mapping[str, Decision]

    def __getitem__(self, name: str) -> Decision:
        return self.decisions[name]


def load_linker(folder: Path) -> LinkerModel:
    """Load the models of a folder after checking each file's hash and types.

    Raises:
        ConfigError: a file is missing, its hash is not the one in `meta.json`, or it holds anything but
            the arrays of a decision.
    """
    import skops.io

    try:
        files = json.loads((folder / "meta.json").read_text(encoding="utf-8"))["files"]
    except (OSError, json.JSONDecodeError, KeyError) as error:
        raise ConfigError(f"linker model {folder}: no readable meta.json ({error})") from error
    decisions = {}
    for name, digest in sorted(files.items()):
        path = folder / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            raise ConfigError(f"linker model {path}: missing or not the file that meta.json names")
        unknown = skops.io.get_untrusted_types(file=path)
        if unknown:
            raise ConfigError(f"linker model {path}: holds the type {sorted(unknown)[0]}")
        saved = skops.io.load(path, trusted=[])
        if not isinstance(saved, dict) or set(saved) != _FIELDS:
            raise ConfigError(f"linker model {path}: holds no decision")
        decisions[path.stem] = restored(saved)
    return LinkerModel(decisions)


def stored(decision: Decision) -> dict[str, Any]:
    """A decision as skops saves it: names as JSON text, numbers as arrays; quick to read back.

    Returns:
        `classes` and `facts` (JSON lists of names), `biases` (rows,) and `weights` (facts, rows).
    """
    facts = sorted(decision.weights)
    return {
        "classes": json.dumps(decision.classes, ensure_ascii=False),
        "facts": json.dumps(facts, ensure_ascii=False),
        "biases": np.array(decision.biases),
        "weights": np.array([decision.weights[fact] for fact in facts]),
    }


def restored(saved: Mapping[str, Any]) -> Decision:
    """The decision that was `stored`."""
    rows = saved["weights"].tolist()
    weights = {fact: tuple(row) for fact, row in zip(json.loads(saved["facts"]), rows, strict=True)}
    return Decision(tuple(json.loads(saved["classes"])), tuple(saved["biases"].tolist()), weights)


def decision_of(pipeline: Any) -> Decision:
    """The weights of a fitted DictVectorizer + LogisticRegression pipeline as a dictionary."""
    vectorizer, regression = pipeline.steps[0][1], pipeline.steps[-1][1]
    columns = vectorizer.vocabulary_
    coefficients = regression.coef_
    weights = {
        fact: tuple(float(coefficients[i, column]) for i in range(coefficients.shape[0]))
        for fact, column in columns.items()
    }
    return Decision(
        tuple(str(c) for c in regression.classes_), tuple(float(b) for b in regression.intercept_), weights
    )
