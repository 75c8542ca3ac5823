"""The error table: one row an error, as Arrow."""

from __future__ import annotations

from dataclasses import asdict

import pyarrow as pa

from pipeline.evaluation.mistakes import Mistake
from pipeline.evaluation.scoring import Evaluation
from pipeline.evaluation.slices import slice_names

_COLUMNS = {
    "report_id": (pa.string(), "Report the error is in"),
    "level": (pa.string(), "event, slot or mention"),
    "kind": (pa.string(), "Kind of error, see docs/evaluation.md"),
    "slot": (pa.string(), "Slot, or label of the mention, or event"),
    "event_id": (pa.string(), "Predicted event; null when there is none"),
    "gold_id": (pa.string(), "Gold event, numbered within its report; null when there is none"),
    "predicted": (pa.string(), "What the run says; null when it says nothing"),
    "gold": (pa.string(), "What the gold says; null when it says nothing"),
    "start": (pa.int32(), "First code point of what is wrong; null when it stands nowhere"),
    "end": (pa.int32(), "End of what is wrong, exclusive"),
    "sentence": (pa.string(), "Sentence around it"),
    "rule": (pa.string(), "The part that decides the slot, and rules and models whose mentions stand there"),
    "slices": (pa.list_(pa.string()), "Slices the report belongs to"),
}
_SCHEMA = pa.schema(
    [pa.field(name, kind, metadata={"description": meaning}) for name, (kind, meaning) in _COLUMNS.items()]
)


def error_table(evaluation: Evaluation) -> pa.Table:
    """Every error of a run, by report, level, place and kind."""
    rows = []
    for one in evaluation.scored:
        slices = list(slice_names(one, evaluation.known_donors))
        rows += [{**asdict(mistake), "slices": slices} for mistake in sorted(one.mistakes, key=_order)]
    return pa.Table.from_pylist(rows, schema=_SCHEMA)


def _order(mistake: Mistake) -> tuple[object, ...]:
    where = mistake.start if mistake.start is not None else -1
    return (mistake.level, where, mistake.slot, mistake.kind, mistake.predicted or "", mistake.gold or "")
