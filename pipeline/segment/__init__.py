"""Raw documents -> reports -> sentences -> words, all as offsets."""

from pipeline.segment.params import SegmentParams
from pipeline.segment.segmenter import Segmenter, segment_documents

__all__ = ["SegmentParams", "Segmenter", "segment_documents"]
