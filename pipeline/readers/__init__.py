"""Files and folders of news -> raw documents; what cannot be read becomes a reject."""

from pipeline.readers.document import Document
from pipeline.readers.inputs import input_sizes, read_inputs

__all__ = ["Document", "input_sizes", "read_inputs"]
