"""Stage `baselines`: our tables and simpler systems against the same gold, by split."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from pipeline.baselines import Reading, Row, compare_systems, gold_names, simpler_systems
from pipeline.corpus.gold import read_gold
from pipeline.corpus.splits import read_splits
from pipeline.evaluation import EvaluationParams, evaluate
from pipeline.events import EventsParams
from pipeline.linking import LinkingParams
from pipeline.linking.model import load_linker
from pipeline.stages.layers import read_layers

SECTIONS = (EvaluationParams, LinkingParams, EventsParams)


def run(
    inputs: Mapping[str, Path],
    outputs: Mapping[str, Path],
    params: EvaluationParams,
    linking: LinkingParams,
    events: EventsParams,
) -> None:
    """Write one row a system for each split; LAC is left out, for not every machine has it."""
    gold, splits = read_gold(inputs["gold"]), read_splits(inputs["splits"])
    own = linking.at(inputs["linker"], inputs["encoder"])
    steps = own, events, load_linker(inputs["linker"])
    readings = [
        Reading(each.report, each.sentences, each.entities, each.quantities, each.dates)
        for each in read_layers(inputs)
    ]
    systems = simpler_systems(*steps)
    for split in ("dev", "test"):
        ours = evaluate(inputs["events"], inputs["gold"], splits.ids_of(split, gold))
        upper = gold_names(*steps, tuple(one.case for one in ours.scored))
        _write(compare_systems(ours, readings, (*systems, upper), params), outputs[f"baselines_{split}"])


def _write(rows: Iterable[Row], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    rounded = [_rounded(row) for row in rows]
    path.write_text(json.dumps(rounded, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _rounded(row: Row) -> Row:
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in row.items()}
