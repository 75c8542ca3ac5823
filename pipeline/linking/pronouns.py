"""Whom a word that names nobody stands for: 我馆, 该公司, 两村, 其."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from pipeline import schema
from pipeline.lexicons import read_toml, words
from pipeline.linking.kinfolk import alma_mater, is_kin, kinfolk
from pipeline.linking.local_names import own_house, own_place
from pipeline.linking.scan import THEM, Party
from pipeline.linking.spans import alternation
from pipeline.text import fold


@cache
def _tails(word: str) -> tuple[str, ...]:
    return tuple(read_toml("pronouns.toml")["tails"].get(word, "").split())


_COUNT = {"两": 2, "双": 2} | {word: number for number, word in enumerate("三四五六七八九", 3)}
_COUNT |= {str(number): number for number in range(2, 10)}
_PREFIX = re.compile(r"^(?:以上|上述|各|双|这)?(?:[两三四五六七八九2-9](?:个|所|家|座)?)?")
# may be of any kind: 两家单位, 双方
_ANY = ("单位", "部门", "机构", "组织", "方", "")


def stand_for(
    report: schema.Report,
    span: tuple[int, int],
    named: Sequence[schema.Mention],
    parties: Sequence[Party],
    table: dict[tuple[int, int], tuple[str, ...]],
) -> tuple[str, ...]:
    """The names that a pronoun stands for; empty when nothing fits."""
    word = fold(report.text[span[0] : span[1]])
    if word in THEM:
        return _people_before(report.text, span, named, parties, word) or _them(span, named, table)
    if is_kin(word):
        return kinfolk(report.text, span, parties, table)
    if word in _ONE_OF_TWO:
        return _of_pair(span, parties, table, _ONE_OF_TWO[word])
    number = _COUNT.get(re.sub("^(?:这|以上|上述)", "", word)[0])
    if number or word.startswith(("以上", "上述", "各")):
        return _several(word, span, number, parties, table)
    return _by_ending(report, span, word, named, table)


def _by_ending(
    report: schema.Report,
    span: tuple[int, int],
    word: str,
    named: Sequence[schema.Mention],
    table: dict[tuple[int, int], tuple[str, ...]],
) -> tuple[str, ...]:
    """Whom 我馆, 该村, 学校 or 全县 stands for, by how the names end that it may stand for."""
    tails = _tails(word) or _tails(word[1:])
    clause = _clause_around(report.text, span)
    fits = [
        m for m in named if tails and fold(m.surface).endswith(tails) and not clause[0] <= m.start < clause[1]
    ]
    if len(word) == 2 and word[0] == "全":
        place = own_place(report, word[1])
        return (place,) if place else _last_place(fits, span, table)
    if word[0] in "我本母":
        others = [m for m in named if not clause[0] <= m.start < clause[1]]
        own = _self(report, word, tails, fits, others, table)
        return own or (alma_mater(named, table) if word == "母校" else ())
    before = [m for m in fits if m.end <= span[0]]
    gap = report.text[before[-1].end : span[0]] if before else ""
    own = (report.source,) if report.source and tails and report.source.endswith(tails) else ()
    if own and word in _bare() and _speaks_of_itself(report, word, gap):
        return own
    topic = told_most(before, table) if word in _bare() and _is_far(gap) else None
    chosen = [topic] if topic is not None else before[-1:] or fits[:1]
    names = table[(chosen[0].start, chosen[0].end)] if chosen else own
    return _villages(names, named, table) if chosen and tails == _tails("村") else names


# Sentence ends of one paragraph that may lie between a name and 学校, which still is that one.
_APART = 2


def _is_far(gap: str) -> bool:
    """Whether a name stands too far before 学校 or 公司 to be the one that is meant."""
    ends = len(_STOP.findall(gap))
    return ends > _APART or ("\n" in gap and ends > 1)


def _speaks_of_itself(report: schema.Report, word: str, gap: str) -> bool:
    """学校 in a report that calls its own source 我校: that one, if no other is named in the paragraph.

    Args:
        report: the report, whose source is of the kind that the word tells.
        word: the word.
        gap: the text between the last name of that kind and the word; empty where none goes before.
    """
    itself = f"[我本](?:{word[0]}|{word[-1]})"
    return "\n" in gap and re.search(itself, report.text) is not None


def _last_place(
    fits: Sequence[schema.Mention],
    span: tuple[int, int],
    table: dict[tuple[int, int], tuple[str, ...]],
) -> tuple[str, ...]:
    """全县: the county told last, else the first."""
    places = [m for m in fits if m.label == "LOC"]
    told = [m for m in places if m.end <= span[0]][-1:] or places[:1]
    return table[told[0].start, told[0].end] if told else ()


_COMMITTEE = re.compile(r"(?:(?<=村)村民委员会|(?<=村)村?委会?|(?<=社区)居?委会|民委员会)$")


def _villages(
    names: tuple[str, ...],
    named: Sequence[schema.Mention],
    table: dict[tuple[int, int], tuple[str, ...]],
) -> tuple[str, ...]:
    """该村 behind 石桥村村委会: the village itself, as fully as its name is told."""
    homes = [_COMMITTEE.sub("", name) for name in names]
    told = [name for m in named if m.label == "LOC" for name in table[m.start, m.end]]
    return tuple(
        name if name == home else max([home, *(t for t in told if t.endswith(home))], key=len)
        for name, home in zip(names, homes, strict=True)
    )


@cache
def _bare() -> frozenset[str]:
    """学校, 公司: without 该, the one that the report is about where none is named near."""
    return frozenset(words(read_toml("particles.toml")["pronouns"]["bare"]))


_STOP = re.compile(r"[。!?！？\n]")


def _people_before(
    text: str, span: tuple[int, int], named: Sequence[schema.Mention], parties: Sequence[Party], word: str
) -> tuple[str, ...]:
    """走访了5名孤儿,为他们送上棉被: people told by number nearer than anybody named, in the same sentence."""
    last = max((m.end for m in named if m.end <= span[0]), default=0)
    near = [p for p in parties if p.kind == "GROUP" and last <= p.start and p.end <= span[0]]
    if word not in ("他们", "她们") or not near or _STOP.search(text, near[-1].end, span[0]):
        return ()
    group = text[near[-1].start : near[-1].end]
    return (group,) if _COUNTED.match(group) else ()


_COUNTED = re.compile(r"[0-9〇零一二两三四五六七八九十百千几多]+[余多]?(?:名|位|户|个)")


def _them(
    span: tuple[int, int], named: Sequence[schema.Mention], table: dict[tuple[int, int], tuple[str, ...]]
) -> tuple[str, ...]:
    """向其捐赠: the last institution or place named before."""
    before = [m for m in named if m.end <= span[0] and m.label in ("ORG", "LOC")]
    return table[(before[-1].start, before[-1].end)] if before else ()


_ONE_OF_TWO = {"前者": 0, "后者": 1}


def _of_pair(
    span: tuple[int, int],
    parties: Sequence[Party],
    table: dict[tuple[int, int], tuple[str, ...]],
    number: int,
) -> tuple[str, ...]:
    """前者, 后者: the first or the second of the two named last."""
    told = [p for p in parties if p.end <= span[0] and p.kind in ("ORG", "LOC", "PER")]
    lists = [p for p in told if len(p.members) > 1]
    members = lists[-1].members if lists else [p.members[0] for p in told[-2:]]
    return table.get(members[number], ()) if len(members) == 2 else ()


@cache
def _organ() -> re.Pattern[str]:
    """局党委, 集团公司工会: what an institution is called by kind, and one of its organs."""
    lexicon = read_toml("pronouns.toml")["organs"]
    owners, organs = (alternation(words(lexicon[name])).pattern for name in ("owners", "organs"))
    return re.compile(rf"[本我该]?(?P<owner>{owners})(?:{organs})")


def of_organs(
    named: Sequence[schema.Mention],
    table: dict[tuple[int, int], tuple[str, ...]],
) -> None:
    """公司党委: an organ of an institution that is told by kind acts for it, the one told most often."""
    for mention in named:
        organ = _organ().fullmatch(fold(mention.surface)) if mention.label == "ORG" else None
        if organ is None:
            continue
        tails = _tails(organ["owner"])
        own = [
            m for m in named if m.label == "ORG" and fold(m.surface).endswith(tails) and len(m.surface) > 3
        ]
        owner = told_most(own, table) if tails else None
        if owner is not None:
            table[mention.start, mention.end] = table[owner.start, owner.end]


def told_most(
    named: Sequence[schema.Mention], table: dict[tuple[int, int], tuple[str, ...]]
) -> schema.Mention | None:
    """The last mention of whoever is told most often."""
    counts = Counter(table[m.start, m.end] for m in named)
    return max(named, key=lambda m: (counts[table[m.start, m.end]], m.start), default=None)


def _clause_around(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """The clause of a span: nobody is named and stood for in one clause."""
    breaks = [m.start() for m in re.finditer(r"[,，。；;！？!?\n]", text)]
    first = max((b + 1 for b in breaks if b < span[0]), default=0)
    return first, min((b for b in breaks if b >= span[1]), default=len(text))


def _self(
    report: schema.Report,
    word: str,
    tails: tuple[str, ...],
    fits: Sequence[schema.Mention],
    named: Sequence[schema.Mention],
    table: dict[tuple[int, int], tuple[str, ...]],
) -> tuple[str, ...]:
    """Who calls itself 我馆: the source line, else the title, else the name told most often."""
    house = own_house(report, tails)
    if house:
        return (house,)
    chosen = _own(report, fits)
    if chosen:
        return table[(chosen[0].start, chosen[0].end)]
    if word[1] in "镇县市区乡村":
        place = own_place(report, word[1])
        return (place,) if place else ()
    return () if tails and word[1] in "校学" else _speaker(named, table)


def _speaker(
    named: Sequence[schema.Mention], table: dict[tuple[int, int], tuple[str, ...]]
) -> tuple[str, ...]:
    """The first institution of the report, when nothing fits what calls itself 本会."""
    first = next((m for m in named if m.label == "ORG"), None)
    return table[(first.start, first.end)] if first else ()


def _own(report: schema.Report, fits: Sequence[schema.Mention]) -> list[schema.Mention]:
    """The party that speaks of itself: named in the source line, else in the title, else most often."""
    source = [m for m in fits if report.source and (m.surface in report.source or report.source in m.surface)]
    title = [m for m in fits if m.end <= report.body_start]
    pool = source or title or list(fits)
    return sorted(pool, key=lambda m: (-report.text.count(m.surface), m.start))[:1]


def _several(
    word: str,
    span: tuple[int, int],
    number: int | None,
    parties: Sequence[Party],
    table: dict[tuple[int, int], tuple[str, ...]],
) -> tuple[str, ...]:
    tail = _PREFIX.sub("", word)
    tails = () if tail in _ANY else _tails(tail) or (tail,)
    earlier = [p for p in parties if p.end <= span[0] and len(p.members) > 1]
    for party in reversed([p for p in earlier if tail != "方" or p.kind == "ORG"]):
        told = [n for s in party.members for n in table.get(s, ())]
        found = [n for n in told if not tails or n.endswith(tails)]
        if found and len(told) == number:
            return tuple(dict.fromkeys(told))
        if found and (number is None or len(found) == number):
            return tuple(dict.fromkeys(found))
    singles = dict.fromkeys(
        n
        for p in parties
        if p.end <= span[0] and p.kind != "GROUP"
        for s in p.members
        for n in table.get(s, ())
        if tails and n.endswith(tails)
    )
    return tuple(singles)[-number:] if number is not None and len(singles) >= number else ()


def settled(parties: Sequence[Party], table: dict[tuple[int, int], tuple[str, ...]]) -> tuple[Party, ...]:
    """为四所小学的学生送书: the four named before; where nobody fits, the group that the words tell."""
    counts = [p for p in parties if p.kind == "PRONOUN" and any(_same_words(p, o) for o in parties)]
    known = [p for p in counts if any(table.get(span) for span in p.members)]
    dropped = [p for p in counts if p not in known]
    dropped += [o for o in parties if any(_same_words(p, o) for p in known)]
    return tuple(p for p in parties if p not in dropped)


def _same_words(count: Party, group: Party) -> bool:
    """Whether a group begins inside the words that may stand for somebody."""
    return group.kind == "GROUP" and group.start < count.end and count.start < group.end
