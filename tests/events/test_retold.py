"""Passages that tell an act again, though parties, days or figures of theirs differ."""

from dataclasses import replace
from datetime import date

import pytest
import scenes

from pipeline.events.merge import merge
from pipeline.events.proto import Named, Piece, Proto

_DONOR, _TAKER = "柳河商会", "石桥小学"


def _proto(told, verb, goods, donors=(), recipients=(), *, figure=None, value=None, day=None):
    """A passage told in the sentence of its verb; parties as (words, name), a group without a name."""
    text = told.report.text
    at = text.index(verb)
    spans = tuple((s.start, s.end) for s in told.layers[0] if s.start <= at < s.end)
    figures = {q.surface: q for q in told.layers[2]}
    days = {d.surface: d for d in told.layers[3]}
    start = text.index(goods, spans[0][0])
    category = "money" if value and goods.endswith("元") else "computer"
    piece = Piece(start, start + len(goods), category, figures.get(figure), figures.get(value))
    return Proto(
        "completed", "single",
        tuple(_named(text, party) for party in donors),
        tuple(_named(text, party) for party in recipients),
        (), (piece,), (), days.get(day), ((at, at + len(verb)),), spans, 0.9, verb,
    )  # fmt: skip


def _named(text, party):
    words, name = party if isinstance(party, tuple) else (party, None)
    start = text.index(words)
    return Named(name or words, start, start + len(words), rule="role" if name else "group")


_GIVER, _SCHOOL = (_DONOR, _DONOR), (_TAKER, _TAKER)


def _events(text, *passages):
    told = scenes.told(text, published=date(2021, 11, 5))
    return merge([_proto(told, *args, **kw) for args, kw in passages], told.report.text)


def _passage(*args, **kw):
    return args, kw


def test_whoever_is_told_elsewhere_keeps_no_bare_passage_apart():
    text = "{柳河商会|ORG}把电脑20台交给{石桥小学|ORG}。孩子们领到电脑。{周小禾|PER}在场。"
    events = _events(
        text,
        _passage("交给", "电脑", [_GIVER], [_SCHOOL], figure="20台"),
        _passage("领到", "电脑", [("周小禾", "周小禾")], [_SCHOOL]),
    )
    assert [[d.name for d in event.donors] for event in events] == [[_DONOR]]


def test_givers_by_kind_without_figures_are_the_named_one():
    text = "爱心企业将电脑送来。{柳河商会|ORG}把电脑20台交给{石桥小学|ORG}。"
    events = _events(
        text,
        _passage("送来", "电脑", ["爱心企业"]),
        _passage("交给", "电脑", [_GIVER], [_SCHOOL], figure="20台"),
    )
    assert len(events) == 1 and events[0].donors[0].name == _DONOR


def test_givers_by_kind_with_figures_of_their_own_stay():
    text = "爱心企业将电脑35台送来。{柳河商会|ORG}把电脑20台交给{石桥小学|ORG}。"
    events = _events(
        text,
        _passage("送来", "电脑", ["爱心企业"], figure="35台"),
        _passage("交给", "电脑", [_GIVER], [_SCHOOL], figure="20台"),
    )
    assert len(events) == 2


@pytest.mark.parametrize(("taker", "number"), [("村民们", 1), (("河东小学", "河东小学"), 2)])
def test_the_same_sum_for_people_by_kind_is_the_same_gift(taker, number):
    text = "{柳河商会|ORG}向{石桥小学|ORG}捐出31万元。这31万元由商会送到了村民们手中,{河东小学|ORG}在旁。"
    first = _passage("捐出", "31万元", [_GIVER], [_SCHOOL], value="31万元")
    told = scenes.told(text)
    one = _proto(told, *first[0], **first[1])
    two = _proto(told, "送到", "31万元", [_GIVER], [taker], value="31万元")
    apart = merge([one, _apart(two, one)], told.report.text)
    assert len(apart) == number


def _apart(proto, other):
    return replace(proto, apart=other.acts)


def test_a_promise_and_its_gift_are_one_on_the_day_of_giving():
    promised = "9月2日,{柳河商会|ORG}答应捐赠{石桥小学|ORG}电脑20台。"
    text = promised + "10月8日,{柳河商会|ORG}把电脑20台交给{石桥小学|ORG}。"
    events = _events(
        text,
        _passage("捐赠", "电脑", [_GIVER], [_SCHOOL], figure="20台", day="9月2日"),
        _passage("交给", "电脑", [_GIVER], [_SCHOOL], figure="20台", day="10月8日"),
    )
    assert [event.date.surface for event in events] == ["10月8日"]


def test_what_each_gets_is_no_gift_beside_the_sum():
    text = "{柳河商会|ORG}发出助学金总额12万元,60名学生每人领到2000元。"
    told = scenes.told(text)
    figures = [q.surface for q in told.layers[2] if q.kind == "money"]
    events = _events(
        text,
        _passage("发出", figures[0], [_GIVER], value=figures[0]),
        _passage("领到", figures[1], [_GIVER], value=figures[1]),
    )
    assert [piece.value.number for event in events for piece in event.pieces] == [120000]


def test_goods_given_along_belong_to_the_act_before():
    text = "{柳河商会|ORG}给{石桥小学|ORG}送去课桌40张。孩子们等着,商会又买下电脑20台一并捐出。"
    events = _events(
        text,
        _passage("送去", "课桌", [_GIVER], [_SCHOOL], figure="40张"),
        _passage("捐出", "电脑", [_GIVER], ["孩子们"], figure="20台"),
    )
    assert [len(event.pieces) for event in events] == [2]


def test_a_village_and_its_reading_room_get_one_gift_though_it_is_told_with_one_more():
    text = "{柳河商会|ORG}为{石桥村农家书屋|ORG}送去电脑20台，还给{青溪县柳河镇石桥村|LOC}捎去音响6台。"
    room, village = ("石桥村农家书屋",) * 2, ("青溪县柳河镇石桥村",) * 2
    events = _events(
        text,
        _passage("送去", "电脑", [_GIVER], [room], figure="20台"),
        _passage("捎去", "音响", [_GIVER], [village], figure="6台"),
    )
    assert [len(event.pieces) for event in events] == [2]
