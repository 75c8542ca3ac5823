"""Registers on disk -> the Parquet files."""

import json

import pyarrow.parquet as pq
import pytest

from pipeline.places.build import main

_TODAY = {
    "provinces": ["code,name", '37,"山东省"'],
    "cities": ["code,name,provinceCode", '3701,"济南市",37', '3790,"省直辖县级行政区划",37'],
    "areas": [
        "code,name,cityCode,provinceCode",
        '370112,"历城区",3701,37',
        '370171,"济南高新技术产业开发区",3701,37',
    ],
    "streets": [
        "code,name,areaCode,provinceCode,cityCode",
        '370112021,"西营街道",370112,37,3701',
        '370112022,"柳埠街道",370112,37,3701',
    ],
    "villages": [
        "code,name,streetCode,provinceCode,cityCode,areaCode",
        '370112021001,"老峪村村民委员会",370112021,37,3701,370112',
        '370112021002,"积米峪村村民委员会",370112021,37,3701,370112',
        '370112022001,"窝铺村委会",370112022,37,3701,370112',
    ],
}
_EARLIER = _TODAY | {
    "streets": [
        "code,name,areaCode,provinceCode,cityCode",
        '370112103,"西营镇",370112,37,3701',
        '370112104,"高而乡",370112,37,3701',
    ],
    "villages": [
        "code,name,streetCode,provinceCode,cityCode,areaCode",
        '370112103001,"老峪村委会",370112103,37,3701,370112',
        '370112103002,"积米峪村委会",370112103,37,3701,370112',
        '370112103003,"拔槊泉村委会",370112103,37,3701,370112',
        '370112104001,"窝铺村委会",370112104,37,3701,370112',
    ],
}


def _package(folder, version, tables):
    dist = folder / version / "dist"
    dist.mkdir(parents=True)
    (folder / version / "package.json").write_text(json.dumps({"version": version}), "utf-8")
    for name, lines in tables.items():
        (dist / f"{name}.csv").write_text("\n".join(lines) + "\n", "utf-8")
    return str(folder / version)


@pytest.fixture
def built(tmp_path):
    today = _package(tmp_path, "2.7.0", _TODAY)
    earlier = _package(tmp_path, "2.2.0", _EARLIER)
    main([today, earlier, "--out", str(tmp_path)])
    return tmp_path


def test_former_townships_follow_their_villages(built):
    former = pq.ParquetFile(built / "gazetteer_former.parquet").read().to_pylist()
    assert former == [
        {"name": "西营镇", "code": "370112021", "last_year": 2018},
        {"name": "高而乡", "code": "370112022", "last_year": 2018},
    ]


def test_villages_are_sorted_and_know_former_ones(built):
    rows = pq.ParquetFile(built / "gazetteer_villages.parquet").read().to_pylist()
    assert [row["stem"] for row in rows] == sorted(row["stem"] for row in rows)
    assert [(row["stem"], row["former"]) for row in rows if row["former"]] == [("拔槊泉", 1)]


def test_placeholders_are_dropped_and_metadata_kept(built):
    table = pq.ParquetFile(built / "gazetteer_units.parquet").read()
    assert "省直辖县级行政区划" not in table.column("name").to_pylist()
    assert table.schema.metadata[b"as_of"] == b"2023-06-30"


def test_same_bytes_on_every_run(built, tmp_path):
    first = (built / "gazetteer_villages.parquet").read_bytes()
    main([str(built / "2.7.0"), str(built / "2.2.0"), "--out", str(tmp_path)])
    assert (tmp_path / "gazetteer_villages.parquet").read_bytes() == first
