"""Column files (CoNLL style): a token and its tag on each line, a blank line between texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pipeline.errors import InputError
from pipeline.training.entities.samples import Sample, read_spacy

_TAG = re.compile(r"(?P<part>[BIMES])[-_](?P<label>.+)")


def read_samples(path: Path) -> list[Sample]:
    """Read labelled texts: `.spacy`, else a column file of BIO, BMES or BIOES tags, any labels.

    The first column is the token, usually one character, the last its tag; blanks or tabs between.

    Raises:
        InputError: `missing`, `not-utf8`, `columns` (a line without a tag), `tag` (no known scheme), `empty`.
    """
    if not path.is_file():
        raise InputError("missing", f"{path}: no such file")
    samples = read_spacy(path) if path.suffix == ".spacy" else list(_column_samples(path))
    if not samples:
        raise InputError("empty", f"{path}: there is no text in it")
    return samples


def _column_samples(path: Path) -> Iterator[Sample]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise InputError("not-utf8", f"{path}: not UTF-8 ({error.reason})") from error
    rows: list[tuple[str, str]] = []
    for number, line in enumerate((*lines, ""), 1):
        if line.strip():
            rows.append(_row(path, number, line))
        elif rows:
            yield joined(rows)
            rows = []


def _row(path: Path, number: int, line: str) -> tuple[str, str]:
    fields = line.split()
    if len(fields) < 2:
        raise InputError("columns", f"{path}:{number}: a token and a tag expected, found {line!r}")
    if fields[-1] != "O" and not _TAG.fullmatch(fields[-1]):
        raise InputError("tag", f"{path}:{number}: {fields[-1]!r} is no BIO, BMES or BIOES tag")
    return fields[0], fields[-1]


def joined(rows: Sequence[tuple[str, str]]) -> Sample:
    """Join tokens to a text and their tags to spans.

    A span ends at E or S, before the next B, S or O, and where the label changes.

    Example:
        >>> joined([("甲", "B-LOC"), ("县", "I-LOC"), ("乙", "B-LOC"), ("镇", "E-LOC")]).surfaces("LOC")
        ('甲县', '乙镇')
    """
    spans: list[tuple[int, int, str]] = []
    place, open_label = 0, ""
    for token, tag in rows:
        part, label = tag[0], tag[2:]
        if part in "IME" and label == open_label:
            spans[-1] = (spans[-1][0], place + len(token), label)
        elif part != "O":
            spans.append((place, place + len(token), label))
        open_label = label if part in "BIM" else ""
        place += len(token)
    return Sample("".join(token for token, _ in rows), tuple(spans))


def labels_of(samples: Iterable[Sample]) -> tuple[str, ...]:
    """List the labels that occur, sorted."""
    return tuple(sorted({label for sample in samples for _, _, label in sample.spans}))
