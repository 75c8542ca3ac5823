"""A village and its reading room, told in one sentence, are one recipient."""

from decimal import Decimal

import pytest

from pipeline.events.merge import same_act
from pipeline.events.proto import Named, Piece, Proto
from pipeline.schema import Quantity

_TEXT = "向石桥村农家书屋赠书500册，还有二胡。"


def _proto(recipient, piece, span, act):
    named = (Named(recipient, 1, 8),)
    donors = (Named("青溪县图书馆", 0, 0),)
    return Proto(
        "completed", "single", donors, named, (), (piece,), (), None, ((act, act),), (span,), 0.9
    )  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second", "later", "same"),
    [
        ("石桥村农家书屋", "柳河镇石桥村", False, True),
        ("石桥村农家书屋", "柳河镇石桥村", True, False),
        ("石桥村农家书屋", "柳河镇河东村", False, False),
        ("石桥村小学", "柳河镇石桥村", False, False),
    ],
)
def test_passages_of_a_village_and_its_reading_room(first, second, later, same):
    number = Decimal(500)
    books = Quantity(
        "r-1", 11, 15, "500册", "QUANTITY", "count", number, number, number, "exact", "册", "figure"
    )
    one = _proto(first, Piece(9, 10, "book", books), (0, 20), 9)
    other = _proto(second, Piece(17, 19, "other"), (20, 40) if later else (0, 20), 17)
    assert same_act(one, other, _TEXT) is same
