"""Plain text -> its reports: a compilation under headings, reports in a row, or a single one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.segment.lines import Line, is_byline, is_headline, lines
from pipeline.segment.params import SegmentParams

_LEAST_TITLE = 6


@dataclass(frozen=True, slots=True)
class Span:
    """Where a report, its title (without images before it) and its body stand in the file."""

    start: int
    end: int
    body_start: int
    title: tuple[int, int] | None = None
    region: tuple[int, int] | None = None


def split_reports(text: str, params: SegmentParams) -> tuple[Span, ...]:
    r"""Find the reports of a text, in order.

    A title-like line opens a report at the beginning, below a heading, after a source line, after more
    blank lines than paragraphs have between them, or before a dated lead.

    Example:
        >>> text = "☆陕西☆\n甲县图书馆赠书\n近日，甲县图书馆赠书。\n\n乙县赠书\n9月1日，乙县赠书。"
        >>> [text[span.start:span.body_start].strip() for span in split_reports(text, SegmentParams())]
        ['甲县图书馆赠书', '乙县赠书']
    """
    layout = list(lines(text, params.max_title_length))
    sections = list(_sections(layout))
    usual = _usual_gap(layout)
    spans: list[Span] = []
    for number, (heading, section) in enumerate(sections):
        preamble = number == 0 and heading is None and len(sections) > 1
        if preamble and not any(line.kind == "paragraph" for line in section):
            continue
        spans += _Section(text, section, usual, params, heading.name if heading else None).spans()
    return tuple(spans)


def _sections(layout: Sequence[Line]) -> Iterator[tuple[Line | None, list[Line]]]:
    heading: Line | None = None
    section: list[Line] = []
    for line in layout:
        if line.kind == "heading":
            if section:
                yield heading, section
            heading, section = line, []
        else:
            section.append(line)
    if section:
        yield heading, section


def _usual_gap(layout: Sequence[Line]) -> int:
    """Blank lines that this file puts between the paragraphs of one report."""
    gaps = Counter(
        after.gap
        for before, after in pairwise(layout)
        if before.kind == after.kind == "paragraph" and before.credit_start == before.end
    )
    return min(gaps, key=lambda gap: (-gaps[gap], gap), default=0)


@dataclass(frozen=True, slots=True)
class _Section:
    """The lines under one heading."""

    text: str
    lines: Sequence[Line]
    usual: int
    params: SegmentParams
    region: tuple[int, int] | None

    def spans(self) -> Iterator[Span]:
        told = [i for i, line in enumerate(self.lines) if line.kind not in ("image", "noise")]
        if not told:
            return
        starts = self._starts(told)
        bounds = [*(self._with_images(start) for start in starts), len(self.lines)]
        for number, start in enumerate(starts):
            yield self._span(bounds[number], start, bounds[number + 1])

    def _starts(self, told: Sequence[int]) -> list[int]:
        starts, has_body = [told[0]], False
        for before, index in pairwise(told):
            has_body = has_body or self.lines[before].kind == "paragraph"
            if has_body and self._opens(before, index):
                starts.append(index)
                has_body = False
        return starts

    def _opens(self, before: int, index: int) -> bool:
        line, closed = self.lines[index], self._closes(self.lines[before])
        gap = sum(each.gap for each in self.lines[before + 1 : index + 1])
        if line.kind != "title":
            return closed and line.kind == "paragraph" and (gap > self.usual or line.lead)
        body = self._body(index)
        if body is None:
            return False
        if closed or gap > self.usual + 1:
            return True
        outdented = body.indented and not line.indented
        headline = is_headline(self.text[line.start : line.end])
        long_enough = line.end - line.start >= _LEAST_TITLE
        compiled = self.region is not None
        begun = body.lead or self._credited(index)
        if gap > self.usual:
            return begun or outdented or headline or (compiled and long_enough)
        # Nothing but the words tells it from a subheading or the caption of an image before it.
        if index > before + 1 or not long_enough:
            return False
        expected = begun or (headline and compiled)
        return expected and self._ends_sentence(self.lines[before])

    def _credited(self, start: int) -> bool:
        """Whether a line with the source, the writer or the day follows the title at `start`."""
        return self.lines[self._title_end(start)].kind == "credit"

    def _closes(self, line: Line) -> bool:
        return line.kind == "credit" or line.credit_start < line.end

    def _ends_sentence(self, line: Line) -> bool:
        return self.text[line.end - 1] in "。！？!?”）)…"

    def _body(self, start: int) -> Line | None:
        """Return the paragraph that follows the title at `start`, if one does."""
        told = [line for line in self.lines[self._title_end(start) : start + 12] if _tells(line)]
        return told[0] if told and told[0].kind == "paragraph" else None

    def _title_end(self, start: int) -> int:
        index = start
        while index < len(self.lines) and index - start < self.params.max_title_lines:
            line = self.lines[index]
            content = self.text[line.start : line.end]
            joined = index == start or (
                (line.gap <= self.usual or content.startswith(("—", "-"))) and not is_byline(content)
            )
            if line.kind != "title" or not joined:
                break
            index += 1
        return index

    def _with_images(self, start: int) -> int:
        """Move a start back over the images that stand nearer to it than to the report before."""
        first = start
        while first > 0 and self.lines[first - 1].kind == "image":
            first -= 1
        while (
            first < start
            and start != first
            and first > 0
            and self.lines[first].gap <= self.lines[first + 1].gap
        ):
            first += 1
        return first

    def _span(self, first: int, start: int, stop: int) -> Span:
        stop = self._stop(stop)
        title_end = self._title_end(start)
        has_body = any(line.kind == "paragraph" for line in self.lines[title_end:stop])
        begin, end = self.lines[first].start, self.lines[stop - 1].end
        if title_end == start or not has_body:
            return Span(begin, end, begin, None, self.region)
        title = (self.lines[start].start, self.lines[title_end - 1].end)
        return Span(begin, end, title[1] + 1, title, self.region)

    def _stop(self, stop: int) -> int:
        while self.lines[stop - 1].kind == "noise":
            stop -= 1
        return stop


def _tells(line: Line) -> bool:
    return line.kind not in ("image", "noise", "credit", "caption")
