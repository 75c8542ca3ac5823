"""Organisations, places and persons by a trained model; the only step that imports spaCy."""

from pipeline.entities.params import EntitiesParams
from pipeline.entities.recogniser import Recogniser

__all__ = ["EntitiesParams", "Recogniser"]
