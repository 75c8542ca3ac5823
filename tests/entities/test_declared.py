"""Short names that a report introduces itself."""

import pytest

from pipeline.entities.declared import with_declared
from pipeline.entities.decoding import Span


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        ("青溪县商会（以下简称“商会”）捐款。商会还送书。", [(0, 5)], ["青溪县商会", "商会", "商会"]),
        ("青溪县商会(下称:县商会)捐款。县商会送书。", [(0, 5)], ["青溪县商会", "县商会", "县商会"]),
        (
            "青溪县商会（以下简称商会）捐款。县商会送书。",
            [(0, 5), (16, 19)],
            ["青溪县商会", "商会", "县商会"],
        ),
        ("一家公司（以下简称商会）捐款。商会送书。", [], []),
        ("青溪县商会（会长林远）捐款。会长林远送书。", [(0, 5)], ["青溪县商会"]),
    ],
)
def test_declared_names_are_found_everywhere(text, spans, expected):
    found = list(with_declared(text, [Span(start, end, "ORG", 0.9) for start, end in spans]))
    assert [text[span.start : span.end] for span in found] == expected
    assert {(span.label, span.score) for span in found} <= {("ORG", 0.9)}
