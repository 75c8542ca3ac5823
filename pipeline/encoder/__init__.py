"""A small pretrained Chinese character encoder that reads a report with its mentions marked.

It answers questions about stretches of text: does this passage tell an act, what is this party to it.
Questions come from linking; the encoder knows nothing of rules. See docs/encoder.md.
"""

from pipeline.encoder.codes import Mark, Question
from pipeline.encoder.reader import Encoder
from pipeline.encoder.tagger import Tagger

__all__ = ["Encoder", "Mark", "Question", "Tagger"]
