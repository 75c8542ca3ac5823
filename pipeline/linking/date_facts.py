"""Facts about dates: which one is an act's, and whether it tells one occasion or a total."""

from __future__ import annotations

from pipeline import schema
from pipeline.linking.drafts import Draft, Scene
from pipeline.linking.features import bucket


def scope_features(facts: set[str], draft: Draft, date: schema.DateMention | None) -> set[str]:
    """Is this one occasion or a total over several? What the act says, its date, how many digits."""
    precision = date.precision if date else "none"
    surface = date.surface if date else ""
    since = surface.endswith("来") or surface.startswith(("截至", "截止", "至今", "近"))
    counts = [int(good.figure.number) for good in draft.goods if good.figure is not None]
    size = len(str(max(counts, default=0)))
    found = {f"date={precision}", f"since={since}", f"digits={size}", f"date={precision}&digits={size}"}
    return facts | found | {f"date={precision}&since={since}"}


_BREAKS = ",。;!?:\n、"


def date_features(scene: Scene, draft: Draft, date: schema.DateMention) -> set[str]:
    """Does this date say when the act took place?"""
    sentence = scene.sentence(date.start)
    apart = sentence - draft.sentence
    side = "before" if date.end <= draft.start else "after"
    same = scene.clause(date.start) == scene.clause(draft.start)
    between = [
        d
        for d in scene.dates
        if d is not date
        and ((date.end <= d.start and d.end <= draft.start) or (draft.end <= d.start and d.end <= date.start))
    ]
    begins = scene.text[max(0, date.start - 1) : date.start]
    found = {
        f"apart={bucket(apart, (0, 1, 2, 4))}", f"side={side}", f"same={same}",
        f"between={min(len(between), 3)}", f"precision={date.precision}", f"vague={date.vague}",
        f"resolved={date.first is not None}", f"rule={date.rule}", f"begins={begins}",
        f"start={not begins or begins in _BREAKS}", f"next={scene.text[date.end : date.end + 1]}",
        f"next2={scene.text[date.end : date.end + 2]}", f"skind={scene.sentences[sentence].kind}",
        f"order={min(scene.dates.index(date), 3)}",
    }  # fmt: skip
    base = f"apart={bucket(apart, (0, 1, 2, 4))}&side={side}"
    return (
        found
        | {f"{base}&{fact}" for fact in found}
        | {f"precision={date.precision}&between={min(len(between), 3)}"}
    )
