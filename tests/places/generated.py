"""Names with contexts made from the gazetteer: deterministic, every n-th row, the answer known.

A name is kept only where the register leaves one answer within the context given, so that what is measured is the
reading and the weighing, not the register.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from pipeline.places import Gazetteer, PlaceContext
from pipeline.places.gazetteer import COUNTY, FORMER, PROVINCE, TOWNSHIP, lexicon
from pipeline.places.names import specific_name, township_stem, village_name

Kinds = ("", "村", "社区", "嘎查")


@dataclass(frozen=True)
class Case:
    surface: str
    context: PlaceContext
    code: str


class Maker:
    """Make the cases of each family."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.g = gazetteer
        self.counties = [u for u, level in enumerate(gazetteer.levels) if level == COUNTY and self._real(u)]
        self.townships = [
            u
            for u, level in enumerate(gazetteer.levels)
            if level == TOWNSHIP and gazetteer.names[u][-1] in "镇乡" and self._real(u)
        ]

    def _real(self, unit: int) -> bool:
        """Leave out zones and the special units of the register, whose codes are not in GB/T 2260."""
        code = self.g.codes[unit]
        return (
            code[0] not in "78"
            and (code[4] < "6" or code[:4] == "6590")
            and self.g.names[unit][-1] in "县区市旗镇乡道木"
        )

    def county(self, unit: int) -> int:
        lineage = self.g.lineage(unit)
        return next((u for u in lineage if self.g.levels[u] == COUNTY), lineage[-1])

    def province(self, unit: int) -> str:
        return specific_name(self.g.names[self.g.lineage(unit)[-1]])

    def villages(self, step: int, offset: int = 0) -> Iterator[tuple[int, str, str]]:
        """Yield every step-th village as township, stem, name."""
        column, units, kinds = self.g._village_rows.column, self.g._village_units, self.g._village_kinds
        for row in range(offset, len(column), step):
            if self.g._village_former[row] or not kinds[row]:
                continue
            stem = column[row].as_py()
            yield int(units[row]), stem, village_name(stem, Kinds[int(kinds[row])])

    def homes(self, stem: str) -> Counter[str]:
        return Counter(self.g.code(row.township) for row in self.g.villages(stem))

    def unique_pairs(self) -> Iterator[Case]:
        """Township and village that stand together in one county only, without any context."""
        for town, stem, name in self.villages(211):
            township = self.g.names[town]
            namesakes = {r.unit for r in self.g.readings(township)}
            rows = [r for r in self.g.villages(stem) if any(self.g.within(r.township, u) for u in namesakes)]
            if (
                len({self.g.code(r.township) for r in rows}) == 1
                and self._real(town)
                and township[-1] in "镇乡"
            ):
                yield Case(township + name, PlaceContext(), self.g.code(town))

    def pairs_in_province(self) -> Iterator[Case]:
        """Township and village under the heading of their province, as the compilations print them."""
        for town, stem, name in self.villages(307, 5):
            township = self.g.names[town]
            namesakes = {
                r.unit for r in self.g.readings(township) if self.province(r.unit) == self.province(town)
            }
            rows = [r for r in self.g.villages(stem) if any(self.g.within(r.township, u) for u in namesakes)]
            if (
                len({self.g.code(r.township) for r in rows}) == 1
                and self._real(town)
                and township[-1] in "镇乡"
            ):
                yield Case(
                    township + name + "村委会", PlaceContext(region=self.province(town)), self.g.code(town)
                )

    def bare_villages(self) -> Iterator[Case]:
        """A village alone, with the county's library as donor."""
        for town, stem, name in self.villages(401, 7):
            code = self.g.code(town)
            donor = self.g.names[self.county(town)] + "图书馆"
            if (
                self.homes(stem)[code] == 1
                and self._real(town)
                and self.g.levels[self.county(town)] == COUNTY
            ):
                yield Case(name, self._donated(donor, town), code)

    def _donated(self, donor: str, unit: int) -> PlaceContext:
        return PlaceContext(region=self.province(unit), donor=donor, mentions=(donor,))

    def townships_alone(self) -> Iterator[Case]:
        """A township alone, with the county's library as donor."""
        for town in self.townships[::41]:
            county = self.county(town)
            if self.g.levels[county] == COUNTY:
                yield Case(
                    self.g.names[town],
                    self._donated(self.g.names[county] + "图书馆", town),
                    self.g.code(town),
                )

    def short_counties(self) -> Iterator[Case]:
        """A county's library by the short form, under the heading of its province."""
        stems: dict[tuple[str, str], set[int]] = defaultdict(set)
        units = [u for u, level in enumerate(self.g.levels) if level < TOWNSHIP]
        for unit in units:
            stems[self.province(unit), specific_name(self.g.names[unit])].add(unit)
        for unit in self.counties[::2]:
            stem = specific_name(self.g.names[unit])
            if len(stem) > 1 and len(stems[self.province(unit), stem]) == 1:
                yield Case(stem + "图书馆", PlaceContext(region=self.province(unit)), self.g.code(unit))

    def short_with_city(self) -> Iterator[Case]:
        """A county's short form with its city named elsewhere."""
        for unit in self.counties[1::5]:
            stem, city = specific_name(self.g.names[unit]), self.g.parents[unit]
            homonyms = (
                [
                    u
                    for u in range(len(self.g.codes))
                    if self.g.levels[u] <= COUNTY and specific_name(self.g.names[u]) == stem
                ]
                if len(stem) > 1
                else [0, 0]
            )
            if self.g.levels[city] > PROVINCE and len([u for u in homonyms if self.g.within(u, city)]) == 1:
                context = PlaceContext(mentions=(self.g.names[city] + "图书馆",))
                yield Case(stem, context, self.g.code(unit))

    def renamed_counties(self) -> Iterator[Case]:
        """A county by its former name, under the heading of its province."""
        for name, code, _ in lexicon("places_former.tsv"):
            unit = self.g.unit(code)
            assert unit is not None, code
            readings = [r for r in self.g.readings(name) if self.province(r.unit) == self.province(unit)]
            if len({self.g.code(r.unit) for r in readings}) == 1:
                yield Case(name + "图书馆", PlaceContext(region=self.province(unit)), code)

    def renamed_townships(self) -> Iterator[Case]:
        """A former township, with the county's library as donor."""
        seen = 0
        for name, readings in sorted(self.g._readings.items()):
            for reading in readings:
                if reading.form == FORMER and reading.level == TOWNSHIP and name[-1] in "镇乡":
                    seen += 1
                    county = self.county(reading.unit)
                    if seen % 9 == 0 and self.g.levels[county] == COUNTY and self._real(county):
                        yield Case(
                            name + "中心小学",
                            self._donated(self.g.names[county] + "图书馆", county),
                            self.g.code(county),
                        )

    def coordinated(self) -> Iterator[Case]:
        """Two villages of one township under one prefix, with the county's cultural centre as donor."""
        for town in self.townships[5::61]:
            rows = np.flatnonzero((self.g._village_units == town) & (self.g._village_kinds == 1))[:2]
            names = [village_name(self.g._village_rows.column[int(row)].as_py(), "村") for row in rows]
            county = self.county(town)
            if len(names) == 2 and self.g.levels[county] == COUNTY:
                context = self._donated(self.g.names[county] + "文化馆", town)
                yield Case(f"{self.g.names[town]}{names[0]}和{names[1]}", context, self.g.code(town))

    def level_words(self) -> Iterator[Case]:
        """我县, 县图书馆, 该区 with a donor that names the county."""
        for number, unit in enumerate(self.counties[3::7]):
            name = self.g.names[unit]
            surface = ("我{}", "{}特殊学校", "{}图书馆", "全{}困难学生")[number % 4].format(name[-1])
            if name[-1] in "县区旗":
                yield Case(surface, self._donated(name + "教育局", unit), self.g.code(unit))

    def full_names(self) -> Iterator[Case]:
        """An institution that bears the county's full name, with its city or alone where it is unique."""
        for number, unit in enumerate(self.counties[::4]):
            name, city = self.g.names[unit], self.g.parents[unit]
            alone = len(self.g.readings(name)) == 1
            prefix = "" if alone and number % 2 else self.g.names[city]
            tail = ("文旅局图书馆", "特殊教育学校", "人民医院", "第一中学")[number % 4]
            yield Case(prefix + name + tail, PlaceContext(), self.g.code(unit))

    def from_elsewhere(self) -> Iterator[Case]:
        """A full chain given by a donor of another county."""
        for number, (town, _, name) in enumerate(self.villages(823, 11)):
            county = self.county(town)
            if self.g.levels[county] == COUNTY and self._real(county):
                donor = self.g.names[self.counties[(number * 37) % len(self.counties)]] + "图书馆"
                surface = self.g.names[county] + self.g.names[town] + name
                if len(self.g.readings(self.g.names[county])) == 1 and self.g.names[town][-1] in "镇乡":
                    yield Case(surface, PlaceContext(donor=donor, mentions=(donor,)), self.g.code(town))


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
    }
