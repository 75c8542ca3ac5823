"""Bytes -> text, or a clear refusal."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.readers.encoding import decode

_NEWS = "甲县图书馆赠书\n近日，甲县图书馆走进乙村，送去图书500册，村民们很高兴。\n"
_TRADITIONAL = "甲縣圖書館贈書\n近日，甲縣圖書館走進乙村，送去圖書500冊，村民們很高興。\n"


@pytest.mark.parametrize("text", [_NEWS, _TRADITIONAL, _NEWS * 500])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(text, encoding):
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_line_ends(encoding):
    assert decode("甲县，赠书。\r\n乙村，\r在近日。\n".encode(encoding)) == "甲县，赠书。\n乙村，\n在近日。\n"


_UTF8 = _NEWS.encode()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        ("\ufeff　\n".encode(), "empty"),
        (bytes(range(256)) * 20, "not-text"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00\x01\x02" * 300, "not-text"),
        (b"PK\x03\x04" + bytes(200), "not-text"),
        (_UTF8[:50] + b"\xff\xfe" + _UTF8[50:], "encoding"),
        (_UTF8[:-2], "encoding"),
        (_UTF8[1:], "encoding"),
        (b"\xef\xbb\xbf" + _UTF8[1:], "encoding"),
        (_NEWS.encode("gb18030")[:-2] + b"\xff\xff", "encoding"),
        (_TRADITIONAL.encode("big5"), "encoding"),
        ("Ünïcödé ßtraße".encode("latin-1") * 20, "encoding"),
        (random.Random(1).randbytes(5000), "not-text"),
    ],
)
def test_refusals(data, code):
    with pytest.raises(InputError) as caught:
        decode(data)
    assert caught.value.code == code
    assert "\n" not in str(caught.value)


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_decode_or_are_refused(data):
    try:
        text = decode(data)
    except InputError as error:
        assert error.code in ("empty", "not-text", "encoding")
    else:
        assert text.strip() and "\r" not in text and text.encode()
