"""Which mentions of a report speak of the same party, and its fullest name there.

Short names (县图书馆), clipped company names (一民农资), abbreviations (省图) and pronouns (我馆, 该村,
两村) go back to the fullest name that the report, its title or its source line holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline import schema
from pipeline.lexicons import read_toml, words
from pipeline.linking.local_names import add_places
from pipeline.linking.pronouns import of_organs, stand_for
from pipeline.linking.scan import Party, is_pronoun
from pipeline.linking.short_names import by_kind, is_firm_tail, without_level, written_short
from pipeline.text import fold

_PLACE_LEAD = re.compile(r"^(?:[\u4e00-\u9fff]{2,6}?(?:省|市|县|区|州|盟|旗|镇|乡|街道|自治区))+")


@dataclass(frozen=True, slots=True)
class Names:
    """Resolved names: `names[(start, end)]` are the parties that a span stands for."""

    names: dict[tuple[int, int], tuple[str, ...]]

    def of(self, span: tuple[int, int]) -> tuple[str, ...]:
        """The names behind a span; empty when it is unknown."""
        return self.names.get(span, ())


def resolve_names(
    report: schema.Report, mentions: Sequence[schema.Mention], parties: Sequence[Party]
) -> Names:
    """Resolve every member of every party.

    Example:
        >>> from pipeline.schema import Mention, Report
        >>> text = "青溪县图书馆来了。县图书馆赠书。"
        >>> ms = [Mention("r", 0, 6, "青溪县图书馆", "ORG"), Mention("r", 9, 13, "县图书馆", "ORG")]
        >>> ps = [Party(m.start, m.end, "ORG", ((m.start, m.end),), "", "") for m in ms]
        >>> resolve_names(Report("r", text), ms, ps).of((9, 13))
        ('青溪县图书馆',)
    """
    named = [m for m in mentions if m.label in ("ORG", "LOC", "PER")]
    fullest = _fullest_names(report, named)
    table: dict[tuple[int, int], tuple[str, ...]] = {(m.start, m.end): (fullest[m.surface],) for m in named}
    of_organs(named, table)
    _share_prefixes(report.text, parties, table)
    _share_levels(report.text, named, table)
    add_places(report, named, table)
    for party in parties:
        for span in party.members:
            if span not in table:
                surface = report.text[span[0] : span[1]]
                stands = is_pronoun(fold(surface))
                table[span] = stand_for(report, span, named, parties, table) if stands else (surface,)
    return Names(table)


def _fullest_names(report: schema.Report, named: Sequence[schema.Mention]) -> dict[str, str]:
    surfaces = {m.surface: m.label for m in named}
    pool = [s for s, label in surfaces.items() if label != "PER"]
    source = (report.source or "").strip()
    if source and re.search(r"(?:馆|局|会|公司|集团|行|校|学|院|委|部|社|政府|中心|站|所)$", source):
        pool.append(source)
    pool += [inner for name in pool for inner in _inner_names(name)]
    declared = _declared(report.text, pool)
    result = {}
    for surface, label in surfaces.items():
        called = _THAT.sub("", surface)
        own = surface if label == "PER" else _longest(called, pool, declared, report)
        own = _of_brand(surface, pool) if own == surface and label == "ORG" else own
        result[surface] = declared.get(surface) or own
    return result


# 该县总工会: a name that begins with a word that points back.
_THAT = re.compile(r"^[该本我](?=[省市县区州旗镇乡村][^村镇乡]{2})")

_INNER = re.compile(
    r"^[\u4e00-\u9fff]{2,12}?(?:省|市|县|区|州)(?:图书馆|文化馆|博物馆|教育局|民政局)(?=[\u4e00-\u9fff])"
)


def _inner_names(name: str) -> list[str]:
    """An institution at the head of a longer name: 山西省图书馆 in 山西省图书馆太原市劳教所图书流通站."""
    match = _INNER.match(name)
    return [match[0]] if match else []


def _declared(text: str, pool: Iterable[str]) -> dict[str, str]:
    """Abbreviations that the report itself introduces: 甲公司（以下简称“乙”）."""
    found = {}
    for match in re.finditer(
        r"[（(](?:以下|下)?(?:简)?称(?:为|:|：)?[“\"']?([^）)”\"']{2,14})[”\"']?[）)]", text
    ):
        owner = next(
            (name for name in sorted(pool, key=len, reverse=True) if text[: match.start()].endswith(name)),
            None,
        )
        if owner:
            found[match[1]] = owner
    return found


def _longest(surface: str, pool: Sequence[str], declared: dict[str, str], report: schema.Report) -> str:
    candidates = [name for name in pool if name != surface and is_short_for(surface, name)]
    if not candidates:
        return surface
    heads = [
        name
        for name in candidates
        if not any(other != name and is_short_for(name, other) for other in candidates)
    ]
    best = max(heads, key=lambda name: (report.text.count(name), len(name)))
    return declared.get(best, best)


# What may follow a brand in the name of its firm: 永昌集团, 永昌实业有限公司.
_FIRM = re.compile(
    r"[\u4e00-\u9fff()]{0,8}?(?:集团|公司|银行|商行|超市|酒店|药业|实业|控股)[\u4e00-\u9fff()]{0,12}"
)


def _of_brand(brand: str, pool: Sequence[str]) -> str:
    """永昌 for 永昌集团: the one firm whose name begins with it, else the brand itself."""
    firms = [name for name in pool if name.startswith(brand) and _FIRM.fullmatch(name, len(brand))]
    heads = [name for name in firms if not any(other != name and other.startswith(name) for other in firms)]
    return heads[0] if len(brand) == 2 and len(heads) == 1 else brand


def is_short_for(short: str, full: str) -> bool:
    """Whether a name is a shorter writing of a fuller one.

    Example:
        >>> is_short_for("县图书馆", "青溪县图书馆"), is_short_for("省图", "山西省图书馆")
        (True, True)
        >>> is_short_for("一民农资", "雅安市一民农资有限责任公司"), is_short_for("河东村", "青溪县")
        (True, False)
    """
    short, full = fold(short), fold(full)
    if len(short) >= len(full):
        return False
    if full.endswith(short) and len(short) >= 2:
        return True
    kind = by_kind(short, full)
    if kind is not None:
        return kind
    at = full.find(short)
    if at >= 0 and len(short) >= 3:
        lead, tail = full[:at], full[at + len(short) :]
        return (
            (not lead or bool(_PLACE_LEAD.fullmatch(lead)) or len(lead) <= 3)
            and is_firm_tail(tail)
            and ("公司" in full or full.endswith("集团"))
        )
    return without_level(short, full) or written_short(short, full)


_ADDRESS = re.compile(r"^(?:[\u4e00-\u9fff]{2,8}?(?:省|市|县|区|州|旗|镇|乡|街道))+(?=[\u4e00-\u9fff]{2,})")


def _share_prefixes(
    text: str, parties: Sequence[Party], table: dict[tuple[int, int], tuple[str, ...]]
) -> None:
    """A县B镇甲村和乙村: 乙村 stands in the same town."""
    for party in parties:
        prefix = ""
        for span in party.members:
            surface = text[span[0] : span[1]]
            match = _ADDRESS.match(surface)
            if match and re.search(
                r"(?:村|社区|屯|组|寨|嘎查|小学|学校|居委会|村委会)", surface[match.end() :] or ""
            ):
                prefix = match[0]
            elif (
                prefix
                and span in table
                and table[span] == (surface,)
                and re.search(r"(?:村|社区|村委会|村委|居委会|小学)$", surface)
            ):
                table[span] = (prefix + surface,)


# What is left of an organ's name without its place: 侨办, 文化馆, 商会.
_ORGAN = re.compile(r"[\u4e00-\u9fff]{1,4}(?:办|局|委|会|馆|部|联|团|新华书店)")


def _share_levels(
    text: str, named: Sequence[schema.Mention], table: dict[tuple[int, int], tuple[str, ...]]
) -> None:
    """甲省侨办、侨联: the second organ is the same place's, not the longest name that ends in 侨联."""
    for first, second in pairwise(sorted(named, key=lambda mention: mention.start)):
        whole = table[first.start, first.end][0]
        place = _ADDRESS.match(whole)
        if (
            first.label == second.label == "ORG"
            and second.start == first.end + 1
            and text[first.end] in "、和及与"
            and place
            and _ORGAN.fullmatch(whole, place.end())
            and second.surface in words(read_toml("entity_repairs.toml")["paired"])
            and not table[second.start, second.end][0].startswith(place[0])
        ):
            table[second.start, second.end] = (place[0] + second.surface,)
