"""What each part of linking is worth: figures on a split with parts left out, names as the gold marks them.

    python benchmarks/ablate_linking.py [--split dev]

Every row fits the decisions anew on the train split without some facts and scores the split. The last row
says what a candidate that was never proposed costs: no decision can win it back.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from pipeline.corpus.gold import GoldReport, read_gold
from pipeline.corpus.splits import read_splits
from pipeline.dates import DateReader, DatesParams
from pipeline.evaluation.facts import Prediction
from pipeline.evaluation.gold import case_of
from pipeline.evaluation.names import same_party
from pipeline.evaluation.predictions import event_facts
from pipeline.evaluation.scoring import figures, score
from pipeline.events import EventBuilder, EventsParams
from pipeline.linking import LinkingParams
from pipeline.linking.decode import decode
from pipeline.linking.drafts import Scene
from pipeline.linking.model import LinkerModel, decision_of
from pipeline.linking.near import near_parties
from pipeline.quantities import QuantitiesParams, QuantityFinder
from pipeline.segment import Segmenter, SegmentParams
from pipeline.training.linker import Example, examples, fit, match_drafts
from pipeline.training.linker_run import gold_scene

Keep = Callable[[str], bool]
GROUPS: dict[str, tuple[str, ...]] = {
    "particles beside a party": ("b=", "a=", "everb=", "evera=", "title_b=", "title_a=", "party:"),
    "words of the clause, sentence, report": ("head:", "sent:", "doc:"),
    "order and distance": ("between", "nearest", "first_", "other_", "clauses=", "gap", "apart="),
    "title and source": ("in_title", "named_in_title", "title_", "is_source", "titlegift"),
    "kind of name": ("sort=",),
    "the verb itself": ("w=",),
}


def _all(fact: str) -> bool:
    return bool(fact)


def _without(prefixes: Sequence[str]) -> Keep:
    return lambda fact: not any(part.startswith(tuple(prefixes)) for part in fact.split("&"))


def _fit(rows: dict[str, list[Example]], keep: Keep) -> LinkerModel:
    kept = {name: [({f for f in facts if keep(f)}, label) for facts, label in rows[name]] for name in rows}
    return LinkerModel({name: decision_of(model) for name, model in fit(kept, {}, 0).items()})


def _figures(
    gold: Iterable[GoldReport],
    scenes: Sequence[Scene],
    steps: tuple[Segmenter, QuantityFinder, DateReader],
    model: LinkerModel,
) -> str:
    segmenter, finder, reader = steps
    builder = EventBuilder(EventsParams(), model)
    scored = []
    for labelled, scene in zip(gold, scenes, strict=True):
        names = [m for m in labelled.mentions if m.label in ("ORG", "LOC", "PER")]
        layers = segmenter(scene.report), names, finder(scene.report), reader(scene.report)
        events = builder(scene.report, *layers, decode(scene, model, LinkingParams()))
        made = Prediction(scene.report.report_id, scene.text, events=tuple(map(event_facts, events)))
        scored.append(score(case_of(labelled), made))
    found = figures(scored)
    return "  ".join(f"{name} {found[f'{name}.f']:.3f}" for name in ("slots", "exact", "events"))


def _never_proposed(gold: Sequence[GoldReport], scenes: Sequence[Scene]) -> str:
    lost = {"event": [0, 0], "donor": [0, 0], "recipient": [0, 0]}
    for labelled, scene in zip(gold, scenes, strict=True):
        matched = match_drafts(scene, labelled)
        for number, event in enumerate(labelled.events):
            if event.optional:
                continue
            drafts = [m.draft for m in matched if number in m.events]
            lost["event"][0] += not drafts
            lost["event"][1] += 1
            near = {
                name
                for draft in drafts
                for party in near_parties(scene, draft, LinkingParams().window)
                for span in party.members
                for name in scene.names.of(span)
            }
            for role, parties in (("donor", event.donors), ("recipient", event.recipients)):
                lost[role][0] += sum(not any(same_party(n, p.names) for n in near) for p in parties)
                lost[role][1] += len(parties)
    return ", ".join(f"{name} {missing} of {total}" for name, (missing, total) in lost.items())


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--split", default="dev")
    parser.add_argument("--gold", type=Path, default=Path("corpus/gold"))
    parser.add_argument("--splits", type=Path, default=Path("corpus/splits.toml"))
    args = parser.parse_args()
    splits = read_splits(args.splits)
    steps = Segmenter(SegmentParams()), QuantityFinder(QuantitiesParams()), DateReader(DatesParams())
    gold = read_gold(args.gold)
    train = [g for g in gold if splits.of(g.report.report_id, g.writer) == "train"]
    held = [g for g in gold if splits.of(g.report.report_id, g.writer) == args.split]
    rows: dict[str, list[Example]] = {}
    for labelled in train:
        for name, found in examples(gold_scene(labelled, steps), labelled, LinkingParams().window).items():
            rows.setdefault(name, []).extend(found)
    scenes = [gold_scene(labelled, steps) for labelled in held]
    print(f"{'everything':40s}", _figures(held, scenes, steps, _fit(rows, _all)), flush=True)
    for name, prefixes in GROUPS.items():
        print(
            f"without {name:32s}", _figures(held, scenes, steps, _fit(rows, _without(prefixes))), flush=True
        )
    print("never proposed:", _never_proposed(held, scenes))


if __name__ == "__main__":
    main()
