"""Fit the linker on the gold corpus and write its models."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import Field

from pipeline import schema
from pipeline.corpus.gold import GoldReport
from pipeline.corpus.splits import Splits
from pipeline.dates import DateReader, DatesParams, with_published
from pipeline.errors import ConfigError, InputError
from pipeline.linking.drafts import Scene, read_scene
from pipeline.linking.model import decision_of, stored
from pipeline.params import Section
from pipeline.quantities import QuantitiesParams, QuantityFinder
from pipeline.segment import Segmenter, SegmentParams
from pipeline.training.confidence import FOLDS, Steps, confidence_examples
from pipeline.training.linker import Example, examples, fit

# Zip files carry a time; this is the earliest they can.
_NO_TIME = (1980, 1, 1, 0, 0, 0)

Examples = dict[str, list[Example]]


class TrainLinkerParams(Section):
    """How the linker is fitted.

    `splits` are the splits it learns from; `strength` is the inverse regularisation strength by decision;
    `window` is how many sentences from an act a party may stand.
    """

    seed: int = 0
    splits: tuple[str, ...] = ("train",)
    strength: dict[str, float] = Field(default_factory=dict)
    window: int = 3


def train_linker(
    gold: Sequence[GoldReport], splits: Splits, params: TrainLinkerParams, out: Path
) -> dict[str, Any]:
    """Fit every decision on the gold mentions and write one skops file each, with `meta.json`.

    The same gold gives the same bytes. Figures, dates and sentences come from the steps with their default
    parameters.

    Returns:
        By decision: how many examples of which class, and the share decided rightly among those learned
        from (`fitted`) and in the dev split (`dev`, null without one).

    Raises:
        InputError: the splits hold no gold to learn from, or too little.
    """
    chosen = [each for each in gold if _split(each, splits) in params.splits]
    if not chosen:
        raise InputError("empty", f"no gold report in {', '.join(params.splits)}")
    steps = Segmenter(SegmentParams()), QuantityFinder(QuantitiesParams()), DateReader(DatesParams())
    rows = _rows(chosen, steps, params)
    seen = _joined(rows)
    held = _joined(_rows([each for each in gold if _split(each, splits) == "dev"], steps, params))
    _check_classes(rows, seen)
    strength = dict(params.strength)
    seen["confidence"] = confidence_examples(chosen, rows, steps, strength, params.seed)
    _check_classes([], {"confidence": seen["confidence"]})
    fitted = fit(seen, strength, params.seed)
    write_linker(fitted, out)
    return {name: _figures(model, seen[name], held.get(name, [])) for name, model in fitted.items()}


def gold_scene(labelled: GoldReport, steps: Steps) -> Scene:
    """A gold report as the linker sees it, with the names and the given goods that the gold marks."""
    segmenter, finder, reader = steps
    report: schema.Report = with_published(labelled.report)
    marked = (*schema.names_of(labelled.mentions), *_goods(labelled))
    return read_scene(report, segmenter(report), marked, finder(report), reader(report))


def _goods(labelled: GoldReport) -> Iterator[schema.Mention]:
    """Given goods, as the recogniser would mark them."""
    text = labelled.report.text
    for argument in (argument for event in labelled.arguments for argument in event):
        if argument.slot == "item":
            surface = text[argument.start : argument.end]
            yield schema.Mention(labelled.report.report_id, argument.start, argument.end, surface, "ITEM")


def _split(labelled: GoldReport, splits: Splits) -> str | None:
    return splits.of(labelled.report.report_id, labelled.writer)


def _rows(gold: Sequence[GoldReport], steps: Steps, params: TrainLinkerParams) -> list[Examples]:
    """Labelled facts of every report, by decision."""
    return [examples(gold_scene(labelled, steps), labelled, params.window) for labelled in gold]


def _joined(rows: Iterable[Examples]) -> Examples:
    found: Examples = defaultdict(list)
    for row in rows:
        for name, labelled in row.items():
            found[name] += labelled
    return found


def _check_classes(rows: Sequence[Examples], seen: Examples) -> None:
    """Every decision needs two classes, with any fold of the calibration left out, too."""
    parts = [_joined(row for n, row in enumerate(rows) if n % FOLDS != fold) for fold in range(FOLDS)]
    for name in sorted(seen):
        for part in (seen, *(parts if rows else ())):
            if len({label for _, label in part.get(name, ())}) < 2:
                raise InputError("one-class", f"too little gold: only one class of {name!r} to learn from")


def _figures(model: Any, seen: list[Example], held: list[Example]) -> dict[str, Any]:
    decision = decision_of(model)

    def share(rows: list[Example]) -> float | None:
        probabilities = [decision.probabilities(facts) for facts, _ in rows]
        best = [max(sorted(each), key=lambda name, each=each: each[name]) for each in probabilities]  # type: ignore[misc]
        right = sum(said == label for said, (_, label) in zip(best, rows, strict=True))
        return round(right / len(rows), 4) if rows else None

    return {
        "examples": dict(sorted(Counter(label for _, label in seen).items())),
        "fitted": share(seen),
        "dev": share(held),
    }


def write_linker(fitted: Mapping[str, Any], out: Path) -> None:
    """Write fitted decisions as skops files, with their hashes in `meta.json`; the same ones, the same bytes.

    Raises:
        ConfigError: the folder cannot be written to.
    """
    import skops.io

    files = {
        f"{name}.skops": _stable(skops.io.dumps(stored(decision_of(model))))
        for name, model in sorted(fitted.items())
    }
    meta = {"files": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}}
    try:
        out.mkdir(parents=True, exist_ok=True)
        for stale in out.glob("*.skops"):
            stale.unlink()
        for name, data in files.items():
            (out / name).write_bytes(data)
        (out / "meta.json").write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"cannot write to {out}: {error.strerror or error}") from error


def _stable(data: bytes) -> bytes:
    """The file without its memory addresses and times, so that the same model has the same bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    tree = json.loads(parts.pop("schema.json"))
    numbers: dict[Any, int] = {}
    files = {name: f"{number}.npy" for number, name in enumerate(_files(tree))}
    renumbered = _renumber(tree, numbers, files)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, new in files.items():
            target.writestr(zipfile.ZipInfo(new, _NO_TIME), parts[name], zipfile.ZIP_DEFLATED)
        content = json.dumps(renumbered, indent=1)
        target.writestr(zipfile.ZipInfo("schema.json", _NO_TIME), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _files(tree: Any) -> list[str]:
    if isinstance(tree, list):
        return list(dict.fromkeys(name for each in tree for name in _files(each)))
    if not isinstance(tree, dict):
        return []
    own = [tree["file"]] if isinstance(tree.get("file"), str) else []
    return list(dict.fromkeys(own + [name for each in tree.values() for name in _files(each)]))


def _renumber(tree: Any, numbers: dict[Any, int], files: Mapping[str, str]) -> Any:
    if isinstance(tree, list):
        return [_renumber(each, numbers, files) for each in tree]
    if not isinstance(tree, dict):
        return tree
    fresh: dict[str, Any] = {}
    for key, value in tree.items():
        if key == "__id__":
            fresh[key] = numbers.setdefault(value, len(numbers))
        elif key == "file" and value in files:
            fresh[key] = files[value]
        else:
            fresh[key] = _renumber(value, numbers, files)
    return fresh
