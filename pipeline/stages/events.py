"""Stage `events`: acts and layers -> the tables reports, mentions, events, items and rejects."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipeline.assembly import Extraction, all_mentions, portion, tables
from pipeline.events import EventBuilder, EventsParams
from pipeline.schema import Reject
from pipeline.stages.layers import Layer, Layers, read_acts, read_layers
from pipeline.store import read_layer, write_tables

SECTIONS = (EventsParams,)


def run(inputs: Mapping[str, Path], outputs: Mapping[str, Path], params: EventsParams) -> None:
    """Write the tables."""
    builder = EventBuilder(params.model_copy(update={"model": inputs["linker"].as_posix()}))
    acts = read_acts(inputs)
    found = [extraction(each, acts.get(each.report.report_id, ()), builder) for each in read_layers(inputs)]
    write_tables(outputs["events"], tables([portion(found)], read_layer(inputs["rejects"], Reject)))


def extraction(layers: Layers, acts: Layer, builder: EventBuilder) -> Extraction:
    """What one report says."""
    report = layers.report
    events = builder(report, layers.sentences, layers.entities, layers.quantities, layers.dates, acts)
    mentions = all_mentions(report, layers.entities, layers.quantities, layers.dates, acts)
    return Extraction(report, mentions, events)
