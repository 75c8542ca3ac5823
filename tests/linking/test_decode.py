"""The decoder over decisions made by hand, so that each threshold and each rule stands alone.

`_model` decides by bias; a fact given by name changes it. Roles go by the particle before a party: subjects
give, parties behind 向 receive, unless a test says otherwise.
"""

import math
from itertools import takewhile

import pytest
import scenes

from pipeline.linking.decode import decode
from pipeline.linking.grammar import (
    acting_party,
    commissioned,
    handed_on,
    helped,
    receiver,
    sends_givers,
    told_of_another,
)
from pipeline.linking.model import Decision, LinkerModel
from pipeline.linking.officers import for_institutions
from pipeline.linking.params import LinkingParams
from pipeline.linking.roles import same_party
from pipeline.schema import Act, Link

_PLAIN = "{青溪县图书馆|ORG}向{石桥村|LOC}捐赠图书500册。"
_ROLES = ("donor", "intermediary", "none", "recipient")
_BY_PARTICLE = {"b=start": "donor", "b=to": "recipient", "b=at": "recipient", "b=via": "intermediary"}
_SURE, _NEVER = 0.95, 0.01


def _logit(probability):
    return math.log(probability / (1 - probability))


def _binary(names, probability, facts):
    """`probability` of the last name; a fact in `facts` sets its own."""
    bias = _logit(probability)
    return Decision(names, (bias,), {fact: (_logit(other) - bias,) for fact, other in facts.items()})


def _role(facts):
    """Probabilities of donor, intermediary and recipient by fact; what is left is none."""
    weights = {}
    for fact, shares in facts.items():
        left = 1 - sum(shares.values())
        weights[fact] = tuple(
            math.log(max(shares.get(role, left if role == "none" else 0), 1e-9)) for role in _ROLES
        )
    return Decision(_ROLES, (0.0, 0.0, 1e-3, 0.0), weights)


def _model(act=_SURE, good=_SURE, date=_SURE, status=_NEVER, scope=_NEVER, roles=None, **facts):
    plain = {fact: {role: 0.9} for fact, role in _BY_PARTICLE.items()}
    return LinkerModel(
        {
            "act": _binary(("no", "yes"), act, facts.get("acts", {})),
            "good": _binary(("no", "yes"), good, facts.get("goods", {})),
            "date": _binary(("no", "yes"), date, facts.get("dates", {})),
            "status": _binary(("completed", "planned"), status, {}),
            "scope": _binary(("single", "cumulative"), scope, {}),
            "role": _role(plain if roles is None else roles),
        }
    )


def _decoded(marked, model, **params):
    told = scenes.told(marked)
    return told, decode(told.scene(), model, LinkingParams(**params))


def _acts(layer):
    return [record for record in layer if isinstance(record, Act)]


def _links(told, layer, role):
    return [told.words(link) for link in layer if isinstance(link, Link) and link.role == role]


def _names(layer, role):
    return [name for link in layer if isinstance(link, Link) and link.role == role for name in link.names]


def _takers(layer):
    """Recipients by act."""
    links = [link for link in layer if isinstance(link, Link) and link.role == "recipient"]
    return [
        [name for link in links if link.act_no == act.act_no for name in link.names] for act in _acts(layer)
    ]


def test_an_act_with_its_arguments():
    told, layer = _decoded("9月1日，" + _PLAIN, _model())
    assert isinstance(layer[0], Act)
    assert (layer[0].trigger, layer[0].status, layer[0].scope) == ("捐赠", "completed", "single")
    assert told.report.text[layer[0].first : layer[0].last] == told.report.text
    found = {role: _links(told, layer, role) for role in ("donor", "recipient", "item", "date")}
    assert found == {"donor": ["青溪县图书馆"], "recipient": ["石桥村"], "item": ["图书"], "date": ["9月1日"]}
    (item,) = (link for link in layer if isinstance(link, Link) and link.role == "item")
    assert told.report.text[item.figure_start : item.figure_end] == "500册"


def test_acts_are_numbered_in_order_and_followed_by_their_links():
    _, layer = _decoded(_PLAIN + "{白沙县图书馆|ORG}向{河东村|LOC}捐赠书架6组。", _model())
    assert [act.act_no for act in _acts(layer)] == [0, 1]
    assert [record.act_no for record in layer] == sorted(record.act_no for record in layer)
    for act in _acts(layer):
        behind = layer[layer.index(act) + 1 :]
        assert list(takewhile(lambda record: isinstance(record, Link), behind))


@pytest.mark.parametrize(("bar", "kept"), [(0.49, 1), (0.51, 0)])
def test_act_threshold(bar, kept):
    _, layer = _decoded(_PLAIN, _model(act=0.5), act=bar, report=0.0)
    assert len(_acts(layer)) == kept


@pytest.mark.parametrize(("bar", "kept"), [(0.69, 2), (0.71, 0)])
def test_report_threshold_asks_for_one_likely_act_in_the_whole_report(bar, kept):
    text = _PLAIN + "{白沙县图书馆|ORG}向{河东村|LOC}赠送书架6组。"
    _, layer = _decoded(text, _model(act=0.5, acts={"w=捐赠": 0.7}), act=0.3, report=bar)
    assert len(_acts(layer)) == kept


