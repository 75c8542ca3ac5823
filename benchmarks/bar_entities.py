"""Strict F1 of the shipped recogniser on a split of the gold; exit code 1 when ORG+LOC falls below the bar.

python benchmarks/bar_entities.py --split test --bar 0.90
"""

import argparse
import sys
from pathlib import Path

from pipeline.corpus.gold import read_gold
from pipeline.corpus.splits import read_splits
from pipeline.entities import EntitiesParams, Recogniser
from pipeline.schema import names_of
from pipeline.training.entities.samples import Sample
from pipeline.training.entities.scoring import score

_LABELS = ("ORG", "LOC", "PER")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gold", type=Path, default=Path("corpus/gold"))
    parser.add_argument("--splits", type=Path, default=Path("corpus/splits.toml"))
    parser.add_argument("--split", default="test")
    parser.add_argument("--model", default="models/entities")
    parser.add_argument("--tagger", default="models/tagger")
    parser.add_argument("--alone", action="store_true", help="without the tagger beside it")
    parser.add_argument("--bar", type=float, default=0.90)
    chosen = parser.parse_args()
    gold, splits = read_gold(chosen.gold), read_splits(chosen.splits)
    trained = set(splits.ids_of("train", gold))
    known = {m.surface for each in gold if each.report.report_id in trained for m in each.mentions}
    part = [each for each in gold if splits.of(each.report.report_id, each.writer) == chosen.split]
    samples = [
        Sample(
            each.report.text,
            tuple((m.start, m.end, m.label) for m in each.mentions if m.label in _LABELS),
            (f"writer:{each.writer}", *(f"tag:{tag}" for tag in each.tags)),
        )
        for each in part
    ]
    recogniser = Recogniser(
        EntitiesParams(model=chosen.model, tagger=None if chosen.alone else chosen.tagger)
    )
    found = [
        [(m.start, m.end, m.label) for m in names_of(each)]
        for each in recogniser.batch(e.report for e in part)
    ]
    scores = score(samples, found, known).f1()
    for name, value in scores.items():
        print(f"{name:<24} {'null' if value is None else f'{value:.4f}'}")
    return int((scores["ORG+LOC"] or 0) < chosen.bar)


if __name__ == "__main__":
    sys.exit(main())
