"""Names to swap in: real places by level, made-up persons, companies and institutions."""

from __future__ import annotations

import random
import re
from functools import cache

from pipeline.lexicons import read_toml
from pipeline.training.entities.wordlists import word_lists

_PIECE = re.compile(
    r"(?P<stem>[一-鿿]{1,9}?)(?P<kind>自治区|自治州|自治县|省|市|州|县|区|旗|镇|乡|街道|苏木|村|社区|嘎查)"
)
_HAN = re.compile(r"[一-鿿]+")
_NO_PLACE = frozenset("馆校局会司院社部厂书学行店所团队站室中心委府该各两我全本驻")
_COUNTY_KINDS = ("自治区", "自治州", "自治县", "省", "市", "州", "县", "区", "旗")
_TOWN_KINDS = ("镇", "乡", "街道", "苏木")
_VILLAGE_KINDS = ("村", "社区", "嘎查")


class NameSource:
    """Random names from the packaged lists; the generator is an argument, so that results repeat."""

    def __init__(self) -> None:
        lists = word_lists()
        self._by_kind = {
            kind: tuple(word for word in lists[source] if word.endswith(kind) and len(word) < 9)
            for source, kinds in (
                ("county", _COUNTY_KINDS),
                ("township", _TOWN_KINDS),
                ("village", _VILLAGE_KINDS),
            )
            for kind in kinds
        }
        self._short = tuple(word for word in lists["short"] if _HAN.fullmatch(word))
        self._shorts = frozenset(self._short)
        data: dict[str, dict[str, str]] = read_toml("augmentation.toml")
        self._kinds = {name: tuple(block.split()) for name, block in data["kinds"].items()}
        self._kind_words = tuple(
            sorted((w for ws in self._kinds.values() for w in ws), key=len, reverse=True)
        )
        self._village_kinds = tuple(data["village_kinds"]["all"].split())
        self._companies = {name: tuple(block.split()) for name, block in data["companies"].items()}
        self._peoples = tuple(data["people"]["peoples"].split())
        self._compound = tuple(data["people"]["compound"].split())
        self._surnames: str = read_toml("character_kinds.toml")["surname"]
        self._given = tuple(
            sorted(
                {
                    w[1:]
                    for w in lists["person"]
                    if w[0] in self._surnames and len(w) in (2, 3) and _HAN.fullmatch(w)
                }
            )
        )

    def person(self, rng: random.Random) -> str:
        """Make up a person's name."""
        draw = rng.random()
        if draw < 0.06:
            return rng.choice(self._peoples)
        surname = rng.choice(self._compound) if draw < 0.08 else self._surname(rng)
        if draw > 0.85:
            return surname + rng.choice(rng.choice(self._given))
        return surname + rng.choice(self._given)

    def _surname(self, rng: random.Random) -> str:
        # The list runs from frequent to rare: a squared draw prefers its beginning.
        return self._surnames[int(len(self._surnames) * rng.random() ** 2)]

    def place(self, kind: str, rng: random.Random) -> str:
        """Draw a real place whose name ends in `kind`."""
        return rng.choice(self._by_kind[kind])

    def short_place(self, rng: random.Random) -> str:
        """Draw a county's, city's or province's name without its generic part."""
        return rng.choice(self._short)

    def address(self, rng: random.Random) -> str:
        """Make up an address of one to three levels."""
        levels = (_COUNTY_KINDS[3:], ("镇", "镇", "乡", "街道"), ("村", "村", "村", "社区"))
        first = rng.randrange(3)
        last = rng.randrange(first, 3)
        return "".join(self.place(rng.choice(kinds), rng) for kinds in levels[first : last + 1])

    def institution(self, rng: random.Random) -> str:
        """Draw the words that stand after a county's name in the name of one of its institutions."""
        return rng.choice(self._kinds[rng.choice(sorted(self._kinds))])

    def village_body(self, rng: random.Random) -> str:
        """Draw the words that stand after a village's name in the name of one of its bodies."""
        return rng.choice(self._village_kinds)

    def company(self, rng: random.Random) -> str:
        """Make up a company, foundation or club."""
        brand = (
            rng.choice(self._given)
            if rng.random() < 0.5
            else "".join(rng.choice(rng.choice(self._given)) for _ in "ab")
        )
        seat = rng.choice((self.short_place(rng), self.place(rng.choice(("省", "市", "县")), rng), ""))
        if rng.random() < 0.3:
            return seat + brand + rng.choice(self._companies["foundations"])
        trade = rng.choice(self._companies["trades"]) if rng.random() < 0.8 else ""
        return seat + brand + trade + rng.choice(self._companies["forms"])

    def pieces(self, surface: str) -> list[str]:
        """Split the address in front of a name into its levels; the rest comes last, perhaps empty.

        Example:
            >>> NameSource().pieces("青溪县柳河镇中心小学")
            ['青溪县', '柳河镇', '中心小学']
        """
        parts, place = [], 0
        while found := _PIECE.match(surface, place):
            if _NO_PLACE & set(found["stem"]) or (len(found["stem"]) > 5 and "自治" not in found["kind"]):
                break
            parts.append(found[0])
            place = found.end()
        if not parts:
            for length in (3, 2):
                if surface[:length] in self._shorts:
                    parts, place = [surface[:length]], length
                    break
        return [*parts, surface[place:]]

    def like(self, piece: str, rng: random.Random) -> str:
        """Draw a place of the same kind as a piece of an address."""
        found = _PIECE.fullmatch(piece)
        return self.place(found["kind"], rng) if found else self.short_place(rng)

    def known_kind(self, rest: str) -> bool:
        """Tell whether the words after the place are one of the listed kinds of institution."""
        return rest in self._kind_words


def stem_and_kind(piece: str) -> tuple[str, str]:
    """Split a piece of an address into stem and generic part, which may be empty.

    Example:
        >>> stem_and_kind("青溪县"), stem_and_kind("青溪")
        (('青溪', '县'), ('青溪', ''))
    """
    found = _PIECE.fullmatch(piece)
    return (found["stem"], found["kind"]) if found else (piece, "")


@cache
def name_source() -> NameSource:
    """The one source of names of a process."""
    return NameSource()