@pytest.mark.parametrize(("bar", "kept"), [(0.19, 2), (0.21, 1)])
def test_batch_threshold_for_a_sentence_that_only_counts(bar, kept):
    text = "{青溪县图书馆|ORG}向{石桥村|LOC}捐赠一批图书。这批图书共860册。"
    _, layer = _decoded(text, _model(acts={"w=none": 0.2}), batch=bar)
    assert len(_acts(layer)) == kept


@pytest.mark.parametrize(("bar", "status"), [(0.39, "planned"), (0.41, "completed")])
def test_planned_threshold(bar, status):
    _, layer = _decoded(_PLAIN, _model(status=0.4), planned=bar)
    assert layer[0].status == status


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("7月30日，{青溪县图书馆|ORG}先后来到两村，向{石桥村|LOC}捐赠图书500册。", "single"),
        ("2021年7月30日至31日，{青溪县图书馆|ORG}向{石桥村|LOC}捐赠图书500册。", "single"),
        ("截至7月30日，{青溪县图书馆|ORG}向{石桥村|LOC}捐赠图书500册。", "cumulative"),
        ("7月30日，{青溪县图书馆|ORG}向{石桥村|LOC}共捐赠图书500册。", "cumulative"),
        ("7月，{青溪县图书馆|ORG}向{石桥村|LOC}捐赠图书500册。", "cumulative"),
    ],
)
def test_a_sentence_of_one_day_tells_no_running_total(text, scope):
    _, layer = _decoded(text, _model(scope=0.9))
    assert {record.scope for record in layer if isinstance(record, Act)} == {scope}


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("灾情发生以来，{青溪县商会|ORG}先后向{石桥村|LOC}捐赠图书500册。", "cumulative"),
        ("多年来，{青溪县商会|ORG}向{石桥村|LOC}捐赠图书500册。", "cumulative"),
        ("{李平|PER}把多年来收藏的图书500册捐给{石桥村|LOC}。", "single"),
        ("{石桥村|LOC}迎来迄今最大的一笔：{青溪县商会|ORG}捐赠图书500册。", "single"),
    ],
)
def test_since_something_happened_is_a_running_total_and_years_of_collecting_are_none(text, scope):
    _, layer = _decoded(text, _model(scope=_NEVER))
    assert {record.scope for record in layer if isinstance(record, Act)} == {scope}


@pytest.mark.parametrize(("bar", "scope"), [(0.29, "cumulative"), (0.31, "single")])
def test_cumulative_threshold(bar, scope):
    _, layer = _decoded(_PLAIN, _model(scope=0.3), cumulative=bar)
    assert layer[0].scope == scope


@pytest.mark.parametrize(("bar", "items"), [(0.49, ["图书", "书架"]), (0.51, ["图书"])])
def test_good_threshold(bar, items):
    model = _model(goods={"cat=furniture": 0.5})
    told, layer = _decoded("{青溪县图书馆|ORG}捐赠图书500册、书架6组。", model, good=bar)
    assert _links(told, layer, "item") == items


@pytest.mark.parametrize(("bar", "items"), [(0.76, ["图书", "绘本"]), (0.84, ["图书"])])
def test_a_stated_part_passes_at_a_quarter(bar, items):
    model = _model(goods={"role=part": 0.2})
    told, layer = _decoded("{青溪县图书馆|ORG}捐赠图书500册，其中绘本200册。", model, good=bar)
    assert _links(told, layer, "item") == items


def test_an_act_without_goods_is_none():
    assert _decoded(_PLAIN, _model(good=_NEVER))[1] == ()


@pytest.mark.parametrize(
    ("body", "items"), [("馆员来到村里。", ["电脑"]), ("{青溪县图书馆|ORG}收到书架6组。", [])]
)
def test_a_headline_keeps_its_goods_only_where_nothing_is_counted(body, items):
    told, layer = _decoded(f"{{青溪县图书馆|ORG}}捐赠电脑\n{body}", _model(good=_NEVER))
    assert _links(told, layer, "item") == items


@pytest.mark.parametrize(("bar", "dates"), [(0.29, ["近日"]), (0.31, [])])
def test_date_threshold(bar, dates):
    told, layer = _decoded("近日，" + _PLAIN, _model(date=0.3), date=bar)
    assert _links(told, layer, "date") == dates


def test_nobody_stands_on_both_sides():
    both = {"b=start": {"donor": 0.9}, "b=to": {"recipient": 0.8}}
    text = "{青溪县图书馆|ORG}和{青溪县校友会|ORG}向{青溪县图书馆|ORG}捐赠图书500册。"
    _, layer = _decoded(text, _model(roles=both))
    sides = [set(_names(layer, role)) for role in ("donor", "recipient")]
    assert sides[0] and not sides[0] & sides[1]


