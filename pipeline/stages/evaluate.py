"""Stage `evaluate`: tables against gold, by split; linking also from the gold's own mentions."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.assembly import portion, tables
from pipeline.corpus.gold import GoldReport, read_gold
from pipeline.corpus.splits import read_splits
from pipeline.evaluation import Evaluation, EvaluationParams, evaluate, write_evaluation
from pipeline.events import EventBuilder, EventsParams
from pipeline.linking import Linker, LinkingParams
from pipeline.linking.model import load_linker
from pipeline.schema import NAMES, names_of
from pipeline.stages.events import extraction
from pipeline.stages.layers import Layers, read_layers
from pipeline.store import write_tables

SECTIONS = (EvaluationParams, LinkingParams, EventsParams)
# The figures that `dvc metrics show` puts side by side; all the others are in the folder of the evaluation.
_HEADLINE = {
    "slots": "slots.f",
    "exact": "exact.f",
    "events": "events.f",
    "names": "mention.strict.ORG+LOC.f",
    "dates": "mention.strict.DATE.f",
    "figures": "mention.strict.QUANTITY.f",
    "links": "link.all.f",
    "links_from_gold": "link.from_gold.all.f",
    "books": "sums.books.error",
    "negatives": "negatives",
    "negatives_clean": "negatives.clean",
    "reports": "reports",
}


def run(
    inputs: Mapping[str, Path],
    outputs: Mapping[str, Path],
    params: EvaluationParams,
    linking: LinkingParams,
    events: EventsParams,
) -> None:
    """Write figures, slices, errors and plots of the splits dev and test, and the main figures of each."""
    gold, splits = read_gold(inputs["gold"]), read_splits(inputs["splits"])
    model = load_linker(inputs["linker"])
    own = linking.at(inputs["linker"], inputs["encoder"])
    linker, builder = Linker(own, model), EventBuilder(events, model)
    with tempfile.TemporaryDirectory() as folder:
        from_gold = Path(folder)
        _extract_from_gold(read_layers(inputs), gold, linker, builder, from_gold)
        for split in ("dev", "test"):
            evaluation = evaluate(
                inputs["events"],
                inputs["gold"],
                splits.ids_of(split, gold),
                train_ids=splits.ids_of("train", gold),
                from_gold_mentions=from_gold,
            )
            write_evaluation(evaluation, outputs["evaluation"] / split, params)
            _write_headline(evaluation, outputs[split])


def _extract_from_gold(
    layers: Iterable[Layers], gold: Sequence[GoldReport], linker: Linker, builder: EventBuilder, out: Path
) -> None:
    # Only where both read the same text do the gold's offsets hold.
    names = {(each.report.report_id, each.report.text): names_of(each.mentions) for each in gold}
    found = []
    for each in layers:
        key = (each.report.report_id, each.report.text)
        others = tuple(mention for mention in each.entities if mention.label not in NAMES)
        marked = replace(each, entities=(*names.get(key, ()), *others))
        acts = linker(marked.report, marked.sentences, marked.entities, marked.quantities, marked.dates)
        found.append(extraction(marked, acts, builder))
    write_tables(out, tables([portion(found)]))


def _write_headline(evaluation: Evaluation, path: Path) -> None:
    metrics = evaluation.metrics()
    figures = {name: metrics.get(key) for name, key in _HEADLINE.items()}
    rounded = {name: round(v, 4) if isinstance(v, float) else v for name, v in figures.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(rounded, indent=1) + "\n", encoding="utf-8")
