"""Stage `quantities`: reports -> figures."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipeline.quantities import QuantitiesParams, QuantityFinder
from pipeline.schema import Quantity, Report
from pipeline.store import read_layer, write_layer

SECTIONS = (QuantitiesParams,)


def run(inputs: Mapping[str, Path], outputs: Mapping[str, Path], params: QuantitiesParams) -> None:
    """Write the layer of figures."""
    finder = QuantityFinder(params)
    reports = read_layer(inputs["reports"], Report)
    write_layer(outputs["quantities"], Quantity, (q for each in reports for q in finder(each)))
