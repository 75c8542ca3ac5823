"""Tables on disk: written whole or not at all, the same bytes for the same rows."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline import schema
from pipeline.errors import InputError, PipelineError, SchemaError
from pipeline.store.rows import to_events, to_layer, to_records

RecordT = TypeVar("RecordT")


def prepare_folder(folder: Path) -> None:
    """Make sure, before long work, that tables can be written to a folder; it is made if missing.

    Raises:
        PipelineError: it cannot be made or written to.
    """
    with _staging(folder):
        pass


def write_tables(folder: Path, tables: Mapping[str, pa.Table]) -> None:
    """Validate tables of the contract together and write each to `<folder>/<name>.parquet`.

    No file is touched until every table stands on disk, complete, under another name.

    Raises:
        SchemaError: a table breaks the contract.
        PipelineError: the folder cannot be written to.
    """
    schema.validate(tables)
    _write(folder, {f"{name}.parquet": table for name, table in tables.items()})


def write_layer(path: Path, record: type[RecordT], records: Iterable[RecordT]) -> None:
    """Write the records of one step, sorted, to one Parquet file.

    Raises:
        PipelineError: the file cannot be written.
    """
    _write(path.parent, {path.name: to_layer(record, records)})


def read_layer(path: Path, record: type[RecordT]) -> tuple[RecordT, ...]:
    """Read the records of one step.

    Raises:
        InputError: there is no readable file.
        SchemaError: the file holds something else.
    """
    table = _read(path)
    expected = schema.layer_schema(record)
    if table.schema.names != expected.names or table.schema.types != expected.types:
        raise SchemaError(f"{path.name}: no layer of {record.__name__}")
    return to_records(record, table)


def read_table(folder: Path, name: str) -> pa.Table:
    """Read one table of the contract and validate it by itself.

    Raises:
        InputError: there is no readable file.
        SchemaError: the table breaks the contract.
    """
    table = _read(folder / f"{name}.parquet")
    expected = schema.TABLES[name].schema
    if table.schema.names == expected.names and table.schema.types == expected.types:
        # Parquet numbers the fields in their metadata; a table read is a table written.
        table = table.cast(expected)
    schema.validate({name: table})
    return table


def read_events(folder: Path) -> tuple[schema.DonationEvent, ...]:
    """Read the events of a folder of tables, with their items, in the order of the table.

    Raises:
        InputError: a table is not there.
        SchemaError: a table breaks the contract.
    """
    return to_events(read_table(folder, "events"), read_table(folder, "items"))


def _read(path: Path) -> pa.Table:
    if not path.is_file():
        raise InputError("missing-path", f"{path}: no such file")
    try:
        return pq.ParquetFile(path).read()
    except (pa.ArrowException, OSError) as error:
        raise InputError("parquet", f"{path}: no readable Parquet file") from error


def _write(folder: Path, tables: Mapping[str, pa.Table]) -> None:
    with _staging(folder) as staging:
        for name, table in tables.items():
            pq.write_table(table, staging / name, compression="zstd")
        for name in tables:
            (staging / name).replace(folder / name)


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """Give a folder beside the final files, so that moving into place is one step of the file system."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=".writing-", dir=folder))
        try:
            yield staging
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        raise PipelineError(f"cannot write to {folder}: {error.strerror or error}") from error
