"""Which names of a text stand in one list: joined names are one party."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline import schema

Entry = tuple[int, int, str]


_JOINT = re.compile(r"\s*(?:、|和|与|及|以及|暨|,|联合|会同|携手|联手|联袂|偕同|携|协同|聯合|聯同)\s*")


# What joins a person and an institution, too: 李平联合青溪县商会.
TOGETHER = re.compile(r"\s*(?:联合|会同|携手|联手|协同)\s*")


# 孙平教授和史林教授, 李安先生携夫人叶真: what stands beside a person's name in a list.
_HONORIFIC = re.compile(r"^(?:教授|先生|女士|老师|同志|校友|博士|院士|同学)|(?:夫人|妻子|丈夫|爱人|校友)$")


_GIVES = re.compile(
    r"(?:教授|先生|女士|老师|同志|校友|博士|院士|董事长)?(?:共同|一起|联合|分别|各)?(?:向|为|给|对|捐)"
)


def _gives_too(text: str, entry: Entry) -> bool:
    """甲集团及李安校友向学校捐赠: a person joined to an institution right before what both do."""
    return entry[2] == "PER" and bool(_GIVES.match(text, entry[1]))


_PLACES = re.compile(r"[^、()]{2,}(?:、[^、()]{2,}(?:村|社区|镇|乡|嘎查|街道|县|市|区))+")


def parted(mention: schema.Mention) -> list[schema.Mention]:
    """柳河镇石桥村、河湾村 as one name: a name for each place.

    Example:
        >>> [m.surface for m in parted(schema.Mention("r", 0, 10, "柳河镇石桥村、河湾村", "LOC"))]
        ['柳河镇石桥村', '河湾村']
    """
    if mention.label != "LOC" or not _PLACES.fullmatch(mention.surface):
        return [mention]
    found, start = [], mention.start
    for part in mention.surface.split("、"):
        found.append(replace(mention, start=start, end=start + len(part), surface=part))
        start += len(part) + 1
    return found


# 甲集团主席李安、乙商会各捐20万元: what follows is told of every one of them.
_EACH_GIVES = re.compile(
    r"(?:教授|先生|女士|老师|同志|校友|博士|院士|董事长)?(?:分别|各自|各)(?:又|再|也)?(?:向|为|给|[捐赠送出拿认])"
)


# 甲集团、侨领李安: a short title before the last name.
_LED = re.compile(r"^([、和与及])[^,。;:!?、和与及捐赠送]{1,8}$")


def _seats(text: str, entries: list[Entry]) -> dict[Entry, Entry]:
    """甲小学、乙小学和石桥镇的丙小学: of institutions in a list, the places that only say where they are."""
    return {
        owner: seat
        for before, seat, owner in zip(entries, entries[1:], entries[2:], strict=False)
        if (before[2], seat[2], owner[2]) == ("ORG", "LOC", "ORG")
        and text[seat[1] : owner[0]] == "的"
        and _joins(text[before[1] : seat[0]])
    }


_FIGURE = re.compile(r"(?:全[省市县区镇乡])?[0-9一二三四五六七八九十百千两]+[余多]?[个所家]")


def _both_counted(text: str, first: Entry, second: Entry) -> bool:
    """13个文化站、325个村: two groups of institutions, each with its number."""
    return all(_FIGURE.match(text, entry[0]) for entry in (first, second))


def _both_give(text: str, entry: Entry) -> bool:
    """甲集团主席李安、乙商会各捐20万元: a person and an institution right before 各 or 分别."""
    return entry[2] in ("PER", "ORG") and bool(_EACH_GIVES.match(text, entry[1]))


def runs(text: str, entries: list[Entry]) -> Iterator[list[Entry]]:
    """Names in order, grouped where they are joined.

    Example:
        >>> text = "孙平教授和史林教授向青溪县图书馆赠书"
        >>> [[text[s:e] for s, e, _ in run] for run in runs(text, [(0, 2, "PER"), (5, 7, "PER")])]
        [['孙平', '史林']]
    """
    run: list[Entry] = []
    seats = _seats(text, entries)
    for entry in entries:
        if entry in seats.values():
            continue
        gap = text[run[-1][1] : seats.get(entry, entry)[0]] if run else ""
        gap = _HONORIFIC.sub("", gap) if run and run[-1][2] == "PER" and entry[2] == "PER" else gap
        alike = run and _alike(run[-1][2], entry[2])
        alike = alike and not (
            run[-1][2] == "GROUP" and gap == "、" and not _both_counted(text, run[-1], entry)
        )
        if run and _both_give(text, entry):
            gap = _LED.sub(r"\1", gap)
        kindred = alike or TOGETHER.fullmatch(gap) or _gives_too(text, entry) or _both_give(text, entry)
        if run and not (_joins(gap) and kindred):
            yield run
            run = []
        run.append(entry)
    if run:
        yield run


def _joins(gap: str) -> bool:
    return bool(gap) and gap != "," and bool(_JOINT.fullmatch(gap))


def _alike(first: str, second: str) -> bool:
    return (first == "PER") == (second == "PER")
