"""Who takes what a report lists gift by gift."""

import pytest
import scenes

from pipeline.linking.sides import visited
from pipeline.linking.takers import outright_taker, taker_before

_TAKEN = "{青溪县红十字会|ORG}收到的捐款已有30万元。"


def _taker(text, score=0.2):
    scene = scenes.told(text).scene()
    draft = scene.drafts[-1]
    found = taker_before(scene, draft, [(score, party) for party in scene.named])
    return found and scene.text[found.start : found.end]


@pytest.mark.parametrize(
    "listed",
    ["其中，{柳河商会|ORG}捐款6万元。", "{河东同乡会|ORG}捐4万元，{青溪农商行|ORG}捐赠3万元。"],
)
def test_gifts_listed_behind_their_sum_go_to_who_took_it(listed):
    assert _taker(_TAKEN + listed) == "青溪县红十字会"


@pytest.mark.parametrize(
    "text",
    [
        _TAKEN + "{柳河商会|ORG}为家乡捐款6万元。",
        "{青溪县红十字会|ORG}组织募捐。其中，{柳河商会|ORG}捐款6万元。",
        _TAKEN + "{石桥小学|ORG}收到捐款5万元。{柳河商会|ORG}捐款6万元。",
        _TAKEN + "{石桥小学|ORG}收到{柳河商会|ORG}6万元。",
    ],
)
def test_nobody_is_taken_for_the_taker(text):
    assert _taker(text) is None


def test_a_likely_recipient_stays():
    assert _taker(_TAKEN + "{柳河商会|ORG}捐款6万元。", score=0.7) is None


@pytest.mark.parametrize(
    ("text", "taker"),
    [
        ("{海州商会|ORG}向{青溪县|LOC}的{石桥小学|ORG}捐赠图书300册。", "石桥小学"),
        ("{海州商会|ORG}向{柳河镇|LOC}、{白沙镇|LOC}等乡镇的12所小学捐赠图书300册。", "12所小学"),
        ("{海州商会|ORG}为{柳河县|LOC}、{白沙县|LOC}两县的300名学生赠送书包300个。", "300名学生"),
        ("{海州商会|ORG}向{柳河镇|LOC}、{白沙镇|LOC}捐赠图书300册。", "柳河镇、白沙镇"),
        ("{海州商会|ORG}向{石桥村|LOC}的{村委会|ORG}捐赠图书300册。", "石桥村"),
        ("{海州商会|ORG}向{石桥村|LOC}的困难群众捐赠大米60袋。", "石桥村"),
    ],
)
def test_a_place_that_only_says_where_the_taker_is(text, taker):
    scene = scenes.told(text).scene()
    found, _ = outright_taker(scene, scene.drafts[-1], [])
    assert found and scene.text[found.start : found.end] == taker


@pytest.mark.parametrize(
    ("behind", "home"),
    [("。", "石桥小学"), ("；向该校捐赠电脑6台。", None), ("；向{河东小学|ORG}捐赠电脑6台。", "石桥小学")],
)
def test_a_place_gone_to_gets_what_its_people_get_unless_it_gets_more(behind, home):
    text = "{柳河商会|ORG}来到{石桥小学|ORG}，给16名困难学生送上助学金6000元" + behind
    scene = scenes.told(text).scene()
    group = next(party for party in scene.parties if party.kind == "GROUP")
    found = visited(scene, scene.drafts[0], [(1.0, group)])
    assert (found and scene.text[found.start : found.end]) == home


def test_people_called_on_take_what_the_callers_bring():
    scene = scenes.told("{海州商会|ORG}走访了{张大山|PER}、{李有田|PER}，送去大米60斤。").scene()
    found, _ = outright_taker(scene, scene.drafts[-1], [])
    assert found and scene.text[found.start : found.end] == "张大山、李有田"
