"""Make the base that training starts from."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from pipeline.training.entities.columns import labels_of
from pipeline.training.entities.fitting import start
from pipeline.training.entities.params import TrainEntitiesParams
from pipeline.training.entities.pretraining import pretrain, read_tagged, save_base
from pipeline.training.entities.registry import tagger_of
from pipeline.training.entities.samples import write_samples

_LONGEST = 900


def train_base(tagged: Path, params: TrainEntitiesParams, steps: int, out: Path) -> dict[str, Any]:
    """Pre-train on a text of `word/tag` items and write the layers below the output to `out`.

    Args:
        tagged: the text; see `read_tagged`.
        params: those of the training that will start from the base: width and seed must agree.
        steps: steps of about 3,000 characters.
        out: the file to write.

    Returns:
        `texts` and `characters` read, `losses`: mean loss of every hundred steps.

    Raises:
        InputError: the text is missing or not tagged.
    """
    samples = [sample for sample in read_tagged(tagged) if 3 < len(sample.text) < _LONGEST]
    with tempfile.TemporaryDirectory() as folder:
        for name in ("train", "dev"):
            write_samples(samples[:2000], Path(folder) / f"{name}.spacy")
        nlp = start(Path(folder), labels_of(samples), params)
    losses = pretrain(nlp, samples, steps, params.learn_rate, params.seed)
    save_base(tagger_of(nlp), out)
    return {"texts": len(samples), "characters": sum(len(s.text) for s in samples), "losses": losses}
