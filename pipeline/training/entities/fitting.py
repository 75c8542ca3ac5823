"""One training run of the recogniser, from samples to a spaCy folder."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import TextIO

import spacy
from spacy.language import Language
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as run_training
from spacy.util import load_config

from pipeline.entities.component import parameters
from pipeline.shipped import model_folder
from pipeline.training.entities.calibration import calibrate
from pipeline.training.entities.params import TrainEntitiesParams
from pipeline.training.entities.pretraining import load_base
from pipeline.training.entities.registry import tagger_of
from pipeline.training.entities.samples import Sample, write_samples


def fit(
    train: Sequence[Sample],
    dev: Sequence[Sample],
    labels: Sequence[str],
    params: TrainEntitiesParams,
    out: Path,
    log: TextIO | None = None,
) -> Language:
    """Train with spaCy's loop, average the runs' best states on dev, write the model to `out`, return it.

    Its scores are calibrated on dev. A line for every evaluation goes to `log`.
    """
    log = log or io.StringIO()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        write_samples(train, work / "train.spacy")
        write_samples(dev, work / "dev.spacy")
        best, *others = [_member(work, labels, params, number, log) for number in range(params.members)]
    tagger_of(best).join(tagger_of(other) for other in others)
    calibrate(tagger_of(best), dev)
    best.config["paths"] = {"train": None, "dev": None}
    best.meta.update({"name": "entities", "version": params.version})
    if out.exists():
        shutil.rmtree(out)
    best.to_disk(out, exclude=["vocab"])
    return best


def _member(
    work: Path, labels: Sequence[str], params: TrainEntitiesParams, number: int, log: TextIO
) -> Language:
    """Train one of the networks that vote: other weights above the base, other order of samples."""
    runs = params.runs if params.base is not None else 1
    own = params.model_copy(update={"seed": params.seed + number})
    if params.base is not None:
        bases = (params.base, *params.more_bases)
        own = own.model_copy(update={"base": bases[number % len(bases)]})
    first = params.seed + number * runs
    return _averaged([_run(work, labels, own, first + run, log) for run in range(runs)])


def _run(work: Path, labels: Sequence[str], params: TrainEntitiesParams, order: int, log: TextIO) -> Language:
    nlp = start(work, labels, params, order)
    if params.base is not None:
        load_base(tagger_of(nlp), model_folder(params.base))
    shutil.rmtree(work / "model", ignore_errors=True)
    (work / "model").mkdir()
    run_training(nlp, work / "model", stdout=log, stderr=log)
    return spacy.load(work / "model" / "model-best")


def _averaged(fitted: Sequence[Language]) -> Language:
    """Average the weights of runs that began alike.

    Source: Wortsman et al. (2022), model soups.
    """
    weights = [dict(parameters(tagger_of(nlp).model)) for nlp in fitted]
    for name, values in weights[0].items():
        values[...] = sum(each[name] for each in weights) / len(weights)
    return fitted[0]


def start(work: Path, labels: Sequence[str], params: TrainEntitiesParams, order: int = 0) -> Language:
    """Initialise the pipeline of the packaged config for the files in `work`."""
    chosen = {
        "paths.train": str(work / "train.spacy"),
        "paths.dev": str(work / "dev.spacy"),
        "variables.labels": list(labels),
        "variables.order": order,
        **{f"variables.{name}": getattr(params, name) for name in _VARIABLES},
    }
    with as_file(files("pipeline.training").joinpath("configs", "entities.cfg")) as path:
        nlp: Language = init_nlp(load_config(path, overrides=chosen))
    return nlp


_VARIABLES = (
    "steps",
    "eval_every",
    "learn_rate",
    "seed",
    "width",
    "dropout",
    "rename",
    "cut",
    "lose",
    "jieba",
)
