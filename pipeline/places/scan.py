"""Find provinces, cities and counties in running text."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.places.gazetteer import COUNTY, RISKY, SHORT, Gazetteer, Reading
from pipeline.places.rules import Rules, load_rules
from pipeline.text import fold

_HEAD = 2
_FORMS = ("full", "former", "short")


@dataclass(frozen=True, slots=True)
class PlaceSpan:
    """A name of a province, city or county in a text.

    `units` are rows of the gazetteer, several where the name is ambiguous; `codes` their GB/T 2260 codes;
    `form` is `full`, `former` or `short`; `level` is 1 province, 2 city, 3 county (the highest of the units).
    """

    start: int
    end: int
    surface: str
    form: str
    level: int
    codes: tuple[str, ...]
    units: tuple[int, ...]


class Scanner:
    """Left to right, longest name first, by a table of the names' first two characters.

    Example:
        >>> [(s.surface, s.codes) for s in Scanner(Gazetteer.load()).scan("郫县图书馆向凉山州赠书")]
        [('郫县', ('510117',)), ('凉山州', ('513400',))]
    """

    def __init__(self, gazetteer: Gazetteer, rules: Rules | None = None) -> None:
        self._gazetteer = gazetteer
        self._rules = rules or load_rules()
        self._names = _safe_names(gazetteer)
        lengths: dict[str, set[int]] = {}
        for name in self._names:
            lengths.setdefault(name[:_HEAD], set()).add(len(name))
        self._lengths = {head: sorted(found, reverse=True) for head, found in lengths.items()}

    def scan(self, text: str) -> tuple[PlaceSpan, ...]:
        """Return the names in a text, in order, without overlap."""
        written, text = text, fold(text)
        found: list[PlaceSpan] = []
        heads, done = self._lengths, 0
        for start in range(len(text) - 1):
            if text[start : start + _HEAD] in heads and start >= done:
                span = self._at(text, start, found[-1] if found else None)
                if span:
                    found.append(replace(span, surface=written[span.start : span.end]))
                    done = span.end
        return tuple(found)

    def _at(self, text: str, start: int, before: PlaceSpan | None) -> PlaceSpan | None:
        trapped = self._rules.trap.match(text, start)
        for length in self._lengths[text[start : start + _HEAD]]:
            name = text[start : start + length]
            readings = self._names.get(name)
            if trapped and readings:
                readings = tuple(reading for reading in readings if reading.form < SHORT)
            if readings and self._stands(text, start, readings, before):
                return self._span(start, name, readings)
        return None

    def _stands(self, text: str, start: int, readings: tuple[Reading, ...], before: PlaceSpan | None) -> bool:
        """Two-character counties (和县, 成县) are believed only where no other word runs into them."""
        if text[start + 1] not in "县旗" or start == 0 or not "一" <= text[start - 1] <= "鿿":
            return True
        if before is None or before.end != start:
            return False
        return any(
            self._gazetteer.within(reading.unit, unit) for reading in readings for unit in before.units
        )

    def _span(self, start: int, name: str, readings: tuple[Reading, ...]) -> PlaceSpan:
        units = tuple(reading.unit for reading in readings)
        return PlaceSpan(
            start,
            start + len(name),
            name,
            _FORMS[min(reading.form for reading in readings)],
            min(reading.level for reading in readings),
            tuple(dict.fromkeys(self._gazetteer.code(unit) for unit in units)),
            units,
        )


def _safe_names(gazetteer: Gazetteer) -> dict[str, tuple[Reading, ...]]:
    names: dict[str, list[Reading]] = {}
    for level in range(1, COUNTY + 1):
        for name, reading in gazetteer.names_of(level):
            if reading.form != RISKY:
                names.setdefault(name, []).append(reading)
    return {name: tuple(readings) for name, readings in names.items()}
