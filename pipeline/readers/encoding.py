"""Bytes -> text: UTF-8 with or without mark, UTF-16 with mark, GB18030; nothing is guessed at a loss."""

from __future__ import annotations

import codecs
import re

from pipeline.errors import InputError
from pipeline.readers.document import newlines

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
# One character in five of running Chinese text is one of these; bytes of another encoding
# read as GB18030 give rare characters instead.
_FREQUENT = re.compile(
    "[的一是在不了有和人这中大为上个国我以要他时来用们年月日村县市书图馆，。、：；（）“”《》]"
)
_SHARE_FREQUENT = 0.05
_SHARE_CONTROL = 0.01


def decode(data: bytes) -> str:
    """Decode a whole file.

    Raises:
        InputError: `empty`, `not-text` for binary data, `encoding` for broken or unknown bytes.

    Example:
        >>> decode("甲县图书馆向乙村赠书，共五百册。".encode("gb18030"))
        '甲县图书馆向乙村赠书，共五百册。'
    """
    if not data.strip():
        raise InputError("empty", "the file is empty")
    text = _strict(data)
    if len(_CONTROL.findall(text)) > _SHARE_CONTROL * len(text):
        raise InputError("not-text", "the file is not text")
    if not text.strip():
        raise InputError("empty", "the file is empty")
    return newlines(text)


def _strict(data: bytes) -> str:
    mark = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    try:
        return data.decode(mark or "utf-8")
    except UnicodeDecodeError as error:
        if mark is None and (text := _gb18030(data)) is not None:
            return text
        if len(_CONTROL.findall(data.decode("latin-1"))) > _SHARE_CONTROL * len(data):
            raise InputError("not-text", "the file is not text") from error
        raise InputError(
            "encoding", f"neither UTF-8 nor GB18030: byte {error.start + 1} is broken"
        ) from error


def _gb18030(data: bytes) -> str | None:
    if _mostly_utf8(data):
        return None
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    written = len(_NOT_ASCII.findall(text))
    return text if len(_FREQUENT.findall(text)) >= _SHARE_FREQUENT * written else None


def _mostly_utf8(data: bytes) -> bool:
    # A few broken bytes in UTF-8 often make valid but senseless GB18030.
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    return len(_NOT_ASCII.findall(text)) > 2 * broken
