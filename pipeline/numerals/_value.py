"""The grammar of a numeral: a folded string to an exact value or interval, or None."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")}
_SCALES = (("兆", 10**12), ("亿", 10**8), ("万", 10**4), ("千", 1000), ("百", 100), ("十", 10))
_PAIRS = frozenset(((1, 2), (2, 3), (3, 4), (3, 5), (4, 5), (5, 6), (6, 7), (7, 8), (8, 9)))
_CANONICAL = str.maketrans(
    "〇○壹弌贰两俩弍叁仨弎肆伍陆柒捌玖拾佰仟", "零零一一二二二二三三三四五六七八九十百千"
) | {ord(short): long for short, long in (("廿", "二十"), ("卅", "三十"), ("卌", "四十"))}
_ARABIC = re.compile(
    r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,6}|[0-9]{1,3}(?: [0-9]{3}){1,6}|[0-9]{1,20})(\.[0-9]{1,8})?"
)
_FORMAL_THREE = re.compile(r"参(?=[拾佰仟万亿])|(?<=[拾佰仟万亿零])参")
_SPACED_SCALE = re.compile("(?<=[0-9]) (?=[千万亿])")
_UNIT = re.compile("[十百千万亿兆]")
_LONGEST = 48


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral of a text, with the interval it states.

    `value` is the stated figure, the lower bound of an interval (十几 11, 三五百 300). `low` and `high`
    bound it inclusively; None is open (100余: from 100 upwards; 十来: open on both sides). `qualifier` is
    exact, over, about or range. Vague digits (几, 数) stand for 2 to 9, behind a ten for 1 to 9, and the
    upper bound is the greatest whole number they still describe: 几十 20…99, 十几万 110000…199999.

    Example:
        >>> from pipeline.numerals import parse_numeral
        >>> numeral = parse_numeral("三五百")
        >>> numeral.low, numeral.high, numeral.qualifier
        (Decimal('300'), Decimal('500'), 'range')
    """

    start: int
    end: int
    value: Decimal
    low: Decimal | None
    high: Decimal | None
    qualifier: str


class Value(NamedTuple):
    """What a piece of a numeral states while it is being read; `mark` is "", `over` or `about`."""

    low: int | Decimal
    high: int | Decimal
    vague: bool = False
    mark: str = ""

    @property
    def plain(self) -> bool:
        """Whether the piece is one exact figure."""
        return self.low == self.high and not self.mark


_SINGLE = {char: Value(value, value) for char, value in _DIGITS.items()} | {
    "几": Value(2, 9, vague=True),
    "数": Value(2, 9, vague=True),
    "半": Value(Decimal("0.5"), Decimal("0.5")),
}


def evaluate(text: str) -> Value | None:
    """Read a folded string that is one numeral and nothing else."""
    if not text or len(text) > _LONGEST:
        return None
    text = _SPACED_SCALE.sub("", text)
    if "参" in text:
        text = _FORMAL_THREE.sub("叁", text)
    return _read(text.translate(_CANONICAL), leading=True)


def to_numeral(value: Value, start: int, end: int) -> Numeral:
    """Make the public record: the marks become open bounds."""
    low, high = _exact(value.low), _exact(value.high)
    if value.mark == "over":
        return Numeral(start, end, low, low, None, "over")
    if value.mark == "about":
        return Numeral(start, end, low, None, None, "about")
    return Numeral(start, end, low, low, high, "exact" if low == high else "range")


def _exact(number: int | Decimal) -> Decimal:
    """A Decimal without trailing zeros; 1.20万 is 12000."""
    if isinstance(number, int):
        return Decimal(number)
    whole = int(number)
    return Decimal(whole) if whole == number else Decimal(f"{number:f}".rstrip("0"))


def _read(text: str, leading: bool) -> Value | None:
    if text in _SINGLE:
        return _SINGLE[text]
    if text[-1] in "余多来":
        return _marked(text, leading)
    if text[0] in "0123456789" and (found := _ARABIC.fullmatch(text)):
        return _arabic(text, found)
    for name, unit in _SCALES:
        at = text.rfind(name)
        if at >= 0:
            return _with_unit(text[:at], unit, text[at + 1 :], leading)
    return _digits(text)


def _marked(text: str, leading: bool) -> Value | None:
    """余 and 多 behind a round figure, 来 behind ten or hundred."""
    body, mark = text[:-1], text[-1]
    if not body or (len(body) == 1 and body in _DIGITS) or (mark == "来" and body[-1] not in "十百千万0"):
        return None
    value = _read(body, leading)
    if value is None or not value.plain:
        return None
    return value._replace(mark="about" if mark == "来" else "over")


