"""Which parties may take part in an act, and which of them are the same."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.linking.drafts import Draft, Scene
from pipeline.linking.scan import Party


def near_parties(scene: Scene, draft: Draft, window: int) -> Iterator[Party]:
    """Parties that may take part: a few sentences around, the title, and the first sentence of the body."""
    for party in scene.parties:
        sentence = scene.sentence(party.start)
        if party.after == "media" or (party.kind == "GROUP" and abs(sentence - draft.sentence) > 1):
            continue
        if party.start < scene.report.body_start or abs(sentence - draft.sentence) <= window:
            yield party


def party_key(scene: Scene, party: Party) -> tuple[str, ...]:
    """The names of a party: its mentions share them."""
    return tuple(name for span in party.members for name in scene.names.of(span))
