"""A saved news page -> one document: title, day, source and the text of the article."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.errors import InputError
from pipeline.lexicons import read_toml
from pipeline.readers.document import Document, Reading, parse_day
from pipeline.readers.encoding import decode

_SPACE = re.compile(r"\s+")
_SITE = re.compile(r"\s*[_|｜]|\s+-\s+|-(?=[^-]*$)")
_STATED = re.compile(r"(?:发布|发表|更新)?(?:时间|日期)[:：]\s*(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)")


def read_html(path: Path, file: str) -> Reading:
    """Read one page; images become `[image: URL]` marks, blocks become lines.

    Raises:
        InputError: `empty` when the page holds no text.
    """
    source = decode(path.read_bytes())
    rules = read_toml("html.toml")
    page = LexborHTMLParser(source)
    meta = _meta(page)
    title = _title(page, _named(meta, rules["meta"]["title"]))
    published = _published(page, _named(meta, rules["meta"]["published"]))
    page.strip_tags(rules["content"]["drop"])
    lines = _lines(_article(page, rules["content"]), frozenset(rules["content"]["block"]))
    text = "\n".join(lines[1:] if lines[:1] == [title] else lines)
    if not text:
        raise InputError("empty", "the page holds no text")
    yield Document(
        file,
        1,
        text,
        end=len(source),
        title=title,
        source=_named(meta, rules["meta"]["source"]),
        published=published,
    )


def _meta(page: LexborHTMLParser) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in page.css("meta"):
        values = node.attributes
        name = values.get("name") or values.get("property") or values.get("itemprop")
        content = _SPACE.sub(" ", values.get("content") or "").strip()
        if name and content:
            found.setdefault(name.lower(), content)
    return found


def _named(meta: dict[str, str], names: list[str]) -> str | None:
    return next((meta[name] for name in names if name in meta), None)


def _title(page: LexborHTMLParser, stated: str | None) -> str | None:
    heads = [node.text() for node in page.css("h1")] if stated is None else [stated]
    if len(heads) == 1 and heads[0].strip():
        return _SPACE.sub(" ", heads[0]).strip()
    head = page.css_first("title")
    return _SITE.split(_SPACE.sub(" ", head.text()).strip())[0] or None if head else None


def _published(page: LexborHTMLParser, stated: str | None) -> date | None:
    day = parse_day(stated) if stated else None
    if day is None and (node := page.css_first("time[datetime]")):
        day = parse_day(node.attributes.get("datetime") or "")
    if day is None and page.body and (match := _STATED.search(page.body.text(separator=" "))):
        day = parse_day(match[1])
    return day


def _article(page: LexborHTMLParser, rules: dict[str, Any]) -> LexborNode | None:
    for selector in rules["selectors"]:
        for node in page.css(selector):
            if len(node.text().strip()) >= rules["least"]:
                return node
    return _densest(page) or page.body


def _densest(page: LexborHTMLParser) -> LexborNode | None:
    # Paragraphs vote for their parent and, by half, for its parent, as in Arc90's Readability.
    votes: defaultdict[int, float] = defaultdict(float)
    nodes: dict[int, LexborNode] = {}
    for paragraph in page.css("p"):
        node, vote = paragraph.parent, float(len(paragraph.text().strip()))
        for share in (1.0, 0.5):
            if node is not None and node.tag not in ("html", "-undef"):
                nodes.setdefault(node.mem_id, node)
                votes[node.mem_id] += share * vote
                node = node.parent
    best = max(votes, key=lambda key: votes[key], default=None)
    return nodes[best] if best is not None and votes[best] else None


def _lines(article: LexborNode | None, blocks: frozenset[str]) -> list[str]:
    pieces = "".join(_pieces(article, blocks)) if article else ""
    lines = (_SPACE.sub(" ", line).strip() for line in pieces.split("\n"))
    return [line for line in lines if line]


def _pieces(article: LexborNode, blocks: frozenset[str]) -> Iterator[str]:
    # An explicit stack: pages nest deeper than Python recurses.
    stack: list[LexborNode | str] = [article]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            yield node
        elif node.tag == "-text":
            yield _SPACE.sub(" ", node.text_content or "")
        elif node.tag == "img":
            yield f"[image: {node.attributes.get('src') or ''}]"
        else:
            end = "\n" if node.tag in blocks else ""
            stack += [end, *reversed(list(node.iter(include_text=True))), end]
