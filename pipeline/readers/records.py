"""Files of many records: JSON Lines, JSON, CSV, Parquet."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import InputError
from pipeline.readers.document import Document, Reading, from_fields, newlines, reject
from pipeline.readers.encoding import decode
from pipeline.schema import Reject

_ROWS = 1024


def read_jsonl(path: Path, file: str) -> Reading:
    """Read one JSON object a line, a line at a time; blank lines are no records."""
    place = 0
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            data = line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
            try:
                text = decode(data) if data.strip() else newlines(data.decode("ascii"))
            except InputError as error:
                text = newlines(data.decode(errors="replace"))
                yield reject(file, number, error)
            else:
                if text.strip():
                    yield _json_line(text, file, number, place)
            place += len(text)


def read_json(path: Path, file: str) -> Reading:
    """Read one JSON object, or a list of them."""
    text = decode(path.read_bytes())
    value = _parse(text)
    if isinstance(value, dict):
        yield _record(value, file, 1, 0, len(text))
        return
    if not isinstance(value, list):
        raise InputError("json", "neither an object nor a list of objects")
    for number, row in enumerate(value, start=1):
        yield _record(row, file, number)


def read_csv(path: Path, file: str) -> Reading:
    """Read comma-separated (`.tsv`: tab-separated) rows below a header line."""
    text = decode(path.read_bytes())
    rows = csv.reader(
        io.StringIO(text), delimiter="\t" if path.suffix.lower() == ".tsv" else ",", strict=True
    )
    header = [name.strip().lower() for name in next(rows, [])]
    if "text" not in header:
        raise InputError("missing-text", "the header line names no column text")
    number = 0
    while True:
        number += 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield reject(file, number, InputError("csv", f"broken row: {error}"))
            continue
        if row:
            yield _csv_row(header, row, file, number)


def read_parquet(path: Path, file: str) -> Reading:
    """Read the rows of a Parquet file, a batch at a time."""
    try:
        table = pq.ParquetFile(path)
        columns = [name for name in table.schema_arrow.names if name.strip().lower() in _COLUMNS]
        if not any(name.strip().lower() == "text" for name in columns):
            raise InputError("missing-text", "the table has no column text")
        number = 0
        for batch in table.iter_batches(batch_size=_ROWS, columns=columns):
            for row in batch.to_pylist():
                number += 1
                yield _record(row, file, number)
    except (pa.ArrowException, OSError) as error:
        raise InputError("parquet", f"no readable Parquet file: {_first_line(error)}") from error


_COLUMNS = ("id", "title", "text", "source", "published", "region")


def _json_line(text: str, file: str, number: int, place: int) -> Document | Reject:
    try:
        return _record(_parse(text), file, number, place, place + len(text.rstrip("\n")))
    except InputError as error:
        return reject(file, number, error)


def _parse(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError("json", f"no JSON: {error.msg} at column {error.colno}") from error
    except (RecursionError, ValueError) as error:
        raise InputError(
            "json", "no JSON that can be read: nested too deeply or a number too long"
        ) from error


def _csv_row(header: list[str], row: list[str], file: str, number: int) -> Document | Reject:
    if len(row) > len(header):
        problem = f"{len(row)} fields under a header of {len(header)}"
        return reject(file, number, InputError("csv", problem))
    return _record(dict(zip(header, row, strict=False)), file, number)


def _record(row: object, file: str, number: int, start: int = 0, end: int = 0) -> Document | Reject:
    try:
        if not isinstance(row, Mapping):
            raise InputError("json", "the record is no object")
        return from_fields(row, file, number, start, end)
    except InputError as error:
        return reject(file, number, error)


def _first_line(error: BaseException) -> str:
    lines: Iterator[str] = iter(str(error).splitlines())
    return next(lines, type(error).__name__)
