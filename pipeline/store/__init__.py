"""Parquet in and out: tables of the contract, layers between stages; sorted, validated, atomic."""

from pipeline.store.files import (
    prepare_folder,
    read_events,
    read_layer,
    read_table,
    write_layer,
    write_tables,
)
from pipeline.store.rows import to_events, to_layer, to_records, to_table

__all__ = [
    "prepare_folder",
    "read_events",
    "read_layer",
    "read_table",
    "to_events",
    "to_layer",
    "to_records",
    "to_table",
    "write_layer",
    "write_tables",
]
