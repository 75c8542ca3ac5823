"""Records <-> Arrow tables, sorted as `pipeline.schema` says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal, InvalidOperation
from types import MappingProxyType, NoneType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import pyarrow as pa

from pipeline import schema
from pipeline.errors import SchemaError

RecordT = TypeVar("RecordT")
_PLACE = ("code", "province", "city", "county", "township", "village")


def to_table(name: str, records: Iterable[Any]) -> pa.Table:
    """Build a table of the contract from its records, sorted.

    `reports`, `mentions` and `rejects` take `Report`, `Mention` and `Reject`; both `events` and `items` take
    `DonationEvent`. Figures are rounded to the column's scale, half to even.

    Raises:
        SchemaError: a value does not fit its column, such as a sum of 17 digits.

    Example:
        >>> to_table("mentions", [schema.Mention("r", 0, 2, "甲县", "LOC")]).num_rows
        1
    """
    spec = schema.TABLES[name]
    row = _ROWS.get(name, _plain_rows)
    return _table(name, spec, (each for record in records for each in row(record)))


def to_layer(record: type[RecordT], records: Iterable[RecordT]) -> pa.Table:
    """Build the layer table of a record class, sorted by report and span; lossless.

    Example:
        >>> to_layer(schema.Word, [schema.Word("r", 0, 2, "ns")]).to_pylist()
        [{'report_id': 'r', 'start': 0, 'end': 2, 'tag': 'ns'}]
    """
    rows = ({name: _encoded(value) for name, value in _items(each)} for each in records)
    return _table(record.__name__, schema.layer_spec(record), rows)


def to_records(record: type[RecordT], table: pa.Table) -> tuple[RecordT, ...]:
    """Read the records back out of a layer, or out of the tables reports, mentions and rejects.

    Example:
        >>> words = (schema.Word("r", 0, 2, "ns"),)
        >>> to_records(schema.Word, to_layer(schema.Word, words)) == words
        True
    """
    hints = get_type_hints(record)
    names = [field.name for field in fields(record)]  # type: ignore[arg-type]
    missing = sorted(set(names) - set(table.column_names))
    if missing:
        raise SchemaError(f"{record.__name__}: column {missing[0]!r} is missing")
    columns = ([_decoded(hints[name], value) for value in table[name].to_pylist()] for name in names)
    return tuple(record(**dict(zip(names, values, strict=True))) for values in zip(*columns, strict=True))


def to_events(events: pa.Table, items: pa.Table) -> tuple[schema.DonationEvent, ...]:
    """Read the events back, each with its items; how a place was resolved is not kept."""
    belonging: dict[str, list[schema.DonatedItem]] = {}
    for row in items.to_pylist():
        belonging.setdefault(row.pop("event_id"), []).append(schema.DonatedItem(**row))
    return tuple(_event(row, belonging.get(row["event_id"], [])) for row in events.to_pylist())


def _event(row: dict[str, Any], items: Sequence[schema.DonatedItem]) -> schema.DonationEvent:
    place = {name: row.pop("place_code" if name == "code" else name) for name in _PLACE}
    for name in ("donors", "recipients", "intermediaries"):
        row[name] = tuple(row[name])
    row["evidence"] = tuple(schema.Evidence(**each) for each in row["evidence"])
    known = schema.Place(**place) if place["code"] and place["province"] else None
    return schema.DonationEvent(**row, items=tuple(items), place=known)


def _table(name: str, spec: schema.TableSpec, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    ordered = sorted(rows, key=lambda row: tuple(row[column] for column in spec.order))
    columns = []
    for field in spec.schema:
        values = [row[field.name] for row in ordered]
        try:
            columns.append(_array(values, field, spec.words.get(field.name, ())))
        except (pa.ArrowException, InvalidOperation, OverflowError) as error:
            raise SchemaError(f"{name}.{field.name}: {error}") from error
        except SchemaError as error:
            raise SchemaError(f"{name}.{field.name}: {error}") from error
    return pa.Table.from_arrays(columns, schema=spec.schema)


def _array(values: list[Any], field: pa.Field, words: Sequence[str]) -> pa.Array:
    if pa.types.is_dictionary(field.type):
        # The whole vocabulary in a fixed order, so that bytes do not depend on which word came first.
        numbers = {word: number for number, word in enumerate(words)} | {None: None}
        if unknown := [value for value in values if value not in numbers]:
            raise SchemaError(f"{unknown[0]!r} is not one of {', '.join(words)}")
        codes = pa.array([numbers[value] for value in values], field.type.index_type)
        return pa.DictionaryArray.from_arrays(codes, pa.array(words, pa.string()))
    if pa.types.is_decimal(field.type):
        values = [_fitted(value, field.type.precision, field.type.scale) for value in values]
    return pa.array(values, field.type)


def _fitted(value: Decimal | None, precision: int, scale: int) -> Decimal | None:
    if value is None:
        return None
    if not value.is_finite() or abs(value) >= Decimal(10) ** (precision - scale):
        raise SchemaError(f"{value} has more than {precision - scale} digits before the point")
    return value.quantize(Decimal(1).scaleb(-scale))


def _items(record: Any) -> Iterator[tuple[str, Any]]:
    return ((field.name, getattr(record, field.name)) for field in fields(record))


def _plain_rows(record: Any) -> Iterator[dict[str, Any]]:
    yield dict(_items(record))


def _event_rows(event: schema.DonationEvent) -> Iterator[dict[str, Any]]:
    row = dict(_items(event))
    place = row.pop("place")
    for name in _PLACE:
        row["place_code" if name == "code" else name] = getattr(place, name, None)
    row["evidence"] = [dict(_items(each)) for each in event.evidence]
    yield row


def _item_rows(event: schema.DonationEvent) -> Iterator[dict[str, Any]]:
    for item in event.items:
        yield {"event_id": event.event_id, **dict(_items(item))}


_ROWS: Mapping[str, Callable[[Any], Iterator[dict[str, Any]]]] = MappingProxyType(
    {"events": _event_rows, "items": _item_rows}
)


def _encoded(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple):
        return [_encoded(each) for each in value]
    if is_dataclass(value):
        return {name: _encoded(each) for name, each in _items(value)}
    return value


def _decoded(hint: Any, value: Any) -> Any:
    choices = get_args(hint)
    if value is None:
        return None
    if NoneType in choices:
        (hint,) = (choice for choice in choices if choice is not NoneType)
        return _decoded(hint, value)
    if hint is Decimal:
        return Decimal(value)
    if get_origin(hint) is tuple:
        return tuple(_decoded(choices[0], each) for each in value)
    if is_dataclass(hint) and isinstance(hint, type):
        hints = get_type_hints(hint)
        return hint(**{name: _decoded(hints[name], each) for name, each in value.items()})
    return value
