"""The lines of a text and what each of them is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.lexicons import read_toml
from pipeline.text import fold

IMAGE = re.compile(r"\[image:[^\[\]\n]*\]")
_IMAGES = re.compile(r"(?:\s*\[image:[^\[\]\n]*\])+\s*")
_BETWEEN_ENDS = re.compile(r"\S(?:.*\S)?", re.DOTALL)
_STOP_INSIDE = re.compile(r"。|[一-鿿”]\.(?:[一-鿿“]|$)")
_SHORT = 120
_TAIL = 160
_LEAST_NAME_FREE = 6
_UNTITLED_ENDS = frozenset("。;,、:…")


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its white space.

    `kind`: `heading`, `image` (images only), `noise`, `credit` (source, byline, day), `caption`,
    `subheading`, `title` (could be one) or `paragraph`. `gap` counts the blank lines before it.
    `credit_start` is where a closing source or byline begins, else `end`. `name` is the region of a
    heading or the source of a credit.
    """

    start: int
    end: int
    kind: str
    gap: int
    indented: bool
    credit_start: int
    name: tuple[int, int] | None = None
    lead: bool = False


def lines(text: str, max_title: int) -> Iterator[Line]:
    r"""Cut a text at its line ends and classify every line that is not blank.

    Example:
        >>> [line.kind for line in lines("☆陕西☆\n甲县图书馆赠书\n\n8\n近日，甲县图书馆赠书。", 60)]
        ['heading', 'title', 'noise', 'paragraph']
    """
    classifier = _Classifier(fold(text), max_title)
    place, gap = 0, 0
    for raw in text.split("\n"):
        match = _BETWEEN_ENDS.search(raw)
        if match is None:
            gap += 1
        else:
            yield from classifier.parts(place + match.start(), place + match.end(), gap, match.start() > 0)
            gap = 0
        place += len(raw) + 1


@dataclass(frozen=True, slots=True)
class _Classifier:
    folded: str
    max_title: int

    def parts(self, start: int, end: int, gap: int, indented: bool) -> Iterator[Line]:
        """Yield a line, or the heading and the rest of a line that begins with one."""
        heading = _heading(self.folded[start : min(end, start + _SHORT)])
        if heading is not None:
            stop = start + heading.end()
            yield Line(start, stop, "heading", gap, indented, stop, _shifted(heading, "region", start))
            rest = _BETWEEN_ENDS.search(self.folded, stop, end)
            if rest is None:
                return
            start, gap, indented = rest.start(), 0, False
        yield self._classified(start, end, gap, indented)

    def _classified(self, start: int, end: int, gap: int, indented: bool) -> Line:
        images = _IMAGES.match(self.folded, start, end)
        first = images.end() if images else start
        if first == end:
            return Line(start, end, "image", gap, indented, end)
        content = self.folded[first : min(end, first + _SHORT + 1)]
        if len(content) <= _SHORT:
            if _matches("noise", content):
                return Line(start, end, "noise", gap, indented, end)
            if credit := _first_match("credit", "lines", content):
                return Line(start, end, "credit", gap, indented, start, _shifted(credit, "source", first))
        tail, source = _tail(self.folded, first, end)
        kind = self._kind(self.folded[first:tail].rstrip()) if tail > first else "credit"
        if kind == "title" and tail < end:
            kind = "paragraph"
        lead = any(pattern.match(content) for pattern in _patterns("lead", "patterns"))
        return Line(start, end, kind, gap, indented, tail, source, lead)

    def _kind(self, content: str) -> str:
        if len(content) <= _SHORT and _matches("caption", content):
            return "caption"
        if not content or len(content) > self.max_title or content[-1] in _UNTITLED_ENDS:
            return "paragraph"
        if _STOP_INSIDE.search(content):
            return "paragraph"
        return "subheading" if _matches("subheading", content) else "title"


def _tail(folded: str, start: int, end: int) -> tuple[int, tuple[int, int] | None]:
    """Find the closing credits of a line: where they begin, and the source that they name."""
    low = max(start, end - _TAIL)
    found, source = end, None
    while True:
        piece = _without_closing_images(folded[low:found])
        match = next((m for p in _patterns("credit", "tails") if (m := _closing(p, piece))), None)
        if match is None:
            return found, source
        found, source = low + match.start(), _shifted(match, "source", low) or source


def _closing(pattern: re.Pattern[str], piece: str) -> re.Match[str] | None:
    return next((match for match in pattern.finditer(piece) if match.end() == len(piece)), None)


def _without_closing_images(piece: str) -> str:
    piece = piece.rstrip()
    while piece.endswith("]") and (begin := piece.rfind("[image:")) >= 0 and "]" not in piece[begin:-1]:
        piece = piece[:begin].rstrip()
    return piece


def _shifted(match: re.Match[str], group: str, by: int) -> tuple[int, int] | None:
    if group not in match.re.groupindex or match.start(group) < 0:
        return None
    return (by + match.start(group), by + match.end(group))


def dateline(content: str) -> tuple[int, int] | None:
    """Find the medium that a dateline names at the beginning of a body.

    Example:
        >>> dateline("青溪新闻网讯 9月1日，县图书馆赠书。")
        (0, 5)
    """
    match = next(
        (m for p in _patterns("credit", "datelines") if (m := p.match(fold(content[:_SHORT])))), None
    )
    return _shifted(match, "source", 0) if match else None


def is_byline(content: str) -> bool:
    """Whether a line could be nothing but names; very short lines could.

    Example:
        >>> is_byline("陈秋禾 李望山"), is_byline("——甲县图书馆赠书")
        (True, False)
    """
    return len(content) < _LEAST_NAME_FREE or _first_match("credit", "names", content) is not None


def is_headline(content: str) -> bool:
    """Whether a title-like line names an institution or a place, as headlines do and subheadings do not.

    Example:
        >>> is_headline("青溪县图书馆送书进石桥村"), is_headline("活动现场气氛热烈")
        (True, False)
    """
    return _matches("headline", fold(content))


def _heading(content: str) -> re.Match[str] | None:
    return next((m for p in _patterns("heading", "patterns") if (m := p.match(content))), None)


def _matches(section: str, content: str) -> bool:
    return _first_match(section, "patterns", content) is not None


def _first_match(section: str, key: str, content: str) -> re.Match[str] | None:
    return next((m for p in _patterns(section, key) if (m := p.fullmatch(content))), None)


@cache
def _patterns(section: str, key: str) -> tuple[re.Pattern[str], ...]:
    rules = read_toml("layout.toml")
    provinces = "|".join(sorted(rules["heading"]["province"], key=len, reverse=True))
    return tuple(re.compile(each.replace("{province}", provinces), re.ASCII) for each in rules[section][key])
