"""Every table on disk: columns, types, meanings, order and allowed values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType, NoneType
from typing import Any, get_args, get_origin, get_type_hints

import pyarrow as pa

from pipeline.schema import records

_WORD = pa.dictionary(pa.int32(), pa.string())
_NAMES = pa.list_(pa.field("element", pa.string(), nullable=False))
_MONEY = pa.decimal128(18, 2)
_COUNT = pa.decimal128(18, 4)
_EVIDENCE = pa.list_(
    pa.field(
        "element",
        pa.struct(
            [
                pa.field("slot", pa.string(), nullable=False),
                pa.field("start", pa.int32(), nullable=False),
                pa.field("end", pa.int32(), nullable=False),
            ]
        ),
        nullable=False,
    )
)


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table: its Arrow schema, the columns that order it and how many of them identify a row.

    `unique` counts the leading columns of `order` that no two rows share (0: rows may repeat).
    `words` gives the closed vocabulary of a column, in the order of its dictionary.
    """

    schema: pa.Schema
    order: tuple[str, ...]
    unique: int = 0
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def _field(name: str, kind: pa.DataType, meaning: str, nullable: bool = False) -> pa.Field:
    return pa.field(name, kind, nullable=nullable, metadata={"description": meaning})


def _null(name: str, kind: pa.DataType, meaning: str) -> pa.Field:
    return _field(name, kind, meaning, nullable=True)


_REPORTS = [
    _field("report_id", pa.string(), "Id of the report: the input's own, else file stem and number; unique"),
    _field("file", pa.string(), "Input file, relative to the input named on the command line"),
    _field("start", pa.int32(), "Where the report begins in the decoded file, in code points"),
    _field("end", pa.int32(), "Where the report ends in the decoded file, exclusive"),
    _null("region", pa.string(), "Region heading the report stood under, as written"),
    _null("title", pa.string(), "Title line or lines, as written"),
    _null("source", pa.string(), "Medium or body that the input or the source tail names"),
    _null("published", pa.date32(), "Day of publication"),
    _null("published_from", pa.string(), "What gave the day of publication: metadata, or a rule"),
    _field("text", pa.string(), "Whole report, title lines first; every offset counts its code points"),
    _field("body_start", pa.int32(), "Where the body begins in text; 0 without a title"),
]

_MENTIONS = [
    _field("report_id", pa.string(), "Report the span stands in"),
    _field("start", pa.int32(), "First code point of the span in the report's text"),
    _field("end", pa.int32(), "End of the span, exclusive"),
    _field("surface", pa.string(), "The characters of the span: text[start:end]"),
    _field("label", pa.string(), "ORG, LOC, PER, DATE, QUANTITY or MONEY"),
    _null(
        "value",
        pa.string(),
        "DATE: ISO 8601 interval of days; QUANTITY: plain decimal; MONEY: yuan, plain decimal; "
        "ORG, LOC: resolved name; null when unresolved",
    ),
    _field("rule", pa.string(), "Rule or model that made the span"),
    _field("score", pa.float64(), "Confidence of the rule or model, 0 to 1"),
]

_EVENTS = [
    _field("event_id", pa.string(), "Id of the event, made from its content; unique"),
    _field("report_id", pa.string(), "Report that tells the event"),
    _field("status", _WORD, "completed or planned"),
    _field("scope", _WORD, "single act, or cumulative total over several; never add the two"),
    _field("donors", _NAMES, "Resolved names of those who give"),
    _field("recipients", _NAMES, "Resolved names of those the goods are handed to"),
    _field("intermediaries", _NAMES, "Resolved names of those who pass the goods on"),
    _null("date_text", pa.string(), "Date of the act as written"),
    _null("date_start", pa.date32(), "First day of the act"),
    _null("date_end", pa.date32(), "Last day of the act, inclusive"),
    _null("date_precision", _WORD, "day, range, ten_days, month, season, year or vague"),
    _null("place_text", pa.string(), "Place as written"),
    _null("place_code", pa.string(), "GB/T 2260 code of the lowest known of province, city and county"),
    _null("province", pa.string(), "Province, full name"),
    _null("city", pa.string(), "Prefecture-level city, full name"),
    _null("county", pa.string(), "County or district, full name"),
    _null("township", pa.string(), "Township or street, as written"),
    _null("village", pa.string(), "Village or community, as written"),
    _null("value_cny", _MONEY, "Value stated for the whole event, yuan"),
    _field("evidence", _EVIDENCE, "Characters behind every slot: slot, start, end in the report's text"),
    _field("cluster_id", pa.string(), "Shared by the same act told in several reports"),
    _field("confidence", pa.float32(), "Calibrated probability that the event is right, 0 to 1"),
]

