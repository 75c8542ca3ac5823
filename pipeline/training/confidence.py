"""Calibrate the confidence of events on reports that the linker had not seen.

The gold reports are cut into folds; each fold is linked by decisions fitted on the others, and every event
that comes out is a labelled example: right in every slot or not.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.corpus.gold import GoldReport
from pipeline.dates import DateReader, with_published
from pipeline.evaluation.alignment import align
from pipeline.evaluation.gold import case_of
from pipeline.evaluation.predictions import event_facts
from pipeline.evaluation.slots import is_exact
from pipeline.events import EventBuilder, EventsParams
from pipeline.linking import Linker, LinkingParams
from pipeline.linking.model import LinkerModel, decision_of
from pipeline.quantities import QuantityFinder
from pipeline.schema import names_of
from pipeline.segment import Segmenter
from pipeline.training.linker import Example, fit

FOLDS = 5
Steps = tuple[Segmenter, QuantityFinder, DateReader]


def confidence_examples(
    gold: Sequence[GoldReport],
    rows: Sequence[dict[str, list[Example]]],
    steps: Steps,
    strength: dict[str, float],
    seed: int,
) -> list[Example]:
    """Facts of events of unseen reports, `yes` where the event is right in every slot.

    Args:
        gold: labelled reports.
        rows: their labelled facts by decision, in the same order.
        steps: the steps before linking.
        strength: inverse regularisation strength by decision.
        seed: of the solver.
    """
    found: list[Example] = []
    for fold in range(FOLDS):
        learned: dict[str, list[Example]] = {}
        for number, row in enumerate(rows):
            if number % FOLDS != fold:
                for name, examples in row.items():
                    learned.setdefault(name, []).extend(examples)
        fitted = fit(learned, strength, seed)
        model = LinkerModel({name: decision_of(each) for name, each in fitted.items()})
        linker, builder = Linker(LinkingParams(encoder=None), model), EventBuilder(EventsParams(), model)
        for labelled in gold[fold::FOLDS]:
            found += _of_report(labelled, steps, linker, builder)
    return found


def _of_report(labelled: GoldReport, steps: Steps, linker: Linker, builder: EventBuilder) -> list[Example]:
    segmenter, finder, reader = steps
    report = with_published(labelled.report)
    names = names_of(labelled.mentions)
    layers = segmenter(report), names, finder(report), reader(report)
    made = builder.with_facts(report, *layers, linker(report, *layers))
    wanted = case_of(labelled).events
    alignment = align(tuple(event_facts(event) for event, _ in made), wanted)
    right = {pair.predicted for pair in alignment.pairs if is_exact(pair.counts)}
    open_ones = {pair.predicted for pair in alignment.pairs if wanted[pair.gold].optional}
    return [
        (facts, "yes" if number in right else "no")
        for number, (_, facts) in enumerate(made)
        if number not in open_ones
    ]
