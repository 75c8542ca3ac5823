"""Hold tables to their schemas, and to each other."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.errors import SchemaError
from pipeline.schema.tables import TABLES, TableSpec


def validate(tables: Mapping[str, pa.Table]) -> None:
    """Check the contract tables given: schema, nulls, order, identity, vocabulary, spans, references.

    References (an item's event, an event's report, a mention's characters) are checked between the
    tables that are there.

    Raises:
        SchemaError: with the table, the column and the row of the first breach.

    Example:
        >>> validate({"rejects": TABLES["rejects"].schema.empty_table()})
        >>> validate({"items": pa.table({"物品": ["图书"]})})
        Traceback (most recent call last):
        ...
        pipeline.errors.SchemaError: items: column 1 is '物品: string', not 'event_id: string not null'
    """
    for name, table in tables.items():
        if name not in TABLES:
            raise SchemaError(f"{name}: no such table; there are {', '.join(TABLES)}")
        _check_schema(name, table, TABLES[name].schema)
        _check_nulls(name, table)
        _check_order(name, table, TABLES[name])
        _check_words(name, table, TABLES[name])
        _check_spans(name, table)
    _check_references(tables)
    _check_surfaces(tables)


def _check_schema(name: str, table: pa.Table, expected: pa.Schema) -> None:
    for number, field in enumerate(expected):
        found = table.schema.field(number) if number < table.num_columns else None
        if found is None or not found.equals(field):
            raise SchemaError(f"{name}: column {number + 1} is {_shown(found)}, not {_shown(field)}")
        if found.metadata != field.metadata:
            raise SchemaError(f"{name}.{field.name}: the column's description is missing or changed")
    if table.num_columns > len(expected):
        raise SchemaError(f"{name}: unknown column {table.column_names[len(expected)]!r}")


def _shown(field: pa.Field | None) -> str:
    if field is None:
        return "missing"
    return repr(f"{field.name}: {field.type}{'' if field.nullable else ' not null'}")


def _check_nulls(name: str, table: pa.Table) -> None:
    for field in table.schema:
        if not field.nullable and table[field.name].null_count:
            row = table[field.name].to_pylist().index(None)
            raise SchemaError(f"{name}.{field.name}: null in row {row + 1}")
        if pa.types.is_list(field.type) and pc.list_flatten(table[field.name]).null_count:
            raise SchemaError(f"{name}.{field.name}: null in a list")


def _check_order(name: str, table: pa.Table, spec: TableSpec) -> None:
    keys = list(zip(*(table[column].to_pylist() for column in spec.order), strict=True))
    for row, (before, after) in enumerate(pairwise(keys), start=2):
        if after < before:
            raise SchemaError(f"{name}: row {row} is out of order")
        if spec.unique and after[: spec.unique] == before[: spec.unique]:
            raise SchemaError(f"{name}: row {row} repeats {spec.order[spec.unique - 1]} {after!r}")


def _check_words(name: str, table: pa.Table, spec: TableSpec) -> None:
    for column, words in spec.words.items():
        for row, word in enumerate(table[column].to_pylist(), start=1):
            if word is not None and word not in words:
                raise SchemaError(f"{name}.{column}: {word!r} in row {row} is not one of {', '.join(words)}")


def _check_spans(name: str, table: pa.Table) -> None:
    if "start" not in table.column_names:
        return
    spans = zip(table["start"].to_pylist(), table["end"].to_pylist(), strict=True)
    for row, (start, end) in enumerate(spans, start=1):
        if not 0 <= start <= end:
            raise SchemaError(f"{name}: row {row} has the span {start}:{end}")


def _check_references(tables: Mapping[str, pa.Table]) -> None:
    for name, column, home in (
        ("mentions", "report_id", "reports"),
        ("events", "report_id", "reports"),
        ("items", "event_id", "events"),
    ):
        if name in tables and home in tables:
            known = set(tables[home][column].to_pylist())
            for row, value in enumerate(tables[name][column].to_pylist(), start=1):
                if value not in known:
                    raise SchemaError(f"{name}: row {row} names {column} {value!r}, which {home} lacks")


def _check_surfaces(tables: Mapping[str, pa.Table]) -> None:
    if "reports" not in tables:
        return
    texts = _mapping(tables["reports"], "report_id", "text")
    if "mentions" in tables:
        _compare(
            tables["mentions"], "mentions", "surface", tables["mentions"]["report_id"].to_pylist(), texts
        )
    if "items" in tables and "events" in tables:
        reports = _mapping(tables["events"], "event_id", "report_id")
        owners = [reports[event] for event in tables["items"]["event_id"].to_pylist()]
        _compare(tables["items"], "items", "text", owners, texts)


def _mapping(table: pa.Table, key: str, value: str) -> dict[str, Any]:
    return dict(zip(table[key].to_pylist(), table[value].to_pylist(), strict=True))


def _compare(table: pa.Table, name: str, column: str, owners: list[str], texts: Mapping[str, str]) -> None:
    rows = zip(owners, *(table[key].to_pylist() for key in (column, "start", "end")), strict=True)
    for row, (owner, surface, start, end) in enumerate(rows, start=1):
        if texts[owner][start:end] != surface:
            raise SchemaError(f"{name}: row {row} says {surface!r}, the text {texts[owner][start:end]!r}")
