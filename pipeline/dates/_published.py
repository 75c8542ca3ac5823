"""The report's own date: metadata, the page's line, or the dates inside its image links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

from pipeline.dates._calendar import legal
from pipeline.dates._lexicon import alternatives, load
from pipeline.schema import Report
from pipeline.text import fold

_DAY = r"((?:19|20)[0-9]{2}) ?[-/.年] ?([0-9]{1,2}) ?[-/.月] ?([0-9]{1,2})(?![0-9]) ?日?"
_CLOCK = r"[ T]*[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?=[ \t\n)\]]|$)"
_LINE = re.compile(rf"^[ \t(\[]*{_DAY}[ \t)\]]*(?:来源.{{0,40}})?$", re.MULTILINE)
_STAMP = re.compile(rf"^[^,。;\n]{{0,40}}?{_DAY}{_CLOCK}.{{0,60}}$", re.MULTILINE)
_SOURCE_LINE = re.compile(rf"^.{{0,10}}来源[: ].{{0,30}}?{_DAY}.{{0,40}}$", re.MULTILINE)
_LINK = re.compile(r"\[image: ?([^\]\n]{1,2000})\]?")
_IN_LINK = (
    re.compile(r"/((?:19|20)[0-9]{2})[-/]?([01][0-9])[-/]?([0-3][0-9])(?=/)"),
    re.compile(
        r"(?:/|[tTPW_-]0?)((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])(?=[0-9]{0,14}[./_?-]|[0-9]{4,14}$)"
    ),
)


@cache
def _labelled() -> re.Pattern[str]:
    labels = alternatives(load("dates.toml")["page"]["labels"])
    return re.compile(rf"(?<![\u4e00-\u9fff]){labels} ?[::]? ?[\[(]?{_DAY}", re.MULTILINE)


def derive_published(report: Report) -> tuple[date | None, str | None]:
    r"""The report's date and where it comes from: `metadata`, `page`, `image`, or None and None.

    The page line is a labelled one (发布时间：2021-03-05), a line of nothing but a date, or a source line
    that holds one. Of several image dates the latest counts: the report appeared after its pictures.

    Example:
        >>> derive_published(Report("r", text="赠书活动\n发布时间：2021-03-05 来源：青溪县图书馆\n近日，…"))
        (datetime.date(2021, 3, 5), 'page')
    """
    if report.published is not None:
        return report.published, "metadata"
    text = fold(report.text)
    page = next((day for pattern in _page_patterns() for day in _days(text, pattern)), None)
    if page:
        return page, "page"
    images = [day for link in _LINK.finditer(text) for day in _link_days(link.group(1))]
    return (max(images), "image") if images else (None, None)


def with_published(report: Report) -> Report:
    r"""The report with what `derive_published` says; a report that tells where its date is from stays.

    Example:
        >>> with_published(Report("r", text="赠书\n2021-03-05\n近日，…")).published_from
        'page'
    """
    if report.published_from is not None:
        return report
    published, source = derive_published(report)
    return replace(report, published=published, published_from=source)


def page_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where a folded text states the page's own date: no date of an act."""
    return tuple(found.span() for pattern in _page_patterns() for found in pattern.finditer(text))


def _page_patterns() -> tuple[re.Pattern[str], ...]:
    return _labelled(), _SOURCE_LINE, _LINE, _STAMP


def _days(text: str, pattern: re.Pattern[str]) -> Iterator[date]:
    for found in pattern.finditer(text):
        year, month, day = (int(part) for part in found.groups()[-3:])
        one = legal(year, month, day)
        if one:
            yield one


def _link_days(link: str) -> Iterator[date]:
    for pattern in _IN_LINK:
        yield from _days(link, pattern)
