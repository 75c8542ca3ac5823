"""Named parties, pronouns, groups and the particles beside them, against the case files."""

import tomllib

import marked_cases
import pytest
import scenes

from pipeline.linking.crowds import find_crowds, find_groups, find_institutions
from pipeline.linking.scan import (
    find_parties,
    particle_after,
    particle_before,
)
from pipeline.text import fold

_PARTIES = tomllib.loads((marked_cases.CASES / "linking/parties/named.toml").read_text(encoding="utf-8"))
PARTIES = {case["id"]: case for case in _PARTIES["case"]}
GROUPS = marked_cases.load("linking/groups")
INSTITUTIONS = marked_cases.load("linking/institutions")


def _written(text, party):
    members = "+".join(text[start:end] for start, end in party.members)
    return f"{members} {party.kind} {party.before or '-'} {party.after or '-'}"


@pytest.mark.parametrize("name", PARTIES)
def test_parties_of_a_text(name):
    case = marked_cases.parse(PARTIES[name]["text"], None, None)
    parties = find_parties(fold(case.text), scenes.mentions_of(case))
    assert [_written(case.text, party) for party in parties] == PARTIES[name]["parties"]


def test_a_party_in_a_source_line_is_left_out():
    case = marked_cases.parse("赠书。（来源：{青溪新闻网|ORG}）", None, None)
    text = fold(case.text)
    assert find_parties(text, scenes.mentions_of(case), ((3, len(text)),)) == ()


@pytest.mark.parametrize("name", GROUPS)
def test_groups_of_a_text(name):
    case = GROUPS[name]
    found = find_groups(fold(case.text), 0, len(case.text))
    assert list(found) == [(start, end) for start, end, _ in case.marks]


@pytest.mark.parametrize("name", INSTITUTIONS)
def test_institutions_of_a_text(name):
    case = INSTITUTIONS[name]
    found = find_institutions(fold(case.text), 0, len(case.text))
    assert ([found] if found else []) == [(start, end) for start, end, _ in case.marks]


def test_institutions_are_sought_within_the_clause():
    text = "向46个行政村"
    assert find_institutions(text, 0, len(text)) == (1, 7)
    assert find_institutions(text, 1, len(text)) is None


@pytest.mark.parametrize(
    ("head", "expected"),
    [("捐赠给", "to"), ("", "start"), ("近日,", "start"), ("在由", "by_occasion"), ("联合", "with"),
     ("前往", "at"), ("好", ""), ("将", "held"), ("的", "owned"), ("委托", "via")],
)  # fmt: skip
def test_the_particle_that_ends_where_a_party_begins(head, expected):
    assert particle_before(f"{head}石桥村", len(head)) == expected


@pytest.mark.parametrize(
    ("tail", "expected"),
    [("讯", "media"), ("馆长", "staff"), ("主办", "organise"), ("获赠", "receive"), ("捐赠的图书", "give"),
     ("举办", "act"), ("广场", "inside"), ("好", ""), ("", "")],
)  # fmt: skip
def test_the_words_behind_a_party(tail, expected):
    assert particle_after(f"石桥村{tail}", 3) == expected


CROWDS = marked_cases.load("linking/crowds")


@pytest.mark.parametrize("name", CROWDS)
def test_crowds_of_a_text(name):
    case = CROWDS[name]
    found = find_crowds(fold(case.text), ())
    assert list(found) == [(start, end) for start, end, _ in case.marks]


def test_a_crowd_that_continues_a_name_is_none():
    text = "国家图书馆职工捐款"
    assert find_crowds(text, ((0, 5),)) == ()
    assert find_crowds(text, ()) == ((0, 7),)


def test_a_crowd_before_a_name_only_tells_who_it_is():
    text = "退休教师周小禾捐款"
    assert find_crowds(text, ((4, 7),)) == ()
