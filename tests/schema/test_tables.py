"""The contract of the tables, and what `validate` refuses."""

import pyarrow as pa
import pytest

from pipeline import schema
from pipeline.errors import SchemaError
from pipeline.store import to_table

_COLUMNS = {
    "reports": "report_id file start end region title source published published_from text body_start",
    "mentions": "report_id start end surface label value rule score",
    "events": "event_id report_id status scope donors recipients intermediaries date_text date_start date_end"
    " date_precision place_text place_code province city county township village value_cny evidence"
    " cluster_id confidence",
    "items": "event_id item_no text start end category quantity quantity_min quantity_max unit qualifier per "
    "derived quantity_text value_cny value_text",
    "rejects": "file record stage code message",
}
_TYPES = {
    "status": "dictionary<values=string, indices=int32, ordered=0>",
    "scope": "dictionary<values=string, indices=int32, ordered=0>",
    "date_precision": "dictionary<values=string, indices=int32, ordered=0>",
    "donors": "list<element: string not null>",
    "date_start": "date32[day]",
    "date_end": "date32[day]",
    "value_cny": "decimal128(18, 2)",
    "evidence": "list<element: "
    "struct<slot: string not null, start: int32 not null, end: int32 not null> not null>",
    "confidence": "float",
}


@pytest.mark.parametrize("name", _COLUMNS)
def test_columns(name):
    table = schema.TABLES[name].schema
    assert table.names == _COLUMNS[name].split()
    assert all(len(field.metadata[b"description"]) > 5 for field in table)


@pytest.mark.parametrize("column", _TYPES)
def test_event_types(column):
    assert str(schema.TABLES["events"].schema.field(column).type) == _TYPES[column]


def test_item_types():
    items = schema.TABLES["items"].schema
    counts = {"quantity", "quantity_min", "quantity_max"}
    assert {f.name for f in items if f.type == pa.decimal128(18, 4)} == counts
    assert items.field("value_cny").type == pa.decimal128(18, 2)


def _tables():
    report = schema.Report("r1", "甲县赠书。")
    other = schema.Report("r2", "乙县。")
    mentions = [schema.Mention("r1", 0, 2, "甲县", "LOC"), schema.Mention("r2", 0, 2, "乙县", "LOC")]
    item = schema.DonatedItem(1, "书", 3, 4, "book")
    event = schema.DonationEvent("e1", "r1", "completed", "single", ("甲县",), (), (), (item,))
    return {
        "reports": to_table("reports", [other, report]),
        "mentions": to_table("mentions", mentions),
        "events": to_table("events", [event]),
        "items": to_table("items", [event]),
    }


def test_good_tables_pass():
    schema.validate(_tables())


def _with(table, column, values):
    number = table.column_names.index(column)
    field = table.schema.field(number)
    return table.set_column(number, field, pa.array(values, field.type))


def _unknown_table(tables):
    tables["donations"] = tables["items"]


def _lost_column(tables):
    tables["items"] = tables["items"].drop_columns(["unit"])


def _extra_column(tables):
    tables["items"] = tables["items"].append_column("colour", pa.array(["红"]))


def _lost_description(tables):
    tables["items"] = (
        tables["items"]
        .rename_columns(tables["items"].column_names)
        .cast(pa.schema([field.remove_metadata() for field in tables["items"].schema]))
    )


def _null(tables):
    tables["mentions"] = _with(tables["mentions"], "surface", ["甲县", None])


def _order(tables):
    tables["reports"] = tables["reports"].take([1, 0])


def _repeated_id(tables):
    tables["reports"] = _with(tables["reports"], "report_id", ["r1", "r1"])


def _word(tables):
    tables["items"] = _with(tables["items"], "category", ["furs"])


def _span(tables):
    tables["items"] = _with(tables["items"], "start", [5])


def _reference(tables):
    tables["items"] = _with(tables["items"], "event_id", ["e2"])


def _surface(tables):
    tables["mentions"] = _with(tables["mentions"], "start", [1, 0])


def _item_surface(tables):
    tables["items"] = _with(tables["items"], "text", ["赠"])


@pytest.mark.parametrize(
    ("breach", "message"),
    [
        (_unknown_table, "donations: no such table"),
        (_lost_column, "items: column 10 is 'qualifier: string', not 'unit: string'"),
        (_extra_column, "items: unknown column 'colour'"),
        (_lost_description, "items.event_id: the column's description"),
        (_null, "mentions.surface: null in row 2"),
        (_order, "reports: row 2 is out of order"),
        (_repeated_id, "reports: row 2 repeats report_id"),
        (_word, "items.category: 'furs' in row 1 is not one of book"),
        (_span, "items: row 1 has the span 5:4"),
        (_reference, "items: row 1 names event_id 'e2', which events lacks"),
        (_surface, "mentions: row 1 says '甲县', the text '县'"),
        (_item_surface, "items: row 1 says '赠', the text '书'"),
    ],
)
def test_breaches(breach, message):
    tables = _tables()
    breach(tables)
    with pytest.raises(SchemaError, match=message.replace("(", r"\(")):
        schema.validate(tables)
