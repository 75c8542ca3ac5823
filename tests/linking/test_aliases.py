"""Who a name or a pronoun stands for, against the case files."""

import tomllib

import marked_cases
import pytest
import scenes

from pipeline.linking.aliases import is_short_for

_SHORT = tomllib.loads((marked_cases.CASES / "linking/short_for.toml").read_text(encoding="utf-8"))
_PAIRS = [(short, full, side == "yes") for side in ("yes", "no") for short, full in _SHORT[side]["pairs"]]


def _groups():
    for path in sorted((marked_cases.CASES / "linking/aliases").glob("*.toml")):
        for group in tomllib.loads(path.read_text(encoding="utf-8"))["group"]:
            for number, text in enumerate(group["texts"]):
                yield f"{path.stem}-{group['id']}-{number}", (text, group.get("source"))


CASES = dict(_groups())


def _expected(text, start, end, value):
    """Resolved names of a mark: itself where nothing is stated, none for `?`."""
    names = value.partition("=")[2] or text[start:end]
    return () if names == "?" else tuple(names.split("+"))


@pytest.mark.parametrize(("short", "full", "expected"), _PAIRS)
def test_short_names(short, full, expected):
    assert is_short_for(short, full) is expected


@pytest.mark.parametrize("name", CASES)
def test_names_of_a_text(name):
    marked, source = CASES[name]
    case = marked_cases.parse(marked, None, None)
    names = scenes.told(marked, source=source).scene().names
    found = {(start, case.text[start:end]): names.of((start, end)) for start, end, _ in case.marks}
    assert found == {
        (start, case.text[start:end]): _expected(case.text, start, end, value)
        for start, end, value in case.marks
    }


def test_there_are_as_many_cases_as_promised():
    assert len(CASES) + len(_PAIRS) >= 30


def test_a_span_that_is_no_party_has_no_name():
    assert scenes.told("{石桥村|LOC}收到图书。").scene().names.of((3, 5)) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{石桥小学|ORG}、{河东小学|ORG}缺书。为两所小学的学生赠书。", ("PRONOUN", ("石桥小学", "河东小学"))),
        ("{石桥小学|ORG}缺书。为两所小学的学生赠书。", ("GROUP", ("两所小学的学生",))),
        ("{石桥小学|ORG}缺书。为12所小学赠书。", ("GROUP", ("12所小学",))),
    ],
)
def test_a_counted_party_is_those_named_before_or_a_group(text, expected):
    scene = scenes.told(text).scene()
    last = scene.parties[-1]
    assert (last.kind, scene.names.of(last.members[0])) == expected


def test_a_bare_word_stands_for_the_source_where_nobody_named_fits():
    scene = scenes.told("馆里挑书。{石桥村|LOC}收到图书。", source="青溪县图书馆").scene()
    assert scene.names.of((0, 2)) == ("青溪县图书馆",)
    assert scenes.told("馆里挑书。", source="青溪新闻网").scene().names.of((0, 2)) == ()


@pytest.mark.parametrize(
    ("source", "expected"), [("青溪县人民政府", ("青溪县",)), ("青溪新闻网", ()), (None, ())]
)
def test_our_county_is_that_of_the_source(source, expected):
    assert scenes.told("我县收到图书。", source=source).scene().names.of((0, 2)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{石桥村|LOC}缺书。向{村委会|ORG}赠书。", "石桥村村委会"),
        ("{石桥村|LOC}缺书。向{村小学|ORG}赠书。", "石桥村小学"),
        ("{柳河镇|LOC}缺书。向{镇江市图书馆|ORG}赠书。", "镇江市图书馆"),
    ],
)
def test_a_local_body_is_named_after_its_village(text, expected):
    case = marked_cases.parse(text, None, None)
    start, end, _ = case.marks[-1]
    assert scenes.told(text).scene().names.of((start, end)) == (expected,)
