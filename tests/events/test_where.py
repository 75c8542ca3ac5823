"""Where the goods of an act went: groups without a name, lists of places, names told behind their place."""

import pytest

from pipeline import schema
from pipeline.events.proto import Named, Proto
from pipeline.events.where import Where
from pipeline.places import PlacesParams


@pytest.fixture(scope="module")
def where():
    return Where(PlacesParams())


def _code(where, text, recipients, places=(), donor="", scope="single", **report):
    """The place of one act in the last sentence; `places` are its LOC mentions, `~` marks a group."""
    first = text.rfind("。", 0, len(text) - 1) + 1
    mentions = [
        schema.Mention("r", text.index(one), text.index(one) + len(one), one, label)
        for label, names in (("LOC", places), ("ORG", [donor] if donor else []))
        for one in names
    ]
    parties = tuple(
        Named(name.lstrip("~"), -1, -1, rule="group" if name.startswith("~") else "role")
        for name in recipients
    )
    donors = (Named(donor, -1, -1),) if donor else ()
    spans, acts = ((first, len(text)),), ((len(text) - 2, len(text) - 1),)
    proto = Proto("completed", scope, donors, parties, (), (), (), None, acts, spans, 1.0)
    place, _ = where(schema.Report("r", text=text, **report), mentions, proto)
    return place.code if place else None


def test_a_group_without_places_in_its_sentence_is_where_the_report_plays(where):
    text = "队员到了隆林各族自治县德峨镇，很冷。车从南宁运来棉被。他们给孩子们送去棉被。"
    assert _code(where, text, ["~孩子们"], ["隆林各族自治县德峨镇", "南宁"]) == "451031"


def test_a_total_over_the_years_takes_no_county_for_it(where):
    text = "活动走进路桥区。浙江省作家协会累计给孩子们送书。"
    found = _code(
        where, text, ["~孩子们"], donor="浙江省作家协会", scope="cumulative", title="活动走进路桥区"
    )
    assert found == "330000"


@pytest.mark.parametrize(
    ("group", "scope", "code"),
    [
        ("~困难职工", "cumulative", "330000"),
        ("~灾区", "cumulative", "331004"),
        ("~困难职工", "single", "331004"),
    ],
)
def test_a_total_for_people_of_no_place_stays_with_its_giver(where, group, scope, code):
    text = "台州市路桥区的一户人家领到大米。浙江省总工会累计给他们送大米。"
    firm = text.replace("浙江省总工会", "浙江米业公司")
    assert _code(where, firm, [group], ["台州市路桥区"], donor="浙江米业公司", scope=scope) == "331004"
    assert _code(where, text, [group], ["台州市路桥区"], donor="浙江省总工会", scope=scope) == code


def test_a_list_of_counties_is_their_city_and_of_provinces_nothing(where):
    assert _code(where, "万安、遂川两县的村民收到邮包。", [], ["万安", "遂川"], region="江西") == "360800"
    assert _code(where, "书将送给云南、贵州的儿童。", ["~儿童"], ["云南", "贵州"]) is None


def test_one_place_of_a_list_that_cannot_be_read_hides_none(where):
    assert _code(where, "书送到芦山县和青木沟的孩子手中。", ["~孩子"], ["芦山县", "青木沟"]) == "511826"


def test_a_school_without_place_lies_where_its_sentence_says(where):
    text = "平顶山市石龙区的春芽小学和秋实小学很新。商会给秋实小学捐款。"
    assert _code(where, text, ["秋实小学"], ["平顶山市石龙区"]) == "410404"


def test_a_name_with_its_own_county_keeps_it(where):
    text = "车队从石龙区出发，到鲁山县熊背乡中心小学。商会给鲁山县熊背乡中心小学捐款。"
    assert _code(where, text, ["鲁山县熊背乡中心小学"], ["石龙区"]) == "410423"


@pytest.mark.parametrize(
    ("takers", "places", "code"),
    [
        (["江西省南丰县太和镇丹阳村", "育英希望小学"], ["江西省南丰县太和镇丹阳村"], "361023"),
        (["育英希望小学"], ["江西省南丰县太和镇丹阳村"], "361023"),
    ],
)
def test_a_name_without_a_place_goes_with_the_place_told_beside_it(where, takers, places, code):
    text = "厦门市集美区图书馆到了江西省南丰县太和镇丹阳村。他们给育英希望小学送书。"
    assert _code(where, text, takers, places, donor="厦门市集美区图书馆", source="集美大学") == code


@pytest.mark.parametrize(
    ("told", "group", "code"),
    [
        ("巴塘县上月遭了地震", "~灾区", "513335"),
        ("巴塘县近日遭遇强降雨", "~受灾地区", "513335"),
        ("巴塘县办起书展", "~灾区", "320583"),
        ("巴塘县上月遭了地震", "~困难学生", "320583"),
    ],
)
def test_a_stricken_area_is_where_the_disaster_was(where, told, group, code):
    text = f"{told}。昆山的企业给他们送去毛毯。"
    assert _code(where, text, [group], ["巴塘县", "昆山"]) == code


def test_where_the_goods_set_out_is_no_place_of_the_gift(where):
    text = "货车驶进阳山县七拱镇,卸下从广州运来的大米,送给灾民。"
    assert _code(where, text, ["~灾民"], ["广州", "阳山县七拱镇"]) == "441823"
    assert _code(where, text.replace("从", ""), ["~灾民"], ["广州"]) == "440100"


def test_a_stricken_area_may_be_called_by_its_province(where):
    text = "四川灾区缺书。消息传到北京。书社又捐出被子。"
    assert _code(where, text, ["~灾区"], ["北京", "四川"]) == "510000"


@pytest.mark.parametrize(("label", "code"), [("PER", "321181"), ("LOC", "320000")])
def test_a_persons_name_holds_no_place(where, label, code):
    text = "丹阳中学老师来了。书社送给小海一副助听器。"
    names = (("ORG", "丹阳中学"), (label, "小海"))
    mentions = [schema.Mention("r", text.index(n), text.index(n) + len(n), n, kind) for kind, n in names]
    sentence = ((text.index("书社"), len(text)),)
    taker = (Named("小海", -1, -1),)
    proto = Proto("completed", "single", (), taker, (), (), (), None, ((20, 21),), sentence, 1.0)
    place, _ = where(schema.Report("r", text=text, region="江苏"), mentions, proto)
    assert place is not None
    assert place.code == code


@pytest.mark.parametrize(
    ("taker", "code"),
    [
        ("中国人民解放军31234部队", "513436"),
        ("中国红十字会总会", None),
        ("~全国各地60所学校", None),
        ("~全国12个省区市", None),
        ("柬埔寨", None),
    ],
)
def test_a_unit_lies_at_home_and_what_goes_all_over_or_abroad_nowhere(where, taker, code):
    text = "消息传到美姑县。美姑县图书馆送去图书300册。"
    places = ["美姑县"] if taker[0] in "~柬" else []
    assert _code(where, text, [taker], places, "美姑县图书馆") == code


def test_where_one_of_them_is_from_is_no_place_of_a_group(where):
    text = "助学金发放仪式在学校举行。来自会宁县的小梁说了话。济南市环境保护产业协会给新生发放助学金。"
    assert _code(where, text, ["~新生"], ["会宁县"], "济南市环境保护产业协会") == "370100"
