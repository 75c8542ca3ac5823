"""Stage `entities`: reports -> organisations, places, persons and given goods."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipeline.entities import EntitiesParams, Recogniser
from pipeline.schema import Mention, Report
from pipeline.store import read_layer, write_layer

SECTIONS = (EntitiesParams,)


def run(inputs: Mapping[str, Path], outputs: Mapping[str, Path], params: EntitiesParams) -> None:
    """Write the layer of mentions."""
    reports = read_layer(inputs["reports"], Report)
    recogniser = Recogniser(params.at(inputs["entities"], inputs["tagger"]))
    write_layer(outputs["entities"], Mention, (m for found in recogniser.batch(reports) for m in found))