@pytest.mark.parametrize(
    ("day", "names"), [("", ["青溪县图书馆", "青溪县司法局"]), ("9月3日，", ["青溪县图书馆"])]
)
def test_who_joined_the_donor_gives_too_on_that_day(day, names):
    joined = "9月1日，{青溪县图书馆|ORG}联合{青溪县司法局|ORG}开展活动。" + day
    _, layer = _decoded(joined + _PLAIN, _model())
    assert _names(layer, "donor") == names


_WITH = {"b=start": {"donor": 0.9}, "b=with": {"donor": 0.9}, "b=to": {"recipient": 0.9}}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "{青溪县图书馆|ORG}为书屋授牌，并联合{青溪县司法局|ORG}，向{石桥村|LOC}捐赠图书500册。",
            ["青溪县司法局", "青溪县图书馆"],
        ),
        (
            "{青溪县慈善会|ORG}开通捐款通道，又联合{禾丰公司|ORG}，买下棉衣60件，送往{石桥村|LOC}。",
            ["青溪县慈善会", "禾丰公司"],
        ),
        (
            "{石桥小学|ORG}开学，{青溪县图书馆|ORG}联合{青溪县司法局|ORG}向{石桥村|LOC}捐赠图书500册。",
            ["青溪县图书馆", "青溪县司法局"],
        ),
        ("{石桥小学|ORG}开学，{青溪县图书馆|ORG}向{石桥村|LOC}捐赠图书500册。", ["青溪县图书馆"]),
    ],
)
def test_the_subject_gives_with_whom_a_clause_of_its_sentence_joins_to_it(text, names):
    _, layer = _decoded(text, _model(roles=_WITH))
    assert sorted(_names(layer, "donor")[-2:]) == sorted(names)


def test_a_list_in_the_acts_sentence_counts_more_than_one_of_it_told_elsewhere():
    text = "{青溪县图书馆|ORG}与{青溪县书店|ORG}到村里，把图书500册送到{石桥村|LOC}。{青溪县图书馆|ORG}很老。"
    _, layer = _decoded(text, _model())
    assert _names(layer, "donor") == ["青溪县图书馆", "青溪县书店"]


@pytest.mark.parametrize(
    ("place", "names"),
    [("走进{石桥敬老院|ORG}为", ["石桥敬老院"]), ("在{青溪县|LOC}为", ["60名老人"]), ("为", ["60名老人"])],
)
def test_whose_people_are_told_by_number_gets_the_gift(place, names):
    group = _model(roles={"kind=GROUP": {"recipient": 0.9}, "b=start": {"donor": 0.9}})
    _, layer = _decoded("{青溪县商会|ORG}" + place + "60名老人送去面粉60袋。", group)
    assert _names(layer, "recipient") == names


_FIRST = "9月1日，{青溪县商会|ORG}向{石桥小学|ORG}捐赠电脑6台。"


@pytest.mark.parametrize(
    ("before", "dates"),
    [
        (_FIRST, ["9月1日"]),
        (_FIRST + "截至目前，", []),
        (_FIRST + "截至记者发稿时，", []),
        (_FIRST + "到截稿，", []),
        (_FIRST + "此前，", []),
        (_FIRST + "累计已", []),
        ("9月1日，馆员来到村里。累计9月3日以来，", ["9月3日以来"]),
        ("9月1日，馆员来到村里。此前，8月2日，", ["8月2日"]),
        ("9月1日，馆员来到村里。截至9月3日，", ["9月3日"]),
        ("截至9月3日，全馆清点了旧书。", []),
        ("到9月3日为止，全馆清点了旧书。", []),
        ("他们走到9月3日，全馆清点了旧书。", ["9月3日"]),
        ("7月1日，馆员开会；7月2日，义工打包；", []),
        ("7月1日，馆员开会；7月2日，义工打包；7月3日，", ["7月3日"]),
        ("7月1日，馆员开会；义工打包；", ["7月1日"]),
        ("记者9月1日从{青溪县文旅局|ORG}获悉，", []),
        ("昨日，记者从{青溪县文旅局|ORG}了解到，", []),
        ("短短一星期时间，", []),
        ("近日，", ["近日"]),
        ("7月1日，馆员进村。村里此前没有路灯，这次，", ["7月1日"]),
        ("7月1日，馆员进村。此前，", []),
    ],
)
def test_days_that_are_not_the_acts(before, dates):
    told, layer = _decoded(before + _PLAIN, _model())
    last = max(link.act_no for link in layer if isinstance(link, Link))
    assert [
        told.words(r) for r in layer if isinstance(r, Link) and (r.act_no, r.role) == (last, "date")
    ] == dates


@pytest.mark.parametrize(
    ("gap", "dated"),
    [
        ("", True),
        ("\n", False),
        ("\n与此同时，", True),
        ("\n下午的座谈会上，", True),
        ("\n前一次，", False),
        ("\n走访中，", True),
        ("\n仪式结束后，", True),
        ("\n上午九点多，车开进操场。", True),
        ("\n以下为明细：\n", False),
    ],
)
def test_the_day_of_anothers_act_stays_in_its_paragraph(gap, dated):
    _, layer = _decoded("社会各界献爱心\n" + _FIRST + gap + _PLAIN, _model())
    own = [r for r in layer if isinstance(r, Link) and (r.act_no, r.role) == (1, "date")]
    assert bool(own) is dated
    _, layer = _decoded("社会各界献爱心\n" + _FIRST + gap + _FIRST.removeprefix("9月1日，"), _model())
    assert [r for r in layer if isinstance(r, Link) and (r.act_no, r.role) == (1, "date")]


