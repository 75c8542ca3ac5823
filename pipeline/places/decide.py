"""Choose among the readings of a surface, or say that nothing decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.places.chains import Chain
from pipeline.places.context import Clue, Evidence, Support
from pipeline.places.gazetteer import CITY, COUNTY, PROVINCE, RISKY, SHORT, TOWNSHIP, Gazetteer
from pipeline.schema import Place

SAME_COUNTY, SAME_CITY, IN_CITY, IN_PROVINCE = 3.0, 1.2, 2.0, 1.5
_MARGIN = 0.2
_MANY = 40
_SAFE_SHORT_FORM = 1.0
_RELATIVE_MARGIN = 0.15
_COUNTY_INSTITUTIONS = (
    "图书馆",
    "文化馆",
    "博物馆",
    "新闻网",
    "融媒体中心",
    "日报",
    "文旅局",
    "教育局",
    "法院",
    "公安局",
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that a surface may mean, with the reading that led to it and what the context gives."""

    unit: int
    chain: Chain
    support: Support


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome for one surface; `place` is None where nothing decides."""

    place: Place | None
    reason: str
    candidates: tuple[Place, ...] = ()


class Judge:
    """Weigh candidates by the context; the rules of belief stand in `_belief`."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def choose(self, text: str, chains: Sequence[Chain], evidence: Evidence) -> Verdict:
        """Return the best candidate if it is believed, else a coarser place, else none."""
        candidates = self._candidates(chains, evidence)
        shown = tuple(self.place(candidate, 0.0, "candidate") for candidate in candidates[:10])
        top = _leaders(candidates)
        codes = {self._gazetteer.code(candidate.unit) for candidate in top}
        if len(codes) > 1:
            top = self._containers(top)
            codes = {self._gazetteer.code(candidate.unit) for candidate in top}
        if len(codes) > 1:
            return self._coarser(top, evidence, shown)
        unique = len({self._gazetteer.code(candidate.unit) for candidate in candidates}) == 1
        score, reason = self._belief(text, top[0], evidence, unique=unique)
        if score == 0.0:
            return Verdict(None, reason, shown)
        best = top[0] if len(top) == 1 else self._joined(top)
        return Verdict(self.place(best, score, reason), reason, shown)

    def place(self, candidate: Candidate, score: float, reason: str) -> Place:
        """Write a candidate as a `Place`."""
        chain = candidate.chain
        place = self._gazetteer.place(candidate.unit, township=chain.township, village=chain.village)
        return replace(place, score=score, reason=reason)

    def _candidates(self, chains: Sequence[Chain], evidence: Evidence) -> list[Candidate]:
        found: dict[tuple[int, str | None], Candidate] = {}
        evidence = evidence.besides(frozenset(unit for chain in chains for unit in _units(chain)))
        for chain in chains:
            for unit in self._near(_units(chain), evidence):
                support = evidence.support(self._gazetteer.lineage(unit))
                if chain.form == RISKY and chain.local == TOWNSHIP:
                    support = support._replace(total=support.total / 2)
                elif chain.form == SHORT:
                    support = support._replace(total=support.total + _SAFE_SHORT_FORM)
                found.setdefault((unit, chain.township), Candidate(unit, chain, support))
        return sorted(found.values(), key=lambda c: (-c.support.total, self._gazetteer.codes[c.unit]))

    def _near(self, units: Iterable[int], evidence: Evidence) -> list[int]:
        """Of very many namesakes keep those in the smallest units that the context names."""
        units = list(units)
        gained = {row for clue in evidence.clues for row in clue.gains} if len(units) > _MANY else set()
        for level in (COUNTY, CITY, PROVINCE):
            rows = {row for row in gained if self._gazetteer.levels[row] == level}
            near = (
                [unit for unit in units if not rows.isdisjoint(self._gazetteer.lineage(unit))] if rows else []
            )
            if near:
                return near
        return units

    def _joined(self, top: list[Candidate]) -> Candidate:
        """Several townships of one county are left: the county is what is known."""
        county = self._gazetteer.unit(self._gazetteer.codes[top[0].unit][:6])
        if county is None or len({candidate.unit for candidate in top}) == 1:
            return top[0]
        return replace(top[0], unit=county)

    def _containers(self, top: list[Candidate]) -> list[Candidate]:
        """恩施 is the prefecture rather than the city in it, 朝阳 in 辽宁 the city rather than its county."""
        outer = min(top, key=lambda c: len(self._gazetteer.codes[c.unit]))
        inside = all(self._gazetteer.within(candidate.unit, outer.unit) for candidate in top)
        return [outer] if inside and self._gazetteer.levels[outer.unit] <= CITY else top

    def _coarser(self, top: list[Candidate], evidence: Evidence, shown: tuple[Place, ...]) -> Verdict:
        villages = not any(candidate.chain.written for candidate in top)
        if top[0].support.tie < SAME_CITY or (villages and self._told_elsewhere(top, evidence)):
            return Verdict(None, f"ambiguous: {len(top)} places", shown)
        shared = set.intersection(*(set(self._gazetteer.lineage(candidate.unit)) for candidate in top))
        lowest = max(shared, key=lambda unit: len(self._gazetteer.codes[unit]), default=None)
        if lowest is None:
            return Verdict(None, f"ambiguous: {len(top)} places", shown)
        reason = f"ambiguous: {len(top)} places, all in {self._gazetteer.names[lowest]}"
        return Verdict(replace(self._gazetteer.place(lowest), score=0.4, reason=reason), reason, shown)

    def _told_elsewhere(self, candidates: Sequence[Candidate], evidence: Evidence) -> bool:
        """Whether the context names a county in so many words, and none that a candidate lies in."""
        homes = {row for c in candidates for row in self._gazetteer.lineage(c.unit)}
        told = [c.units for c in evidence.clues if not c.short and c.top <= COUNTY]
        counties = [u for units in told for u in units if self._gazetteer.levels[u] == COUNTY]
        return bool(counties) and homes.isdisjoint(counties)

    def _belief(self, text: str, best: Candidate, evidence: Evidence, *, unique: bool) -> tuple[float, str]:
        chain = best.chain
        if not chain.written:
            return self._bare_village(best, evidence, unique=unique)
        if (
            self._gazetteer.levels[chain.written[0]] == TOWNSHIP
            or chain.local >= TOWNSHIP > len(chain.written) + 2
        ):
            return self._township(best, evidence, unique=unique)
        if chain.form < SHORT:
            return self._named(best, unique=unique)
        return self._short(text, best, unique=unique)

    def _named(self, best: Candidate, *, unique: bool) -> tuple[float, str]:
        former = "former name" if best.chain.form else "full name"
        if unique:
            return 0.98, former
        return 0.93, f"{former}, one of several; {_because(best.support.clue)}"

    def _short(self, text: str, best: Candidate, *, unique: bool) -> tuple[float, str]:
        tie, chain = best.support.tie, best.chain
        pair = len(chain.written) > 1 or chain.listed
        if pair or chain.form == SHORT:
            if unique or tie >= SAME_CITY:
                return (
                    (0.9, "short form") if not tie else (0.93, f"short form; {_because(best.support.clue)}")
                )
            return 0.6, "short form, the larger unit of that name"
        seat = text.endswith(_COUNTY_INSTITUTIONS) and chain.end >= len(text) - 7
        alone = chain.end == len(text) and not _is_province(best.support.clue, self._gazetteer)
        if tie >= IN_CITY or (tie >= SAME_CITY and (seat or alone)):
            return 0.8, f"short form that is a word too; {_because(best.support.clue)}"
        return 0.0, "short form that is a word too, and nothing around supports it"

    def _township(self, best: Candidate, evidence: Evidence, *, unique: bool) -> tuple[float, str]:
        tie, pair, clue = best.support.tie, best.chain.listed, best.support.clue
        named = "township and village" if pair else "township"
        if tie >= SAME_COUNTY:
            return 0.95, f"{named}; {_because(clue)}"
        if best.chain.form == RISKY and not pair:
            return 0.0, "a township's name without its kind, and nothing around supports it"
        if tie >= SAME_CITY and not _is_province(clue, self._gazetteer):
            return 0.85, f"{named}; {_because(clue)}"
        return _unknown(evidence) or self._lone_township(best, named, evidence, unique=unique)

    def _lone_township(
        self, best: Candidate, named: str, evidence: Evidence, *, unique: bool
    ) -> tuple[float, str]:
        pair, clue = best.chain.listed, best.support.clue
        if unique and (pair or clue or not _contrary(evidence, self._gazetteer)):
            return (0.9 if pair else 0.7), f"{named} of that name exist in one county only"
        if clue and (pair or not _contrary(evidence, self._gazetteer)):
            return (0.85 if pair else 0.7), f"only such {named} in the province; {_because(clue)}"
        return 0.0, f"{named}: nothing decides among namesakes"

    def _bare_village(self, best: Candidate, evidence: Evidence, *, unique: bool) -> tuple[float, str]:
        tie, clue = best.support.tie, best.support.clue
        namesake = clue is not None and clue.top > TOWNSHIP and self._told_elsewhere([best], evidence)
        if tie >= SAME_COUNTY and not namesake:
            return 0.9, f"village of that name there; {_because(clue)}"
        if namesake:
            return 0.0, "village: the report plays in a county that has none of that name"
        return _unknown(evidence) or self._lone_village(best, evidence, unique=unique)

    def _lone_village(self, best: Candidate, evidence: Evidence, *, unique: bool) -> tuple[float, str]:
        tie, clue = best.support.tie, best.support.clue
        contrary = _contrary(evidence, self._gazetteer)
        if tie >= SAME_CITY and not (contrary and _is_province(clue, self._gazetteer)):
            return 0.6, f"only village of that name there; {_because(clue)}"
        if unique and not contrary and len(best.chain.village or "") > 3:
            return 0.5, "only village of that name"
        return 0.0, "village: nothing decides among namesakes"


def _units(chain: Chain) -> Iterable[int]:
    if chain.unit is not None:
        return (chain.unit,)
    return dict.fromkeys(row.township for row in chain.rows)


def _leaders(candidates: list[Candidate]) -> list[Candidate]:
    best = candidates[0].support.total
    slack = min(_MARGIN + _RELATIVE_MARGIN * best, best) if best else 0.0
    return [candidate for candidate in candidates if candidate.support.total > best - slack or not best]


def _is_province(clue: Clue | None, gazetteer: Gazetteer) -> bool:
    return clue is None or all(gazetteer.levels[unit] == PROVINCE for unit in clue.units)


def _contrary(evidence: Evidence, gazetteer: Gazetteer) -> bool:
    """Tell whether the context names a city or county in so many words."""
    return any(
        not clue.short
        and clue.village is None
        and any(CITY <= gazetteer.levels[u] <= COUNTY for u in clue.units)
        for clue in evidence.clues
    )


def _unknown(evidence: Evidence) -> tuple[float, str] | None:
    if evidence.unknown:
        return 0.0, f"the report names {evidence.unknown[0]}, which is no registered county"
    return None


def _because(clue: Clue | None) -> str:
    return f"{clue.origin} {clue.surface}" if clue else "no context"
