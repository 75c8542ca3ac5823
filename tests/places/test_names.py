"""Short forms of names."""

import pytest

from pipeline.places.names import short_forms, specific_name, township_stem, village_stem


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("丰都县", ("丰都",)),
        ("恩施土家族苗族自治州", ("恩施自治州", "恩施州", "恩施")),
        ("双江拉祜族佤族布朗族傣族自治县", ("双江自治县", "双江县", "双江")),
        ("东乡族自治县", ("东乡自治县", "东乡县", "东乡")),
        ("鄂温克族自治旗", ("鄂温克自治旗", "鄂温克旗", "鄂温克")),
        ("孟村回族自治县", ("孟村自治县", "孟村县", "孟村")),
        ("巴音郭楞蒙古自治州", ("巴音郭楞自治州", "巴音郭楞州", "巴音郭楞")),
        ("管城回族区", ("管城",)),
        ("内蒙古自治区", ("内蒙古区", "内蒙古")),
        ("浦东新区", ("浦东",)),
        ("蓟县", ()),
        ("绿园区", ("绿园",)),
        ("新疆维吾尔自治区", ("新疆自治区", "新疆区", "新疆")),
    ],
)
def test_short_forms(name, forms):
    assert short_forms(name) == forms


def test_zones_keep_their_seat():
    assert "郑州高新区" in short_forms("郑州高新技术产业开发区")
    assert "郑州市经开区" in short_forms("郑州经济技术开发区")


@pytest.mark.parametrize(
    ("name", "stem"), [("蓟县", "蓟"), ("大兴安岭地区", "大兴安岭"), ("锡林郭勒盟", "锡林郭勒")]
)
def test_specific_name(name, stem):
    assert specific_name(name) == stem


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("更合镇", "更合"),
        ("小沟背满族乡", "小沟背"),
        ("东湖街道", "东湖"),
        ("山镇", "山镇"),
        ("巴音苏木", "巴音"),
    ],
)
def test_township_stem(name, stem):
    assert township_stem(name) == stem


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("官仁村委会", ("官仁", "村")),
        ("老峪村村民委员会", ("老峪", "村")),
        ("水井村村委会", ("水井", "村")),
        ("丁村村民委员会", ("丁村", "村")),
        ("新村村委会", ("新村", "村")),
        ("田坝居委会", ("田坝", "社区")),
        ("多福巷社区居委会", ("多福巷", "社区")),
        ("赛汗呼热嘎查", ("赛汗呼热", "嘎查")),
        ("红旗嘎查委员会", ("红旗", "嘎查")),
        ("康乐社区（滨河）", ("康乐", "社区")),
        ("村委会", ("村委会", "")),
    ],
)
def test_village_stem(name, parts):
    assert village_stem(name) == parts
