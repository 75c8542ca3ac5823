"""Read an address chain, or the place inside an institution's name, against the gazetteer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.places.gazetteer import (
    CITY,
    COUNTY,
    FORMER,
    FULL,
    PROVINCE,
    RISKY,
    SHORT,
    TOWNSHIP,
    Gazetteer,
    Reading,
    VillageRow,
)
from pipeline.places.names import village_stem
from pipeline.places.rules import Rules, load_rules

_MAX_VILLAGE = 12
_SCAN_LIMIT = 40
_GENERIC = "省市县区州旗镇乡"
_LONGER_NAME = re.compile("[一-鿿]{1,3}[镇乡]")
_NOT_IN_VILLAGES = "省市县区镇乡街道驻组织馆局校店社委会司团队部院厅"


@dataclass(frozen=True, slots=True)
class Chain:
    """One reading of a surface.

    `unit` is the lowest registered unit that was written, None for a bare village. `written` are the
    rows of all units written out, `form` the weakest form among them, `township` a township's name
    that is not that of `unit`. `village` is the village's name, `listed` tells that it is registered
    there; `rows` are a bare village's registered namesakes. `end` is where the reading ends, `local`
    the level of what was named last.
    """

    unit: int | None
    start: int
    end: int
    written: tuple[int, ...] = ()
    form: int = FULL
    township: str | None = None
    village: str | None = None
    listed: bool = False
    rows: tuple[VillageRow, ...] = ()
    local: int = 0


class ChainReader:
    """Find the readings of a surface; the longest and best attested come first.

    Example:
        >>> reader = ChainReader(Gazetteer.load())
        >>> [reader.gazetteer.path(c.unit) + c.village for c in reader.read("罗定市泗纶镇连城村村委会")]
        ['广东省云浮市罗定市泗纶镇连城村']
    """

    def __init__(self, gazetteer: Gazetteer, rules: Rules | None = None) -> None:
        self.gazetteer = gazetteer
        self._rules = rules or load_rules()
        self.read = lru_cache(maxsize=8192)(self._read)

    def _read(self, text: str) -> tuple[Chain, ...]:
        """Return the best readings of a folded surface; several where the name is ambiguous."""
        start = self._skip_prefix(text)
        for begin in self._begins(text, start):
            chains = _best(tuple(self._grow(text, begin, Chain(None, begin, begin))))
            if chains:
                chains = self._province_first(self._of_kind(text, chains))
                return self._after_giver(text, chains) or chains
        return ()

    def _of_kind(self, text: str, chains: tuple[Chain, ...]) -> tuple[Chain, ...]:
        """湖南中心小学 is a township's, 西安工业大学 bears a city's or a province's name."""
        if any(chain.form < SHORT or len(chain.written) != 1 for chain in chains):
            return chains
        kept = list(chains)
        if self._rules.of_township.match(text, chains[0].end):
            kept = [chain for chain in chains if chain.local >= TOWNSHIP]
        elif self._rules.of_city.match(text, chains[0].end):
            kept = [chain for chain in chains if chain.local <= CITY]
        return tuple(kept) or chains

    def _province_first(self, chains: tuple[Chain, ...]) -> tuple[Chain, ...]:
        """河南 without a kind behind it is the province, not 河南蒙古族自治县 nor a township of that name."""
        levels = self.gazetteer.levels
        bare = [chain for chain in chains if chain.form >= SHORT and len(chain.written) == 1]
        provinces = [chain for chain in bare if levels[chain.written[0]] == PROVINCE]
        if not provinces or len(bare) < len(chains):
            return chains
        return tuple(replace(chain, form=SHORT) for chain in provinces)

    def _after_giver(self, text: str, chains: tuple[Chain, ...]) -> tuple[Chain, ...]:
        """A thing may bear its giver's name before its place: 青海省图书馆班彦村图书流通站."""
        giver = self._rules.giver.search(text, chains[0].end)
        if chains[0].local > COUNTY or not giver or giver.end() > len(text) - 2:
            return ()
        begin = giver.end()
        chains = _best(tuple(self._grow(text, begin, Chain(None, begin, begin))))
        return chains if chains and chains[0].form < RISKY else ()

    def _skip_prefix(self, text: str) -> int:
        start = 0
        while found := self._rules.prefix.match(text, start):
            if self._named_at(text, start):
                break
            start = found.end()
        return start

    def _begins(self, text: str, start: int) -> Iterator[int]:
        """Where a chain may begin: after 驻 (a team's post is its place), then in front, then inside."""
        post = text.find("驻", start)
        if 0 <= post < len(text) - 2 and not self._named_at(text, post):
            yield post + 1
        yield start
        for begin in range(start + 1, min(len(text) - 1, _SCAN_LIMIT)):
            if any(r.form == FULL and r.level <= COUNTY for _, r in self._names_at(text, begin)):
                yield begin

    def _named_at(self, text: str, start: int) -> bool:
        return any(True for _ in self._names_at(text, start))

    def _names_at(self, text: str, start: int) -> Iterator[tuple[int, Reading]]:
        trapped = self._rules.trap.match(text, start)
        for end in range(min(len(text), start + self.gazetteer.longest), start + 1, -1):
            for reading in self.gazetteer.readings(text[start:end]):
                if reading.form < SHORT or not trapped:
                    yield end, reading

    def _grow(self, text: str, position: int, chain: Chain) -> Iterator[Chain]:
        names = tuple(self._names_at(text, position))
        for stop, reading in names:
            if self._extends(chain, reading):
                end = self._skip_office(text, stop, reading)
                grown = self._extend(chain, reading, text[position:end], end)
                longer = tuple(self._grow(text, end, grown))
                yield from longer
                if not longer and reading.form < SHORT:
                    yield grown
                elif not longer and self._may_stop(text, end):
                    yield replace(grown, form=RISKY) if _LONGER_NAME.match(text, end) else grown
        # 广西八桂义工协会: another name of the province is no township of that name
        if not any(reading.unit == chain.unit and reading.form >= SHORT for _, reading in names):
            yield from self._stems(text, position, chain)
        yield from self._village(text, position, chain)

    def _extends(self, chain: Chain, reading: Reading) -> bool:
        if chain.unit is None:
            return True
        if chain.unit == reading.unit:
            return reading.level == TOWNSHIP and chain.township is None and chain.local < TOWNSHIP
        return self.gazetteer.within(reading.unit, chain.unit)

    def _extend(self, chain: Chain, reading: Reading, name: str, end: int) -> Chain:
        unlisted = reading.level == TOWNSHIP and self.gazetteer.levels[reading.unit] < TOWNSHIP
        return replace(
            chain,
            unit=reading.unit,
            end=end,
            written=(*chain.written, reading.unit),
            form=max(chain.form, reading.form),
            township=name.removesuffix("办事处") if unlisted else None,
            local=reading.level,
        )

    def _skip_office(self, text: str, end: int, reading: Reading) -> int:
        """A street's office stands between its name and the community's: 东湖街道办事处田坝居委会."""
        office = "办事处"
        return end + len(office) if reading.level == TOWNSHIP and text.startswith(office, end) else end

    def _may_stop(self, text: str, end: int) -> bool:
        if end == len(text):
            return True
        return text[end] not in _GENERIC and bool(self._rules.institution.search(text, end))

    def _stems(self, text: str, position: int, chain: Chain) -> Iterator[Chain]:
        """Townships written without their generic part: 明城崇步村, 百丈商会; believed with proof only."""
        if chain.local >= TOWNSHIP or self._rules.trap.match(text, position):
            return
        for end in range(min(len(text), position + 6), position + 1, -1):
            for unit in self.gazetteer.townships_called(text[position:end]):
                if chain.unit is None or self.gazetteer.within(unit, chain.unit):
                    grown = replace(
                        chain, unit=unit, end=end, written=(*chain.written, unit), form=RISKY, local=TOWNSHIP
                    )
                    villages = tuple(c for c in self._village(text, end, grown) if c.listed)
                    yield from villages
                    if not villages and self._may_stop(text, end) and not _LONGER_NAME.match(text, end):
                        yield grown

    def _village(self, text: str, position: int, chain: Chain) -> Iterator[Chain]:
        window = text[position : position + _MAX_VILLAGE + 4]
        written = []
        for found in self._rules.village.finditer(window):
            stem, generic = village_stem(window[: found.end()])
            if 0 < found.start() <= _MAX_VILLAGE and window[: found.start()] not in self._rules.nameless:
                written.append((stem, generic, position + found.end()))
        listed = [reading for item in written for reading in self._listed(chain, *item)]
        yield from listed
        if written and not listed:
            yield from self._unlisted(chain, *written[0])

    def _listed(self, chain: Chain, stem: str, generic: str, end: int) -> Iterator[Chain]:
        rows = self.gazetteer.villages(stem, chain.unit)
        if chain.unit is None:
            if rows:
                name = _display(stem, generic, rows)
                yield replace(chain, end=end, village=name, rows=rows, listed=True, local=TOWNSHIP + 1)
            return
        for unit in dict.fromkeys(row.township for row in rows):
            name = _display(stem, generic, [row for row in rows if row.township == unit])
            yield replace(chain, unit=unit, end=end, village=name, listed=True, local=TOWNSHIP + 1)

    def _unlisted(self, chain: Chain, stem: str, generic: str, end: int) -> Iterator[Chain]:
        if 1 <= len(stem) <= 6 and not any(sign in stem for sign in _NOT_IN_VILLAGES):
            name = stem + generic if not stem.endswith(generic) else stem
            yield replace(chain, end=end, village=name, local=TOWNSHIP + 1)


def _display(stem: str, generic: str, rows: tuple[VillageRow, ...] | list[VillageRow]) -> str:
    """Prefer the registered name; the written generic part where both kinds are registered."""
    names = [row.name for row in rows]
    written = stem if stem.endswith(generic) and len(stem) == 2 else stem + generic
    return written if written in names else names[0]


def _best(chains: tuple[Chain, ...]) -> tuple[Chain, ...]:
    """Keep the readings that explain most: registered names first, then length, then strong forms."""

    def merit(chain: Chain) -> tuple[int, int, int]:
        covered = chain.end - chain.start
        return (
            covered if chain.listed or chain.village is None else covered - len(chain.village),
            covered,
            -max(chain.form, FORMER) if chain.form < SHORT else -SHORT,
        )

    top = max(map(merit, chains), default=None)
    kept = {(c.unit, c.village, c.township): c for c in chains if merit(c) == top}
    return tuple(kept.values())
