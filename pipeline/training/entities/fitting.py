"""One training run of the recogniser, from samples to a spaCy folder."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from importlib.resources import as_file, files
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as run_training
from spacy.util import load_config

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
) -> Language:
    """Train with spaCy's loop, keep the state that is best on dev, write it to `out` and return it."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        write_samples(train, work / "train.spacy")
        write_samples(dev, work / "dev.spacy")
        nlp = start(work, labels, params)
        if params.base is not None:
            load_base(tagger_of(nlp), Path(params.base))
        (work / "model").mkdir()
        run_training(nlp, work / "model")
        best = spacy.load(work / "model" / "model-best")
    best.config["paths"] = {"train": None, "dev": None}
    best.meta.update({"name": "entities", "version": params.version})
    if out.exists():
        shutil.rmtree(out)
    best.to_disk(out, exclude=["vocab"])
    return best


def start(work: Path, labels: Sequence[str], params: TrainEntitiesParams) -> Language:
    """Initialise the pipeline of the packaged config for the files in `work`."""
    chosen = {
        "paths.train": str(work / "train.spacy"),
        "paths.dev": str(work / "dev.spacy"),
        "variables.labels": list(labels),
        **{f"variables.{name}": getattr(params, name) for name in _VARIABLES},
    }
    with as_file(files("pipeline.training").joinpath("configs", "entities.cfg")) as path:
        nlp: Language = init_nlp(load_config(path, overrides=chosen))
    return nlp


_VARIABLES = ("steps", "eval_every", "learn_rate", "seed", "width", "dropout", "rename", "cut", "lose")
