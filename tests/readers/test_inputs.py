"""Files and folders -> documents and rejects."""

import json
import time
from datetime import date, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.errors import InputError
from pipeline.readers import Document, read_inputs
from pipeline.schema import Reject
from pipeline.segment import SegmentParams, segment_documents

_TEXT = "近日，甲县图书馆向乙村赠书。"


def _read(path, content):
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read_inputs([path]))


def _codes(readings):
    return [each.code if isinstance(each, Reject) else "" for each in readings]


def test_folder_is_walked_in_order(tmp_path):
    for name in ("b.txt", "a/z.txt", "a/.hidden.txt", ".git/x.txt", "a.md", "a/y.TXT"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(_TEXT, encoding="utf-8")
    found = list(read_inputs([tmp_path, tmp_path / "b.txt", tmp_path / "a"]))
    assert [each.file for each in found] == ["a.md", "a/y.TXT", "a/z.txt", "b.txt"]
    assert found[0] == Reject("a.md", 0, "read", "unknown-suffix", found[0].message)
    assert found[1] == Document("a/y.TXT", 1, _TEXT, 0, len(_TEXT), plain=True)


def test_missing_path_is_refused_at_once(tmp_path):
    with pytest.raises(InputError, match="no such file or folder"):
        read_inputs([tmp_path, tmp_path / "没有.txt"])


def test_nothing_read(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.pdf").write_bytes(b"%PDF")
    with pytest.raises(InputError, match=r"nothing could be read: a.txt: the file is empty \(and 1 more\)"):
        list(read_inputs([tmp_path]))
    assert _codes(_until_error(tmp_path)) == ["empty", "unknown-suffix"]


def _until_error(path):
    try:
        yield from read_inputs([path])
    except InputError:
        return


def test_empty_folder(tmp_path):
    with pytest.raises(InputError, match="nothing could be read: no input files"):
        list(read_inputs([tmp_path]))


def test_jsonl(tmp_path):
    rows = [
        {"id": 7, "title": " 甲县赠书 ", "text": _TEXT, "source": "", "published": "2021-09-03", "clicks": 5},
        {"text": _TEXT + "\r\n", "region": "云岭", "published": None},
        {"Text": _TEXT, "published": 20210903},
    ]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    found = _read(tmp_path / "a.jsonl", "\ufeff" + lines[0] + "\r\n\n" + "\n".join(lines[1:]))
    assert [each.record for each in found] == [1, 3, 4]
    first, second, third = found
    assert (first.id, first.title, first.source, first.published) == ("7", "甲县赠书", None, date(2021, 9, 3))
    assert (first.start, first.end) == (0, len(lines[0]))
    assert (second.start, second.end) == (len(lines[0]) + 2, len(lines[0]) + 2 + len(lines[1]))
    assert (second.text, second.region, second.published) == (_TEXT + "\n", "云岭", None)
    assert (third.text, third.published) == (_TEXT, date(2021, 9, 3))


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{", "json"),
        ("甲县赠书", "json"),
        ("[1]", "json"),
        ("null", "json"),
        ("[" * 100_000, "json"),
        ('{"text": ' + "9" * 5000 + "}", "json"),
        ('{"title": "甲县"}', "missing-text"),
        ('{"text": " \\n　"}', "missing-text"),
        ('{"text": null}', "missing-text"),
        ('{"text": 5}', "bad-type"),
        ('{"text": "甲县", "title": ["乙"]}', "bad-type"),
        ('{"text": "甲县", "id": true}', "bad-type"),
        ('{"text": "甲县", "published": "去年"}', "bad-date"),
        ('{"text": "甲县", "published": "2021-02-30"}', "bad-date"),
        ('{"text": "甲县", "published": 1630627200}', "bad-date"),
        ('{"text": "甲县\\ud800"}', "encoding"),
        ('{"text": "近日，甲县赠书。"}'.encode()[:-4] + b'"}', "encoding"),
        (b"\x00\x01\x02" * 30, "not-text"),
    ],
)
def test_bad_line_is_a_reject_and_the_rest_goes_on(tmp_path, line, code):
    good = json.dumps({"text": _TEXT}).encode()
    data = line if isinstance(line, bytes) else line.encode()
    found = _read(tmp_path / "a.jsonl", b"\n".join([good, data, good]))
    assert _codes(found) == ["", code, ""]
    assert (found[1].file, found[1].record, found[1].stage) == ("a.jsonl", 2, "read")
    assert "\n" not in found[1].message


@pytest.mark.parametrize(
    "written",
    [
        "2021-09-03",
        "2021/9/3",
        "2021.09.03",
        "2021年9月3日",
        "20210903",
        "2021-09-03T23:30:00+08:00",
        "２０２１-09-03 8:00",
    ],
)
def test_days(tmp_path, written):
    (found,) = _read(tmp_path / "a.jsonl", json.dumps({"text": _TEXT, "published": written}))
    assert found.published == date(2021, 9, 3)


def test_json(tmp_path):
    assert [
        each.record for each in _read(tmp_path / "a.json", json.dumps([{"text": "甲"}, {"text": "乙"}]))
    ] == [1, 2]
    (found,) = _read(tmp_path / "b.json", json.dumps({"text": "甲县"}, indent=2))
    assert found.text == "甲县"
    assert _codes(_written_until_error(tmp_path / "c.json", "5")) == ["json"]


def _written_until_error(path, content):
    path.write_text(content, encoding="utf-8")
    return list(_until_error(path))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv(tmp_path, encoding):
    rows = [
        "ID,Text,published,点击",
        '1,"近日，甲县说：""赠书。""\n第二段，在乙村。",2021-09-03,5',
        "2,乙村的书,去年,5",
        "3,,,",
        "4,丙县,,,,多余",
        "",
        "5,丁县在",
    ]
    found = _read(tmp_path / "a.csv", "\n".join(rows).encode(encoding))
    assert _codes(found) == ["", "bad-date", "missing-text", "csv", ""]
    assert found[0].text == '近日，甲县说："赠书。"\n第二段，在乙村。'
    assert (found[0].id, found[0].published) == ("1", date(2021, 9, 3))
    assert found[4].id == "5"


def test_tsv_and_csv_without_text(tmp_path):
    (found,) = _read(tmp_path / "a.tsv", "text\tid\n甲县\t1\n")
    assert found.id == "1"
    assert _codes(_written_until_error(tmp_path / "b.csv", "正文\n甲县\n")) == ["missing-text"]


def test_csv_broken_quote(tmp_path):
    found = _read(tmp_path / "a.csv", 'text\n甲县\n"乙县')
    assert _codes(found) == ["", "csv"]


def test_parquet(tmp_path):
    table = pa.table(
        {
            "text": pa.array([_TEXT, None, "乙村"]).dictionary_encode(),
            "published": pa.array([datetime(2021, 9, 3, 8), None, None]),
            "id": [1, 2, 3],
            "vector": [[0.5], [0.5], [0.5]],
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    found = list(read_inputs([tmp_path / "a.parquet"]))
    assert _codes(found) == ["", "missing-text", ""]
    assert (found[0].id, found[0].published, found[2].record) == ("1", date(2021, 9, 3), 3)


@pytest.mark.parametrize(("content", "code"), [(b"PAR1 broken", "parquet"), (b"", "parquet")])
def test_bad_parquet(tmp_path, content, code):
    (tmp_path / "a.parquet").write_bytes(content)
    assert _codes(_until_error(tmp_path)) == [code]


def test_parquet_without_text(tmp_path):
    pq.write_table(pa.table({"正文": ["甲县"]}), tmp_path / "a.parquet")
    assert _codes(_until_error(tmp_path)) == ["missing-text"]


@pytest.mark.parametrize("suffix", [".txt", ".jsonl", ".json", ".csv"])
def test_single_line_of_5_mb(tmp_path, suffix):
    line = "近日，甲县图书馆向乙村赠书500册。" * 100_000
    content = {".txt": line, ".csv": "text\n" + line}.get(
        suffix, json.dumps({"text": line}, ensure_ascii=False)
    )
    (tmp_path / f"a{suffix}").write_text(content, encoding="utf-8")
    (tmp_path / "b.txt").write_text(_TEXT, encoding="utf-8")
    began = time.perf_counter()
    found = list(segment_documents(read_inputs([tmp_path]), SegmentParams()))
    assert time.perf_counter() - began < 20
    assert _codes(found) == ["csv" if suffix == ".csv" else "too-long", ""]


def test_ids(tmp_path):
    rows = [
        {"id": "x", "text": _TEXT},
        {"text": _TEXT},
        {"id": "x", "text": _TEXT},
        {"id": "b-1", "text": _TEXT},
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    (tmp_path / "b.txt").write_text(_TEXT, encoding="utf-8")
    (tmp_path / "c.txt").write_text("8\n", encoding="utf-8")
    found = list(segment_documents(read_inputs([tmp_path]), SegmentParams()))
    assert _codes(found) == ["", "", "duplicate-id", "", "duplicate-id", "no-report"]
    assert [each.report_id for each in found if not isinstance(each, Reject)] == ["x", "a-2", "b-1"]
    assert found[4].message == "the id 'b-1' was seen before"


def test_record_with_title_and_source(tmp_path):
    row = {
        "title": "甲县赠书",
        "text": "近日，甲县赠书。（来源：甲县图书馆）",
        "published": "2021-09-03",
        "region": "云岭",
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(row), encoding="utf-8")
    (report,) = segment_documents(read_inputs([tmp_path]), SegmentParams())
    assert report.text == "甲县赠书\n近日，甲县赠书。（来源：甲县图书馆）"
    assert (report.body_start, report.title_span) == (5, (0, 4))
    assert (report.source, report.region, report.published_from) == ("甲县图书馆", "云岭", "metadata")
