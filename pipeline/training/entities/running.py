"""Train the recogniser, compare it with the one in place, and replace that only if nothing gets worse."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Collection, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, TextIO

import numpy as np
import spacy
from spacy.language import Language

from pipeline.corpus.gold import GoldReport, read_gold
from pipeline.corpus.splits import Splits
from pipeline.entities.component import parameters
from pipeline.errors import InputError
from pipeline.training.entities.card import model_card
from pipeline.training.entities.columns import labels_of, read_samples
from pipeline.training.entities.fitting import fit
from pipeline.training.entities.params import TrainEntitiesParams
from pipeline.training.entities.registry import tagger_of
from pipeline.training.entities.samples import Sample, gold_samples
from pipeline.training.entities.scoring import Scored, falls, score


def train(
    gold: Sequence[GoldReport],
    splits: Splits,
    params: TrainEntitiesParams,
    out: Path,
    force: bool = False,
    log: TextIO | None = None,
) -> dict[str, Any]:
    """Train on the gold's train split and put the model into `out` unless a slice of test falls.

    Args:
        gold: the whole corpus.
        splits: which reports train, tune and test.
        params: parameters of the training.
        out: folder of the shipped model.
        force: replace the model even where a slice falls.
        log: where a line for every evaluation goes.

    Returns:
        `replaced`; `worse` (slice -> F1 before and after); `test`, `dev` (slice -> strict F1); `before`
        (slice -> strict F1 of the model that was in place); `sizes` (split -> samples).

    Raises:
        InputError: a split is empty.
    """
    parts = {name: _part(gold, splits, name, params) for name in ("train", "dev", "test")}
    return train_samples(parts, params.labels, params, out, force, log)


def train_files(
    train_file: Path,
    dev_file: Path,
    test_file: Path,
    params: TrainEntitiesParams,
    out: Path,
    log: TextIO | None = None,
) -> dict[str, Any]:
    """Train on column files or `.spacy` files with whatever labels they have; same result as `train`.

    Of a folder of gold files, the labels of the parameters are learnt.

    Raises:
        InputError: a file cannot be read; see `read_samples`.
    """
    files = {"train": train_file, "dev": dev_file, "test": test_file}
    parts = {name: _read(path, params) for name, path in files.items()}
    return train_samples(parts, labels_of(parts["train"]), params, out, force=True, log=log)


def _read(path: Path, params: TrainEntitiesParams) -> list[Sample]:
    if not path.is_dir():
        return read_samples(path)
    samples = gold_samples(read_gold(path), params.labels)
    if not samples:
        raise InputError("empty", f"{path}: there is no gold file in it")
    return samples


def _part(gold: Sequence[GoldReport], splits: Splits, name: str, params: TrainEntitiesParams) -> list[Sample]:
    ids = set(splits.ids_of(name, gold))
    samples = gold_samples((each for each in gold if each.report.report_id in ids), params.labels)
    if not samples:
        raise InputError("empty-split", f"the split {name!r} holds no report")
    return samples


def train_samples(
    parts: dict[str, list[Sample]],
    labels: Sequence[str],
    params: TrainEntitiesParams,
    out: Path,
    force: bool,
    log: TextIO | None = None,
) -> dict[str, Any]:
    """Train on samples by split; see `train`."""
    known = {surface for each in parts["train"] for label in labels for surface in each.surfaces(label)}
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "model"
        nlp = fit(parts["train"], parts["dev"], labels, params, fresh, log)
        scored = {name: _scored(nlp, parts[name], known) for name in ("dev", "test")}
        before = _scored(spacy.load(out), parts["test"], known) if (out / "meta.json").is_file() else None
        worse = _worse(before, scored["test"], params) if before is not None else {}
        metrics = {
            "replaced": force or not worse,
            "worse": {name: list(pair) for name, pair in worse.items()},
            "test": scored["test"].f1(),
            "dev": scored["dev"].f1(),
            "before": before.f1() if before is not None else None,
            "sizes": {name: len(samples) for name, samples in parts.items()},
        }
        if metrics["replaced"]:
            _describe(fresh, nlp, metrics, params)
            _replace(fresh, out)
    return metrics


def _scored(nlp: Language, samples: Sequence[Sample], known: Collection[str]) -> Scored:
    found = tagger_of(nlp).tag([sample.text for sample in samples])
    return score(samples, [[span[:3] for span in spans] for spans in found], known)


def _worse(old: Scored, new: Scored, params: TrainEntitiesParams) -> dict[str, tuple[float, float]]:
    large = {name: counts for name, counts in old.slices.items() if counts[:, 2].sum() >= params.least_spans}
    return falls(Scored(large), new, params.fall_allowed, params.draws, params.seed, params.confidence)


def _describe(folder: Path, nlp: Language, metrics: dict[str, Any], params: TrainEntitiesParams) -> None:
    path = folder / "meta.json"
    meta = json.loads(path.read_text(encoding="utf-8"))
    meta["performance"] = {"test": metrics["test"], "dev": metrics["dev"]}
    meta["training"] = {
        "params": params.model_dump(mode="json"),
        "samples": metrics["sizes"],
        "versions": {name: version(name) for name in ("spacy", "thinc", "numpy", "jieba")},
        "parameters": int(sum(np.size(values) for values in _arrays(nlp))),
    }
    path.write_text(json.dumps(meta, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    (folder / "README.md").write_text(model_card(meta), encoding="utf-8")


def _arrays(nlp: Language) -> list[Any]:
    return [values for network in tagger_of(nlp).networks for _, values in parameters(network)]


def _replace(fresh: Path, out: Path) -> None:
    """Put a folder in another's place; what stood there stays until the new one is complete."""
    out.parent.mkdir(parents=True, exist_ok=True)
    waiting = out.with_name(out.name + ".new")
    shutil.rmtree(waiting, ignore_errors=True)
    shutil.copytree(fresh, waiting)
    if out.exists():
        shutil.rmtree(out)
    waiting.rename(out)
