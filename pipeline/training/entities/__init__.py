"""Training of the recogniser: from the gold or from any labelled characters to a spaCy folder."""

from pipeline.training.entities.base import train_base
from pipeline.training.entities.params import TrainEntitiesParams
from pipeline.training.entities.running import train, train_files

__all__ = ["TrainEntitiesParams", "train", "train_base", "train_files"]
