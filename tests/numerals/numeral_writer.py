"""Every way a whole number is written, the parser turned round; None where a style has no form."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

_SMALL = "零一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_TRADITIONAL = str.maketrans("万亿两贰陆叁", "萬億兩貳陸參")
_WIDE = str.maketrans("0123456789,", "０１２３４５６７８９，")
_GROUPS = ("", "万", "亿", "万亿")


def _section(number: int, digits: str, units: str) -> str:
    """Up to four digits: 一千零二十."""
    out, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            out += ("零" if gap and out else "") + digits[digit] + ("", *units)[place]
            gap = False
        else:
            gap = True
    return out


def _sections(number: int) -> list[int]:
    """Groups of four digits, the highest first."""
    groups = []
    while number:
        number, group = divmod(number, 10**4)
        groups.append(group)
    return groups[::-1]


def _chinese(number: int, digits: str, units: str) -> str:
    if number == 0:
        return "零"
    groups, out, gap = _sections(number), "", False
    for index, group in enumerate(groups):
        left = len(groups) - 1 - index
        if group:
            out += ("零" if out and (gap or group < 1000) else "") + _section(group, digits, units)
            out += "万" if left == 3 else _GROUPS[left]
            gap = False
        else:
            gap = True
        if left == 2 and len(groups) == 4 and not group:
            out += "亿"
    return out


def small(number: int) -> str:
    text = _chinese(number, _SMALL, "十百千")
    return text[1:] if text.startswith("一十") else text


def with_two(number: int) -> str | None:
    """两 for a leading 二 before 百, 千, 万 and 亿."""
    text = small(number)
    changed = "".join(
        "两"
        if char == "二" and text[at + 1 : at + 2] in tuple("百千万亿") and not text[:at].endswith("十")
        else char
        for at, char in enumerate(text)
    )
    return changed if changed != text else None


def formal(number: int) -> str:
    return _chinese(number, _FORMAL, "拾佰仟")


def mixed(number: int) -> str | None:
    """1亿2000万3456; 零 before a group that does not fill its places."""
    groups, out = _sections(number), ""
    if not 2 <= len(groups) <= 3:
        return None
    for index, group in enumerate(groups):
        if group:
            out += ("零" if out and group < 1000 else "") + str(group) + _GROUPS[len(groups) - 1 - index]
    return out


def in_ten_thousands(number: int) -> str | None:
    return f"{Decimal(number) / 10**4:f}万" if number >= 10**4 else None


def in_hundred_millions(number: int) -> str | None:
    return f"{Decimal(number) / 10**8:f}亿" if number >= 10**8 else None


def positional(number: int) -> str | None:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number)) if number >= 100 else None


def shortened(number: int) -> str | None:
    """三万五, 一千二: two leading digits and nothing else."""
    text = str(number)
    if len(text) not in (3, 4, 5, 9) or text.strip("0") != text[:2] or text[1] == "0":
        return None
    unit = {3: "百", 4: "千", 5: "万", 9: "亿"}[len(text)]
    return _SMALL[int(text[0])] + unit + _SMALL[int(text[1])]


def arabic_units(number: int) -> str | None:
    """3万5千."""
    parts = [(number // 10**4, "万"), (number // 1000 % 10, "千"), (number // 100 % 10, "百")]
    if not 10**4 <= number < 10**6 or number % 100 or not number % 10**4 or not parts[1][0]:
        return None
    return "".join(f"{digit}{unit}" for digit, unit in parts if digit)


def twenties(number: int) -> str | None:
    return ("廿" if number < 30 else "卅") + _SMALL[number % 10].strip("零") if 20 <= number < 40 else None


STYLES: dict[str, Callable[[int], str | None]] = {
    "arabic": str,
    "thousands": lambda number: f"{number:,}",
    "spaces": lambda number: f"{number:,}".replace(",", " "),
    "full-width": lambda number: f"{number:,}".translate(_WIDE),
    "small": small,
    "with-two": with_two,
    "formal": formal,
    "traditional-small": lambda number: small(number).translate(_TRADITIONAL),
    "traditional-formal": lambda number: formal(number).translate(_TRADITIONAL) if number > 9 else None,
    "mixed": mixed,
    "in-ten-thousands": in_ten_thousands,
    "in-hundred-millions": in_hundred_millions,
    "positional": positional,
    "shortened": shortened,
    "arabic-units": arabic_units,
    "twenties": twenties,
}
