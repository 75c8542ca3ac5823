"""The tagger beside the recogniser: asked where giving is spoken of, heard by its weight."""

import numpy as np
import pytest

from pipeline.entities import EntitiesParams, Recogniser
from pipeline.entities.decoding import decode_alone
from pipeline.entities.reader import UNREAD, Reader
from pipeline.schema import Report

_GIFT = "9月1日，青溪县图书馆向石桥村捐赠图书500册和跳绳。"


@pytest.fixture(scope="module")
def reader():
    return Reader(EntitiesParams())


def test_a_report_without_a_word_of_giving_is_not_read(reader):
    assert reader("今天天气很好，青溪县举行了运动会。") is UNREAD
    assert reader(_GIFT).names.shape == (len(_GIFT), 13)


def test_it_finds_goods_that_are_given(reader):
    spans = reader(_GIFT).spans
    assert "图书" in [_GIFT[span.start : span.end] for span in spans if span.label == "ITEM"]


def test_its_share_weighs_its_scores():
    once, twice = (Reader(EntitiesParams(tagger_share=share))(_GIFT).names for share in (1.0, 2.0))
    np.testing.assert_allclose(2 * once, twice, rtol=1e-5)


def test_what_it_is_not_sure_of_is_left_out():
    sure = Reader(EntitiesParams(item_score=1.0))
    assert all(span.score >= 1.0 for span in sure(_GIFT).spans)


def test_without_it_only_names_are_found():
    alone = Recogniser(EntitiesParams(tagger=None))(Report("r-1", text=_GIFT))
    assert {mention.label for mention in alone} <= {"ORG", "LOC", "PER"}
    both = Recogniser(EntitiesParams())(Report("r-1", text=_GIFT))
    assert "tagger" in {mention.rule for mention in both}


def test_tags_become_spans():
    scores = np.log(np.full((4, 5), 0.02, dtype=np.float32))
    for place, tag in enumerate((0, 1, 3, 0)):  # O B E O
        scores[place, tag] = np.log(0.92)
    ((start, end, label, score),) = decode_alone(scores, ["ITEM"])
    assert (start, end, label) == (1, 3, "ITEM")
    assert score > 0.9
