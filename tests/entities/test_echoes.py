"""Names that only the names beside them show."""

import pytest

from pipeline.entities.decoding import Span
from pipeline.entities.echoes import with_echoes


def _found(text, spans):
    return [
        (text[span.start : span.end], span.label)
        for span in with_echoes(text, [Span(start, end, label, 0.9) for start, end, label in spans])
    ]


@pytest.mark.parametrize(
    ("text", "spans", "new"),
    [
        ("云岭省青溪市图书馆打造书香青溪", [(0, 9, "ORG")], ("青溪", "LOC")),
        ("青溪县司法局建设“法治青溪”", [(0, 6, "ORG")], ("青溪", "LOC")),
        ("柳河镇商会由柳河籍企业家发起", [(0, 5, "ORG")], ("柳河", "LOC")),
        ("区图书馆和文化馆派人前来", [(0, 4, "ORG")], ("文化馆", "ORG")),
        ("县公安局、司法局一同送书", [(0, 4, "ORG")], ("司法局", "ORG")),
    ],
)
def test_a_name_is_shown_by_another(text, spans, new):
    assert _found(text, spans)[-1] == new
    assert len(_found(text, spans)) == len(spans) + 1


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("云岭省图书馆打造书香青溪", [(0, 6, "ORG")]),  # 青溪 is named nowhere
        ("青溪县的书香青溪县行动", [(0, 3, "LOC")]),  # a full name is the recogniser's
        ("青溪县图书馆到青溪送书", [(0, 6, "ORG")]),  # neither slogan nor 籍
        ("法治林远", [(2, 4, "PER")]),
        ("县图书馆的文化馆员", [(0, 4, "ORG")]),
        ("石桥村和文化馆", [(0, 3, "LOC")]),
    ],
)
def test_nothing_is_added_elsewhere(text, spans):
    assert len(_found(text, spans)) == len(spans)


def test_what_is_a_name_already_stays():
    text = "青溪县图书馆：书香青溪网"
    assert _found(text, [(0, 6, "ORG"), (7, 12, "ORG")]) == [("青溪县图书馆", "ORG"), ("书香青溪网", "ORG")]