def _arabic(text: str, found: re.Match[str]) -> Value:
    plain = text.replace(",", "").replace(" ", "")
    value = Decimal(plain) if found.group(1) else int(plain)
    return Value(value, value)


def _with_unit(left: str, unit: int, right: str, leading: bool) -> Value | None:
    head = _head(left, unit, leading)
    if head is None:
        return None
    scaled = Value(head.low * unit, _top(head, unit), head.vague, head.mark)
    if not right:
        return scaled
    return None if not left and _is_short(right, unit) else _with_tail(scaled, unit, right)


def _top(value: Value, unit: int) -> int | Decimal:
    return (value.high + 1) * unit - 1 if value.vague else value.high * unit


def _head(left: str, unit: int, leading: bool) -> Value | None:
    """The figure before a unit: bare only in front (百万) or for ten; below 万 a single digit."""
    if not left:
        return Value(1, 1) if leading or unit == 10 else None
    head = _read(left, leading)
    if head is None:
        return None
    if unit < 10**4:
        return head if _fits_small(left, head) and not (unit == 10 and "点" in left) else None
    positional = len(left) > 1 and head.low == head.high and all(char in _DIGITS for char in left)
    fits = not positional and head.high < max(unit, 10**8)
    return head if left[0].isdigit() or fits else None


def _fits_small(left: str, head: Value) -> bool:
    if left[0].isdigit():
        return head.high < 100 and not head.mark
    return head.low == Decimal("0.5") or (0 < head.low < 10 and head.high < 10 and not _UNIT.search(left))


def _is_short(right: str, unit: int) -> bool:
    """万一 and 百二 are words; only a figure before the unit makes the shortened writing."""
    return unit > 10 and all(char in _DIGITS or char.isdigit() for char in right) and right[0] != "零"


def _with_tail(head: Value, unit: int, right: str) -> Value | None:
    if not head.plain:
        return None
    tail = _tail(right, unit)
    if tail is None or tail.high >= unit:
        return None
    return Value(head.low + tail.low, head.high + tail.high, tail.vague, tail.mark)


def _tail(right: str, unit: int) -> Value | None:
    """What follows a unit: 五 behind 万 is five thousand, behind 万零 it is five."""
    if right[0] == "零" and len(right) > 1:
        return _read(right[1:], leading=False)
    if right[0] == "点":
        return _fraction(right[1:])
    if unit == 10:
        return Value(1, 9, vague=True) if right == "几" else _read(right, leading=False)
    return (
        _short_tail(right, unit) if _is_short(right, unit) and len(right) < 3 else _read(right, leading=False)
    )


def _short_tail(right: str, unit: int) -> Value | None:
    """三万五, 3万5, 一万二三: digits of the next lower unit; 3万50 is 30050."""
    if len(right) == 1:
        digit = _DIGITS.get(right, 0) or int(right)
        return Value(digit * (unit // 10), digit * (unit // 10)) if digit else None
    return _read(right, leading=False) if right[0].isdigit() else _short_pair(right, unit)


def _short_pair(right: str, unit: int) -> Value | None:
    """一万二三 is 12000 to 13000."""
    pair = _digits(right)
    if pair is None or pair.plain:
        return None
    return Value(pair.low * (unit // 10), pair.high * (unit // 10))


def _digits(text: str) -> Value | None:
    """Chinese digits without a unit: one digit, an approximate pair, a positional number, a decimal."""
    whole, point, part = text.partition("点")
    if any(char not in _DIGITS for char in whole + part):
        return None
    if point:
        return _decimal(whole, part)
    values = [_DIGITS[char] for char in text]
    if len(values) == 2 and 0 not in values:
        return Value(values[0], values[1]) if tuple(values) in _PAIRS else None
    value = int("".join(map(str, values)))
    return Value(value, value)


def _decimal(whole: str, part: str) -> Value | None:
    if len(whole) != 1 or not part:
        return None
    value = Decimal(f"{_DIGITS[whole]}.{_spelled(part)}")
    return Value(value, value)


def _fraction(part: str) -> Value | None:
    if not part or any(char not in _DIGITS for char in part):
        return None
    value = Decimal(f"0.{_spelled(part)}")
    return Value(value, value)


def _spelled(part: str) -> str:
    return "".join(str(_DIGITS[char]) for char in part)
