"""Goods of one verb, parted where the sentence turns to another act: another recipient, another giver."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.linking.goods import Good
from pipeline.linking.scan import Party
from pipeline.linking.spans import Span

if TYPE_CHECKING:
    from pipeline.linking.drafts import Scene


def by_act(scene: Scene, goods: Sequence[Good], verb: Span | None) -> tuple[list[Good], list[list[Good]]]:
    """Goods of one governor, parted where a clause tells another act: those of the verb, and the others.

    Args:
        scene: what stands in the report.
        goods: the goods, in order.
        verb: where their verb stands, if they have one.
    """
    runs: list[list[Good]] = [[]]
    home = 0
    for good in goods:
        turn = _turn(scene, runs[-1], good, verb)
        if turn is not None:
            runs.append([])
            home = len(runs) - 1 if verb and turn < verb[0] else home
        runs[-1].append(good)
    return runs[home], [run for number, run in enumerate(runs) if number != home]


_TURN = re.compile(r"[,。;][^,。;]{0,48}(?:向|给|为|对)$")
# 另为镇上42名值班人员, 还给考上大学的李平: words between the particle and who gets more.
_FURTHER = re.compile(
    r"[,。;](?:同时|此外|另外)?,?(?:另外?|还|又|也|再)[^,。;]{0,24}[向给为对](?:[^,。;向给为对把将的]{1,6}|[^,。;向给为对把将]{1,12}的)$"
)


def _turn(scene: Scene, told: Sequence[Good], good: Good, verb: Span | None) -> int | None:
    """Where what stands before a good turns to other parties than those of the goods before it."""
    if good.noun is not None and good.figure is not None and good.figure.role == "part":
        return None
    last = max(map(_end, told), default=None)
    ruled = max((at for at in (last, verb[1] if verb else None) if at is not None), default=None)
    turns = [] if ruled is None else [*_to_another(scene, ruled, good.start)]
    if last is not None and verb is not None and last < verb[0] and verb[1] <= good.start:
        turns += _to_another(scene, last, verb[0]) if _told_apart(scene, told, good) else ()
    if last is not None:
        others = _between(scene, last, good.start)
        turns += [p.start for p in others if _opens(scene, p, good) or _owns(scene, p, good)]
        turns += _somebody_more(scene, last, good)
        turns += _paid_out(scene, last, good)
    if ruled is not None:
        turns += _apart(scene, ruled if last is None else last, good)
    return min(turns, default=None)


_HELD = re.compile(r"[将把][^,。;]*$")


def _told_apart(scene: Scene, told: Sequence[Good], good: Good) -> bool:
    """发了书包60个,又给河东小学送去净水机6台: not held for the verb behind them, nor money."""
    clause = scene.clauses[scene.clause(_begin(told[0]))]
    of_kind = {"money", good.category} & {g.category for g in told}
    return not of_kind and _HELD.search(scene.text, clause, _begin(told[0])) is None


def _between(scene: Scene, first: int, last: int) -> list[Party]:
    return [p for p in scene.parties if first <= p.start and p.end <= last]


def _to_another(scene: Scene, first: int, last: int) -> Iterator[int]:
    """…500册,给乙村棉被20床: another taker behind a particle."""
    for party in _between(scene, first, last):
        told = scene.text[first : party.start]
        if (_TURN if party.before == "to" else _FURTHER).search(told):
            yield party.start


_HELD_TOO = re.compile(r"(?:又|还|再|另)[把将]")


def _apart(scene: Scene, first: int, good: Good) -> Iterator[int]:
    """…500册;乙书店另备300册; …;又把新衣30件分完: a party, a day or a verb of its own behind a semicolon."""
    own = scene.text.rfind(";", first, _begin(good)) + 1
    dated = any(own <= date.start < good.start for date in scene.dates)
    held = own and _HELD_TOO.match(scene.text, own)
    if own and (dated or held or _between(scene, own, good.start)):
        yield own


# 图书500册、乙公司的书架20组: whose the goods of a list are.
_LISTS = ",、;和及与"
_OWNED = re.compile(r"(?:捐赠|捐助|捐出|赠送|送来|送去|支援|提供)?的")


def _owns(scene: Scene, party: Party, good: Good) -> bool:
    """Whether a good of a list is told as that of a party of its own."""
    listed = party.kind in ("ORG", "PER") and scene.text[party.start - 1] in _LISTS
    return listed and _OWNED.fullmatch(scene.text, party.end, _begin(good)) is not None


_ANOTHER = re.compile(
    r"[,。;](?:还有|另有|也有|更有|又有)(?:[一两几数多]|[0-9]+)[多余]?(?:位|名|对)[^,。;]{2,20},[^,。;]*$"
)


def _somebody_more(scene: Scene, last: int, good: Good) -> Iterator[int]:
    """图书500册,还有几位老师傅,凑钱买来书架: one more giver, told by kind."""
    found = _ANOTHER.search(scene.text, last, _begin(good))
    if found:
        yield found.start() + 1


_PAID = re.compile(r"[,;](?:已|累计|共计?|全年|先后|总)*支出")


def _paid_out(scene: Scene, last: int, good: Good) -> Iterator[int]:
    """募集善款80万元,支出救助金60万元: what came in, and what went out of it."""
    found = _PAID.search(scene.text, last, good.end)
    if found:
        yield found.start() + 1


_SUBJECT = re.compile(r"(?![、,。;:]|和|与|及|等|说|介绍|表示|告诉|获悉|了解)")


def _opens(scene: Scene, party: Party, good: Good) -> bool:
    """图书500册,乙书店则选了读本300册: whether a party opens the clause of a good behind other goods."""
    behind = scene.text[party.end : _begin(good)]
    if party.kind not in ("ORG", "PER") or len(behind) < 2 or "," in behind:
        return False
    if party.before != "start" or scene.text[party.start - 1] != ",":
        return party.kind == "PER" and _also_gives(scene, party, behind)
    return bool(_SUBJECT.match(behind))


_ALSO = re.compile(r"(?:还|也|又|则|另|再|自己|个人|本人)")
_OFFICE = re.compile(r"[^,。;向给为对把将由让请和与、]{1,14}")


def _also_gives(scene: Scene, party: Party, behind: str) -> bool:
    """图书500册,经理李平还自己买了书包60个: a person whose office opens the clause."""
    first = scene.clauses[scene.clause(party.start)]
    opened = scene.text[first - 1 : first] in (",", ";") and _OFFICE.fullmatch(scene.text, first, party.start)
    return bool(opened) and _ALSO.match(behind) is not None


def _begin(good: Good) -> int:
    """Where a good begins, its figure or worth before it."""
    return min(q.start for q in (good, good.figure, good.value) if q is not None)


def _end(good: Good) -> int:
    return max(good.end, good.figure.end if good.figure else 0)
