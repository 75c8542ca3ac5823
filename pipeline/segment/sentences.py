"""The sentences of a report: kinds, quotations kept whole, no cut inside numbers or links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.schema import Report, Sentence
from pipeline.segment.lines import IMAGE, Line, lines
from pipeline.segment.params import SegmentParams

_TOKEN = re.compile(
    r"(?P<image>\[image:[^\[\]\n]*\])|(?P<link>https?://[\x21-\x7e]+)"
    r"|(?P<open>[“「『（(《【])|(?P<stop>[。！？｡!?.]+)"
)
_PAIRS = re.compile(r"[“”「」『』（）()《》【】]")
_CLOSING = {"”": "“", "」": "「", "』": "『", "）": "（(", ")": "（(", "》": "《", "】": "【"}
_AFTER_STOP = re.compile(r"""[”’」』）)》】"']*""")
_SPOKEN = re.compile(r"[:：，,]\s*$")
_HAN = re.compile(r"[一-鿿”」』）)》】]")
_KINDS = {"noise": "noise", "credit": "source", "caption": "caption", "image": "noise"}


def split_sentences(report: Report, params: SegmentParams) -> Iterator[Sentence]:
    r"""Cut a report into sentences that cover everything but white space.

    Title lines are sentences of kind `title`; a source, writer or editor at the end of a line is `source`;
    image marks between sentences, counters and page furniture are `noise`.

    Example:
        >>> text = "甲县赠书\n“感谢县图书馆。”村支书说。共1.5万册！（来源：甲县）"
        >>> report = Report("r", text=text, body_start=5)
        >>> for each in split_sentences(report, SegmentParams()):
        ...     print(each.kind, report.text[each.start:each.end])
        title 甲县赠书
        body “感谢县图书馆。”村支书说。
        body 共1.5万册！
        source （来源：甲县）
    """
    pictured = False
    for line in lines(report.text, params.max_title_length):
        for start, end, kind in _pieces(report, line, pictured, params):
            if trimmed := _trimmed(report.text, start, end):
                yield Sentence(report.report_id, *trimmed, kind)
        pictured = line.kind == "image"


def _pieces(
    report: Report, line: Line, pictured: bool, params: SegmentParams
) -> Iterator[tuple[int, int, str]]:
    begin = line.start
    while image := IMAGE.match(report.text, begin, line.end):
        yield image.start(), image.end(), "noise"
        begin = image.end() + _blanks(report.text, image.end(), line.end)
        pictured = True
    kind = _KINDS.get(line.kind, "body")
    if line.start < report.body_start:
        kind = "title"
    elif line.kind == "title" and pictured:
        kind = "caption"
    if kind != "body":
        yield begin, line.end, kind
        return
    yield from _body(report.text, begin, line.credit_start, params.max_quote_length)
    yield from _credits(report.text, line)


def _blanks(text: str, start: int, end: int) -> int:
    return end - start - len(text[start:end].lstrip())


def _credits(text: str, line: Line) -> Iterator[tuple[int, int, str]]:
    place = line.credit_start
    for image in IMAGE.finditer(text, line.credit_start, line.end):
        yield place, image.start(), "source"
        yield image.start(), image.end(), "noise"
        place = image.end()
    yield place, line.end, "source"


def _body(text: str, start: int, end: int, max_quote: int) -> Iterator[tuple[int, int, str]]:
    closings = _closings(text, start, end)
    place, begin = start, start
    while token := _TOKEN.search(text, place, end):
        place = token.end()
        if token.lastgroup == "open":
            close = closings.get(token.start())
            if close is None or close - token.start() > max_quote:
                continue
            place = close + 1
            stop = place if _closes_sentence(text, begin, token.start(), close) else None
        else:
            stop = _stop(text, token, end) if token.lastgroup == "stop" else None
        if token.lastgroup == "image" and not text[begin : token.start()].strip():
            yield token.start(), token.end(), "noise"
            begin = place
        elif stop is not None:
            yield begin, stop, "body"
            begin = place = stop
    yield from _last(text, begin, end)


def _last(text: str, begin: int, end: int) -> Iterator[tuple[int, int, str]]:
    """The rest of a line: a sentence without its stop, then the images that close the line."""
    images = list(IMAGE.finditer(text, begin, end))
    closing = end
    while images and not text[images[-1].end() : closing].strip():
        closing = images.pop().start()
    yield begin, closing, "body"
    for image in IMAGE.finditer(text, closing, end):
        yield image.start(), image.end(), "noise"


def _closings(text: str, start: int, end: int) -> dict[int, int]:
    """Match the quotation marks and brackets of a line; a stray one pairs with nothing."""
    pairs: dict[int, int] = {}
    stack: list[int] = []
    for match in _PAIRS.finditer(text, start, end):
        openers = _CLOSING.get(match[0])
        if openers is None:
            stack.append(match.start())
        elif stack and text[stack[-1]] in openers:
            pairs[stack.pop()] = match.start()
    return pairs


def _closes_sentence(text: str, begin: int, opening: int, close: int) -> bool:
    # `他说：“……。”` ends; `“……。”村支书说。` goes on.
    if text[close] in "）)》】" or text[close - 1] not in "。！？!?":
        return False
    return _SPOKEN.search(text, max(begin, opening - 4), opening) is not None


def _stop(text: str, token: re.Match[str], end: int) -> int | None:
    before = text[token.start() - 1 : token.start()]
    after = text[token.end() : token.end() + 1]
    if token[0] == "." and not (
        _HAN.match(before) and (not after.strip() or _HAN.match(after) or after in "“「『")
    ):
        return None
    if token[0] in "!?" and after.isascii() and after.isalnum():
        return None
    if set(token[0]) == {"."} and len(token[0]) > 1:
        return None
    closing = _AFTER_STOP.match(text, token.end(), end)
    return closing.end() if closing else token.end()


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    stripped = piece.strip()
    if not stripped:
        return None
    start += len(piece) - len(piece.lstrip())
    return start, start + len(stripped)
