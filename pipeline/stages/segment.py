"""Stage `segment`: raw files -> reports, sentences, words; what could not be read -> rejects."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipeline.readers import read_inputs
from pipeline.schema import Reject, Report, Sentence, Word
from pipeline.segment import Segmenter, SegmentParams, segment_documents
from pipeline.store import write_layer

SECTIONS = (SegmentParams,)


def run(inputs: Mapping[str, Path], outputs: Mapping[str, Path], params: SegmentParams) -> None:
    """Write the layers reports, sentences, words and rejects of a folder of raw files."""
    found = list(segment_documents(read_inputs([inputs["reports"]]), params))
    reports = [each for each in found if isinstance(each, Report)]
    segmenter = Segmenter(params)
    write_layer(outputs["reports"], Report, reports)
    write_layer(outputs["sentences"], Sentence, (s for each in reports for s in segmenter(each)))
    write_layer(outputs["words"], Word, (word for each in reports for word in segmenter.words(each)))
    write_layer(outputs["rejects"], Reject, (each for each in found if isinstance(each, Reject)))
