"""Stage `link`: layers -> acts of giving with their arguments."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipeline.linking import Linker, LinkingParams
from pipeline.schema import Act, Link
from pipeline.stages.layers import read_layers
from pipeline.store import write_layer

SECTIONS = (LinkingParams,)


def run(inputs: Mapping[str, Path], outputs: Mapping[str, Path], params: LinkingParams) -> None:
    """Write the layers of acts and of links."""
    linker = Linker(params.at(inputs["linker"], inputs["encoder"]))
    found = [
        record
        for each in read_layers(inputs)
        for record in linker(each.report, each.sentences, each.entities, each.quantities, each.dates)
    ]
    write_layer(outputs["acts"], Act, (each for each in found if isinstance(each, Act)))
    write_layer(outputs["links"], Link, (each for each in found if isinstance(each, Link)))