_ITEMS = [
    _field("event_id", pa.string(), "Event the goods belong to"),
    _field("item_no", pa.int32(), "Number of the item within its event, from 1"),
    _field("text", pa.string(), "Goods as written: text[start:end] of the report"),
    _field("start", pa.int32(), "First code point of the goods in the report's text"),
    _field("end", pa.int32(), "End of the goods, exclusive"),
    _field("category", pa.string(), "Kind of goods: " + ", ".join(records.CATEGORIES)),
    _null("quantity", _COUNT, "Stated figure; lower bound of a range; null when none is stated"),
    _null("quantity_min", _COUNT, "Lower bound of a range"),
    _null("quantity_max", _COUNT, "Upper bound of a range"),
    _null("unit", pa.string(), "Classifier as written"),
    _null("qualifier", pa.string(), "exact, over, under, about or range; of the sum for money"),
    _null("per", pa.string(), "The figure is for each of these: 人, 户, 校"),
    _field("derived", pa.bool_(), "The figure is a product of two stated figures"),
    _null("quantity_text", pa.string(), "Figure as written"),
    _null("value_cny", _MONEY, "Stated value of the item, yuan; the sum for a gift of money"),
    _null("value_text", pa.string(), "Value as written"),
]

_REJECTS = [
    _field("file", pa.string(), "Input file, relative to the input named on the command line"),
    _field("record", pa.int32(), "Number of the record in its file, from 1; 0 for the whole file"),
    _field("stage", pa.string(), "Step that refused the record"),
    _field("code", pa.string(), "Machine-readable reason"),
    _field("message", pa.string(), "One line for the reader"),
]

_SPAN_ORDER = ("report_id", "start", "end")

TABLES: Mapping[str, TableSpec] = MappingProxyType(
    {
        "reports": TableSpec(pa.schema(_REPORTS), ("report_id",), unique=1),
        "mentions": TableSpec(
            pa.schema(_MENTIONS), (*_SPAN_ORDER, "label", "rule"), words={"label": records.LABELS}
        ),
        "events": TableSpec(
            pa.schema(_EVENTS),
            ("report_id", "event_id"),
            unique=2,
            words={
                "status": records.STATUSES,
                "scope": records.SCOPES,
                "date_precision": records.PRECISIONS,
            },
        ),
        "items": TableSpec(
            pa.schema(_ITEMS),
            ("event_id", "item_no"),
            unique=2,
            words={"category": records.CATEGORIES, "qualifier": records.QUALIFIERS},
        ),
        "rejects": TableSpec(pa.schema(_REJECTS), ("file", "record", "stage", "code", "message")),
    }
)

_ARROW: Mapping[Any, pa.DataType] = {
    str: pa.string(),
    int: pa.int32(),
    float: pa.float64(),
    bool: pa.bool_(),
    date: pa.date32(),
    Decimal: pa.string(),
}


def layer_schema(record: type) -> pa.Schema:
    """Derive the Arrow schema of a layer table from a record class.

    A Decimal becomes text, so that a layer read back is the layer written, digit for digit.
    Optional fields are nullable, tuples are lists, nested records structs.

    Example:
        >>> layer_schema(records.Word).field("start").type
        DataType(int32)
    """
    return pa.schema(_columns(record))


def layer_spec(record: type) -> TableSpec:
    """Return the layer table of a record class, ordered by report and span where it has them."""
    schema = layer_schema(record)
    return TableSpec(schema, tuple(name for name in _SPAN_ORDER if name in schema.names))


def _columns(record: type) -> list[pa.Field]:
    hints = get_type_hints(record)
    return [_column(each.name, hints[each.name]) for each in fields(record)]


def _column(name: str, hint: Any) -> pa.Field:
    choices = get_args(hint)
    if NoneType in choices:
        (kind,) = (choice for choice in choices if choice is not NoneType)
        return pa.field(name, _arrow_type(kind), nullable=True)
    return pa.field(name, _arrow_type(hint), nullable=False)


def _arrow_type(hint: Any) -> pa.DataType:
    if get_origin(hint) is tuple:
        return pa.list_(_column("element", get_args(hint)[0]))
    if is_dataclass(hint) and isinstance(hint, type):
        return pa.struct(_columns(hint))
    return _ARROW[hint]
