"""Resolve a place as news writes it, with the report around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pydantic import BaseModel, ConfigDict

from pipeline.places.chains import Chain, ChainReader
from pipeline.places.context import ContextReader, Evidence, PlaceContext
from pipeline.places.decide import Judge, Verdict
from pipeline.places.focus import Focus
from pipeline.places.gazetteer import RISKY, TOWNSHIP, Gazetteer
from pipeline.places.names import village_stem
from pipeline.places.rules import load_rules
from pipeline.places.scan import PlaceSpan, Scanner
from pipeline.places.seats import capital, seat
from pipeline.schema import Place
from pipeline.text import fold

_JOINT = re.compile(r"[、,;/]|(?<=[村镇乡县市区旗会委道校馆组屯庄寨])(?:以及|和|与|及)(?=.{2,})")
_COUNT = re.compile(
    "(?P<more>等?)(?P<number>[两三四五六七八九十]?)个?(?P<kind>县|镇|乡|村|社区|乡镇|县区|地)$"
)
_NUMERALS = dict(enumerate("两三四五六七八九十", 2))
_SHARED_KINDS = ("县", "镇", "乡", "村", "社区")
_MANY_UNITS = re.compile("(?:[0-9]+|[两二三四五六七八九十]+|多|各)个?(?:省|市|县|区|州|旗)")
_FIELDS = ("province", "city", "county", "township", "village")


class PlacesParams(BaseModel):
    """Settings of the resolver.

    `min_score` is the least score at which a place is given rather than left out; `report_place` lets
    a surface without a place of its own (学校, 困难群众) take the county that the report plays in.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    min_score: float = 0.35
    report_place: bool = True


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a surface resolves to: the best place or None, why, and what else it could be."""

    place: Place | None
    reason: str
    candidates: tuple[Place, ...] = ()


class PlaceResolver:
    """Resolve surfaces against the gazetteer and the context.

    Example:
        >>> resolver = PlaceResolver()
        >>> found = resolver.resolve("官仁村", PlaceContext(region="陕西", donor="临渭区图书馆"))
        >>> found.place.code, found.place.township, found.place.village
        ('610502', '崇凝镇', '官仁村')
    """

    def __init__(self, params: PlacesParams | None = None, gazetteer: Gazetteer | None = None) -> None:
        self.params = params or PlacesParams()
        self.gazetteer = gazetteer or Gazetteer.load()
        self._rules = load_rules()
        self._reader = ChainReader(self.gazetteer, self._rules)
        self._scanner = Scanner(self.gazetteer, self._rules)
        self._context = ContextReader(self._reader, self._scanner, self._rules)
        self._judge = Judge(self.gazetteer)
        self._focus = Focus(self.gazetteer)

    def resolve(self, surface: str, context: PlaceContext | None = None) -> Resolution:
        """Resolve an address, a village, an institution's name or 我县 and the like.

        Coordinated places (更合镇水井村、巨泉村和小洞村) give what they share.
        """
        text, context = fold(surface).strip(), context or PlaceContext()
        parts = self._parts(text)
        verdicts = []
        for number, short in enumerate(parts):
            part = self._context.fuller(short, context)
            near = (*parts[:number][:1], *context.mentions)
            verdicts.append(self._one(part, self._context.read(replace(context, mentions=near))))
        return self._joined(verdicts)

    def scan(self, text: str) -> tuple[PlaceSpan, ...]:
        """Find names of provinces, cities and counties in running text; offsets are those of `text`."""
        return self._scanner.scan(text)

    def common(self, places: Sequence[Place]) -> Place | None:
        """Return what several places share: several counties, their city; several provinces, None.

        Example:
            >>> resolver = PlaceResolver()
            >>> both = [resolver.resolve(name).place for name in ("芦山县", "宝兴县")]
            >>> resolver.common(both).code
            '511800'
        """
        if not places or len({place.province for place in places}) > 1:
            return None
        shared: dict[str, str | None] = {}
        for name in _FIELDS:
            values = {getattr(place, name) for place in places}
            if len(values) > 1:
                break
            shared[name] = values.pop()
        codes = {place.code for place in places}
        code = codes.pop() if len(codes) == 1 else self._shared_code(places)
        first = min(places, key=lambda place: place.score)
        return Place(
            code=code, province=first.province, score=first.score, reason=first.reason, **_without(shared)
        )

    def _shared_code(self, places: Sequence[Place]) -> str:
        cities = {(place.city, place.code[:4]) for place in places}
        in_one_city = len(cities) == 1 and places[0].city is not None
        return (places[0].code[:4] if in_one_city else places[0].code[:2]).ljust(6, "0")

    def _parts(self, text: str) -> list[str]:
        """Split coordinated places, each with the kind that 两村 at the end gives to all."""
        parts = self._split(text)
        count = _COUNT.search(text)
        if len(parts) < 2 or not count:
            return parts
        if not count["more"] and count["number"] != _NUMERALS.get(len(parts)):
            return parts
        kind = count["kind"] if count["kind"] in _SHARED_KINDS else ""
        return [part.removesuffix(kind) + kind for part in self._split(text[: count.start()])]

    def _split(self, text: str) -> list[str]:
        """Split at joints, but not where a name runs over the joint (天津市和平区)."""
        crossed = [(chain.start, chain.end) for chain in self._reader.read(text)]
        cuts = [0]
        for joint in _JOINT.finditer(text):
            if not any(start < joint.start() and joint.end() < end for start, end in crossed):
                cuts += joint.span()
        cuts.append(len(text))
        parts = [text[start:end].strip() for start, end in zip(cuts[::2], cuts[1::2], strict=True)]
        return [part for part in parts if part] or [text]

    def _joined(self, verdicts: list[Verdict]) -> Resolution:
        if len(verdicts) == 1:
            return Resolution(verdicts[0].place, verdicts[0].reason, verdicts[0].candidates)
        places = [verdict.place for verdict in verdicts if verdict.place]
        place = self.common(places)
        reason = "; ".join(dict.fromkeys(verdict.reason for verdict in verdicts)) or "no place named"
        return Resolution(place and replace(place, reason=reason), reason, tuple(places))

    def _one(self, text: str, evidence: Evidence) -> Verdict:
        code = seat(text)
        if code is not None:
            return self._at_seat(code)
        chains = self._reader.read(text)
        anchored = tuple(chain for chain in chains if chain.unit is not None or chain.rows)
        verdict = self._of_village(text, anchored, evidence)
        verdict = verdict or (self._judge.choose(text, anchored, evidence) if anchored else None)
        if verdict and verdict.place and verdict.place.score >= self.params.min_score:
            code = capital(text, verdict.place.code)
            return self._at_seat(code) if code else verdict
        fallback = _with_village(self._without_own_place(text, evidence), chains)
        if fallback.place and fallback.place.score >= self.params.min_score:
            return replace(fallback, candidates=verdict.candidates if verdict else ())
        return verdict or fallback

    def _of_village(self, text: str, chains: Sequence[Chain], evidence: Evidence) -> Verdict | None:
        """石桥小学 in a report that tells of 柳河镇石桥村 is that village's."""
        if not chains or any(chain.form != RISKY or chain.village for chain in chains):
            return None
        stem = text[chains[0].start : chains[0].end]
        clues = (
            clue for clue in evidence.clues if clue.village and clue.top <= TOWNSHIP and len(clue.units) == 1
        )
        clue = next((clue for clue in clues if village_stem(clue.village or "")[0] == stem), None)
        if clue is None:
            return None
        reason = f"named after the village: {clue.origin} {clue.surface}"
        place = self.gazetteer.place(clue.units[0], village=clue.village)
        return Verdict(replace(place, score=0.8, reason=reason), reason)

    def _at_seat(self, code: str) -> Verdict:
        """The city that a university or a province's hospital stands in."""
        unit = self.gazetteer.unit(code)
        if unit is None:
            return Verdict(None, "no such seat")
        return Verdict(replace(self.gazetteer.place(unit), score=0.8, reason="its seat"), "its seat")

    def _without_own_place(self, text: str, evidence: Evidence) -> Verdict:
        word = None if self._rules.trap.match(text) else self._rules.level_word.match(text)
        if word:
            chains = [chain for chain in self._reader.read(text[word.end() :]) if chain.unit is not None]
            verdict = self._judge.choose(text, chains, evidence) if chains else None
            return verdict if verdict and verdict.place else self._focus.level(word["level"], evidence)
        if _MANY_UNITS.match(text):
            return self._focus.around(evidence)
        if not self.params.report_place or text.startswith(self._rules.national):
            return Verdict(None, "no place in the name")
        return self._focus.place(evidence)


def _with_village(verdict: Verdict, chains: Sequence[Chain]) -> Verdict:
    """Keep the name of a village that no register lists, where the county is known around it."""
    place = verdict.place
    if place and place.county and not place.village and chains and chains[0].unit is None:
        return replace(verdict, place=replace(place, village=chains[0].village))
    return verdict


def _without(shared: dict[str, str | None]) -> dict[str, str | None]:
    return {name: value for name, value in shared.items() if name != "province"}
