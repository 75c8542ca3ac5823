"""Records -> Parquet -> records; whole files or none; same bytes."""

from dataclasses import is_dataclass
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import schema, store
from pipeline.errors import InputError, PipelineError, SchemaError
from pipeline.schema import records

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
_INT = st.integers(0, 2**31 - 1)
_DAY = st.none() | st.dates()
_MONEY = st.none() | st.decimals(0, 10**9, places=2)
_COUNT = st.none() | st.decimals(0, 10**9, places=4)
_LAYERS = [each for each in vars(records).values() if is_dataclass(each)]


@pytest.mark.parametrize("record", _LAYERS)
@settings(deadline=None)
@given(data=st.data())
def test_layer_is_lossless(record, data):
    st.register_type_strategy(int, _INT)
    st.register_type_strategy(str, _TEXT)
    st.register_type_strategy(Decimal, st.decimals(allow_nan=False, allow_infinity=False))
    st.register_type_strategy(float, st.floats(allow_nan=False))
    written = data.draw(st.lists(st.builds(record), max_size=3))
    found = store.to_records(record, store.to_layer(record, written))
    assert sorted(map(repr, found)) == sorted(map(repr, written))


def _place(code):
    return schema.Place(code, "云岭省", city="青溪市", village="石桥村")


_ITEMS = st.builds(
    schema.DonatedItem,
    item_no=st.just(1),
    text=_TEXT,
    start=st.just(0),
    end=_INT,
    category=st.sampled_from(schema.CATEGORIES),
    quantity=_COUNT,
    quantity_max=_COUNT,
    unit=st.none() | _TEXT,
    qualifier=st.sampled_from((*schema.QUALIFIERS, None)),
    value_cny=_MONEY,
)
_EVENTS = st.builds(
    schema.DonationEvent,
    event_id=_TEXT,
    report_id=_TEXT,
    status=st.sampled_from(schema.STATUSES),
    scope=st.sampled_from(schema.SCOPES),
    donors=st.lists(_TEXT).map(tuple),
    recipients=st.lists(_TEXT).map(tuple),
    intermediaries=st.just(()),
    items=st.lists(_ITEMS, max_size=1).map(tuple),
    date_start=_DAY,
    date_precision=st.sampled_from((*schema.PRECISIONS, None)),
    place=st.none() | st.sampled_from(["520100", "520000"]).map(_place),
    value_cny=_MONEY,
    evidence=st.lists(st.builds(schema.Evidence, slot=_TEXT, start=_INT, end=_INT), max_size=2).map(tuple),
    confidence=st.floats(0, 1, width=32),
)


@settings(deadline=None)
@given(events=st.lists(_EVENTS, max_size=4, unique_by=lambda event: event.event_id))
def test_events_come_back(events):
    tables = {name: store.to_table(name, events) for name in ("events", "items")}
    schema.validate(tables)
    ordered = sorted(events, key=lambda event: (event.report_id, event.event_id))
    assert list(store.to_events(**tables)) == ordered


def _event(number, **slots):
    item = schema.DonatedItem(1, "图书", 0, 2, "book", quantity=Decimal(500), unit="册", qualifier="exact")
    fields = {"status": "completed", "scope": "single", "donors": ("甲县",), "recipients": ("乙村",)}
    return schema.DonationEvent(f"e{number}", "r1", **(fields | slots), intermediaries=(), items=(item,))


def _tables(events):
    reports = [schema.Report("r1", "图书", published=date(2021, 9, 3))]
    tables = {"reports": reports, "mentions": [], "events": events, "items": events, "rejects": []}
    return {name: store.to_table(name, rows) for name, rows in tables.items()}


def test_tables_on_disk(tmp_path):
    events = [_event(2), _event(1)]
    store.write_tables(tmp_path / "new" / "out", _tables(events))
    folder = tmp_path / "new" / "out"
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        f"{name}.parquet" for name in schema.TABLES
    )
    assert store.read_events(folder) == (events[1], events[0])
    for name, table in _tables(events).items():
        assert store.read_table(folder, name).equals(table, check_metadata=True)
        assert pq.read_schema(folder / f"{name}.parquet").field(0).metadata[b"description"]


def test_same_rows_same_bytes(tmp_path):
    one = [_event(1, scope="cumulative"), _event(2), _event(3, status="planned", date_precision="year")]
    for folder, events in (("a", one), ("b", one[::-1])):
        store.write_tables(tmp_path / folder, _tables(events))
    for name in schema.TABLES:
        first, second = ((tmp_path / folder / f"{name}.parquet").read_bytes() for folder in "ab")
        assert first == second


def test_bad_tables_leave_the_old_ones(tmp_path):
    store.write_tables(tmp_path, _tables([_event(1)]))
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    bad = _tables([_event(1), _event(2)])
    bad["items"] = bad["items"].slice(0, 0).drop_columns(["unit"])
    with pytest.raises(SchemaError):
        store.write_tables(tmp_path, bad)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_full_disk_leaves_the_old_tables(tmp_path, monkeypatch):
    store.write_tables(tmp_path, _tables([_event(1)]))
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    write, written = pq.write_table, []

    def full(table, path, **options):
        if len(written) == 3:
            path.write_bytes(b"PAR1")
            raise OSError(28, "No space left on device")
        written.append(path)
        write(table, path, **options)

    monkeypatch.setattr(pq, "write_table", full)
    with pytest.raises(PipelineError, match=r"cannot write to .*: No space left on device"):
        store.write_tables(tmp_path, _tables([_event(2)]))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_unwritable_folder(tmp_path):
    (tmp_path / "file").write_text("甲")
    with pytest.raises(PipelineError, match="cannot write to"):
        store.prepare_folder(tmp_path / "file" / "out")
    store.prepare_folder(tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize(
    ("slots", "message"),
    [
        ({"value_cny": Decimal(10**16)}, "events.value_cny: 1.*has more than 16 digits"),
        ({"value_cny": Decimal("NaN")}, "events.value_cny: NaN"),
        ({"status": "done"}, "events.status: 'done' is not one of completed, planned"),
        ({"donors": (None,)}, "events.donors"),
    ],
)
def test_values_that_do_not_fit(slots, message):
    with pytest.raises(SchemaError, match=message):
        schema.validate({"events": store.to_table("events", [_event(1, **slots)])})


def test_money_is_rounded_half_even():
    table = store.to_table("events", [_event(1, value_cny=Decimal("0.125"))])
    assert table["value_cny"].to_pylist() == [Decimal("0.12")]


def test_layer_file(tmp_path):
    words = [schema.Word("r", 2, 3, "n"), schema.Word("r", 0, 2, "ns")]
    store.write_layer(tmp_path / "layers" / "words.parquet", schema.Word, words)
    assert store.read_layer(tmp_path / "layers" / "words.parquet", schema.Word) == (words[1], words[0])
    with pytest.raises(SchemaError, match="no layer of Sentence"):
        store.read_layer(tmp_path / "layers" / "words.parquet", schema.Sentence)


def test_files_that_are_no_tables(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        store.read_events(tmp_path)
    (tmp_path / "events.parquet").write_bytes(b"PAR1 half a table")
    with pytest.raises(InputError, match="no readable Parquet file"):
        store.read_events(tmp_path)
    pq.write_table(pa.table({"物品": ["图书"]}), tmp_path / "events.parquet")
    with pytest.raises(SchemaError, match="events: column 1"):
        store.read_events(tmp_path)
