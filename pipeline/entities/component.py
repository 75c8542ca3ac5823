"""The recogniser as a spaCy component, with a tokenizer that makes every character a token."""

# No `from __future__ import annotations` here: spaCy reads the annotations of `initialize` at run time.
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.scorer import get_ner_prf
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import registry
from spacy.vocab import Vocab

from pipeline.entities import crf
from pipeline.entities.decoding import Scores, calibrated, decode, padded, span_tags
from pipeline.entities.decoding import Span as Found
from pipeline.entities.features import column_count, featurise
from pipeline.entities.lexicon import HashedLexicon
from pipeline.entities.network import build_network

_BATCH = 2_000
_HALVED = ("chars", "grams")


class CharTokenizer:
    """Make a `Doc` with one token a character, blanks included, so that token numbers are offsets."""

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Tokenize one text."""
        words = list(text)
        return Doc(self._vocab, words=words, spaces=[False] * len(words))

    def to_disk(self, path: Path, **_: Any) -> None:
        """Write nothing: there is no state."""

    def from_disk(self, path: Path, **_: Any) -> "CharTokenizer":  # noqa: ARG002
        """Read nothing."""
        return self

    def to_bytes(self, **_: Any) -> bytes:
        """Return nothing: there is no state."""
        return b""

    def from_bytes(self, data: bytes, **_: Any) -> "CharTokenizer":  # noqa: ARG002
        """Read nothing."""
        return self


class CharEntities(TrainablePipe):  # type: ignore[misc]
    """Find entities with a network over characters and a conditional random field."""

    def __init__(self, vocab: Vocab, model: Any, name: str) -> None:
        self.vocab = vocab
        self.model = model
        self.name = name
        self.cfg: dict[str, Any] = {"labels": []}
        self.scorer = _score
        self._others: list[Any] = []
        self._lexicon = HashedLexicon.build((), {})

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels, in the order of their tags."""
        return tuple(self.cfg["labels"])

    @property
    def calibration(self) -> tuple[float, float]:
        """Slope and shift of the scores' log odds, fitted after training."""
        slope, shift = self.cfg.get("calibration", (1.0, 0.0))
        return slope, shift

    @calibration.setter
    def calibration(self, given: tuple[float, float]) -> None:
        self.cfg["calibration"] = list(given)

    @property
    def networks(self) -> tuple[Any, ...]:
        """The networks whose scores are averaged; only the first one learns."""
        return (self.model, *self._others)

    def join(self, others: Iterable["CharEntities"]) -> None:
        """Take in the networks of others that were trained on their own, for the same labels."""
        self._others.extend(network for other in others for network in other.networks)
        self.cfg["networks"] = len(self.networks)

    def initialize(
        self,
        get_examples: Callable[[], Iterable[Example]],
        *,
        nlp: Language | None = None,  # noqa: ARG002
        labels: Sequence[str] | None = None,
        lexicon: HashedLexicon | None = None,
        cut: bool = False,
    ) -> None:
        """Take labels from the examples where none are given, and size the network.

        With `cut`, jieba's words are among what the network sees.
        """
        seen = {span.label_ for example in get_examples() for span in example.reference.ents}
        self.cfg["labels"] = sorted(labels or seen)
        self.cfg["cut"] = cut
        if lexicon is not None:
            self._lexicon = lexicon
        self._size()
        self.model.initialize()

    def _size(self) -> None:
        self.model.set_dim("nO", len(crf.tag_names(self.labels)))
        self.model.set_dim("columns", column_count(self._lexicon, self._cut))

    @property
    def _cut(self) -> bool:
        return bool(self.cfg.get("cut", False))

    def tag(self, texts: Sequence[str], beside: Sequence[Scores | None] = ()) -> list[list[Found]]:
        """Find the entities of texts, without making a `Doc`.

        Args:
            texts: the texts.
            beside: for each text what another reader adds to the scores of its tags, shape (length, tags).
        """
        found: list[list[Found]] = []
        transitions = _mean([network.get_param("transitions") for network in self.networks])
        for first, last in _portions(texts):
            laid = featurise(texts[first:last], self._lexicon, self._cut)
            scores = _mean([network.predict(laid) for network in self.networks])
            added = _with_others(scores, laid.bounds, beside[first:last]) if beside else scores
            found.extend(decode(added, laid.mask, laid.bounds, transitions, self.labels))
        slope, shift = self.calibration
        return [calibrated(spans, slope, shift) for spans in found]

    def predict(self, docs: Iterable[Doc]) -> list[list[Found]]:
        """Find the entities of documents."""
        return self.tag([doc.text for doc in docs])

    def set_annotations(self, docs: Iterable[Doc], scores: list[list[Found]]) -> None:
        """Write the entities found to `Doc.ents`; a span that cuts a token is left out."""
        for doc, found in zip(docs, scores, strict=True):
            spans = [doc.char_span(span.start, span.end, label=span.label) for span in found]
            doc.ents = [span for span in spans if span is not None]

    def update(
        self,
        examples: Iterable[Example],
        *,
        drop: float = 0.0,  # noqa: ARG002
        sgd: Any = None,
        losses: dict[str, float] | None = None,
    ) -> dict[str, float]:
        """Learn from a batch of examples; `drop` is the network's own parameter and ignored here."""
        losses = losses if losses is not None else {}
        losses.setdefault(self.name, 0.0)
        examples = [example for example in examples if len(example.reference)]
        if examples:
            texts = [example.reference.text for example in examples]
            laid = featurise(texts, self._lexicon, self._cut)
            scores, backprop = self.model.begin_update(laid)
            loss, gradient = self._loss(examples, scores, laid.bounds)
            backprop(gradient)
            losses[self.name] += loss
            if sgd is not None:
                self.finish_update(sgd)
        return losses

    def _loss(
        self, examples: Sequence[Example], scores: Any, bounds: Sequence[tuple[int, int]]
    ) -> tuple[float, Any]:
        """Negative log likelihood a character, with its gradient; the transitions' gradient is added here."""
        runs = np.array(bounds, dtype=np.int64)
        lengths = runs[:, 1] - runs[:, 0]
        transitions = self.model.get_param("transitions").astype(np.float64)
        emissions = padded(scores, runs)
        result = crf.posterior(emissions, lengths, transitions, crf.bioes_field(self.labels))
        gold = np.zeros(emissions.shape[:2], dtype=np.int64)
        for row, example in enumerate(examples):
            gold[row, : lengths[row]] = span_tags(int(lengths[row]), _gold(example), self.labels)
        inside = np.arange(emissions.shape[1]) < lengths[:, None]
        total = float(lengths.sum())
        truth = np.eye(emissions.shape[2])[gold] * inside[:, :, None]
        steps = gold[:, :-1] * emissions.shape[2] + gold[:, 1:]
        taken = np.bincount(steps[inside[:, 1:]], minlength=transitions.size).reshape(transitions.shape)
        reached = (emissions * truth).sum() + (taken * transitions).sum()
        self.model.inc_grad("transitions", ((crf.expected_steps(result) - taken) / total).astype(np.float32))
        gradient = np.zeros_like(scores)
        rows = (runs[:, :1] + np.arange(emissions.shape[1]))[inside]
        gradient[rows] = ((result.tags - truth) / total)[inside]
        return float(result.log_norm.sum() - reached) / total, gradient

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:  # noqa: ARG002
        """Pack labels, lexicon and parameters, the embedding tables in half precision."""
        arrays: dict[str, Any] = {
            "cfg": np.frombuffer(json.dumps(self.cfg, sort_keys=True).encode(), dtype=np.uint8),
            "lexicon": np.frombuffer(self._lexicon.to_bytes(), dtype=np.uint8),
        }
        for name, values in self._named():
            arrays[name] = values.astype(np.float16) if name.endswith(_HALVED) else values
        buffer = io.BytesIO()
        np.savez(buffer, **arrays)
        return buffer.getvalue()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "CharEntities":  # noqa: ARG002
        """Unpack what `to_bytes` packed."""
        with np.load(io.BytesIO(data)) as arrays:
            self.cfg = json.loads(arrays["cfg"].tobytes())
            self._lexicon = HashedLexicon.from_bytes(arrays["lexicon"].tobytes())
            self._size()
            self.model.initialize()
            self._others = [self.model.copy() for _ in range(1, self.cfg.get("networks", 1))]
            for name, values in self._named():
                values[...] = arrays[name]
        return self

    def _named(self) -> Iterator[tuple[str, Any]]:
        for number, network in enumerate(self.networks):
            for name, values in parameters(network):
                yield (f"{number}/{name}" if number else name), values

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002
        """Write one file into the folder."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "weights.npz").write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "CharEntities":  # noqa: ARG002
        """Read what `to_disk` wrote."""
        return self.from_bytes((Path(path) / "weights.npz").read_bytes())


def parameters(model: Any) -> Iterator[tuple[str, Any]]:
    """Every parameter array under a name that only depends on the network's shape."""
    for number, node in enumerate(model.walk()):
        for name in node.param_names:
            yield f"{number}.{name}", node.get_param(name)