def test_the_day_of_a_gift_only_announced_dates_what_later_paragraphs_tell():
    head = "社会各界献爱心\n9月1日，{白沙县图书馆|ORG}在柳河镇举行图书捐赠仪式。\n"
    _, layer = _decoded(head + _PLAIN, _model())
    last = max(r.act_no for r in layer if isinstance(r, Link))
    assert [r for r in layer if isinstance(r, Link) and (r.act_no, r.role) == (last, "date")]


def test_the_day_at_the_head_of_a_list_dates_its_lines():
    head = _FIRST.removesuffix("。") + "，捐赠名单如下：\n"
    _, layer = _decoded("社会各界献爱心\n" + head + _PLAIN, _model())
    assert [r for r in layer if isinstance(r, Link) and (r.act_no, r.role) == (1, "date")]


def test_the_day_of_a_later_count_dates_no_act_before_it():
    told, layer = _decoded("9月1日，馆员来到村里。" + _PLAIN + "截至9月3日，" + _PLAIN, _model())
    days = [told.words(r) for r in layer if isinstance(r, Link) and (r.act_no, r.role) == (0, "date")]
    assert days == ["9月1日"]


def test_an_act_that_no_day_dates_takes_no_day_of_its_story():
    told, layer = _decoded("2021年9月1日，馆员来到村里。" + _PLAIN, _model(date=_NEVER))
    assert _links(told, layer, "date") == []


@pytest.mark.parametrize(
    ("kind", "score", "dated"),
    [
        ({}, 0.4, True),
        ({"status": _SURE}, 0.9, False),
        ({"scope": _SURE}, 0.4, False),
        ({"scope": _SURE}, 0.6, True),
    ],
)
def test_plans_and_totals_have_a_day_of_their_own(kind, score, dated):
    told, layer = _decoded("9月1日，馆员来到村里。" + _PLAIN, _model(date=score, **kind))
    assert bool(_links(told, layer, "date")) is dated
    told, layer = _decoded("9月1日，" + _PLAIN, _model(date=score, **kind))
    assert _links(told, layer, "date") == ["9月1日"]


@pytest.mark.parametrize(
    ("bar", "donors"), [(0.39, ["青溪县图书馆", "白沙县图书馆"]), (0.41, ["白沙县图书馆"])]
)
def test_role_threshold(bar, donors):
    model = _model(roles={"b=start": {"donor": 0.4}, "b=and": {"donor": 0.45}})
    text = "{青溪县图书馆|ORG}馆员同{白沙县图书馆|ORG}捐赠图书500册。"
    _, layer = _decoded(text, model, role=bar, role_share=0.8)
    assert _names(layer, "donor") == sorted(donors, key=text.index, reverse=True)


@pytest.mark.parametrize(("floor", "donors"), [(0.29, ["青溪县图书馆"]), (0.31, [])])
def test_the_best_party_below_the_threshold_passes_the_floor(floor, donors):
    model = _model(roles={"b=start": {"donor": 0.3}})
    _, layer = _decoded("{青溪县图书馆|ORG}馆员捐赠图书500册。", model, role=0.5, role_floor=floor)
    assert _names(layer, "donor") == donors


@pytest.mark.parametrize(("share", "count"), [(0.74, 2), (0.76, 1)])
def test_a_second_party_needs_a_share_of_the_best_score(share, count):
    model = _model(roles={"b=start": {"donor": 0.8}, "b=and": {"donor": 0.6}})
    text = "{青溪县图书馆|ORG}馆员同{白沙县图书馆|ORG}捐赠图书500册。"
    _, layer = _decoded(text, model, role_share=share)
    assert len(_names(layer, "donor")) == count


@pytest.mark.parametrize(("bar", "count"), [(0.29, 1), (0.31, 0)])
def test_intermediary_threshold(bar, count):
    model = _model(roles={"b=via": {"intermediary": 0.3}})
    _, layer = _decoded("通过{青溪县慈善会|ORG}捐赠图书500册。", model, intermediary=bar)
    assert len(_names(layer, "intermediary")) == count


@pytest.mark.parametrize(("window", "donors"), [(1, []), (2, ["青溪县图书馆"])])
def test_parties_beyond_the_window_of_sentences_take_no_part(window, donors):
    text = "{青溪县图书馆|ORG}心系山村。天气晴好。向孩子们捐赠图书500册。"
    _, layer = _decoded(text, _model(), window=window)
    assert _names(layer, "donor") == donors


def test_a_party_has_one_role_in_an_act():
    model = _model(roles={"b=start": {"donor": 0.9}, "b=at": {"recipient": 0.7}})
    text = "{青溪县图书馆|ORG}捐赠图书500册。大家来到{青溪县图书馆|ORG}。"
    _, layer = _decoded(text, model)
    assert (_names(layer, "donor"), _names(layer, "recipient")) == (["青溪县图书馆"], [])


