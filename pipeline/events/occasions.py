"""Signs that one of two passages tells an act of another time, or of another taker.

All offsets are into the folded text.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.events.alike import overlap
from pipeline.events.proto import Proto
from pipeline.events.retold import goes_further
from pipeline.lexicons import read_toml, words
from pipeline.linking.spans import alternation


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    lists = read_toml("when.toml")["occasions"]
    told = {name: alternation(words(block)).pattern for name, block in lists.items()}
    number = "[0-9一二两三四五六七八九十几数多来余半]{1,4}"
    return {
        "before": re.compile(f"(?:^|[,;:])(?:而|就在)?(?:{told['before']})(?!{told['gathered']})[^;]*$"),
        "after": re.compile(
            f"(?:^|[,;])(?:过了)?(?:{number}个?(?:{told['units']})[以之]?后|{told['after']})[^;]*$"
        ),
        "office": re.compile(f"(?:{told['office']})$"),
        "these": re.compile(f"{told['these']}"),
    }


def other_occasion(first: Proto, second: Proto, text: str) -> bool:
    """此前已捐电脑20台; 十来天后,他又捎来打印机; 2010年9月,他又运来电脑: whether times are told apart."""
    early, late = sorted((first, second), key=lambda proto: proto.acts[0])
    if _says("before", early, text) != _says("before", late, text):
        return True
    later = _says("after", late, text) and not _says("these", late, text)
    return later or _dated_further(early, late, text)


def _says(name: str, proto: Proto, text: str) -> bool:
    """Whether the sentence of an act says so before its verb."""
    return _patterns()[name].search(text[proto.spans[0][0] : proto.acts[0][0]]) is not None


def _dated_further(early: Proto, late: Proto, text: str) -> bool:
    """他捐建教学楼。2010年9月,他又运来电脑: one more gift, on a day of its own."""
    if early.date is not None or late.date is None or early.spans[0] == late.spans[0]:
        return False
    own = late.spans[0][0] <= late.date.start < late.acts[0][0]
    return own and goes_further(early, late, text)


def other_taker(first: Proto, second: Proto, text: str) -> bool:
    """向石桥村服务点赠书,又为石桥村的老人送去被子: names that only share a place, in one more gift."""
    told = first.recipients and second.recipients
    if not told or overlap(first.recipients, second.recipients) or not goes_further(first, second, text):
        return False
    return not any(_is_office(a.name, b.name) for a in first.recipients for b in second.recipients)


def _is_office(first: str, second: str) -> bool:
    """Whether names differ by an office or a room alone: 柳河镇政府, 柳河镇; 石桥村农家书屋, 柳河镇石桥村."""
    short, full = sorted((first, second), key=len)
    office = _patterns()["office"]
    return full.startswith(short) or bool(office.search(full) or office.search(short))
