"""The network at work: ONNX files, checked by hash, run on the processor."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.encoder.codes import Mark, Question, character_codes, mark_codes, question_codes, windows
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
        meta = _checked(folder)
        self._kinds: list[str] = meta["marks"]
        self._window: int = meta["window"]
        self._decisions: dict[str, list[str]] = meta["decisions"]
        lines = (folder / "vocabulary.txt").read_text(encoding="utf-8").splitlines()
        self._vocabulary = {char: number for number, char in enumerate(lines)}
        self._reader = _session(folder / "reader.onnx", threads)
        self._heads = _session(folder / "heads.onnx", threads)

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


def _checked(folder: Path) -> Mapping[str, Any]:
    try:
        meta: dict[str, Any] = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        files = meta["files"]
    except (OSError, json.JSONDecodeError, KeyError) as error:
        raise ConfigError(f"encoder {folder}: no readable meta.json ({error})") from error
    for name, digest in sorted(files.items()):
        path = folder / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            raise ConfigError(f"encoder {path}: missing or not the file that meta.json names")
    return meta


def _session(path: Path, threads: int) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