def test_whom_grammar_marks_before_the_verb_receives():
    model = _model(roles={"b=start": {"recipient": 0.9}})
    _, layer = _decoded("{白沙县图书馆|ORG}向{石桥村|LOC}捐赠图书500册。", model)
    assert _names(layer, "recipient") == ["石桥村"]


def test_whom_grammar_marks_behind_the_verb_receives():
    model = _model(roles={"b=start": {"recipient": 0.9}})
    _, layer = _decoded("{白沙县图书馆|ORG}将图书500册送给{石桥村|LOC}。", model)
    assert _names(layer, "recipient") == ["石桥村"]


def test_institutions_told_by_number_receive():
    _, layer = _decoded("{青溪县图书馆|ORG}向46个行政村赠送图书500册。", _model())
    (link,) = (link for link in layer if isinstance(link, Link) and link.role == "recipient")
    assert (link.names, link.rule) == (("46个行政村",), "group")


@pytest.mark.parametrize(("share", "names"), [(0.9, ["石桥小学"]), (0.05, ["困难学生"])])
def test_a_group_receives_only_where_nobody_named_does(share, names):
    model = _model(roles={"b=start": {"donor": 0.9}, "b=at": {"recipient": share}})
    text = "{青溪县图书馆|ORG}来到{石桥小学|ORG}，为困难学生送去书包60个。"
    _, layer = _decoded(text, model, role_floor=0.25)
    assert _names(layer, "recipient") == names


def test_donors_of_the_acts_own_clause_come_first():
    model = _model(roles={"b=start": {"donor": 0.9}, "b=to": {"recipient": 0.9}})
    text = "{云岭省文化馆|ORG}十分关心，{青溪县图书馆|ORG}向{石桥村|LOC}捐赠图书500册。"
    assert _names(_decoded(text, model)[1], "donor") == ["青溪县图书馆"]


def test_a_likelier_donor_further_off_yields_to_one_in_the_acts_own_clause():
    model = _model(roles={"sent": {"donor": 0.9}, "same": {"donor": 0.8}})
    text = "{云岭省文化馆|ORG}十分关心，{青溪县图书馆|ORG}捐赠图书500册。"
    assert _names(_decoded(text, model)[1], "donor") == ["青溪县图书馆"]


def test_recipients_stand_in_one_sentence():
    text = "大家来到{石桥村|LOC}。馆员来到{河东村|LOC}，捐赠图书500册。"
    assert _names(_decoded(text, _model())[1], "recipient") == ["河东村"]


def test_one_gift_inside_a_collection_is_none():
    text = "会长{李明|PER}带头捐款2万元，{青溪县商会|ORG}捐款30万元。"
    told, layer = _decoded(text, _model())
    assert [told.report.text[act.start : act.end] for act in _acts(layer)] == ["捐款"]
    assert _acts(layer)[0].start == told.report.text.rindex("捐款")


@pytest.mark.parametrize(
    ("text", "sends"),
    [
        ("{石桥村|LOC}村民{李明|PER}捐款2000元。", True),
        ("{石桥小学|ORG}的师生踊跃捐款6800元。", True),
        ("{石桥小学|ORG}全体师生收到捐赠的图书500册。", False),
        ("{青溪县图书馆|ORG}向{石桥村|LOC}村民捐赠图书500册。", False),
        ("{石桥小学|ORG}踊跃捐款6800元。", True),
        ("{石桥小学|ORG}捐赠仪式上，大家捐款6800元。", False),
        ("{石桥小学|ORG}门口，大家捐款6800元。", False),
    ],
)
def test_the_home_of_those_who_give_gets_nothing(text, sends):
    scene = scenes.told(text).scene()
    assert [sends_givers(scene, p) for p in scene.named if p.kind != "PER"][-1] == sends


def test_a_home_of_givers_is_no_recipient():
    model = _model(roles={"b=start": {"recipient": 0.9}})
    text = "{石桥村|LOC}村民捐款2000元。"
    assert _names(_decoded(text, model)[1], "recipient") == []


def test_books_for_the_own_branches_are_no_act():
    text = "{青溪县图书馆|ORG}为{石桥镇分馆|ORG}配送图书800册，向{石桥村|LOC}捐赠图书500册。"
    told, layer = _decoded(text, _model())
    assert _links(told, layer, "item") == ["图书"]


def test_a_value_of_all_the_goods_is_linked():
    told, layer = _decoded("{青溪县图书馆|ORG}捐赠图书500册、书架6组，价值3万元。", _model())
    assert _links(told, layer, "value") == ["3万元"]


