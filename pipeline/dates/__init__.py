"""Date expressions: what the text says, then which days that means in the report's context."""

from pipeline.dates._published import derive_published, with_published
from pipeline.dates._reader import DateReader, DatesParams
from pipeline.dates._slips import find_slips

__all__ = ["DateReader", "DatesParams", "derive_published", "find_slips", "with_published"]
