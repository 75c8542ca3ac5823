"""The facts that an event's confidence stands on, and its probability."""

import pytest

from pipeline.events.confidence import confidence, confidence_facts
from pipeline.events.proto import Named, Piece, Proto
from pipeline.linking.model import Decision, LinkerModel

_DONOR = Named("青溪县图书馆", 0, 6, 0.83)
_PROTO = Proto(
    "completed", "single", (_DONOR,), (), (), (Piece(8, 10, "book"),), (), None, ((6, 8),), ((0, 11),), 1.0
)


def test_scores_are_told_in_tenths_and_what_is_missing_by_name():
    facts = confidence_facts(_PROTO, placed=False, siblings=7)
    assert {
        "act=9",
        "donor=8",
        "recipient=none",
        "date=none",
        "placed=False",
        "events=4",
        "bare=True",
    } <= facts


def test_a_group_is_told_as_a_group():
    proto = Proto(**{**{name: getattr(_PROTO, name) for name in _PROTO.__slots__},
                     "recipients": (Named("困难学生", 2, 6, 0.5, "group"),)})  # fmt: skip
    assert "recipient=group" in confidence_facts(proto, placed=True, siblings=1)


def test_without_a_decision_the_fallback_counts():
    assert confidence(LinkerModel({}), {"act=9"}, 0.7) == 0.7


def test_with_a_decision_its_probability_counts():
    model = LinkerModel({"confidence": Decision(("no", "yes"), (0.0,), {"act=9": (1.0,)})})
    assert confidence(model, {"act=9"}, 0.7) == pytest.approx(0.7310585786)
