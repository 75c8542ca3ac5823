"""What the recogniser's config names besides spaCy's own: lexicon, augmented corpus, logger."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from spacy.language import Language
from spacy.tokens import Span
from spacy.training import Example
from spacy.util import registry

from pipeline.entities.component import CharEntities, CharTokenizer
from pipeline.errors import ConfigError
from pipeline.training.entities.augment import Augmenter
from pipeline.training.entities.names import name_source
from pipeline.training.entities.samples import Sample, read_spacy
from pipeline.training.entities.wordlists import build_lexicon

_Log = Callable[[dict[str, Any] | None], None]


def augmented_corpus(
    path: Path, seed: int, rename: float, cut: float, lose: float
) -> Callable[[Language], Iterator[Example]]:
    """Read samples without end, shuffled and varied anew each time; the same seed gives the same stream."""
    augmenter = Augmenter(name_source(), rename, cut, lose)

    def read(nlp: Language) -> Iterator[Example]:
        samples = read_spacy(path)
        rng = random.Random(seed)
        while True:
            rng.shuffle(samples)
            for sample in samples:
                yield to_example(augmenter(sample, rng), nlp)

    return read


def to_example(sample: Sample, nlp: Language) -> Example:
    """Make an example with one token a character."""
    doc = CharTokenizer(nlp.vocab)(sample.text)
    doc.ents = [Span(doc, start, end, label=label) for start, end, label in sample.spans]
    return Example(doc, doc)


def tagger_of(nlp: Language) -> CharEntities:
    """The one component of a recogniser's pipeline.

    Raises:
        ConfigError: the pipeline is not a recogniser's.
    """
    tagger: Any = nlp.get_pipe("entities") if "entities" in nlp.pipe_names else None
    if not isinstance(tagger, CharEntities):
        raise ConfigError("the pipeline holds no recogniser")
    return tagger


def score_logger() -> Callable[[Language, IO[str], IO[str]], tuple[_Log, Callable[[], None]]]:
    """Log one line an evaluation: step, loss, precision, recall, F1."""

    def setup(nlp: Language, stdout: IO[str], stderr: IO[str]) -> tuple[_Log, Callable[[], None]]:  # noqa: ARG001
        def log(info: dict[str, Any] | None) -> None:
            if info is not None and info.get("score") is not None:
                scores = info["other_scores"]
                shares = "  ".join(f"{name} {scores[f'ents_{name}']:.4f}" for name in "prf")
                stdout.write(f"{info['step']:6d}  loss {sum(info['losses'].values()):.3f}  {shares}\n")

        return log, lambda: None

    return setup


registry.readers("donations.AugmentedCorpus.v1")(augmented_corpus)
registry.misc("donations.Lexicon.v1")(build_lexicon)
registry.loggers("donations.Scores.v1")(score_logger)