def _mean(arrays: Sequence[Any]) -> Any:
    """Average of arrays of one shape; a single one is not copied."""
    return arrays[0] if len(arrays) == 1 else sum(arrays) / np.float32(len(arrays))


def _gold(example: Example) -> list[tuple[int, int, str]]:
    return [(span.start_char, span.end_char, span.label_) for span in example.reference.ents]


def _with_others(
    scores: Scores, bounds: Sequence[tuple[int, int]], others: Sequence[Scores | None]
) -> Scores:
    """The scores with those of another reader added where it read the text."""
    if all(other is None for other in others):
        return scores
    joint = scores.copy()
    for (start, end), other in zip(bounds, others, strict=True):
        if other is not None:
            joint[start:end] += other
    return joint


def _portions(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Stretches of the texts that are worked on at once: first and last, exclusive."""
    first = size = 0
    for number, text in enumerate(texts):
        if number > first and size + len(text) > _BATCH:
            yield first, number
            first, size = number, 0
        size += len(text)
    if first < len(texts):
        yield first, len(texts)


def _score(examples: Iterable[Example], **_: Any) -> dict[str, Any]:
    scores: dict[str, Any] = get_ner_prf(examples)
    return scores


def _make_tokenizer() -> Callable[[Language], CharTokenizer]:
    return lambda nlp: CharTokenizer(nlp.vocab)


def _make_component(nlp: Language, name: str, model: Any) -> "CharEntities":
    return CharEntities(nlp.vocab, model, name)


registry.tokenizers("donations.Characters.v1")(_make_tokenizer)
registry.architectures("donations.CharTagger.v1")(build_network)
Language.factory("donations_entities", func=_make_component)
