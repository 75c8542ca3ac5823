"""Where a report plays: for 我县, 该镇, 县图书馆 and for surfaces without a place of their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from pipeline.places.context import Clue, Evidence
from pipeline.places.decide import Verdict
from pipeline.places.gazetteer import CITY, COUNTY, PROVINCE, TOWNSHIP, Gazetteer
from pipeline.schema import Place

_ELSEWHERE = (
    "公司",
    "集团",
    "银行",
    "基金会",
    "协会",
    "商会",
    "联盟",
    "网",
    "日报",
    "晚报",
    "社",
    "厂",
)
_LEAD = 1.4
_SUFFIX_BONUS = 2.0
_Votes = defaultdict[int, float]
_NOTHING = Verdict(None, "no place in the name or around it")


class Focus:
    """Read the place of a report out of its clues."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def place(self, evidence: Evidence) -> Verdict:
        """Return the county that the clues agree on, else their city, else their province."""
        for level in (COUNTY, CITY, PROVINCE):
            votes = self._votes(evidence, level)
            winner = _winner(votes)
            if winner is not None and not (evidence.unknown and level > PROVINCE):
                return self._verdict(winner, "the report's own place", 0.5)
            if votes and winner is None and level > PROVINCE:
                return self._shared(votes)
        return _NOTHING

    def around(self, evidence: Evidence) -> Verdict:
        """Return what 5个县 lie in: the giver's own city or province, else what the clues agree on."""
        for clue in evidence.clues:
            if clue.origin == "donor" and all(self._gazetteer.levels[unit] <= CITY for unit in clue.units):
                return self._verdict(clue.units[0], f"several units; donor {clue.surface}", 0.5)
        votes = self._votes(evidence, CITY)
        winner = _winner(votes)
        return self._shared(votes) if winner is None else self._verdict(winner, "several units there", 0.4)

    def level(self, word: str, evidence: Evidence) -> Verdict:
        """Return what 省 市 县 区 镇 村 stands for in the report."""
        if word in ("村", "社区", "嘎查"):
            return self._village(evidence) or self._level(TOWNSHIP, word, evidence) or self.place(evidence)
        level = {"省": PROVINCE, "自治区": PROVINCE, "州": CITY, "盟": CITY, "地区": CITY, "市": CITY}.get(
            word
        )
        if level is None:
            level = COUNTY if word in ("县", "区", "旗") else TOWNSHIP
        if word == "市":
            return self._town(evidence) or self.place(evidence)
        return self._level(level, word, evidence) or self.place(evidence)

    def _village(self, evidence: Evidence) -> Verdict | None:
        clue = next((c for c in evidence.clues if c.village and len(c.units) == 1), None)
        if clue is None:
            return None
        place = replace(self._gazetteer.place(clue.units[0], village=clue.village), score=0.8)
        reason = f"that village: {clue.origin} {clue.surface}"
        return Verdict(replace(place, reason=reason), reason)

    def _town(self, evidence: Evidence) -> Verdict | None:
        """市 is a prefecture or a county-level city: the one named, else the county's prefecture."""
        votes: _Votes = defaultdict(float)
        for clue, units in self._settled(evidence):
            for unit in units:
                named = self._gazetteer.names[unit].endswith("市") and self._gazetteer.levels[unit] <= COUNTY
                row = unit if named else self._ancestor(unit, CITY)
                if row is not None:
                    votes[row] += clue.weight * (_SUFFIX_BONUS if named else 1)
        winner = _winner(votes)
        return None if winner is None else self._verdict(winner, "市 in this report", 0.8)

    def _level(self, level: int, word: str, evidence: Evidence) -> Verdict | None:
        votes = self._votes(evidence, level)
        for unit in votes:
            if self._gazetteer.names[unit].endswith(word):
                votes[unit] *= _SUFFIX_BONUS
        winner = _winner(votes)
        return None if winner is None else self._verdict(winner, f"{word} in this report", 0.85)

    def _votes(self, evidence: Evidence, level: int) -> _Votes:
        votes: _Votes = defaultdict(float)
        for clue, units in self._settled(evidence):
            rows = {self._ancestor(unit, level) for unit in units}
            if len(rows) == 1 and (row := rows.pop()) is not None:
                votes[row] += clue.weight
        return votes

    def _settled(self, evidence: Evidence) -> Iterator[tuple[Clue, tuple[int, ...]]]:
        """Yield the local clues, each with the namesakes that the other clues favour."""
        for clue in evidence.clues:
            if self._elsewhere(clue) or (clue.weak and not self._borne_out(clue, evidence)):
                continue
            if len(clue.units) == 1:
                yield clue, clue.units
                continue
            others = Evidence(tuple(other for other in evidence.clues if other is not clue))
            ranked = [(others.support(self._gazetteer.lineage(unit)).total, unit) for unit in clue.units]
            best = max(total for total, _ in ranked)
            if best > 0:
                yield clue, tuple(unit for total, unit in ranked if total == best)

    def _borne_out(self, clue: Clue, evidence: Evidence) -> bool:
        """Whether clues of other places speak for those of a weak one."""
        others = Evidence(tuple(c for c in evidence.clues if not c.weak and c.units != clue.units))
        return any(others.support(self._gazetteer.lineage(unit)).total > 0 for unit in clue.units)

    def _elsewhere(self, clue: Clue) -> bool:
        """A firm or a foundation bears the name of its seat, and gives anywhere."""
        local = any(self._gazetteer.levels[unit] == TOWNSHIP for unit in clue.units)
        return clue.origin != "source" and not local and clue.surface.endswith(_ELSEWHERE)

    def _ancestor(self, unit: int, level: int) -> int | None:
        lineage = self._gazetteer.lineage(unit)
        return next((row for row in lineage if self._gazetteer.levels[row] == level), None)

    def _shared(self, votes: _Votes) -> Verdict:
        lineages = [set(self._gazetteer.lineage(unit)) for unit in votes]
        shared = set.intersection(*lineages) if lineages else set()
        if not shared:
            return _NOTHING
        lowest = max(shared, key=lambda unit: len(self._gazetteer.codes[unit]))
        return self._verdict(lowest, "what the places of the report share", 0.4)

    def _verdict(self, unit: int, reason: str, score: float) -> Verdict:
        place: Place = replace(self._gazetteer.place(unit), score=score, reason=reason)
        return Verdict(place, reason)


def _winner(votes: _Votes) -> int | None:
    ranked = sorted(votes.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or (len(ranked) > 1 and ranked[0][1] < _LEAD * ranked[1][1]):
        return None
    return ranked[0][0]
