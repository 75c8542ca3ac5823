"""Who takes a gift for an institution: a person behind its name and a title of office.

All spans are offsets into the folded text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from pipeline import schema
from pipeline.lexicons import read_toml, words
from pipeline.linking.drafts import Draft, Scene
from pipeline.linking.scan import Party
from pipeline.linking.spans import alternation


def for_institutions(scene: Scene, chosen: Sequence[tuple[float, Party]]) -> list[tuple[float, Party]]:
    """石桥小学校长李平接过捐款: the school receives, wherever the report says whose head the person is.

    Args:
        scene: what stands in the report.
        chosen: recipients with their scores; the persons among them give way to their institutions.
    """
    found: list[tuple[float, Party]] = []
    for score, party in chosen:
        own = _headed_by(scene, party) or party
        if own not in (other for _, other in found):
            found.append((score, own))
    return [pair for pair in found if not any(_has_room(scene, pair[1], other) for _, other in found)]


_ROOM = re.compile(
    r"(?:农家)?书屋|(?:农家|乡村)?(?:图书室|阅览室|图书馆|文化室|阅读角)|卫生室|幼儿园|小学|敬老院|养老院|互助院"
    r"|村?民?委员?会"
)
# 石桥村 in 青溪县柳河镇石桥村
_VILLAGE = re.compile(r"(?:^|[省市县区旗乡镇])([^省市县区旗乡镇]{1,6}(?:村|社区|嘎查))$")


def _has_room(scene: Scene, place: Party, other: Party) -> bool:
    """石桥村 beside 石桥村农家书屋 or 石桥村委会: whether another receiver is an institution of a village."""
    if len(place.members) > 1 or len(other.members) > 1 or other.kind == "LOC":
        return False
    villages = [m[1] for name in scene.names.of(place.members[0]) if (m := _VILLAGE.search(name))]
    rooms = scene.names.of(other.members[0])
    return any(_ROOM.fullmatch(room.rpartition(village)[2]) for village in villages for room in rooms)


# 自掏腰包, 从口袋里: what a person gives is no gift of the office.
_OWN = re.compile(r"个人|自费|自掏|自己|口袋|私人|名义")
_DONATES = re.compile(r"[捐资]|认领|掏|赠")


def on_behalf(scene: Scene, draft: Draft, links: Sequence[schema.Link]) -> list[schema.Link]:
    """县总工会主席李平… 李平送上慰问金: what an officer of a public body hands over is the body's gift.

    Args:
        scene: what stands in the report.
        draft: the act.
        links: of the act; a donor who is such an officer gives way to the body.
    """
    first = scene.clauses[scene.clause(draft.start)]
    word = draft.trigger.word if draft.trigger else ""
    if _DONATES.search(word) or _OWN.search(scene.text, first, draft.end):
        return list(links)
    return [_bodys(scene, link) if link.role == "donor" else link for link in links]


def _bodys(scene: Scene, link: schema.Link) -> schema.Link:
    person = next((p for p in scene.named if p.members == ((link.start, link.end),)), None)
    body = _headed_by(scene, person) if person else None
    names = scene.names.of(body.members[0]) if body and body.kind == "ORG" else ()
    if body is None or len(names) != 1 or not names[0].endswith(_bodies()):
        return link
    return replace(link, start=body.start, end=body.end, names=names, rule="officer")


@cache
def _bodies() -> tuple[str, ...]:
    return words(read_toml("subjects.toml")["bodies"])


def _headed_by(scene: Scene, person: Party) -> Party | None:
    if person.kind != "PER" or len(person.members) > 1:
        return None
    name = scene.names.of(person.members[0])
    told = (p for p in scene.named if p.kind == "PER" and scene.names.of(p.members[0]) == name)
    return next((owner for p in told if (owner := _owner(scene, p)) is not None), None)


def _owner(scene: Scene, person: Party) -> Party | None:
    """The institution or village whose name and a title stand right before a person."""
    before = [p for p in scene.named if p.kind in ("ORG", "LOC") and p.end <= person.start]
    last = max(before, key=lambda p: p.end, default=None)
    if last is None or len(last.members) > 1:
        return None
    return last if _title().fullmatch(scene.text, last.end, person.start) else None


@cache
def _title() -> re.Pattern[str]:
    known = read_toml("subjects.toml")
    former, heads = (alternation(words(known[name])).pattern for name in ("former", "heads"))
    return re.compile(rf"(?:(?!{former})[^,。;:!?、和与及同(]){{0,6}}?(?:{heads})")
