"""Who gave what to whom, when: acts of giving with their arguments.

`Linker(params)` loads the learned decisions once; the call is pure.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline import schema
from pipeline.encoder import Encoder
from pipeline.linking.decode import decode, likeliest
from pipeline.linking.drafts import read_scene
from pipeline.linking.model import LinkerModel, load_linker
from pipeline.linking.params import LinkingParams
from pipeline.linking.reading import read
from pipeline.shipped import model_folder

__all__ = ["Linker", "LinkingParams"]


class Linker:
    """Links the mentions of a report into acts of giving.

    Reports whose likeliest act stays under `screen` by its named facts are not read by the encoder, which
    would have to be all but sure of an act to outweigh them.

    Args:
        params: thresholds and the folders of the models; without an encoder the named facts decide alone.
        model: decisions to use instead of those in the folder.
    """

    def __init__(self, params: LinkingParams, model: LinkerModel | None = None) -> None:
        self._params = params
        self._model = model or load_linker(model_folder(params.model))
        self._encoder = Encoder(model_folder(params.encoder)) if params.encoder else None

    def __call__(
        self,
        report: schema.Report,
        sentences: Sequence[schema.Sentence],
        mentions: Sequence[schema.Mention],
        quantities: Sequence[schema.Quantity],
        dates: Sequence[schema.DateMention],
    ) -> tuple[schema.Act | schema.Link, ...]:
        """Acts, each followed by its links, in order of position."""
        scene = read_scene(report, sentences, mentions, quantities, dates)
        reading = None
        if self._encoder is not None and likeliest(scene, self._model) >= self._params.screen:
            reading = read(scene, self._encoder, self._params.window)
        return decode(scene, self._model, self._params, reading)
