"""Stage `dates`: reports -> date expressions with their days."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipeline.dates import DateReader, DatesParams, with_published
from pipeline.schema import DateMention, Report
from pipeline.store import read_layer, write_layer

SECTIONS = (DatesParams,)


def run(inputs: Mapping[str, Path], outputs: Mapping[str, Path], params: DatesParams) -> None:
    """Write the layer of date expressions."""
    reader = DateReader(params)
    reports = [with_published(each) for each in read_layer(inputs["reports"], Report)]
    write_layer(outputs["dates"], DateMention, (d for each in reports for d in reader(each)))
