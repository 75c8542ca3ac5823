"""The gazetteer: units from province to township and villages, as Arrow columns with sorted lookups."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from pipeline.places.names import short_forms, township_stem, village_name
from pipeline.places.tables import SortedNames, gazetteer_table, integers, lexicon
from pipeline.schema import Place
from pipeline.text import fold

KINDS = ("", "村", "社区", "嘎查")
PROVINCE, CITY, COUNTY, TOWNSHIP = 1, 2, 3, 4
FULL, FORMER, SHORT, RISKY = 0, 1, 2, 3
_LEVELS = {2: PROVINCE, 4: CITY, 6: COUNTY, 9: TOWNSHIP}
_ZONE_DIGIT = "7"
_TOWNSHIP_ENDS = "镇乡道木场区园处会局司所心"


class Reading(NamedTuple):
    """One way to read a name: the unit's row, how it is written, and the level of what is named.

    `form` is FULL, FORMER, SHORT or RISKY (a short form that is an ordinary word too). A former township
    whose place today is only known by county has that county as `unit` and TOWNSHIP as `level`.
    """

    unit: int
    form: int
    level: int


class VillageRow(NamedTuple):
    """A registered village: the row of its township, its full name, and whether it is former."""

    township: int
    name: str
    former: bool


class Gazetteer:
    """Names and codes of China's administrative units, state of 2023-06-30, with former names.

    Units are rows, numbered in order of their code. Villages stay in Arrow and are found by bisection.

    Example:
        >>> gazetteer = Gazetteer.load()
        >>> [gazetteer.path(reading.unit) for reading in gazetteer.readings("郫县")]
        ['四川省成都市郫都区']
    """

    def __init__(self, units: pa.Table, villages: pa.Table, formers: pa.Table) -> None:
        self.metadata = {k.decode(): v.decode() for k, v in (units.schema.metadata or {}).items()}
        self._registered = len(units)
        self.codes: list[str] = units.column("code").to_pylist()
        self.names: list[str] = units.column("name").to_pylist()
        self._add_hong_kong_macao_taiwan()
        self.levels = [_LEVELS[len(code)] for code in self.codes]
        self._rows = {code: row for row, code in enumerate(self.codes)}
        self.parents = [self._parent(code) for code in self.codes]
        self._readings: dict[str, list[Reading]] = {}
        self._townships: dict[str, list[int]] = {}
        self._stems: dict[str, list[int]] = {}
        self._lineages: dict[int, tuple[int, ...]] = {}
        folded = _fold_all(self.names)
        self._index_counties(folded)
        self._index_townships(folded)
        self._index_formers(formers)
        self._village_rows = SortedNames(villages.column("stem").combine_chunks())
        self._village_units = integers(villages, "township")
        self._village_kinds = integers(villages, "kind")
        self._village_former = integers(villages, "former")
        self.longest = max(max(map(len, names)) for names in (self._readings, self._townships))

    @classmethod
    @cache
    def load(cls) -> Gazetteer:
        """Load the packaged gazetteer once: under 1 s and under 200 MB."""
        loaded = cls(*(gazetteer_table(part) for part in ("units", "villages", "former")))
        # Arrow keeps what reading the tables took, 25 MB, until it is asked to give it back.
        pa.default_memory_pool().release_unused()
        return loaded

    def readings(self, name: str) -> tuple[Reading, ...]:
        """Return every unit that the name can stand for, down to townships by full or former name."""
        townships = (Reading(unit, FULL, TOWNSHIP) for unit in self._townships.get(name, ()))
        return (*self._readings.get(name, ()), *townships)

    def townships_called(self, stem: str) -> tuple[int, ...]:
        """Return the townships whose name without generic part is the stem (更合 for 更合镇)."""
        return tuple(self._stems.get(stem, ()))

    def villages(self, stem: str, inside: int | None = None) -> tuple[VillageRow, ...]:
        """Return the registered villages and communities with that stem, present ones first.

        With `inside`, only those in that unit.
        """
        rows = self._village_rows.find(stem)
        if inside is not None:
            units = self._village_units[rows.start : rows.stop]
            within = (units >= inside) & (units < self._last(inside))
            found = [rows.start + int(row) for row in np.flatnonzero(within)]
        else:
            found = list(rows)
        found.sort(key=self._village_former.__getitem__)
        return tuple(self._village(row, stem) for row in found)

    def village_rows(self, rows: range) -> tuple[tuple[str, VillageRow], ...]:
        """Return the register's rows of villages as stem and village, in order of the stems."""
        stems: list[str] = self._village_rows.column.take(pa.array(rows)).to_pylist()
        return tuple((stem, self._village(row, stem)) for row, stem in zip(rows, stems, strict=True))

    @property
    def village_count(self) -> int:
        """How many villages are registered, former ones included."""
        return len(self._village_units)

    def unit(self, code: str) -> int | None:
        """Return the row of a code of 2, 4, 6 or 9 digits; trailing double zeros may stand."""
        while code not in self._rows and len(code) in (4, 6) and code.endswith("00"):
            code = code[:-2]
        return self._rows.get(code)

    def lineage(self, unit: int) -> tuple[int, ...]:
        """Return the unit and what it lies in, lowest first."""
        chain = self._lineages.get(unit)
        if chain is None:
            parent = self.parents[unit]
            chain = (unit, *self.lineage(parent)) if parent >= 0 else (unit,)
            self._lineages[unit] = chain
        return chain

    def within(self, unit: int, container: int) -> bool:
        """Tell whether the unit is, or lies in, the container."""
        return self.codes[unit].startswith(self.codes[container])

    def path(self, unit: int) -> str:
        """Write the unit with everything it lies in, province first."""
        return "".join(self.names[row] for row in reversed(self.lineage(unit)))

    def code(self, unit: int) -> str:
        """Return the 6-digit GB/T 2260 code of the lowest province, city or county of the unit.

        Statistical codes of development zones (fifth digit 7) are not in GB/T 2260: the city stands for them.
        """
        code = self.codes[unit]
        if code[0] in "78":
            return code[:2] + "0000"
        code = code[:6] if len(code) > 6 else code
        if len(code) == 6 and code[4] >= _ZONE_DIGIT:
            is_zone = not self.names[self._rows[code]].endswith(("市", "县", "旗"))
            code = code[:4] if code[4] == _ZONE_DIGIT and is_zone else code
        return code.ljust(6, "0")

    def place(self, unit: int, *, township: str | None = None, village: str | None = None) -> Place:
        """Make a `Place` of a unit, with score 1 and no reason."""
        named = {self.levels[row]: self.names[row] for row in self.lineage(unit)}
        return Place(
            code=self.code(unit),
            province=named[PROVINCE],
            city=named.get(CITY),
            county=named.get(COUNTY),
            township=township or named.get(TOWNSHIP),
            village=village,
        )

    def names_of(self, level: int) -> Iterator[tuple[str, Reading]]:
        """Yield every written name of provinces, cities or counties."""
        for name, readings in self._readings.items():
            for reading in readings:
                if reading.level == level:
                    yield name, reading

    def _last(self, unit: int) -> int:
        """Return the row after the unit's last part: rows are in order of their codes."""
        return bisect_right(self.codes, self.codes[unit] + "~", unit, self._registered)

    def _village(self, row: int, stem: str) -> VillageRow:
        generic = KINDS[int(self._village_kinds[row])]
        former = bool(self._village_former[row])
        return VillageRow(int(self._village_units[row]), village_name(stem, generic), former)

    def _parent(self, code: str) -> int:
        for length in (6, 4, 2):
            row = self._rows.get(code[:length]) if length < len(code) else None
            if row is not None:
                return row
        return -1

    def _add_hong_kong_macao_taiwan(self) -> None:
        for code, name, _ in lexicon("places_hmt.tsv"):
            self.codes.append(code)
            self.names.append(name)

    def _add(self, name: str, unit: int, form: int, level: int) -> None:
        readings = self._readings.setdefault(name, [])
        if all(reading.unit != unit for reading in readings):
            readings.append(Reading(unit, form, level))

    def _index_counties(self, folded: list[str]) -> None:
        risky = {fields[0] for fields in lexicon("places_risky.tsv")}
        units = [unit for unit, level in enumerate(self.levels) if level < TOWNSHIP]
        for unit in units:
            name = folded[unit]
            self._add(name, unit, RISKY if name in risky else FULL, self.levels[unit])
        for unit in units:
            name = folded[unit]
            for form in short_forms(name):
                kind = FULL if "自治" in name and form[-1] == name[-1] else SHORT
                self._add(form, unit, RISKY if form in risky else kind, self.levels[unit])
        for name, code, *_ in lexicon("places_short.tsv"):
            unit = self._rows[_shortest(code)]
            self._add(name, unit, RISKY if name in risky else SHORT, self.levels[unit])

    def _index_townships(self, folded: list[str]) -> None:
        for unit in range(self._registered):
            if self.levels[unit] == TOWNSHIP:
                self._index_township(folded[unit], unit)

    def _index_township(self, name: str, unit: int) -> None:
        stem = township_stem(name)
        if name[-1] in _TOWNSHIP_ENDS:
            self._townships.setdefault(name, []).append(unit)
        if stem != name or name[-1] not in _TOWNSHIP_ENDS:
            self._stems.setdefault(stem, []).append(unit)
        if 1 < len(stem) < len(name) - 1 and name[-1] in "镇乡":
            self._townships.setdefault(stem + name[-1], []).append(unit)

    def _index_formers(self, formers: pa.Table) -> None:
        risky = {fields[0] for fields in lexicon("places_risky.tsv")}
        for name, code, _year in lexicon("places_former.tsv"):
            unit = self._rows[_shortest(code)]
            self._add(name, unit, RISKY if name in risky else FORMER, self.levels[unit])
            for form in short_forms(name):
                if form not in self._readings:
                    self._add(form, unit, RISKY, self.levels[unit])
        names = _fold_all(formers.column("name").to_pylist())
        for name, code in zip(names, formers.column("code").to_pylist(), strict=True):
            if name[-1] in _TOWNSHIP_ENDS:
                self._add(name, self._rows[code], FORMER, TOWNSHIP)
            stem = township_stem(name)
            if len(code) > 6 and stem != name:
                self._stems.setdefault(stem, []).append(self._rows[code])


def _fold_all(names: list[str]) -> list[str]:
    return fold("\n".join(names)).split("\n")


def _shortest(code: str) -> str:
    while len(code) > 2 and code.endswith("00"):
        code = code[:-2]
    return code
