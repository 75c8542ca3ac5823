"""Files and folders of news -> raw documents; what cannot be read becomes a reject."""

from pipeline.readers.document import Document
from pipeline.readers.inputs import read_inputs

__all__ = ["Document", "read_inputs"]
