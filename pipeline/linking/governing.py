"""Which verb of its sentence goods belong to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.linking.carried import hands_over
from pipeline.linking.goods import Good
from pipeline.linking.scan import Trigger

if TYPE_CHECKING:
    from pipeline.linking.drafts import Scene


def governor(scene: Scene, good: Good, triggers: Sequence[Trigger]) -> Trigger | None:
    """The trigger that governs a good: the nearest before it, or one behind it where the goods stand first.

    Args:
        scene: what stands in the report.
        good: the good.
        triggers: the triggers of its sentence, in order.
    """
    before = [t for t in triggers if t.end <= good.start + 1]
    after = [t for t in triggers if t.start >= good.end]
    holder = _holder(scene, good, before[-1], after) if before else None
    if holder is not None:
        return holder
    if after and scene.clause(after[0].start) == scene.clause(good.end - 1):
        clause_start = scene.clauses[scene.clause(good.start)]
        held = re.search(r"[将把]", scene.text[clause_start : good.start])
        leads = held or not before or scene.clause(before[-1].start) < scene.clause(good.start)
        if leads and not (before and good.bare):
            return after[0]
    strong = [t for t in before if "weak" not in t.flags and not t.flags & {"nominal"}]
    if strong and scene.clause(strong[-1].start) == scene.clause(good.start) and before[-1].end != good.start:
        return strong[-1] if "weak" in before[-1].flags else before[-1]
    if before:
        return before[-1]
    if not after or ";" in scene.text[good.end : after[0].start]:
        return None
    return after[0] if not good.bare or _held_over(scene, good, after[0]) else None


_HELD = re.compile(r"(?:[将把]|带着|携带|带上|带了|提着|载着|装着|备好)[^,。;]{0,80}$")


# 捐给, 送到, 搬进: who or what it goes to follows.
_WHITHER = ("给", "到", "往", "至", "进", "去", "上")


def _holder(scene: Scene, good: Good, before: Trigger, after: Sequence[Trigger]) -> Trigger | None:
    """先发放慰问金,又把电脑、桌椅搬下车,捐给学校: held by 把 for the verb that says where they go.

    把职工捐出的衣物送到村里: so are goods that say whose gift they are.
    """
    own = scene.clause(good.start)
    held = _HELD.search(scene.text[scene.clauses[own] : good.start])
    inner = held is not None and before.start >= scene.clauses[own] + held.start()
    if held is None or (inner and "owned" not in before.flags):
        return None
    near = [
        t for t in after if scene.clause(t.start) <= own + 1 and ";" not in scene.text[good.end : t.start]
    ]
    return min(near, key=lambda t: (not t.word.endswith(_WHITHER), t.start), default=None)


def _held_over(scene: Scene, good: Good, trigger: Trigger) -> bool:
    """把大米、食用油等物资,送到甲村: held by 把 or 将 in the clause right before the verb's."""
    own = scene.clause(good.start)
    held = _HELD.search(scene.text[scene.clauses[own] : good.start])
    if (held or _is_topic(scene, good, trigger)) and scene.clause(trigger.start) == own + 1:
        return True
    return hands_over(scene.text, (good.start, good.end), (trigger.start, trigger.end))


_THIS_BATCH = re.compile(r"[这该此]批[^,。;]{0,16}")


def _is_topic(scene: Scene, good: Good, trigger: Trigger) -> bool:
    """这批图书,将由馆方送往甲村: a batch that the next clause says where it goes."""
    first = scene.clauses[scene.clause(good.start)]
    alone = scene.text[good.end : good.end + 1] == ","
    return (
        alone
        and trigger.word.endswith(_WHITHER)
        and bool(_THIS_BATCH.fullmatch(scene.text, first, good.start))
    )
