"""Who is called on and gets what the callers bring: 走访了困难党员甲、乙,送去慰问金.

All spans are offsets into the folded text.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.lexicons import read_toml, words
from pipeline.linking.drafts import Draft, Scene
from pipeline.linking.scan import Party
from pipeline.linking.spans import alternation

_CLAUSE_END = re.compile(r"[,。;!?\n]")


def called_on(scene: Scene, draft: Draft) -> Party | None:
    """The people that a clause before an act, of its sentence, calls on by name, as one party.

    Args:
        scene: what stands in the report.
        draft: an act of giving.

    Returns:
        The party, or None where nobody is called on by name, or they head what they stand for (校长李平).
    """
    if draft.trigger is None or draft.trigger.kind != "give":
        return None
    first = max(scene.sentences[draft.sentence].start, scene.text.rfind(";", 0, draft.start) + 1)
    calls = list(_calls().finditer(scene.text, first, draft.start))
    if not calls:
        return None
    begin = calls[-1].end()
    stop = _CLAUSE_END.search(scene.text, begin, draft.start)
    people = [
        p for p in scene.named if stop and p.kind == "PER" and begin <= p.start and p.end <= stop.start()
    ]
    if not people or any(_heads().search(scene.text[max(begin, p.start - 8) : p.start]) for p in people):
        return None
    members = tuple(span for p in people for span in p.members)
    return Party(people[0].start, people[-1].end, "PER", members, "", "")


@cache
def _calls() -> re.Pattern[str]:
    verbs = alternation(words(read_toml("subjects.toml")["calls"])).pattern
    return re.compile(f"(?:{verbs})了?")


@cache
def _heads() -> re.Pattern[str]:
    """校长, but not 卸任校长: she stands for nobody but herself."""
    heads, former = (
        alternation(words(read_toml("subjects.toml")[name])).pattern for name in ("heads", "former")
    )
    return re.compile(rf"^(?!.{{0,5}}(?:{former})).{{0,6}}(?:{heads})$")
