"""How far right decisions would bring the events: figures on a split with decisions taken from the gold.

    python benchmarks/oracle_linking.py [--split dev] [--writers w18,w20] [--errors]

Names as the gold marks them; other decisions as the named facts answer them. What is
wrong with every decision right was lost before or behind them: candidates never proposed, goods and figures
bound wrongly, names, days and places resolved wrongly, acts split or merged wrongly. `--errors` lists these
events with their reports.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence, Set
from pathlib import Path

from pipeline.corpus.gold import GoldReport, read_gold
from pipeline.corpus.splits import read_splits
from pipeline.dates import DateReader, DatesParams
from pipeline.evaluation.facts import EventFacts, Prediction
from pipeline.evaluation.gold import case_of
from pipeline.evaluation.predictions import event_facts
from pipeline.evaluation.scoring import Scored, figures, score
from pipeline.evaluation.slots import is_exact
from pipeline.events import EventBuilder, EventsParams
from pipeline.linking import LinkingParams
from pipeline.linking.decode import decode
from pipeline.linking.drafts import Scene
from pipeline.linking.judge import Judge
from pipeline.linking.model import LinkerModel, load_linker
from pipeline.linking.near import near_parties
from pipeline.linking.reading import span_of
from pipeline.linking.spans import Span
from pipeline.quantities import QuantitiesParams, QuantityFinder
from pipeline.segment import Segmenter, SegmentParams
from pipeline.shipped import model_folder
from pipeline.training.linker import date_labels, good_labels, match_drafts, role_of
from pipeline.training.linker_run import gold_scene

EVERY = ("act", "role", "good", "date", "scope", "status")
ROWS: tuple[tuple[str, ...], ...] = ((), *((name,) for name in EVERY), ("act", "role"), EVERY)
SHOWN = (
    "slots",
    "exact",
    "events",
    *(f"slot.{name}" for name in ("donor", "recipient", "item", "date", "place")),
)

Key = tuple[str, Span, Span | None]


class Oracle(Judge):
    """Answers some decisions as the gold does, the others by named facts."""

    def __init__(self, model: LinkerModel, answers: Mapping[Key, str], known: Set[str]) -> None:
        super().__init__(model)
        self._answers, self._known = answers, known

    def __call__(
        self, decision: str, facts: Set[str], about: Span, other: Span | None = None
    ) -> Mapping[str, float]:
        """Class probabilities; 1 for the gold's answer where it has one."""
        told = super().__call__(decision, facts, about, other)
        right = self._answers.get((decision, about, other)) if decision in self._known else None
        return told if right is None else {name: float(name == right) for name in told}


def answers_of(scene: Scene, gold: GoldReport, window: int) -> Iterator[tuple[Key, str]]:
    """What the gold says of every draft of a report, of its parties, goods and days."""
    for matched in match_drafts(scene, gold):
        about = span_of(matched.draft)
        yield ("act", about, None), "yes" if matched.label == "yes" else "no"
        events = [gold.events[number] for number in matched.events]
        if not events:
            continue
        yield ("status", about, None), events[0].status
        yield ("scope", about, None), events[0].scope
        for party in near_parties(scene, matched.draft, window):
            yield ("role", about, (party.start, party.end)), role_of(scene, party, events)
        for good, label in good_labels(gold, matched):
            yield ("good", about, (good.start, good.end)), label
        for day, label in date_labels(scene, events):
            yield ("date", about, (day.start, day.end)), label


class Bench:
    """Scores reports with some decisions known.

    Args:
        gold: the reports.
        params: thresholds and the folder of the model.
    """

    def __init__(self, gold: Sequence[GoldReport], params: LinkingParams) -> None:
        self._gold, self._params = gold, params
        self._steps = (
            Segmenter(SegmentParams()),
            QuantityFinder(QuantitiesParams()),
            DateReader(DatesParams()),
        )
        self._model = load_linker(model_folder(params.model))
        self._builder = EventBuilder(EventsParams(), self._model)
        self._scenes = [gold_scene(each, self._steps) for each in gold]
        self._answers = [
            dict(answers_of(scene, each, params.window))
            for scene, each in zip(self._scenes, gold, strict=True)
        ]

    def scored(self, known: Set[str]) -> list[Scored]:
        """Every report, with the decisions in `known` taken from the gold."""
        segmenter, finder, reader = self._steps
        found = []
        for each, scene, answers in zip(self._gold, self._scenes, self._answers, strict=True):
            names = [m for m in each.mentions if m.label in ("ORG", "LOC", "PER")]
            layers = segmenter(scene.report), names, finder(scene.report), reader(scene.report)
            links = decode(scene, self._model, self._params, judge=Oracle(self._model, answers, known))
            events = tuple(event_facts(event) for event in self._builder(scene.report, *layers, links))
            found.append(score(case_of(each), Prediction(scene.report.report_id, scene.text, events=events)))
        return found


def _errors(scored: Sequence[Scored]) -> Iterator[str]:
    """Reports with an event that is wrong, both sides of each."""
    for one in scored:
        firm = [pair for pair in one.alignment.pairs if not one.case.events[pair.gold].optional]
        wrong = [
            (one.prediction.events[pair.predicted], one.case.events[pair.gold])
            for pair in firm
            if not is_exact(pair.counts)
        ]
        met = {pair.gold for pair in one.alignment.pairs}
        missed = [e for n, e in enumerate(one.case.events) if n not in met and not e.optional]
        if wrong or missed:
            yield f"### {one.case.report_id}\n{one.case.text}\n---"
            yield from (f"  made {_line(made)}\n  gold {_line(gold)}" for made, gold in wrong)
            yield from (f"  missed {_line(gold)}" for gold in missed)


def _line(event: EventFacts) -> str:
    parties = " -> ".join("+".join(forms[0] for forms in side) for side in (event.donors, event.recipients))
    goods = "; ".join(
        f"{i.texts[0]} {i.quantity or ''}{i.unit or ''} {i.value or ''}".strip() for i in event.items
    )
    return (
        f"{parties}: {goods}; {event.first}..{event.last}; {event.places[0]}; {event.scope}, {event.status}"
    )


def main() -> None:
    """Print a row for each set of known decisions."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gold", type=Path, default=Path("corpus/gold"))
    parser.add_argument("--splits", type=Path, default=Path("corpus/splits.toml"))
    parser.add_argument("--split", default="dev")
    parser.add_argument("--writers", help="only these of the split, by commas")
    parser.add_argument("--errors", action="store_true", help="list what is wrong with every decision right")
    options = parser.parse_args()
    splits = read_splits(options.splits)
    writers = options.writers.split(",") if options.writers else None
    gold = [
        each
        for each in read_gold(options.gold)
        if splits.of(each.report.report_id, each.writer) == options.split
        and (writers is None or each.writer in writers)
    ]
    bench = Bench(gold, LinkingParams())
    for known in (EVERY,) if options.errors else ROWS:
        scored = bench.scored(set(known))
        found = figures(scored)
        print(
            ", ".join(known) or "none",
            " ".join(f"{name} {found[f'{name}.f']:.3f}" for name in SHOWN),
            flush=True,
        )
    if options.errors:
        print("\n".join(_errors(scored)))


if __name__ == "__main__":
    main()
