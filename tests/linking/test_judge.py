"""Facts and the encoder's reading weighed; what the encoder is asked."""

import math
from collections import Counter

import pytest
import scenes
from hypothesis import given
from hypothesis import strategies as st

from pipeline.linking import Linker, LinkingParams
from pipeline.linking.judge import Judge, mixed
from pipeline.linking.model import Decision, LinkerModel
from pipeline.linking.params import EncoderShares
from pipeline.linking.reading import Reading, read, scene_marks, scene_questions

_SHARES = st.floats(0.001, 0.999)
_MODEL = LinkerModel({"act": Decision(("no", "yes"), (math.log(4),), {})})
_GIFT = "{青溪县图书馆|ORG}向{石桥村|LOC}捐赠图书500册、书架6组。"


@given(told=_SHARES, read=_SHARES, share=st.floats(0, 1))
def test_a_mixture_lies_between_both_and_sums_to_one(told, read, share):
    found = mixed({"no": 1 - told, "yes": told}, {"no": 1 - read, "yes": read}, share)
    assert math.isclose(sum(found.values()), 1)
    assert min(told, read) - 1e-9 <= found["yes"] <= max(told, read) + 1e-9


@pytest.mark.parametrize(("share", "expected"), [(0.0, 0.8), (1.0, 0.1)])
def test_the_share_says_whose_word_counts(share, expected):
    reading = Reading({("act", (0, 2), None): {"no": 0.9, "yes": 0.1}})
    assert Judge(_MODEL, reading, EncoderShares(act=share))("act", set(), (0, 2))["yes"] == pytest.approx(
        expected
    )


def test_each_decision_has_its_own_share():
    reading = Reading({("act", (0, 2), None): {"no": 0.9, "yes": 0.1}})
    judge = Judge(_MODEL, reading, EncoderShares(act=0.0, role=1.0))
    assert judge("act", set(), (0, 2))["yes"] == pytest.approx(0.8)


def test_what_was_not_read_is_left_to_the_facts():
    assert Judge(_MODEL, Reading({}))("act", set(), (0, 2))["yes"] == pytest.approx(0.8)
    assert Judge(_MODEL)("act", set(), (0, 2))["yes"] == pytest.approx(0.8)


def test_only_goods_that_no_lexicon_classes_take_the_category_read():
    judge = Judge(_MODEL, Reading({("category", (0, 2), None): {"food": 0.9, "other": 0.1}}))
    assert judge.category((0, 2), "other") == "food"
    assert judge.category((0, 2), "book") == "book"
    assert judge.category((5, 7), "other") == "other"


def test_every_decision_of_a_draft_is_asked():
    scene = scenes.told(_GIFT).scene()
    asked = Counter(question.decision for question in scene_questions(scene, 3))
    assert asked == {"act": 1, "status": 1, "scope": 1, "role": 2, "good": 2, "category": 2}


def test_marks_lie_in_the_text_and_tell_their_kind():
    scene = scenes.told(_GIFT).scene()
    marked = {scene.text[mark.start : mark.end]: mark.kind for mark in scene_marks(scene)}
    assert marked["青溪县图书馆"] == "party:ORG"
    assert marked["500册"] == "figure:count"
    assert marked["捐赠"] == "trigger:give"


class _Counting:
    """Stands for an encoder and counts the reports that it is given."""

    def __init__(self):
        self.read = 0

    def __call__(self, text, sentences, marks, questions):
        self.read += 1
        return tuple({"no": 0.5, "yes": 0.5} for _ in questions)


@pytest.mark.parametrize(
    ("marked", "reports"), [(_GIFT, 1), ("{青溪县图书馆|ORG}今天下午闭馆，请读者留意。", 0)]
)
def test_only_reports_that_may_tell_a_gift_are_read(marked, reports):
    told, encoder = scenes.told(marked), _Counting()
    linker = Linker(LinkingParams(encoder=None))
    linker._encoder = encoder
    linker(told.report, told.sentences, told.mentions, told.quantities, told.dates)
    assert encoder.read == reports


def test_answers_are_found_by_what_they_are_about():
    scene = scenes.told(_GIFT).scene()
    draft = scene.drafts[0]
    reading = read(scene, _Counting(), 3)
    assert reading.of("act", (draft.start, draft.end)) == {"no": 0.5, "yes": 0.5}
    assert reading.of("act", (0, 1)) == {}
