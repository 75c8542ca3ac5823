"""Who gets the gifts of a report that names nobody beside any of them: the home or school it opens with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline import schema
from pipeline.linking.drafts import Scene
from pipeline.linking.grammar import sends_givers
from pipeline.linking.scan import Party
from pipeline.linking.sides import SETTLEMENT

Layer = Sequence[schema.Act | schema.Link]
# Sentences of the body in which a report says where its story happens.
_OPENING = 3
_ROOM = re.compile(r"(?:公寓|分馆|图书室|书屋|医院|卫生院)$")


def with_topic(scene: Scene, layer: Layer) -> tuple[schema.Act | schema.Link, ...]:
    """The acts with the report's topic as recipient, where none of them has one.

    车停在石桥小学门口. … 60个书包很快分到了各班: the school.

    Args:
        scene: what stands in the report.
        layer: acts, each followed by its links.
    """
    links = [record for record in layer if isinstance(record, schema.Link)]
    if any(link.role == "recipient" for link in links):
        return tuple(layer)
    givers = {name for link in links if link.role in ("donor", "intermediary") for name in link.names}
    topic = _topic(scene, givers)
    return tuple(_told(scene, layer, topic)) if topic else tuple(layer)


def _topic(scene: Scene, givers: set[str]) -> Party | None:
    """The one home, village, school or reading room of the first sentences, if there is just one."""
    starts = [s.start for s in scene.sentences if s.kind == "body"][: _OPENING + 1]
    last = starts[_OPENING] if len(starts) > _OPENING else len(scene.text)
    found: dict[tuple[str, ...], Party] = {}
    for party in (p for p in scene.named if not sends_givers(scene, p)):
        names = tuple(name for span in party.members for name in scene.names.of(span))
        if party.kind not in ("ORG", "LOC") or party.start >= last or not names or givers & set(names):
            continue
        if all(SETTLEMENT.search(name) or _ROOM.search(name) for name in names):
            found.setdefault(names, party)
    return next(iter(found.values())) if len(found) == 1 else None


def _told(scene: Scene, layer: Layer, topic: Party) -> Iterator[schema.Act | schema.Link]:
    for record in layer:
        yield record
        if isinstance(record, schema.Act):
            for span in topic.members:
                names = scene.names.of(span)
                yield schema.Link(
                    scene.report.report_id, record.act_no, "recipient", *span, 0.2, "topic", names
                )
