"""The step: documents -> reports, a report -> sentences, a report -> words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from pipeline.readers import Document
from pipeline.schema import Reject, Report, Sentence, Word
from pipeline.segment.lines import dateline, lines
from pipeline.segment.params import SegmentParams
from pipeline.segment.reports import Span, split_reports
from pipeline.segment.sentences import split_sentences
from pipeline.segment.words import Tagger

_STAGE = "segment"
_CREDIT_LINES = 3


class Segmenter:
    r"""Cut documents into reports, reports into sentences and words.

    Example:
        >>> segmenter = Segmenter(SegmentParams())
        >>> document = Document("甲.txt", 1, "甲县赠书\n近日，甲县赠书。", plain=True)
        >>> (report,) = segmenter.segment_document(document)
        >>> report.report_id, report.title
        ('甲-1', '甲县赠书')
        >>> [report.text[each.start:each.end] for each in segmenter(report)]
        ['甲县赠书', '近日，甲县赠书。']
        >>> [report.text[each.start:each.end] for each in segmenter.words(report)][-4:]
        ['甲', '县', '赠书', '。']
    """

    def __init__(self, params: SegmentParams) -> None:
        self._params = params
        self._tagger = Tagger(params.unknown_words)

    def segment_document(self, document: Document) -> tuple[Report, ...]:
        """Find the reports of a document; their texts are slices of a plain one, without outer blanks."""
        if not document.plain:
            return (_from_record(document, self._params),)
        spans = split_reports(document.text, self._params)
        return tuple(_from_span(document, span, number, self._params) for number, span in enumerate(spans, 1))

    def __call__(self, report: Report) -> tuple[Sentence, ...]:
        """Cut a report into sentences, in order."""
        return tuple(split_sentences(report, self._params))

    def words(self, report: Report) -> tuple[Word, ...]:
        """Cut a report into tagged words, in order; image marks and page furniture have none."""
        return tuple(
            Word(report.report_id, sentence.start + start, sentence.start + end, tag)
            for sentence in self(report)
            if sentence.kind != "noise"
            for start, end, tag in self._tagger(report.text[sentence.start : sentence.end])
        )


def segment_documents(
    documents: Iterable[Document | Reject], params: SegmentParams
) -> Iterator[Report | Reject]:
    """Segment a stream of documents; rejects pass through.

    A report without text, one that is too long and one whose id was seen before become rejects of stage
    `segment`: `no-report`, `too-long`, `duplicate-id`.

    Example:
        >>> twice = [Document("甲.jsonl", n, "近日，甲县图书馆赠书。", id="r1") for n in (1, 2)]
        >>> [type(each).__name__ for each in segment_documents(twice, SegmentParams())]
        ['Report', 'Reject']
    """
    segmenter = Segmenter(params)
    seen: set[str] = set()
    for document in documents:
        if isinstance(document, Reject):
            yield document
            continue
        reports = segmenter.segment_document(document)
        if not reports:
            yield Reject(
                document.file, document.record, _STAGE, "no-report", "there is no report in the text"
            )
        for number, report in enumerate(reports, 1):
            record = number if document.plain else document.record
            yield _checked(report, record, seen, params)
            seen.add(report.report_id)


def _checked(report: Report, record: int, seen: set[str], params: SegmentParams) -> Report | Reject:
    if report.report_id in seen:
        message = f"the id {report.report_id!r} was seen before"
        return Reject(report.file, record, _STAGE, "duplicate-id", message)
    if len(report.text) > params.max_report_length:
        message = f"{len(report.text)} characters, more than {params.max_report_length}"
        return Reject(report.file, record, _STAGE, "too-long", message)
    return report


def _from_record(document: Document, params: SegmentParams) -> Report:
    text = f"{document.title}\n{document.text}" if document.title else document.text
    body_start = len(document.title) + 1 if document.title else 0
    return Report(
        report_id=document.id or _numbered(document, document.record),
        text=text,
        body_start=body_start,
        file=document.file,
        start=document.start,
        end=document.end,
        region=document.region,
        title=document.title,
        source=document.source or _source(text, body_start, params),
        published=document.published,
        published_from="metadata" if document.published else None,
    )


def _from_span(document: Document, span: Span, number: int, params: SegmentParams) -> Report:
    text = document.text[span.start : span.end]
    body_start = span.body_start - span.start
    return Report(
        report_id=_numbered(document, number),
        text=text,
        body_start=body_start,
        file=document.file,
        start=span.start,
        end=span.end,
        region=document.text[slice(*span.region)] if span.region else None,
        title=document.text[slice(*span.title)] if span.title else None,
        source=_source(text, body_start, params),
    )


def _numbered(document: Document, number: int) -> str:
    return f"{PurePosixPath(document.file).stem}-{number}"


def _source(text: str, body_start: int, params: SegmentParams) -> str | None:
    """Read the source off the closing lines, the opening lines or the dateline, in this order."""
    layout = [line for line in lines(text, params.max_title_length) if line.start >= body_start]
    told = [line for line in layout if line.kind not in ("image", "noise")]
    for line in (*reversed(told[-_CREDIT_LINES:]), *told[:_CREDIT_LINES]):
        if line.name:
            return text[slice(*line.name)].strip()
    if told and (span := dateline(text[told[0].start : told[0].end])):
        return text[told[0].start :][slice(*span)]
    return None
