"""The network at work: ONNX files, checked by hash, run on the processor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.encoder.codes import Mark, Question, character_codes, mark_codes, question_codes, windows
from pipeline.encoder.files import characters_of, checked_meta, session
from pipeline.errors import ConfigError

Answers = tuple[dict[str, float], ...]


class Encoder:
    """Reads reports and answers questions about them.

    Args:
        folder: `reader.onnx`, `heads.onnx`, `vocabulary.txt` and `meta.json` with their hashes.
        threads: processor threads; one keeps runs on several workers from crowding each other.

    Raises:
        ConfigError: a file is missing or is not the one that `meta.json` names.
    """

    def __init__(self, folder: Path, threads: int = 1) -> None:
        meta = checked_meta(folder)
        self._kinds: list[str] = meta["marks"]
        self._window: int = meta["window"]
        self._decisions: dict[str, list[str]] = meta["decisions"]
        self._vocabulary = characters_of(folder)
        self._reader = session(folder / "reader.onnx", threads)
        self._heads = session(folder / "heads.onnx", threads)

    def __call__(
        self, text: str, sentences: Sequence[int], marks: Iterable[Mark], questions: Sequence[Question]
    ) -> Answers:
        """Class probabilities for each question, in order; those of one group share theirs.

        Args:
            text: the folded text.
            sentences: where its sentences begin, in order.
            marks: what stands where.
            questions: what is asked.
        """
        if not questions:
            return ()
        codes = character_codes(text, self._vocabulary)
        typed = mark_codes(len(text), marks, self._kinds)
        read = self._read(codes, typed, windows(len(text), sentences, self._window))
        places, gaps = question_codes(questions, sentences)
        (scores,) = self._heads.run(None, {"read": read, "places": places, "gaps": gaps})
        return self._answers(questions, scores)

    def _read(
        self, codes: NDArray[np.int64], typed: NDArray[np.int64], stretches: Sequence[tuple[int, int]]
    ) -> NDArray[np.float32]:
        """One row a character, `[CLS]` in front of the first."""
        rows: list[NDArray[np.float32]] = []
        for first, last in stretches:
            taken = np.r_[0, first + 1 : last + 1]
            (row,) = self._reader.run(None, {"characters": codes[taken], "marks": typed[taken]})
            rows.append(row if not rows else row[1:])
        return np.concatenate(rows)

    def _answers(self, questions: Sequence[Question], scores: NDArray[np.float32]) -> Answers:
        groups: dict[tuple[Any, ...], list[int]] = {}
        for number, question in enumerate(questions):
            key = (question.decision, question.about, question.group or number)
            groups.setdefault(key, []).append(number)
        found: list[dict[str, float]] = [{}] * len(questions)
        for (decision, *_), numbers in groups.items():
            answer = self._probabilities(decision, scores[numbers])
            for number in numbers:
                found[number] = answer
        return tuple(found)

    def _probabilities(self, decision: str, scores: NDArray[np.float32]) -> dict[str, float]:
        """Softmax over the classes, after pooling the mentions of a group by log-sum-exp."""
        first = 0
        for name, classes in self._decisions.items():
            if name == decision:
                own = scores[:, first : first + len(classes)].astype(np.float64)
                pooled = np.logaddexp.reduce(own, axis=0)
                shares = np.exp(pooled - np.logaddexp.reduce(pooled))
                return dict(zip(classes, map(float, shares), strict=True))
            first += len(classes)
        raise ConfigError(f"the encoder has no decision {decision!r}")
