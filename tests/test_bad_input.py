"""Bad input ends in one line or in a row of rejects; never in a traceback or in half a table."""

import json
import os

import pytest
from house import GIFT, gift, write_jsonl

from pipeline import schema, store

_GOOD = "青溪县图书馆向石桥村赠书\n2021年9月1日，青溪县图书馆向石桥村捐赠图书1200册。\n"

# name -> file name, bytes, code of the reject
_BAD_FILES = {
    "empty file": ("a.txt", b"", "empty"),
    "blank file": ("a.txt", b" \n\t\n", "empty"),
    "binary file": ("a.txt", bytes(range(256)) * 40, "not-text"),
    "picture": ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(200), "not-text"),
    "broken UTF-8": ("a.txt", _GOOD.encode()[:-6] + b"\xff\xfe" + _GOOD.encode(), "encoding"),
    "cut UTF-8": ("a.txt", _GOOD.encode()[:-5], "encoding"),
    "unknown suffix": ("a.docx", b"PK\x03\x04", "unknown-suffix"),
    "no Parquet": ("a.parquet", b"PAR1 no it is not", "parquet"),
    "CSV without text": ("a.csv", "id,title\n1,赠书\n".encode(), "missing-text"),
    "JSON of a number": ("a.json", b"42", "json"),
    "page without text": ("a.html", b"<html><body></body></html>", "empty"),
}

# name -> line of a JSONL file, code of the reject
_BAD_LINES = {
    "no JSON": ('{"text": "赠书', "json"),
    "no object": ("[1, 2]", "json"),
    "no text": ('{"title": "赠书"}', "missing-text"),
    "text is a number": ('{"text": 5}', "bad-type"),
    "impossible day": ('{"text": "赠书", "published": "2021-02-30"}', "bad-date"),
    "half a character": ('{"text": "赠书\\ud800"}', "encoding"),
    "nested too deeply": ("[" * 100_000, "json"),
    "an id seen before": (json.dumps(GIFT, ensure_ascii=False), "duplicate-id"),
}


def _rejects(folder):
    return store.read_table(folder, "rejects").to_pylist()


def _one_line(text):
    return text.startswith("donations: ") and text.count("\n") == 1 and "Traceback" not in text


@pytest.mark.parametrize(("name", "data", "code"), _BAD_FILES.values(), ids=_BAD_FILES)
def test_a_bad_file_is_rejected_and_the_rest_extracted(donations, tmp_path, name, data, code):
    inputs = tmp_path / "inputs"
    inputs.mkdir()
    (inputs / name).write_bytes(data)
    (inputs / "good.txt").write_text(_GOOD, encoding="utf-8")
    assert donations("extract", inputs, "--out", tmp_path / "out") == 3
    assert [(row["file"], row["record"], row["code"]) for row in _rejects(tmp_path / "out")] == [
        (name, 0, code)
    ]
    assert store.read_table(tmp_path / "out", "events").num_rows == 1


@pytest.mark.parametrize(("name", "data", "code"), _BAD_FILES.values(), ids=_BAD_FILES)
def test_a_bad_file_alone_is_exit_2_and_leaves_nothing(donations, tmp_path, name, data, code):
    (tmp_path / name).write_bytes(data)
    assert donations("extract", tmp_path / name, "--out", tmp_path / "out") == 2
    assert _one_line(donations.err)
    assert name in donations.err
    assert not list((tmp_path / "out").glob("*"))


@pytest.mark.parametrize(("line", "code"), _BAD_LINES.values(), ids=_BAD_LINES)
def test_a_bad_line_is_rejected_and_the_rest_extracted(donations, tmp_path, line, code):
    source = write_jsonl(tmp_path / "r.jsonl", [GIFT, line, gift(2)])
    assert donations("extract", source, "--out", tmp_path / "out") == 3
    assert [(row["record"], row["code"]) for row in _rejects(tmp_path / "out")] == [(2, code)]
    assert store.read_table(tmp_path / "out", "reports").num_rows == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings_that_work(donations, tmp_path, encoding):
    (tmp_path / "a.txt").write_bytes(_GOOD.encode(encoding))
    assert donations("extract", tmp_path / "a.txt", "--out", tmp_path / "out") == 0
    (event,) = store.read_events(tmp_path / "out")
    assert event.donors == ("青溪县图书馆",)


