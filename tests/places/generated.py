"""Names with contexts made from the gazetteer: deterministic, every n-th row, the answer known.

A name is kept only where the register leaves one answer within the context given, so that what is
measured is the reading and the weighing, not the register.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.places import Gazetteer, PlaceContext
from pipeline.places.gazetteer import COUNTY, PROVINCE, TOWNSHIP
from pipeline.places.names import specific_name
from pipeline.places.tables import gazetteer_table, lexicon

_COUNTY_ENDS = "县区市旗"


@dataclass(frozen=True)
class Case:
    surface: str
    context: PlaceContext
    code: str


class Maker:
    """Make the cases of each family."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.g = gazetteer
        units = range(len(gazetteer.codes))
        self.counties = [u for u in units if gazetteer.levels[u] == COUNTY and self._in_standard(u)]
        self.townships = [u for u in units if gazetteer.levels[u] == TOWNSHIP and self._plain_township(u)]

    def _in_standard(self, unit: int) -> bool:
        """Leave out zones and special units of the register, whose codes are not in GB/T 2260."""
        code, name = self.g.codes[unit], self.g.names[unit]
        return code[0] not in "78" and (code[4] < "6" or code[:4] == "6590") and name[-1] in _COUNTY_ENDS

    def _plain_township(self, unit: int) -> bool:
        county = self.county(unit)
        return self.g.names[unit][-1] in "镇乡" and county is not None and self._in_standard(county)

    def county(self, unit: int) -> int | None:
        return next((u for u in self.g.lineage(unit) if self.g.levels[u] == COUNTY), None)

    def province(self, unit: int) -> str:
        return specific_name(self.g.names[self.g.lineage(unit)[-1]])

    def given_by(self, institution: str, unit: int) -> PlaceContext:
        """The context of a report in which the county's own institution gives."""
        county = self.county(unit)
        assert county is not None
        donor = self.g.names[county] + institution
        return PlaceContext(region=self.province(unit), donor=donor, mentions=(donor,))

    def villages(self, step: int, offset: int = 0) -> Iterator[tuple[int, str, str]]:
        """Yield every step-th village as township, stem, name."""
        rows = range(offset, self.g.village_count, step)
        for stem, village in self.g.village_rows(rows):
            if not village.former and village.name != stem and self._plain_township(village.township):
                yield village.township, stem, village.name

    def only_pair(self, town: int, stem: str, province: str | None) -> bool:
        """Tell whether the township's and village's names stand together in one county only."""
        namesakes = [
            reading.unit
            for reading in self.g.readings(self.g.names[town])
            if province in (None, self.province(reading.unit))
        ]
        homes = {self.g.code(row.township) for unit in namesakes for row in self.g.villages(stem, unit)}
        return len(homes) == 1

    def unique_pairs(self) -> Iterator[Case]:
        """Township and village that stand together in one county only, without any context."""
        for town, stem, name in self.villages(211):
            if self.only_pair(town, stem, None):
                yield Case(self.g.names[town] + name, PlaceContext(), self.g.code(town))

    def pairs_in_province(self) -> Iterator[Case]:
        """Township and village committee under the heading of their province."""
        for town, stem, name in self.villages(307, 5):
            if self.only_pair(town, stem, self.province(town)):
                context = PlaceContext(region=self.province(town))
                yield Case(f"{self.g.names[town]}{name}村委会", context, self.g.code(town))

    def bare_villages(self) -> Iterator[Case]:
        """A village alone, with the county's library as donor."""
        for town, stem, name in self.villages(401, 7):
            homes = Counter(self.g.code(row.township) for row in self.g.villages(stem))
            if homes[self.g.code(town)] == 1:
                yield Case(name, self.given_by("图书馆", town), self.g.code(town))

    def townships_alone(self) -> Iterator[Case]:
        """A township alone, with the county's library as donor."""
        for town in self.townships[::41]:
            yield Case(self.g.names[town], self.given_by("图书馆", town), self.g.code(town))

    def short_counties(self) -> Iterator[Case]:
        """A county's library by the short form, under the heading of its province."""
        namesakes = self._by_short_form(self.province)
        for unit in self.counties[::2]:
            stem = specific_name(self.g.names[unit])
            if len(stem) > 1 and len(namesakes[self.province(unit), stem]) == 1:
                yield Case(f"{stem}图书馆", PlaceContext(region=self.province(unit)), self.g.code(unit))

    def short_with_city(self) -> Iterator[Case]:
        """A county's short form alone, with its city's library as another mention."""
        namesakes = self._by_short_form(lambda unit: self.g.codes[unit][:4])
        for unit in self.counties[1::5]:
            stem, city = specific_name(self.g.names[unit]), self.g.parents[unit]
            if (
                len(stem) > 1
                and self.g.levels[city] > PROVINCE
                and len(namesakes[self.g.codes[city], stem]) == 1
            ):
                context = PlaceContext(mentions=(f"{self.g.names[city]}图书馆",))
                yield Case(stem, context, self.g.code(unit))

    def _by_short_form(self, area: Callable[[int], str]) -> dict[tuple[str, str], set[int]]:
        found: dict[tuple[str, str], set[int]] = defaultdict(set)
        for unit, level in enumerate(self.g.levels):
            if level < TOWNSHIP:
                found[area(unit), specific_name(self.g.names[unit])].add(unit)
        return found

    def renamed_counties(self) -> Iterator[Case]:
        """A county's library by its former name, under the heading of its province."""
        for name, code, _ in lexicon("places_former.tsv"):
            unit = self.g.unit(code)
            assert unit is not None, code
            readings = [r for r in self.g.readings(name) if self.province(r.unit) == self.province(unit)]
            if len({self.g.code(reading.unit) for reading in readings}) == 1:
                yield Case(f"{name}图书馆", PlaceContext(region=self.province(unit)), code)

    def renamed_townships(self) -> Iterator[Case]:
        """A school of a former township, with the county's library as donor."""
        for row in gazetteer_table("former").to_pylist()[::11]:
            unit = self.g.unit(row["code"])
            county = None if unit is None else self.county(unit)
            if row["name"][-1] in "镇乡" and county is not None and self._in_standard(county):
                yield Case(f"{row['name']}中心小学", self.given_by("图书馆", county), self.g.code(county))

    def coordinated(self) -> Iterator[Case]:
        """Two villages of one township under one prefix, with the county's cultural centre as donor."""
        neighbours: dict[int, list[str]] = defaultdict(list)
        for town, _, name in self.villages(53, 2):
            neighbours[town].append(name)
        for town, names in sorted(neighbours.items()):
            if len(names) > 1 and names[0] != names[1]:
                surface = f"{self.g.names[town]}{names[0]}和{names[1]}"
                yield Case(surface, self.given_by("文化馆", town), self.g.code(town))

    def level_words(self) -> Iterator[Case]:
        """我县, 县特殊学校 and the like, with a donor that names the county."""
        forms = ("我{}", "{}特殊学校", "{}图书馆", "全{}困难学生")
        for number, unit in enumerate(self.counties[3::7]):
            kind = self.g.names[unit][-1]
            if kind in "县区旗" and len(self.g.readings(self.g.names[unit])) == 1:
                surface = forms[number % len(forms)].format(kind)
                yield Case(surface, self.given_by("教育局", unit), self.g.code(unit))

    def full_names(self) -> Iterator[Case]:
        """An institution that bears the county's full name, with its city or alone where it is unique."""
        tails = ("文旅局图书馆", "特殊教育学校", "人民医院", "第一中学")
        for number, unit in enumerate(self.counties[::4]):
            name, city = self.g.names[unit], self.g.parents[unit]
            alone = len(self.g.readings(name)) == 1 and number % 2
            prefix = "" if alone else self.g.names[city]
            yield Case(prefix + name + tails[number % len(tails)], PlaceContext(), self.g.code(unit))

    def from_elsewhere(self) -> Iterator[Case]:
        """A full chain given by the library of another county."""
        for number, (town, _, name) in enumerate(self.villages(823, 11)):
            county = self.county(town)
            donor = self.g.names[self.counties[(number * 37) % len(self.counties)]] + "图书馆"
            if county is not None and len(self.g.readings(self.g.names[county])) == 1:
                surface = self.g.names[county] + self.g.names[town] + name
                yield Case(surface, PlaceContext(donor=donor, mentions=(donor,)), self.g.code(town))

    def pairs_from_elsewhere(self) -> Iterator[Case]:
        """A unique pair of township and village given by the library of another county."""
        for number, (town, stem, name) in enumerate(self.villages(997, 17)):
            if self.only_pair(town, stem, None):
                donor = self.g.names[self.counties[(number * 41) % len(self.counties)]] + "图书馆"
                context = PlaceContext(donor=donor, mentions=(donor,))
                yield Case(self.g.names[town] + name, context, self.g.code(town))


def families(gazetteer: Gazetteer) -> dict[str, Callable[[], Iterator[Case]]]:
    """Name the families of cases."""
    maker = Maker(gazetteer)
    return {
        "unique_pairs": maker.unique_pairs,
        "pairs_in_province": maker.pairs_in_province,
        "bare_villages": maker.bare_villages,
        "townships_alone": maker.townships_alone,
        "short_counties": maker.short_counties,
        "short_with_city": maker.short_with_city,
        "renamed_counties": maker.renamed_counties,
        "renamed_townships": maker.renamed_townships,
        "coordinated": maker.coordinated,
        "level_words": maker.level_words,
        "full_names": maker.full_names,
        "from_elsewhere": maker.from_elsewhere,
        "pairs_from_elsewhere": maker.pairs_from_elsewhere,
    }
