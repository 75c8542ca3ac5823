"""Words that may tell an act of giving, with what their clauses say of them, against the case files."""

import marked_cases
import pytest

from pipeline.linking.scan import clause_starts, find_triggers, index_of, quoted_names
from pipeline.text import fold

CASES = marked_cases.load("linking/triggers")


def _written(trigger):
    return " ".join([trigger.kind, *sorted(trigger.flags)])


@pytest.mark.parametrize("name", CASES)
def test_triggers_of_a_text(name):
    case = CASES[name]
    text = fold(case.text)
    found = [
        (trigger.start, trigger.end, _written(trigger))
        for trigger in find_triggers(text, quoted_names(text), ())
    ]
    expected = [(start, end, " ".join([*value.split()[:1], *sorted(value.split()[1:])]))
                for start, end, value in case.marks]  # fmt: skip
    assert found == expected


def test_the_longest_trigger_wins():
    assert [trigger.word for trigger in find_triggers("捐赠了图书", (), ())] == ["捐赠了"]


def test_no_trigger_inside_a_name():
    text = "青溪县捐赠站向石桥村赠书"
    assert [trigger.word for trigger in find_triggers(text, (), ((0, 6),))] == ["赠书"]


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("甲捐书,乙捐款。丙捐物", [0, 4, 8]),
        ("捐款12,000元", [0]),
        ("捐书500,书架6组", [0, 6]),
        ("标题\n正文", [0, 3]),
        ("", [0]),
    ],
)
def test_clauses_begin_behind_punctuation_but_not_inside_figures(text, starts):
    assert clause_starts(text) == starts


@pytest.mark.parametrize(("offset", "index"), [(0, 0), (3, 0), (4, 1), (7, 1), (8, 2), (99, 2)])
def test_an_offset_belongs_to_the_clause_that_begins_last(offset, index):
    assert index_of([0, 4, 8], offset) == index


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("“书香石桥”活动", ["书香石桥"]),
        ("《青溪县志》", ["青溪县志"]),
        ("“谢谢大家,书很好。”", []),
        ("“这是一句长得不可能是名字的话里头没有标点”", []),
        ("“没有关上", []),
    ],
)
def test_quoted_names_are_short_and_without_punctuation(text, names):
    assert [text[start:end] for start, end in quoted_names(text)] == names