@pytest.mark.parametrize(
    ("place", "room", "names"),
    [
        ("柳河镇石桥村", "石桥村农家书屋", ["石桥村农家书屋"]),
        ("柳河镇石桥村", "河东村农家书屋", ["柳河镇石桥村", "河东村农家书屋"]),
        ("柳河镇石桥村", "石桥村党支部", ["柳河镇石桥村", "石桥村党支部"]),
        ("柳河镇石桥村", "石桥村委会", ["石桥村委会"]),
    ],
)
def test_a_village_beside_its_own_reading_room_is_no_second_recipient(place, room, names):
    marked = f"{{李平|PER}}向{{{place}|LOC}}送书，向{{{room}|ORG}}捐赠图书500册。"
    scene = scenes.told(marked).scene()
    chosen = [(0.9, party) for party in scene.parties if party.kind != "PER"]
    found = [n for _, p in for_institutions(scene, chosen) for s in p.members for n in scene.names.of(s)]
    assert found == names


def test_one_party_is_not_named_twice():
    text = "{青溪县图书馆|ORG}向{柳河镇石桥村|LOC}、{柳河镇石桥村村委会|ORG}捐赠图书500册。"
    assert _names(_decoded(text, _model())[1], "recipient") == ["柳河镇石桥村"]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("石桥村", "柳河镇石桥村", True),
        ("石桥村村委会", "石桥村", True),
        ("石桥村", "河东村", False),
        ("村", "石桥村", False),
    ],
)
def test_same_party(one, other, expected):
    assert same_party(one, other) is expected


def test_who_hands_on_and_to_whom_are_told_by_grammar():
    scene = scenes.told("{青溪县商会|ORG}募捐6180元，由{青溪县民政局|ORG}转交受灾群众。").scene()
    (draft,) = scene.drafts
    assert [scene.text[p.start : p.end] for p in handed_on(scene, draft)] == ["青溪县民政局", "受灾群众"]
    other = scenes.told("{青溪县商会|ORG}募捐6180元，由{青溪县民政局|ORG}公示，群众满意。").scene()
    assert handed_on(other, other.drafts[0]) is None


def test_who_acts_for_whom_is_told_by_grammar():
    scene = scenes.told("受{李平|PER}委托，{青溪县商会|ORG}带着3800册图书来到{石桥村|LOC}捐赠。").scene()
    party, agent = commissioned(scene, scene.drafts[0])
    assert (scene.text[party.start : party.end], scene.text[agent.start : agent.end]) == (
        "李平",
        "青溪县商会",
    )
    other = scenes.told("{青溪县商会|ORG}受邀向{石桥村|LOC}捐赠图书500册。").scene()
    assert commissioned(other, other.drafts[0]) is None


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("帮助困难学生{王小明|PER}渡过难关。", "王小明"),
        ("{王小明|PER}表示感谢。", None),
    ],
)
def test_the_clause_behind_says_whom_a_gift_helps(words, name):
    scene = scenes.told("{石桥中队|ORG}官兵捐款6800元，" + words).scene()
    found = helped(scene, scene.drafts[0])
    assert (found and scene.text[found.start : found.end]) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("{青溪县慈善会|ORG}已收到捐款100万元。", "青溪县慈善会"),
        ("{团县委|ORG}副书记周立群接受了来自各方的捐款5万元。", "团县委"),
        ("{青溪县慈善会|ORG}已捐款100万元。", None),
        ("仪式上，{石桥小学|ORG}代表发言，接受捐款5万元。", None),
    ],
)
def test_who_opens_a_clause_of_receiving_receives(text, name):
    scene = scenes.told(text).scene()
    found = receiver(scene, scene.drafts[-1])
    assert (found and scene.text[found.start : found.end]) == name


def test_the_recipient_of_a_later_act_is_not_that_of_the_act_before():
    text = "{青溪县餐饮协会|ORG}捐赠书包240个；{青溪县商会|ORG}向{石桥小学|ORG}捐赠图书500册。"
    scene = scenes.told(text).scene()
    school = next(p for p in scene.parties if p.before == "to")
    assert [told_of_another(scene, draft, school) for draft in scene.drafts] == [True, False]
    assert _names(_decoded(text, _model())[1], "recipient") == ["石桥小学"]


def test_the_object_of_a_helping_verb_receives():
    text = "{禾丰公司|ORG}慰问{石桥村|LOC}，并资助20名困难大学生6万元。"
    layer = _decoded(text, _model(roles={"b=start": {"donor": 0.9}, "kind=LOC": {"recipient": 0.9}}))[1]
    last = max(r.act_no for r in layer if isinstance(r, Link))
    assert [r.names for r in layer if isinstance(r, Link) and (r.act_no, r.role) == (last, "recipient")] == [
        ("20名困难大学生",)
    ]


def test_who_only_brings_in_the_donor_gives_nothing():
    text = "{青溪县审计局|ORG}积极联系{禾丰公司|ORG}，为{石桥小学|ORG}捐赠电脑60台。"
    model = _model(roles={"kind=ORG": {"donor": 0.9}, "b=to": {"recipient": 0.95}})
    assert _names(_decoded(text, model)[1], "donor") == ["禾丰公司"]
    joined = text.replace("积极联系", "与")
    assert _names(_decoded(joined, model)[1], "donor") == ["青溪县审计局", "禾丰公司"]


