"""One raw document, and the checks that a record from outside must pass to become one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from pipeline.errors import InputError
from pipeline.schema import Reject
from pipeline.text import fold

STAGE = "read"
_STRINGS = ("id", "title", "text", "source", "region")
_DAY = re.compile(r"(\d{4})(?:([-/.年])(\d{1,2})[-/.月](\d{1,2})日?|(\d\d)(\d\d))(?:[ T].*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Document:
    r"""What stood in one file or one record of a file, not yet segmented.

    `file` is relative to the input as given. `record` counts the records of the file from 1. `text` has
    `\n` as its only line end; `start` and `end` are its place in the decoded file, in code points.
    `plain` text has no fields beside it: it may be a compilation and its titles stand in the text.
    """

    file: str
    record: int
    text: str
    start: int = 0
    end: int = 0
    id: str | None = None
    title: str | None = None
    source: str | None = None
    published: date | None = None
    region: str | None = None
    plain: bool = False


Reading = Iterator[Document | Reject]


def reject(file: str, record: int, error: InputError) -> Reject:
    """Turn an error about one record into its row of the table of rejects."""
    return Reject(file, record, STAGE, error.code, str(error))


def from_fields(row: Mapping[str, object], file: str, record: int, start: int = 0, end: int = 0) -> Document:
    """Build a document from the fields of a record; unknown fields are left aside.

    Raises:
        InputError: `missing-text`, `bad-type`, `bad-date` or `encoding`.

    Example:
        >>> row = {"text": "近日，甲县图书馆赠书。", "published": "2021年9月3日"}
        >>> from_fields(row, "a.jsonl", 1).published
        datetime.date(2021, 9, 3)
    """
    known = {str(name).strip().lower(): value for name, value in row.items()}
    values = {name: _string(name, known.get(name)) for name in _STRINGS}
    if (text := values["text"]) is None:
        raise InputError("missing-text", "the record has no text")
    return Document(
        file,
        record,
        newlines(text),
        start,
        end,
        id=values["id"],
        title=values["title"],
        source=values["source"],
        published=_published(known.get("published")),
        region=values["region"],
    )


def newlines(text: str) -> str:
    r"""Make every line end `\n`.

    Example:
        >>> newlines("甲县\r\n乙村")
        '甲县\n乙村'
    """
    return text.replace("\r\n", "\n").replace("\r", "\n")


def parse_day(written: str) -> date | None:
    """Read a day as data files write it; the time of day is left aside.

    Example:
        >>> parse_day("2021-09-03T08:00:00+08:00"), parse_day("20210903"), parse_day("去年")
        (datetime.date(2021, 9, 3), datetime.date(2021, 9, 3), None)
    """
    match = _DAY.fullmatch(fold(written.strip()))
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[3] or match[5]), int(match[4] or match[6]))
    except ValueError:
        return None


def _string(name: str, value: object) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool) and name == "id":
        value = str(value)
    if value is None:
        return None
    if not isinstance(value, str):
        raise InputError("bad-type", f"{name} is {type(value).__name__}, not text")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise InputError("encoding", f"{name} holds half a character at {error.start}") from error
    return (value if name == "text" else value.strip()) if value.strip() else None


def _published(value: object) -> date | None:
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    day = parse_day(str(value))
    if day is None:
        raise InputError("bad-date", f"published {str(value)[:40]!r} is no day such as 2021-09-03")
    return day
