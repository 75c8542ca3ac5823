"""Places: from a name as news writes it to a GB/T 2260 code and the chain from province to village."""

from pipeline.places.context import PlaceContext
from pipeline.places.explain import explain
from pipeline.places.gazetteer import Gazetteer
from pipeline.places.resolver import PlaceResolver, PlacesParams, Resolution
from pipeline.places.scan import PlaceSpan

__all__ = [
    "Gazetteer",
    "PlaceContext",
    "PlaceResolver",
    "PlaceSpan",
    "PlacesParams",
    "Resolution",
    "explain",
]