def test_givers_of_one_clause_stand_behind_the_verb_before():
    text = "善款中{禾丰公司|ORG}捐款5万元、{石桥公司|ORG}捐款2万元。"
    _, layer = _decoded(text, _model(roles={"kind=ORG": {"donor": 0.9}}))
    assert [(r.act_no, r.names) for r in layer if isinstance(r, Link) and r.role == "donor"] == [
        (0, ("禾丰公司",)),
        (1, ("石桥公司",)),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("{河湾村|LOC}为120名老人发放大米120袋。", "河湾村"),
        ("{河湾村|LOC}为学校捐赠桌椅30套、{石桥商会|ORG}为学校捐赠电扇6台。", "石桥商会"),
        ("{河湾村|LOC}为民服务中心，发放大米120袋。", None),
        ("在{河湾村|LOC}，{青溪县商会|ORG}发放大米120袋。", None),
    ],
)
def test_whoever_opens_the_clause_before_a_particle_acts(text, name):
    scene = scenes.told(text).scene()
    found = acting_party(scene, scene.drafts[-1])
    assert (found and scene.text[found.start : found.end]) == name


_VISIT = "{青溪县商会|ORG}到{石桥小学|ORG}座谈。当天，{青溪县商会|ORG}"


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("还看望了8户困难家庭，送去大米20袋。", ["8户困难家庭"]),
        ("把大米20袋送到了两所学校。", ["石桥小学"]),
        ("和8户困难家庭座谈，送去大米20袋。", ["石桥小学"]),
    ],
)
def test_a_marked_group_of_the_acts_sentence_receives_where_names_stand_elsewhere(words, names):
    roles = {"k=GROUP": {"recipient": 0.3}, **{fact: {role: 0.9} for fact, role in _BY_PARTICLE.items()}}
    _, layer = _decoded(_VISIT + words, _model(roles=roles, acts={"w=座谈": _NEVER}))
    assert _names(layer, "recipient") == names


@pytest.mark.parametrize(
    ("people", "names"), [("26户困难家庭", ["26户困难家庭"]), ("困难家庭", ["柳河中学"])]
)
def test_people_told_by_number_go_before_somebody_whom_only_a_later_sentence_names(people, names):
    roles = {"kind=GROUP": {"recipient": 0.3}, **{fact: {role: 0.9} for fact, role in _BY_PARTICLE.items()}}
    text = f"{{青溪县商会|ORG}}送去大米20袋，名单上是{people}。孩子要到{{柳河中学|ORG}}读书。"
    _, layer = _decoded(text, _model(roles=roles))
    assert _names(layer, "recipient") == names


def test_a_value_told_in_a_later_sentence_is_that_of_the_goods_before():
    told, layer = _decoded(_PLAIN + "书目有名人传记和少儿文学，总价值八万元。", _model())
    assert _links(told, layer, "value") == ["八万元"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("{青溪县图书馆|ORG}走进{岭脚幼儿园|ORG}，为52名孩子送去绘本300册。", ["岭脚幼儿园"]),
        ("{岭脚小学|ORG}地处山区。{青溪县图书馆|ORG}向全校90名学生赠送图书300册。", ["岭脚小学"]),
        ("{青溪县图书馆|ORG}在{岭脚小学|ORG}举行仪式，向12名困难学生捐赠图书60册。", ["12名困难学生"]),
        ("{青溪县图书馆|ORG}向12名困难学生捐赠图书60册。", ["12名困难学生"]),
        ("{青溪县图书馆|ORG}走进{石桥村|LOC}，为36户困难户捐赠图书60册。", ["石桥村"]),
        ("{青溪县图书馆|ORG}走进{石桥村|LOC}座谈；为36户困难户捐赠图书60册。", ["36户困难户"]),
    ],
)
def test_people_told_by_number_in_a_school_gone_to_stand_for_the_school(text, names):
    model = _model(roles={"b=start": {"donor": 0.9}, "sort=GROUP": {"recipient": 0.6}})
    _, layer = _decoded(text, model)
    assert _names(layer, "recipient") == names


_GIVERS = {f"b={name}": {"donor": 0.9} for name in ("start", "staff", "behalf", "and", "owned")}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("{禾丰公司|ORG}经理{李平|PER}连夜送去雨衣60件。", ["禾丰公司"]),
        ("{李平|PER}代表{禾丰公司|ORG}送去雨衣60件。", ["禾丰公司"]),
        ("{青溪县义工协会|ORG}的志愿者送去雨衣60件。", ["青溪县义工协会"]),
        ("{禾丰公司|ORG}及{李平|PER}经理送去雨衣60件。", ["李平", "禾丰公司"]),
    ],
)
def test_an_institution_and_its_officer_are_one_giver(text, names):
    _, layer = _decoded(text, _model(roles=_GIVERS))
    assert sorted(_names(layer, "donor")) == names


@pytest.mark.parametrize(
    ("told", "names"),
    [
        ("{李平|PER}走进病房，送上慰问金2000元。", ["青溪县总工会"]),
        ("{李平|PER}走进病房，捐款2000元。", ["李平"]),
        ("{李平|PER}走进病房，自掏腰包送上慰问金2000元。", ["李平"]),
    ],
)
def test_what_an_officer_of_a_public_body_hands_over_is_the_bodys(told, names):
    _, layer = _decoded(
        "日前，由{青溪县总工会|ORG}主席{李平|PER}带队走访。" + told, _model(roles={"b=start": {"donor": 0.9}})
    )
    assert _names(layer, "donor") == names