def test_a_line_of_five_megabytes_is_refused_and_the_rest_extracted(donations, tmp_path):
    long = {"id": "long", "text": _GOOD * 50_000}
    source = write_jsonl(tmp_path / "r.jsonl", [long, GIFT])
    assert source.stat().st_size > 5_000_000
    assert donations("extract", source, "--out", tmp_path / "out") == 3
    assert [row["code"] for row in _rejects(tmp_path / "out")] == ["too-long"]
    assert store.read_table(tmp_path / "out", "reports")["report_id"].to_pylist() == ["qingxi-1"]


def test_a_line_of_five_megabytes_of_nothing_ends(donations, tmp_path):
    (tmp_path / "a.txt").write_text("册" * 1_700_000, encoding="utf-8")
    assert donations("extract", tmp_path / "a.txt", "--out", tmp_path / "out") in (2, 3)


def test_a_missing_path(donations, tmp_path):
    assert donations("extract", tmp_path / "没有.txt", "--out", tmp_path / "out") == 2
    assert _one_line(donations.err)
    assert "没有.txt: no such file or folder" in donations.err
    assert not (tmp_path / "out").exists()


def test_an_empty_folder(donations, tmp_path):
    (tmp_path / "in").mkdir()
    assert donations("extract", tmp_path / "in", "--out", tmp_path / "out") == 2
    assert _one_line(donations.err)


def test_an_output_that_is_a_file(donations, tmp_path):
    source = write_jsonl(tmp_path / "r.jsonl", [GIFT])
    (tmp_path / "out").write_text("mine")
    assert donations("extract", source, "--out", tmp_path / "out") == 2
    assert _one_line(donations.err)
    assert (tmp_path / "out").read_text() == "mine"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written(donations, tmp_path):
    source = write_jsonl(tmp_path / "r.jsonl", [GIFT])
    (tmp_path / "locked").mkdir(mode=0o500)
    assert donations("extract", source, "--out", tmp_path / "locked/out") == 2
    assert _one_line(donations.err)


def test_earlier_tables_stay_whole_when_nothing_can_be_read(donations, tmp_path):
    donations("extract", write_jsonl(tmp_path / "r.jsonl", [GIFT]), "--out", tmp_path / "out")
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    (tmp_path / "empty.txt").write_bytes(b"")
    assert donations("extract", tmp_path / "empty.txt", "--out", tmp_path / "out") == 2
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before


def test_earlier_tables_stay_whole_when_the_disk_is_full(donations, tmp_path, monkeypatch):
    donations("extract", write_jsonl(tmp_path / "r.jsonl", [GIFT]), "--out", tmp_path / "out")
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    written = []

    def full(table, path, **_):
        written.append(path)
        if len(written) == 3:
            raise OSError(28, "No space left on device")
        path.write_bytes(b"half")

    monkeypatch.setattr("pipeline.store.files.pq.write_table", full)
    assert donations("extract", tmp_path / "r.jsonl", "--out", tmp_path / "out") == 2
    assert "No space left on device" in donations.err
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before


def test_a_report_that_breaks_a_step_is_rejected_and_the_rest_extracted(donations, tmp_path, monkeypatch):
    from pipeline.linking import Linker

    honest = Linker.__call__

    def moody(self, report, *layers):
        if report.report_id == "qingxi-2":
            raise ValueError("moody")
        return honest(self, report, *layers)

    monkeypatch.setattr(Linker, "__call__", moody)
    source = write_jsonl(tmp_path / "r.jsonl", [GIFT, gift(2), gift(3)])
    assert donations("extract", source, "--out", tmp_path / "out") == 3
    (row,) = _rejects(tmp_path / "out")
    assert (row["stage"], row["code"]) == ("extract", "failed")
    assert row["message"] == "report 'qingxi-2': ValueError: moody"
    assert store.read_table(tmp_path / "out", "reports").num_rows == 2


@pytest.mark.parametrize("command", ["show", "summary", "review"])
def test_tables_that_are_not_there(donations, tmp_path, command):
    assert donations(command, tmp_path) == 2
    assert _one_line(donations.err)


def test_tables_of_another_shape(donations, tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    for name in schema.TABLES:
        pq.write_table(pa.table({"物品": ["图书"]}), tmp_path / f"{name}.parquet")
    assert donations("show", tmp_path) == 2
    assert "events: column 1 is" in donations.err


def test_a_missing_model_is_one_line(donations, tmp_path):
    (tmp_path / "params.yaml").write_text("entities: {model: models/没有}\n")
    source = write_jsonl(tmp_path / "r.jsonl", [GIFT])
    arguments = ("extract", source, "--out", tmp_path / "out", "--params", tmp_path / "params.yaml")
    assert donations(*arguments) == 2
    assert _one_line(donations.err)
