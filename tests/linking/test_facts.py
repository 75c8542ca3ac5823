"""Facts that decisions stand on: sets of strings that say nothing of the report's own names and figures."""

import re

import pytest
import scenes
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.linking.date_facts import date_features, scope_features
from pipeline.linking.features import (
    act_features,
    good_features,
    name_class,
    role_features,
)

_TITLE = "{donor}向{reader}赠书\n"
_BODIES = (
    "2021年9月1日，{donor}来到{reader}，捐赠图书{figure}册、书架6组，价值3万元。{reader}师生表示感谢。",
    "近日，{reader}收到由{donor}捐赠的图书{figure}册。去年5月，{donor}曾向{reader}送去电脑。",
    "{donor}联合{other}，向{reader}、{other}各赠书{figure}册。馆长{person}说，我馆还将送去书架。",
)
# What stands beside a span may be the first characters of a name.
_BESIDE = re.compile(r"(?:prev1?|prev2|next2?)=")
_STEMS = st.text("青溪柳河岭云白沙港禾", min_size=2, max_size=2)


def _marked(body, stem, figure="2000"):
    return (_TITLE + body).format(
        donor=f"{{{stem}县图书馆|ORG}}",
        reader="{长坪镇中心小学|ORG}",
        other="{长坪镇文化站|ORG}",
        person="{周小禾|PER}",
        figure=figure,
    )


def _facts(told):
    """Every set of facts of a scene, in order."""
    scene = told.scene()
    for draft in scene.drafts:
        yield act_features(scene, draft)
        yield from (role_features(scene, draft, party) for party in scene.parties)
        yield from (good_features(scene, draft, good) for good in draft.goods)
        yield from (date_features(scene, draft, date) for date in scene.dates)
        yield scope_features(set(), draft, scene.dates[0] if scene.dates else None)


@pytest.mark.parametrize("body", _BODIES)
def test_facts_are_strings(body):
    found = list(_facts(scenes.told(_marked(body, "青溪"))))
    assert len(found) > 5
    assert all(isinstance(facts, set) and facts for facts in found)
    assert all(isinstance(fact, str) for facts in found for fact in facts)


@given(stem=_STEMS, body=st.sampled_from(_BODIES))
@settings(deadline=None, max_examples=30)
def test_an_institution_under_another_name_of_the_same_ending_has_the_same_facts(stem, body):
    assert _without_neighbours(_marked(body, stem)) == _without_neighbours(_marked(body, "清平"))


def _without_neighbours(marked):
    return [{fact for fact in facts if not _BESIDE.search(fact)} for facts in _facts(scenes.told(marked))]


@pytest.mark.parametrize("body", _BODIES)
def test_no_fact_holds_a_whole_name_or_figure(body):
    told = scenes.told(_marked(body, "青溪"))
    surfaces = {m.surface for m in told.mentions} | {q.surface for q in told.quantities if len(q.surface) > 3}
    surfaces |= {"青溪", "2000"}
    facts = {fact for each in _facts(told) for fact in each}
    assert [(fact, surface) for fact in sorted(facts) for surface in surfaces if surface in fact] == []


def test_another_ending_is_another_fact():
    library, school = (
        scenes.told(f"{{青溪县{ending}|ORG}}向{{石桥村|LOC}}捐赠图书500册。") for ending in ("图书馆", "中学")
    )
    assert list(_facts(library)) != list(_facts(school))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("青溪县图书馆", "library"),
        ("青溪县新华书店", "bookshop"),
        ("石桥小学", "school"),
        ("石桥村村委会", "committee"),
        ("石桥村农家书屋", "reading_room"),
        ("青溪农商银行", "bank"),
        ("青溪县慈善总会", "foundation"),
        ("石桥村", "village"),
        ("青溪县", "county"),
        ("柳河镇", "town"),
        ("李明", "other"),
        ("", "other"),
    ],
)
def test_the_longest_ending_says_what_a_name_is(name, expected):
    assert name_class(name) == expected


def test_a_year_and_a_large_figure_are_told_to_the_scope():
    scene = scenes.told("{青溪县图书馆|ORG}2002年赠送图书15万册。").scene()
    (draft,) = scene.drafts
    assert {"date=year", "digits=6"} <= scope_features(set(), draft, scene.dates[0])
    assert {"date=none", "since=False"} <= scope_features(set(), draft, None)
