"""What the report around a place says about where it lies."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from pipeline.places.chains import Chain, ChainReader
from pipeline.places.gazetteer import CITY, COUNTY, PROVINCE, RISKY, SHORT, TOWNSHIP, Gazetteer
from pipeline.places.rules import Rules
from pipeline.places.scan import Scanner
from pipeline.text import fold

_MAX_NAMESAKES = 80
_RELATIONS = {
    TOWNSHIP: {TOWNSHIP: 4.0, COUNTY: 3.0, CITY: 1.2, PROVINCE: 0.4},
    COUNTY: {COUNTY: 3.0, CITY: 1.2, PROVINCE: 0.4},
    CITY: {CITY: 2.0, PROVINCE: 0.4},
    PROVINCE: {PROVINCE: 1.5},
}
_WEIGHTS = {"donor": 0.9, "title": 0.8, "region": 0.8, "source": 0.6}
_FIRST_MENTION, _MENTION_STEP, _LAST_MENTION = 1.0, 0.06, 0.4


@dataclass(frozen=True, slots=True)
class PlaceContext:
    """The report around a surface, all as written.

    `mentions` are the surfaces of the report's other ORG and LOC mentions, closest first; `donor` is the
    name of who gives, as far as it is resolved. `region` is the heading of the compilation (陕西).
    """

    region: str | None = None
    source: str | None = None
    title: str | None = None
    mentions: tuple[str, ...] = ()
    donor: str | None = None


@dataclass(frozen=True, slots=True)
class Clue:
    """One item of context: the units it may name, and how much each unit around them gains by it.

    `weak` marks a short form that is a word, too, or that only a township bears (工程 for 工程街道);
    `inside` that the surface goes on behind it (工程学院).
    """

    origin: str
    surface: str
    units: tuple[int, ...]
    weight: float
    gains: dict[int, float] = field(default_factory=dict)
    village: str | None = None
    short: bool = False
    top: int = PROVINCE
    weak: bool = False
    inside: bool = False

    @property
    def vague(self) -> bool:
        """Whether it is a bare township or village, or a word inside a name (南湖小学)."""
        return self.top >= TOWNSHIP or (self.weak and self.inside)


class Support(NamedTuple):
    """How well the context fits a unit: sum over clues, strongest single tie, the clue behind that."""

    total: float
    tie: float
    clue: Clue | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """All clues of a context, strongest origin first, and unknown counties it names."""

    clues: tuple[Clue, ...]
    unknown: tuple[str, ...] = ()

    def besides(self, units: frozenset[int]) -> Evidence:
        """Leave out clues that merely say again, no more exactly, the name of a township or village."""
        kept = tuple(c for c in self.clues if not (c.vague and units.issubset(c.units)))
        return Evidence(kept, self.unknown)

    def support(self, lineage: tuple[int, ...]) -> Support:
        """Add up what each clue gives to a unit with that lineage."""
        total, tie, best = 0.0, 0.0, None
        for clue in self.clues:
            gain = max((clue.gains.get(row, 0.0) for row in lineage), default=0.0)
            total += gain * clue.weight
            if gain > tie:
                tie, best = gain, clue
        return Support(total, tie, best)


class ContextReader:
    """Turn a `PlaceContext` into clues."""

    def __init__(self, reader: ChainReader, scanner: Scanner, rules: Rules) -> None:
        self._reader = reader
        self._gazetteer: Gazetteer = reader.gazetteer
        self._scanner = scanner
        self._rules = rules

    def read(self, context: PlaceContext) -> Evidence:
        """Collect the clues; the same surface counts once."""
        clues: list[Clue] = []
        unknown: list[str] = []
        for origin, surface, weight in _named(context):
            found = self._mention(origin, self.fuller(surface, context), weight)
            clues += found
            if not found and (name := self._unknown_county(surface)):
                unknown.append(name)
        for origin, text in (("title", context.title), ("source", context.source)):
            found = self._running(origin, fold(text or ""), _WEIGHTS[origin])
            clues += found or (self._mention(origin, fold(text), _WEIGHTS[origin]) if text else [])
            name = self._unknown_county(fold(text or ""))
            if name and not any(clue.surface in name or name in clue.surface for clue in found):
                unknown.append(name)
        clues += self._region(fold(context.region or ""))
        return Evidence(self._at_home(clues), tuple(unknown))

    def fuller(self, surface: str, context: PlaceContext) -> str:
        """The longest mention that ends with a bare village: 青溪县柳河镇石桥村 for 石桥村."""
        chains = self._reader.read(surface)
        if not chains or any(chain.written for chain in chains):
            return surface
        plain = _plain(surface)
        longer = (
            one for one in map(fold, context.mentions) if _plain(one).endswith(plain) and one != surface
        )
        told = (one for one in longer if any(chain.written for chain in self._reader.read(one)))
        return max(told, key=len, default=surface)

    def _at_home(self, clues: Sequence[Clue]) -> tuple[Clue, ...]:
        """Leave out a bare township or village that lies in none of the provinces that the report names."""
        lineage, levels = self._gazetteer.lineage, self._gazetteer.levels

        def provinces(clue: Clue) -> set[int]:
            return {row for unit in clue.units for row in lineage(unit) if levels[row] == PROVINCE}

        told = [c for c in clues if c.top < TOWNSHIP and not c.weak and c.origin != "donor"]
        named = {row for clue in told for row in provinces(clue)}
        return tuple(c for c in clues if c.top < TOWNSHIP or not named or provinces(c) & named)

    def _mention(self, origin: str, surface: str, weight: float) -> list[Clue]:
        chains = self._reader.read(surface)
        if any(chain.form == SHORT for chain in chains):
            chains = tuple(chain for chain in chains if chain.form == SHORT)
        units = tuple(dict.fromkeys(unit for chain in chains for unit in _units(chain)))
        if not units or len(units) > _MAX_NAMESAKES:
            return []
        risky = all(chain.form == RISKY for chain in chains)
        clue = self._clue(origin, surface, units, weight / 2 if risky else weight, chains[0])
        towns = all(self._gazetteer.levels[unit] == TOWNSHIP for unit in units)
        return [replace(clue, weak=risky or (towns and clue.short), inside=chains[0].end < len(surface))]

    def _running(self, origin: str, text: str, weight: float) -> list[Clue]:
        spans = self._scanner.scan(text)
        return [self._clue(origin, span.surface, span.units, weight) for span in spans]

    def _region(self, text: str) -> list[Clue]:
        if not text:
            return []
        readings = [reading for reading in self._gazetteer.readings(text) if reading.level <= COUNTY]
        top = min((reading.level for reading in readings), default=0)
        units = tuple(reading.unit for reading in readings if reading.level == top)
        if units:
            return [self._clue("region", text, units, _WEIGHTS["region"])]
        return self._running("region", text, _WEIGHTS["region"])

    def _clue(
        self, origin: str, surface: str, units: tuple[int, ...], weight: float, chain: Chain | None = None
    ) -> Clue:
        gains: dict[int, float] = {}
        for unit in units:
            relations = _RELATIONS[self._gazetteer.levels[unit]]
            for row in self._gazetteer.lineage(unit):
                gains[row] = max(gains.get(row, 0.0), relations[self._gazetteer.levels[row]])
        spread = 1 + math.log(len(units))
        village = chain.village if chain else None
        short = chain is not None and chain.form >= SHORT
        top = PROVINCE
        if chain:
            top = self._gazetteer.levels[chain.written[0]] if chain.written else TOWNSHIP + 1
        return Clue(origin, surface, units, weight / spread, gains, village, short, top)

    def _unknown_county(self, surface: str) -> str | None:
        found = self._rules.unknown_county.match(surface)
        if not found or found.end() > len(surface) - 1 or self._rules.level_word.match(surface):
            return None
        name = found.group()
        known = (
            self._gazetteer.readings(name)
            or found["name"][-1] in self._rules.common_before[found["kind"][-1]]
        )
        return None if known else name


def _named(context: PlaceContext) -> list[tuple[str, str, float]]:
    named = [("donor", fold(context.donor), _WEIGHTS["donor"])] if context.donor else []
    for number, surface in enumerate(context.mentions):
        weight = max(_FIRST_MENTION - _MENTION_STEP * number, _LAST_MENTION)
        named.append(("mention", fold(surface), weight))
    first = {item[1]: item for item in reversed(named)}
    return [item for item in named if item[1] and first[item[1]] is item]


def _plain(surface: str) -> str:
    return surface.replace("自然村", "村").replace("行政村", "村")


def _units(chain: Chain) -> tuple[int, ...]:
    if chain.unit is not None:
        return (chain.unit,)
    return tuple(row.township for row in chain.rows)