def test_what_an_officer_of_a_firm_hands_over_stays_his():
    text = "由{禾丰公司|ORG}负责人{李平|PER}走访。{李平|PER}走进病房，送上慰问金2000元。"
    _, layer = _decoded(text, _model(roles={"b=start": {"donor": 0.9}}))
    assert _names(layer, "donor") == ["李平"]


def test_recipients_named_in_the_acts_sentence_come_before_one_of_them_named_nearer():
    text = (
        "{青溪县图书馆|ORG}先后来到{石桥村|LOC}、{河东村|LOC}和{岭脚村|LOC}，捐赠图书500册。"
        "在{岭脚村|LOC}，大家座谈。"
    )
    _, layer = _decoded(text, _model(acts={"w=座谈": _NEVER}))
    assert _names(layer, "recipient") == ["石桥村", "河东村", "岭脚村"]


@pytest.mark.parametrize(
    ("lead", "names"),
    [("{石桥小学|ORG}和{河东小学|ORG}缺书。", ["石桥小学", "河东小学"]), ("山里的孩子缺书。", ["两所学校"])],
)
def test_schools_told_by_number_are_those_named_before(lead, names):
    _, layer = _decoded(lead + "{青溪县图书馆|ORG}为两所学校捐赠图书500册。", _model(acts={"w=缺书": _NEVER}))
    assert _names(layer, "recipient") == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("{石桥小学|ORG}校长{李平|PER}接过{甲公司|ORG}捐赠的图书300册。", ["石桥小学"]),
        ("{石桥小学|ORG}老校长{李平|PER}接过{甲公司|ORG}捐赠的图书300册。", ["李平"]),
    ],
)
def test_who_heads_an_institution_takes_for_it(text, names):
    model = _model(roles={"b=staff": {"recipient": 0.6}, "b=from": {"donor": 0.9}})
    _, layer = _decoded(text, model)
    assert _names(layer, "recipient") == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "{县民政局|ORG}发放慰问金，低保户210户，每户800元；孤儿8人，每人600元。",
            [["低保户210户"], ["孤儿8人"]],
        ),
        ("{县民政局|ORG}发放慰问金，累计资助学生386人，共193万元。", [["学生"], ["学生"]]),
    ],
)
def test_a_list_of_people_with_their_sums_tells_who_gets_which(text, names):
    _, layer = _decoded(text, _model())
    assert _takers(layer) == names


def test_of_a_list_each_part_has_its_own_recipient():
    text = "{甲局|ORG}给{石桥村|LOC}送去口罩2000只；{乙局|ORG}给{河湾村|LOC}送去体温枪10把。"
    model = _model(roles={"sort=LOC": {"recipient": 0.9}, "b=start": {"donor": 0.9}})
    _, layer = _decoded(text, model)
    assert _takers(layer) == [["石桥村"], ["河湾村"]]


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("9月2日上门看望：低保家庭48户，24000元；孤儿26人，13000元；老党员7人，7000元。", 3),
        ("9月2日上门看望：低保家庭48户，24000元；收入共计13000元，另有7000元存款。", 1),
    ],
)
def test_what_each_kind_of_people_gets_is_told_as_its_list_is(text, acts):
    model = _model(act=0.3, acts={"order=0": _SURE})
    _, layer = _decoded("{青溪县民政局|ORG}" + text, model)
    assert len(_acts(layer)) == acts


_HOME = "{柳河商会|ORG}的车停在{石桥小学|ORG}门口。天很冷。路很远。大家都来了。歌声响起。人越来越多。"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (_HOME + "{柳河商会|ORG}捐赠书包60个。", ["石桥小学"]),
        (_HOME + "{柳河商会|ORG}向{河东村|LOC}捐赠书包60个。", ["河东村"]),
        ("{石桥村|LOC}离县城远。" + _HOME + "{柳河商会|ORG}捐赠书包60个。", []),
        ("{河东中学|ORG}的车来了。天冷。路远。歌声响起。{河东中学|ORG}捐赠书包60个。", []),
    ],
)
def test_the_one_home_that_a_report_opens_with_gets_what_nobody_else_does(text, names):
    roles = _model(roles={"kind=ORG": {"donor": 0.9}, "b=to": {"recipient": 0.95}})
    _, layer = _decoded(text.replace("{石桥小学|ORG}门口", "{石桥小学|LOC}门口"), roles)
    assert _names(layer, "recipient") == names


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("会长{李明|PER}带头捐款2万元。", 0),
        ("{柳河商会|ORG}带头捐款8万元。", 1),
        ("{青溪县水利局|ORG}局长带头捐款2000元。", 0),
    ],
)
def test_who_leads_a_collection_gives_no_gift_of_their_own_unless_an_institution(text, acts):
    assert len(_acts(_decoded(text, _model())[1])) == acts
